"""A year of the sample station and of each imported timetable, run through: each start that a
library's recurrence rules expect is in the log once, heard or refused with its reason."""

from __future__ import annotations

import os
import resource
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from needs import needs_module
from soak import IS_SOAK
from test_timetable_year import FOLDER, TIMETABLES, expected, left_to_the_calendar
from timetable_lines import imported

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.model import Outcome
from broadcaster.schedule.exchange import week_text
from broadcaster.station.air.simulate import simulate
from broadcaster.station.folder import StationFolder

rrule = needs_module("dateutil.rrule", "pip install 'broadcaster[dev]'")
pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
FIRST = date(2026, 11, 1)
DAYS = 365 if IS_SOAK else 15
MONTHLY = FOLDER / "ca-buoi-phat-lai.csv"
"""On the 1st and the 15th, a replay of the morning, relays."""
CHOSEN = TIMETABLES if IS_SOAK else [*TIMETABLES[::12], MONTHLY]
SETTINGS = """
name: Đài xã Mẫu
voices: [espeak]
output: "null"
fallback: du-phong
"""
FALLBACK = "  du-phong: {title: Dự phòng, segments: [{jingle: chuong}]}\n"
ELSEWHERE = os.environ.get("BROADCASTER_TIMETABLES", "")
"""A folder with more timetables, as offices publish them."""
OTHERS = sorted(Path(ELSEWHERE).glob("*.txt")) if ELSEWHERE else []
TET_2028 = [date(2028, 1, day) for day in range(24, 30)]
"""Mùng một is 26 January; the sixth day is a Saturday, made up for on the Monday before."""


def log_of(folder: StationFolder, first: date, days: int) -> dict[tuple[str, datetime], str]:
    """By (slot, planned start), how it ended, after a simulation of so many days; what the log
    has twice, or without a reason, fails."""
    begin = datetime.combine(first, datetime.min.time(), LOCAL)
    simulate(folder, start=begin, until=begin + timedelta(days=days, seconds=-1))
    with Store.open(folder.simulated_database, clock=SystemClock()) as store:
        log = AsRunLog(store)
        entries = log.entries(first, first + timedelta(days=days - 1))
        twice = store.read(
            "SELECT occurrence FROM asrun WHERE event IN ('started', 'missed')"
            " GROUP BY occurrence HAVING count(*) <> 1"
        )
        assert log.verify() == []
    assert twice == []
    unexplained = [e for e in entries if e.outcome is not Outcome.AIRED and not e.reason]
    assert unexplained == []
    assert all(len(e.starts) <= 1 for e in entries)
    told = {(e.slot, e.scheduled_at.replace(tzinfo=None)): str(e.outcome) for e in entries}
    assert len(told) == len(entries)
    return told


@pytest.mark.parametrize("path", [*CHOSEN, *OTHERS], ids=lambda path: path.stem)
def test_a_timetable_is_run_through(path: Path, tmp_path: Path) -> None:
    """Sundays, 23:59, across midnight, two in a minute, the last day of a range: whatever the
    timetable promises is started once, or refused with its reason, and nothing else sounds."""
    week = imported(path)
    text = week_text(week).replace("programmes: {}\n", "programmes:\n")  # limits, no airing
    assert "programmes:\n" in text
    folder = StationFolder(tmp_path)
    folder.ensure()
    folder.config.write_text(SETTINGS, encoding="utf-8")
    text = text.replace("programmes:\n", f"programmes:\n{FALLBACK}", 1)
    (folder.schedules / "lich.yaml").write_text(text, encoding="utf-8")
    first = max(FIRST, week.validity.first or FIRST)
    if week.validity.last and week.validity.last < FIRST:  # an old week is run in its own time
        first = week.validity.first or week.validity.last
    others = left_to_the_calendar(week)
    told = {key for key in log_of(folder, first, DAYS) if key[0] not in others}
    last = datetime.combine(first + timedelta(days=DAYS), datetime.min.time())
    wanted = {
        key
        for key in expected(week)
        if datetime.combine(first, datetime.min.time()) <= key[1] < last
    }
    if first == FIRST:
        assert told == wanted
    else:
        assert wanted <= told


def test_a_year_of_the_sample_station(tmp_path: Path) -> None:
    """29 February, Tết, Sundays: the sample week over 2028 (in the short form its first 70 days),
    and the memory stays flat."""
    for name in ("schedules", "scripts_vi"):
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = (ROOT / "station.yaml").read_text(encoding="utf-8")
    settings = settings.replace("[gtts, espeak]", "[espeak]").replace(
        "output: auto", 'output: "null"'
    )
    (tmp_path / "station.yaml").write_text(settings, encoding="utf-8")
    first, days = date(2028, 1, 1), 366 if IS_SOAK else 70
    told = log_of(StationFolder(tmp_path), first, days)
    assert set(told) == _sample(first, days)
    assert set(told.values()) == {"aired"}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    log_of(StationFolder(tmp_path), first, days)
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 50


def _sample(first: date, days: int) -> set[tuple[str, datetime]]:
    """The slots of the sample week by dateutil, and its words about Tết by the calendar's."""
    weekdays = {"sang": range(7), "chieu": range(7), "cchc": (0, 2, 4), "cuoi-tuan": (5, 6)}
    starts = {"sang": (5, 30), "chieu": (17, 0), "cchc": (10, 45), "cuoi-tuan": (10, 45)}
    found = set()
    for slot, on in weekdays.items():
        begin = datetime.combine(first, datetime.min.time()).replace(
            hour=starts[slot][0], minute=starts[slot][1]
        )
        until = begin + timedelta(days=days - 1)
        rule = rrule.rrule(rrule.WEEKLY, dtstart=begin, until=until, byweekday=list(on))
        found |= {(slot, instant) for instant in rule}
    cancelled = {"cchc", "cuoi-tuan"}
    return {(s, at) for s, at in found if not (s in cancelled and at.date() in TET_2028)}
