"""Timetables of every shape, each beside the week that a person reads in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from timetable_lines import TODAY, as_lines, imported

from broadcaster.errors import Severity
from broadcaster.schedule import parse_week
from broadcaster.schedule.exchange import import_sheets, read_text_sheet, week_text
from broadcaster.schedule.exchange.relays import relay_name

FOLDER = Path(__file__).parent / "timetables"
TIMETABLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", TIMETABLES, ids=lambda path: path.stem)
def test_a_timetable_gives_its_week(path: Path):
    """Every slot, and everything that could not be known, is as a person would say it."""
    assert as_lines(imported(path)) == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TIMETABLES, ids=lambda path: path.stem)
def test_the_week_that_is_written_can_be_read(path: Path):
    """Our own week file takes what an import writes, slot by slot, without an error."""
    week = imported(path)
    plan, problems = parse_week(week_text(week), path=Path("lich.yaml"))
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert plan is not None
    written = {slot.id: slot for slot in week.written if not slot.date and not slot.rule}
    ruled = {slot.id for slot in week.written if slot.rule}
    assert {s.id: (s.max_ms, s.days) for s in plan.slots if s.id not in ruled} == {
        name: (slot.max_ms, slot.days) for name, slot in written.items()
    }


def test_each_slot_carries_its_source():
    """Above each slot stands the line that it came from, with its place."""
    text = week_text(imported(FOLDER / "danh-sach-du-cot.csv"))
    assert " 3:3: 2 | Bản tin xã | 15' | 5h30 | T2, T4, T6 | Hai giọng đọc\n" in text
    assert ": Hai giọng đọc\n" in text


def test_rows_that_contradict_are_comments():
    """A second start in the same minute is written as a comment, with the reason."""
    text = week_text(imported(FOLDER / "mau-thuan.csv"))
    assert "  # - id: ban-tin-xa-0500\n" in text
    assert "“Tiếp sóng VOV” (mau-thuan.csv:2:11)" in text


def test_a_relay_of_the_station_is_written_as_such():
    """What the station can relay is a relay in the week, for as long as its slot has."""
    path = FOLDER / "danh-sach-du-cot.csv"
    sheet = read_text_sheet(path.read_text(encoding="utf-8"), path=path)
    relays = {"vov": "Đài Tiếng nói Việt Nam"}
    week = import_sheets([sheet], path=path, today=TODAY, relays=relays)
    text = week_text(week)
    assert "      - {relay: vov, for: 30m}\n" in text
    assert "      # - {relay: dai-pt-th-tinh, for: 30m}\n" in text
    plan, _problems = parse_week(text, path=Path("lich.yaml"))
    assert plan is not None
    assert [line.relay for p in plan.programmes.values() for line in p.segments if line.relay] == [
        "vov"
    ]
    assert [p.where.line for p in week.problems if p.code == "import-relay"] == [6]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tiếp sóng Đài Tiếng nói Việt Nam", "vov"),
        ("Tiếp âm thời sự VOV 1", "vov1"),
        ("Tiếp sóng Đài TNVN", "vov"),
        ("Tiếp sóng đài huyện", "dai-huyen"),
        ("Tiếp âm chương trình thời sự của Đài PT-TH tỉnh", "dai-pt-th-tinh"),
        ("Tiếp sóng", "tiep-song"),
    ],
)
def test_the_name_of_a_relay(title: str, name: str):
    """A station that is relayed has one name, however a timetable writes it."""
    assert relay_name(title) == name
