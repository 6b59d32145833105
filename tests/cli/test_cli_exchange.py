"""``import`` and ``export`` as an operator types them."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Occurrence, PreparedProgramme, ProgrammePlan
from broadcaster.schedule import load_week, rundown
from broadcaster.sound.pcm import HOUSE_RATE
from broadcaster.station.folder import StationFolder
from broadcaster.station.init import init_station
from broadcaster.station.preparing import manifest

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
TIMETABLE = "Giờ,Nội dung,Ngày\n5h00-5h30,Tiếp sóng VOV,Hằng ngày\n5h30,Bản tin xã,T2\n"


@pytest.fixture(scope="module")
def new_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moi") / "dai"
    init_station(folder)
    return folder


@pytest.fixture
def station(new_station: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_station, tmp_path / "dai"))


def run(station: Path, *words: str | Path) -> Result:
    """Call the command line at noon of Monday 23 November 2026."""
    runner = CliRunner(mix_stderr=False)
    arguments = ["-C", str(station), *map(str, words)]
    return runner.invoke(main, arguments, obj=SimulatedClock(MONDAY_NOON))


@pytest.fixture
def timetable(tmp_path: Path) -> Path:
    path = tmp_path / "lich.csv"
    path.write_text(TIMETABLE, encoding="utf-8")
    return path


def occurrences(station: Path) -> list[Occurrence]:
    """What airs on that Monday."""
    plan, _problems = load_week(next((station / "schedules").glob("*.yaml")))
    assert plan is not None
    return list(rundown([plan], MONDAY_NOON.date()).occurrences())


def prepare(station: Path, occurrence: Occurrence) -> Path:
    """One second of sound for ``occurrence``, as the preparer leaves it; its MP3's place."""
    files = manifest.files_for(StationFolder(station), occurrence)
    files.audio.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(files.audio, np.zeros(HOUSE_RATE, np.int16), HOUSE_RATE)
    programme: ProgrammePlan = occurrence.programme
    prepared = PreparedProgramme(
        programme_id=programme.id, title=programme.title, duration_ms=1000, audio=files.audio
    )
    manifest.save(files.manifest, prepared, key="x")
    assert files.mp3 is not None
    return files.mp3


# -- import -------------------------------------------------------------------------------


def test_a_timetable_becomes_a_week(station: Path, timetable: Path):
    """The week that is written is in force for the station, and its check finds no error in it."""
    week = station / "schedules" / "moi.yaml"
    for old in week.parent.glob("*.yaml"):
        old.unlink()
    done = run(station, "import", timetable, "-o", week)
    assert done.exit_code == 0
    assert str(week) in done.stderr
    problems = json.loads(run(station, "check", "--json").stdout)
    wrong = [p for p in problems if p["severity"] == "error" and p["where"]["path"] == str(week)]
    assert wrong == []
    rows = json.loads(run(station, "today", "--json").stdout)
    assert [(row["slot"], row["title"]) for row in rows] == [
        ("tiep-song-vov-0500", "Tiếp sóng VOV"),
        ("ban-tin-xa-0530", "Bản tin xã"),
    ]


def test_a_look_writes_nothing(station: Path, timetable: Path):
    """Without -o the file is looked at, and what is not clear is told with its place."""
    before = sorted(station.rglob("*"))
    done = run(station, "import", timetable)
    assert f"{timetable}:3:6" in done.stderr
    assert "[import-no-length]" in done.stderr
    assert sorted(station.rglob("*")) == before


def test_an_existing_week_is_never_overwritten(station: Path, timetable: Path):
    """A week file that exists is overwritten only with --force."""
    week = station / "moi.yaml"
    week.write_text("của tôi", encoding="utf-8")
    assert run(station, "import", timetable, "-o", week).exit_code == 2
    assert week.read_text(encoding="utf-8") == "của tôi"
    assert run(station, "import", timetable, "-o", week, "--force").exit_code == 0
    assert "tiep-song-vov" in week.read_text(encoding="utf-8")


def test_the_week_can_be_printed(station: Path, timetable: Path):
    """-o - prints the week and nothing else on standard output."""
    done = run(station, "import", timetable, "-o", "-")
    assert done.stdout.startswith("# ")
    assert done.stdout.count("- id: ") == 2


def test_import_as_json(station: Path, timetable: Path):
    """A program gets slots, programmes and problems with English keys."""
    value = json.loads(run(station, "import", timetable, "--json").stdout)
    assert value["slots"][1] | {"where": 0} == {
        "id": "ban-tin-xa-0530",
        "days": ["mon"],
        "day_rule": None,
        "date": None,
        "at": "05:30",
        "max_ms": 3_600_000,
        "programme": "ban-tin-xa",
        "replay": None,
        "where": 0,
        "source": "5h30 | Bản tin xã | T2",
        "placed": True,
    }
    assert [p["id"] for p in value["programmes"]] == ["tiep-song-vov", "ban-tin-xa"]
    assert {p["code"] for p in value["problems"]} == {"import-no-length", "import-relay"}
    assert value["written"] is None


def test_a_timetable_that_could_not_be_read_writes_nothing(station: Path, tmp_path: Path):
    """Where nothing could be placed, no file appears, and the exit code says so."""
    path = tmp_path / "rong.csv"
    path.write_text("", encoding="utf-8")
    done = run(station, "import", path, "-o", tmp_path / "x.yaml")
    assert done.exit_code == 1
    assert "[import-nothing]" in done.stderr
    assert not (tmp_path / "x.yaml").exists()


def test_rows_of_another_time_are_taken_on_demand(station: Path, tmp_path: Path):
    """Of a timetable of two weeks, the one of --on is taken."""
    path = tmp_path / "hai-tuan.csv"
    path.write_text("Ngày;Giờ;Nội dung\n23-29/11/2026;5h;A1\n30/11-06/12/2026;5h;B1\n", "utf-8")
    for words, title in (((), "A1"), (("--on", "2026-12-01"), "B1")):
        value = json.loads(run(station, "import", path, "--json", *words).stdout)
        assert [p["title"] for p in value["programmes"]] == [title]


@pytest.mark.parametrize(
    "words",
    [
        ("--into", "schedules/lich-tuan.yaml"),
        ("-o", "x.yaml", "--into", "schedules/lich-tuan.yaml"),
        ("--replace", "sang"),
    ],
)
def test_orders_that_make_no_sense(
    station: Path, timetable: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
):
    """Options that exclude each other, or do not fit a timetable, are refused."""
    monkeypatch.chdir(station)
    assert run(station, "import", timetable, *words).exit_code == 2


# -- export -------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ics", "html", "m3u"])
def test_the_ending_decides(station: Path, tmp_path: Path, ending: str):
    """The week is written as the ending of the file says, and never over another file."""
    target = tmp_path / f"tuan.{ending}"
    assert run(station, "export", "--week", "2026-W48", "-o", target).exit_code == 0
    data = target.read_bytes()
    assert data
    assert run(station, "export", "--week", "2026-W48", "-o", target).exit_code == 2
    assert run(station, "export", "--week", "2026-W48", "-o", target, "--force").exit_code == 0


def test_what_goes_out_comes_back(station: Path, tmp_path: Path):
    """The station's own week, exported and imported, has the same slots."""
    for ending in ("csv", "xlsx"):
        target = tmp_path / f"tuan.{ending}"
        run(station, "export", "--week", "2026-W48", "-o", target)
        value = json.loads(run(station, "import", target, "--json").stdout)
        assert value["valid"] == {"from": "2026-11-23", "until": "2026-11-29"}
        expected = {
            o.slot.id: (f"{o.slot.start:%H:%M}", o.slot.max_ms) for o in occurrences(station)
        }
        assert {s["id"]: (s["at"], s["max_ms"]) for s in value["slots"]} == expected


def test_a_stick_for_loudspeakers_without_a_line(station: Path, tmp_path: Path):
    """What is prepared goes on the stick as numbered MP3s; what is not is told."""
    first, *others = occurrences(station)
    prepare(station, first)
    stick = tmp_path / "usb"
    done = run(station, "export", "--day", "2026-11-23", "--usb", stick)
    assert done.exit_code == 0
    names = sorted(path.name for path in stick.iterdir())
    song = f"01-{first.starts_at:%H%M}-{first.slot.id}.mp3"
    assert names == sorted([song, "DOC-TOI.txt", "playlist.m3u"])
    assert soundfile.info(stick / song).duration == pytest.approx(1, abs=0.2)
    assert done.stderr.count("[not-prepared]") == len(others)
    assert song in (stick / "playlist.m3u").read_text(encoding="utf-8")


def test_the_archives_mp3_is_copied_as_it_is(station: Path, tmp_path: Path):
    """Where the archive has the MP3 of a programme, the stick gets the very same."""
    first = occurrences(station)[0]
    mp3 = prepare(station, first)
    mp3.parent.mkdir(parents=True, exist_ok=True)
    mp3.write_bytes(b"ID3 the very same")
    run(station, "export", "--day", "2026-11-23", "-o", f"{tmp_path}/usb/")
    (song,) = (tmp_path / "usb").glob("*.mp3")
    assert song.read_bytes() == b"ID3 the very same"


def test_an_older_stick_is_replaced_only_on_demand(station: Path, tmp_path: Path):
    """An older export is replaced with --force, and other files on the stick stay."""
    stick = tmp_path / "usb"
    stick.mkdir()
    (stick / "anh-cuoi.jpg").write_bytes(b"x")
    (stick / "09-T2-0530-sang.mp3").write_bytes(b"old")
    refused = run(station, "export", "--usb", stick)
    assert refused.exit_code == 1
    assert "[export-exists]" in refused.stderr
    assert (stick / "09-T2-0530-sang.mp3").exists()
    assert run(station, "export", "--usb", stick, "--force").exit_code == 0
    assert sorted(p.name for p in stick.iterdir()) == [
        "DOC-TOI.txt",
        "anh-cuoi.jpg",
        "playlist.m3u",
    ]


def test_a_playlist_names_what_is_prepared(station: Path):
    """The playlist leads from its own folder to the sound."""
    first = occurrences(station)[0]
    prepare(station, first)
    done = run(station, "export", "--day", "2026-11-23", "-o", station / "x.m3u")
    assert done.exit_code == 0
    lines = (station / "x.m3u").read_text(encoding="utf-8").splitlines()
    assert (station / lines[2]).is_file()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("-o", "x.doc"),
        ("-o", "x.csv", "--usb", "y"),
        ("-o", "x.csv", "--week", "2026-W48", "--day", "2026-11-23"),
    ],
)
def test_exports_that_make_no_sense(station: Path, words: tuple[str, ...]):
    """An export without a target, with two, or of an unknown kind is refused."""
    assert run(station, "export", *words).exit_code == 2


def test_a_full_day_later_the_names_are_the_same(station: Path, tmp_path: Path):
    """A calendar exported on another day has the same event names."""
    uids = []
    for later in (timedelta(0), timedelta(days=1)):
        target = tmp_path / f"{later.days}.ics"
        words = ["-C", str(station), "export", "--week", "2026-W48", "-o", str(target)]
        CliRunner(mix_stderr=False).invoke(main, words, obj=SimulatedClock(MONDAY_NOON + later))
        uids.append([row for row in target.read_text("utf-8").splitlines() if "UID" in row])
    assert uids[0] == uids[1] != []


def test_what_is_refused_is_not_in_the_export(station: Path, tmp_path: Path):
    """A slot within the quiet hours does not stand on the notice board, and that is told."""
    week = next((station / "schedules").glob("*.yaml"))
    text = week.read_text(encoding="utf-8")
    first = occurrences(station)[0]
    lines = f"- id: dem\n    days: CN\n    at: 23:30\n    programme: {first.programme.id}\n  "
    week.write_text(text.replace("slots:\n  ", f"slots:\n  {lines}", 1), encoding="utf-8")
    assert load_week(week)[1] == []
    target = tmp_path / "tuan.csv"
    done = run(station, "export", "--week", "2026-W48", "-o", target)
    assert done.exit_code == 0
    assert "[export-refused]" in done.stderr
    assert "23:30" not in target.read_text(encoding="utf-8")


def test_holidays_go_into_a_week(station: Path, tmp_path: Path):
    """The days of a calendar are cancelled in the station's week, and the day shows why."""
    calendar = tmp_path / "le.ics"
    calendar.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261123\r\n"
        "SUMMARY:Giỗ làng\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
    )
    week = next((station / "schedules").glob("*.yaml"))
    done = run(station, "import", calendar, "--into", week)
    assert done.exit_code == 0
    assert str(week) in done.stderr
    assert json.loads(run(station, "today", "--json").stdout) == []
    assert "Giỗ làng" in run(station, "today").stdout
