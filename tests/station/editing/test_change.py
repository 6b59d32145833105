"""Files are written whole, by one person at a time, and can be put back."""

from __future__ import annotations

import codecs
import resource
from datetime import date, time

import pytest
from small_station import DAY, small_station

from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.errors import ContentError
from broadcaster.station.editing.change import Change, FileChangedError
from broadcaster.station.editing.judge import WeekJudge, refuse_errors
from broadcaster.station.editing.slots import WantedSlot, with_slot
from broadcaster.station.editing.textfile import new_text_file, read_text_file
from broadcaster.station.editing.undo import Edits
from broadcaster.station.settings.load import load_config

MONDAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path):
    return small_station(tmp_path / "dai")


@pytest.fixture
def edits(folder):
    return Edits(folder, SimulatedClock(DAY))


def _change(path, text):
    file = read_text_file(path)
    return Change(file=file.with_text(text), before=file.text, what="sửa")


@pytest.mark.parametrize(
    "data",
    [
        "Tin một.\r\nTin hai.\r\n".encode(),
        codecs.BOM_UTF8 + "Tin một.\n".encode(),
        codecs.BOM_UTF16_LE + "Tin một.\r\n".encode("utf-16-le"),
        "Ti\u0323n một.\n".encode(),
    ],
    ids=["crlf", "bom", "utf-16", "letters and marks apart"],
)
def test_a_file_is_stored_as_it_was(folder, edits, data):
    """Line ends, byte order mark and encoding stay; taking it back gives the same bytes."""
    path = folder.scripts / "tin.txt"
    path.write_bytes(data)
    path.chmod(0o640)
    file = read_text_file(path)
    assert file.encoded() == data
    edit = edits.write(_change(path, file.text.replace("một", "hai", 1)), by="hoa")
    assert path.read_bytes() != data
    assert path.stat().st_mode & 0o777 == 0o640
    edits.take_back(edit.id)
    assert path.read_bytes() == data


def test_a_new_file_is_taken_back_by_removing_it(folder, edits):
    """What did not exist before does not afterwards; a second time there is nothing to do."""
    path = folder.scripts / "moi.txt"
    file = new_text_file(path)
    edit = edits.write(Change(file=file.with_text("A\n"), before="", what="thêm"), by="hoa")
    assert path.read_text() == "A\n"
    edits.take_back(edit.id)
    assert not path.exists()
    with pytest.raises(ContentError):
        edits.take_back(edit.id)


def test_the_second_of_two_editors_is_told(folder, edits):
    """What the first wrote stays, and the second gets it to look at."""
    path = folder.scripts / "01-mot.txt"
    first, second = _change(path, "Của Hoa.\n"), _change(path, "Của Lan.\n")
    edits.write(first, by="hoa")
    with pytest.raises(FileChangedError) as told:
        edits.write(second, by="lan")
    assert told.value.theirs == "Của Hoa.\n".encode()
    assert path.read_text() == "Của Hoa.\n"


def test_taking_back_refuses_when_the_file_changed_since(folder, edits):
    """An edit by another program is never lost by an undo."""
    path = folder.scripts / "01-mot.txt"
    edit = edits.write(_change(path, "Mới.\n"), by="hoa")
    path.write_text("Sửa bằng tay.\n")
    with pytest.raises(FileChangedError):
        edits.take_back(edit.id)
    assert path.read_text() == "Sửa bằng tay.\n"


@pytest.mark.parametrize("bad", ["../../etc/passwd", "x", ""])
def test_an_edit_is_found_by_its_number_only(edits, bad):
    """A name of a file is no number of an edit."""
    with pytest.raises(ContentError):
        edits.take_back(bad)


def test_what_changed_and_when_is_kept(folder, edits):
    """Who did it, what it was, and the name of the file stand with the bytes."""
    edit = edits.write(_change(folder.scripts / "01-mot.txt", "Mới.\n"), by="hoa")
    found = edits.find(edit.id)
    assert (found.by, found.what, found.path) == ("hoa", "sửa", "scripts_vi/01-mot.txt")
    assert found.at == DAY.astimezone(LOCAL).isoformat(timespec="seconds")


def test_the_difference_can_be_read(folder):
    """Lines that go, lines that come, two around them, and a sign for the rest."""
    path = folder.scripts / "dai.txt"
    path.write_text("".join(f"dòng {n}\n" for n in range(9)), encoding="utf-8")
    lines = _change(path, read_text_file(path).text.replace("dòng 4", "dòng bốn")).difference()
    assert [line.kind for line in lines] == [
        "skipped",
        *("same", "same", "gone", "new", "same", "same"),
    ]


# -- weeks ----------------------------------------------------------------------------------


def _judged(folder, wanted):
    config, _problems = load_config(folder)
    path = folder.schedules / "tuan.yaml"
    file = read_text_file(path)
    changed = file.with_text(with_slot(file.text, wanted))
    return WeekJudge(folder, config).new_problems(changed, file.text, monday=MONDAY)


def test_a_change_that_would_break_the_week_is_refused(folder):
    """A slot with a programme that nobody knows never reaches the file."""
    found = _judged(folder, WantedSlot(id="toi", programme="khong-co", at=time(18)))
    assert [problem.code for problem in found] == ["unknown-programme"]
    with pytest.raises(ContentError):
        refuse_errors(found)


def test_a_slot_in_the_quiet_hours_is_refused(folder):
    """What the rails of the settings forbid is told before it is written."""
    folder.config.write_text(
        folder.config.read_text() + 'quiet_hours: {from: "21:00", until: "05:00"}\n'
    )
    found = _judged(folder, WantedSlot(id="khuya", programme="mot", at=time(23)))
    assert [problem.code for problem in found] == ["quiet-hours"]


def test_a_good_slot_brings_nothing_and_a_clash_is_told(folder):
    """Only what is new is told: what was wrong before is another matter."""
    short = {"programme": "mot", "max_ms": 600_000}
    assert not _judged(folder, WantedSlot(id="chieu", at=time(17), **short))
    found = _judged(folder, WantedSlot(id="chieu", at=time(5, 45), **short))
    assert [problem.code for problem in found] == ["overlap"]


def test_a_full_disk_changes_nothing(folder, edits):
    """The file stays as it was, in words, and no way back is left over for what never was."""
    path = folder.scripts / "01-mot.txt"
    before = path.read_bytes()
    change = _change(path, "A" * 500_000)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, old[1]))
    try:
        with pytest.raises(Exception, match=r"cannot be written|disk"):
            edits.write(change, by="hoa")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert path.read_bytes() == before
    assert not list((folder.state / "edits").glob("*.json"))
