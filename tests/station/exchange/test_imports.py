"""Files from elsewhere: encodings, wrong endings, calendars, playlists, existing weeks."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from needs import needs_module

from broadcaster.errors import ContentError
from broadcaster.schedule import parse_week
from broadcaster.station.exchange.imports import Choices, Imported, import_file, put_into

if TYPE_CHECKING:
    from pathlib import Path

openpyxl = needs_module("openpyxl", "pip install 'broadcaster[exchange]'")
TODAY = date(2026, 11, 22)
TIMETABLE = (
    "Giờ,Nội dung,Ngày\n5h00-5h30,Tiếp sóng Đài tỉnh,Hằng ngày\n5h30-5h45,Bản tin xã,Thứ Hai\n"
)
WEEK = """\
# Lịch của xã, đừng xoá dòng này.
programmes:
  sang:
    title: Sáng
    segments: [{ident: nhac-hieu}]   # có chú thích
slots:
- {id: sang, days: hằng ngày, at: 05:30, programme: sang}
exceptions:
- date: 2026-12-01
  cancel: [sang]
"""


def calendar(*events: str) -> str:
    """A calendar file whose lines end as its standard says."""
    parts = [f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n")


TET = "DTSTART;VALUE=DATE:20270205\nDTEND;VALUE=DATE:20270210\nSUMMARY:Tết Nguyên đán"
MEETING = "DTSTART:20270205T020000Z\nDTEND:20270205T030000Z\nSUMMARY:Họp"
YEARLY = "DTSTART;VALUE=DATE:20200902\nSUMMARY:Quốc khánh\nRRULE:FREQ=YEARLY"
PAST = "DTSTART;VALUE=DATE:20200101\nSUMMARY:Đã qua"


def imported(path: Path, data: bytes | str, **more) -> Imported:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return import_file(path, today=TODAY, **{"sounds": None} | more)


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


# -- timetables ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str):
    """A timetable may be saved in any encoding that Vietnamese machines write."""
    text = TIMETABLE
    if encoding == "cp1258":  # it writes tones as letters of their own
        tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
        import unicodedata  # noqa: PLC0415

        pieces = []
        for letter in text:
            parts = unicodedata.normalize("NFD", letter)
            bare = "".join(p for p in parts if p not in tones)
            pieces.append(unicodedata.normalize("NFC", bare))
            pieces += [p for p in parts if p in tones]
        text = "".join(pieces)
    found = imported(tmp_path / "lich.csv", text.encode(encoding))
    assert found.week is not None
    assert [p.title for p in found.week.programmes] == ["Tiếp sóng Đài tỉnh", "Bản tin xã"]


def test_the_ending_does_not_matter(tmp_path: Path):
    """A workbook named .csv, and a text named .xlsx, are read as what they are."""
    book = openpyxl.Workbook()
    for line in TIMETABLE.splitlines():
        book.active.append(line.split(","))
    buffer = io.BytesIO()
    book.save(buffer)
    for name, data in (
        ("a.csv", buffer.getvalue()),
        ("b.xlsx", TIMETABLE),
        ("c.xlsm", buffer.getvalue()),
    ):
        found = imported(tmp_path / name, data)
        assert found.week is not None
        assert len(found.week.written) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04" + b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<html><table><tr><td>5h00</td></tr></table></html>",
    ],
    ids=["xls", "pdf", "zip", "png", "html"],
)
def test_other_kinds_are_refused(tmp_path: Path, data: bytes):
    """Old Excel, PDF, pictures and web pages are refused with a way out."""
    with pytest.raises(ContentError) as refused:
        imported(tmp_path / "lich.xlsx", data)
    (problem,) = refused.value.problems
    assert problem.code == "import-unreadable"
    assert ".xlsx" in problem.hint


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file(tmp_path: Path, data: bytes):
    """An empty file holds no timetable, and nothing would be written."""
    found = imported(tmp_path / "lich.csv", data)
    assert codes(found) == ["import-nothing"]
    assert found.is_empty


def test_a_file_of_ten_megabytes(tmp_path: Path):
    """A file of ten megabytes is no timetable."""
    with pytest.raises(ContentError) as refused:
        imported(tmp_path / "lich.csv", b"5h00,Tin,T2\n" * 900_000)
    assert refused.value.problems[0].code == "import-too-large"


# -- calendars ----------------------------------------------------------------------------


def test_whole_days_become_exceptions(tmp_path: Path):
    """Whole-day events from today on become days without broadcast; a meeting does not."""
    found = imported(tmp_path / "tet.ics", calendar(TET, MEETING, PAST))
    assert found.text == (
        "exceptions:\n"
        "  - from: 2027-02-05\n"
        "    until: 2027-02-09\n"
        "    cancel: all\n"
        "    reason: Tết Nguyên đán\n"
    )
    assert codes(found) == ["import-left-out"]


def test_an_event_that_returns_is_taken_a_year_ahead(tmp_path: Path):
    """A holiday of every year is written for the coming year."""
    found = imported(tmp_path / "le.ics", calendar(YEARLY))
    assert [holiday.first for holiday in found.holidays] == [date(2027, 9, 2)]


def test_the_operator_chooses_what_happens(tmp_path: Path):
    """Some slots may be cancelled, and others have another programme."""
    choices = Choices(cancel=("chieu",), replace=(("sang", "chuc-tet"),))
    found = imported(tmp_path / "tet.ics", calendar(TET), choices=choices)
    assert "    cancel: [chieu]\n    replace: {sang: chuc-tet}\n" in found.text


def test_a_broken_calendar(tmp_path: Path):
    """A damaged calendar is refused with its reason."""
    with pytest.raises(ContentError) as refused:
        imported(tmp_path / "le.ics", "BEGIN:VCALENDAR\r\nhỏng\r\nEND:VCALENDAR\r\n")
    assert refused.value.problems[0].code == "import-unreadable"


def test_a_calendar_without_events(tmp_path: Path):
    """A calendar without any whole day says so, and nothing would be written."""
    found = imported(tmp_path / "le.ics", calendar(PAST))
    assert codes(found) == ["import-nothing"]
    assert found.is_empty


def test_a_week_keeps_every_word(tmp_path: Path):
    """Days that are put into a week leave its comments and lines as they were."""
    week = tmp_path / "lich.yaml"
    week.write_text(WEEK, encoding="utf-8")
    put_into(imported(tmp_path / "tet.ics", calendar(TET)), week)
    text = week.read_text(encoding="utf-8")
    assert [line for line in WEEK.splitlines() if line not in text.splitlines()] == []
    plan, problems = parse_week(text, path=week)
    assert problems == []
    assert plan is not None
    assert [e.first for e in plan.exceptions] == [date(2027, 2, 5), date(2026, 12, 1)]


@pytest.mark.parametrize("tail", ["exceptions: []\n", "", "exceptions:\n"])
def test_a_week_without_exceptions_gets_some(tmp_path: Path, tail: str):
    """A week that had no special days has them afterwards."""
    week = tmp_path / "lich.yaml"
    week.write_text(WEEK.partition("exceptions:")[0] + tail, encoding="utf-8")
    put_into(imported(tmp_path / "tet.ics", calendar(TET)), week)
    plan, problems = parse_week(week.read_text(encoding="utf-8"), path=week)
    assert problems == []
    assert plan is not None
    assert len(plan.exceptions) == 1


def test_a_week_that_cannot_take_the_lines_stays_as_it_was(tmp_path: Path):
    """Where the lines do not fit, the week is not touched."""
    week = tmp_path / "lich.yaml"
    spoiled = WEEK.replace("exceptions:\n- date", "exceptions: [\n{date").replace(
        "01\n  cancel: [sang]", "01, cancel: [sang]}]"
    )
    week.write_text(spoiled, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        put_into(imported(tmp_path / "tet.ics", calendar(TET)), week)
    assert refused.value.problems[0].code == "import-unfit"
    assert week.read_text(encoding="utf-8") == spoiled


# -- playlists ----------------------------------------------------------------------------


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts_vi" / "am-thanh"
    folder.mkdir(parents=True)
    for name in ("que-huong.mp3", "lý ngựa ô.mp3"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "ngoai.mp3").write_bytes(b"x")
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:60,Quê hương\nque-huong.mp3\nlý ngựa ô.mp3\n",
        "scripts_vi/am-thanh/que-huong.mp3\r\nscripts_vi\\am-thanh\\lý ngựa ô.mp3\r\n",
        "[playlist]\nFile1=que-huong.mp3\nTitle1=x\nFile2=lý ngựa ô.mp3\nNumberOfEntries=2\n",
    ],
    ids=["m3u", "paths", "pls"],
)
def test_a_playlist_becomes_music_lines(tmp_path: Path, sounds: Path, text: str):
    """The songs of a playlist become a programme, in their order."""
    found = imported(tmp_path / "Ca nhạc.m3u", text, sounds=sounds)
    assert found.problems == []
    assert found.text == (
        "programmes:\n"
        "  ca-nhac:\n"
        "    title: Ca nhạc\n"
        "    segments:\n"
        "      - music: que-huong.mp3\n"
        "      - music: lý ngựa ô.mp3\n"
    )


@pytest.mark.parametrize(
    "entry",
    [
        "ngoai.mp3",
        "../ngoai.mp3",
        "scripts_vi/am-thanh/../../ngoai.mp3",
        "/etc/passwd",
        "C:\\Nhac\\que-huong.mp3",
        "http://example.org/que-huong.mp3",
        "file:///etc/passwd",
        "khong-co.mp3",
    ],
)
def test_sounds_from_elsewhere_are_told(tmp_path: Path, sounds: Path, entry: str):
    """What lies outside the station's sounds, or is not there, is a problem with its line."""
    found = imported(tmp_path / "nhac.m3u", f"#EXTM3U\nque-huong.mp3\n{entry}\n", sounds=sounds)
    assert found.music == ["que-huong.mp3"]
    assert [(p.code, p.where.line) for p in found.problems] == [("import-outside", 3)]


def test_music_goes_into_a_week(tmp_path: Path, sounds: Path):
    """A programme of music is put into a week beside its others."""
    week = tmp_path / "lich.yaml"
    week.write_text(WEEK, encoding="utf-8")
    put_into(imported(tmp_path / "nhac.m3u", "que-huong.mp3\n", sounds=sounds), week)
    plan, problems = parse_week(week.read_text(encoding="utf-8"), path=week)
    assert problems == []
    assert plan is not None
    assert [line.asset for line in plan.programmes["nhac"].segments] == ["que-huong.mp3"]


def test_a_playlist_needs_a_station(tmp_path: Path):
    """Without a station nobody knows where the sounds are."""
    with pytest.raises(ContentError):
        imported(tmp_path / "nhac.m3u", "que-huong.mp3\n")
