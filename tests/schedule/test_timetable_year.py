"""A year of each imported timetable: what a library's calendar rules expect is what is planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from needs import needs_module
from timetable_lines import imported

from broadcaster.schedule import parse_week, rundown
from broadcaster.schedule.exchange import week_text

if TYPE_CHECKING:
    from broadcaster.schedule.exchange import ImportedWeek

rrule = needs_module("dateutil.rrule", "pip install 'broadcaster[exchange]'")
FOLDER = Path(__file__).parent / "timetables"
TIMETABLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")
FIRST, DAYS = date(2026, 11, 1), 365


def in_season(week: ImportedWeek, day: date, name: str) -> bool:
    season = next(s for s in week.seasons if s.id == name)
    first, last, now = season.first[::-1], season.last[::-1], (day.month, day.day)
    return first <= now <= last if first <= last else now >= first or now <= last


def expected(week: ImportedWeek) -> set[tuple[str, datetime]]:
    """(slot, start) by the recurrence rules of dateutil."""
    found = set()
    last = FIRST + timedelta(days=DAYS - 1)
    for slot in week.written:
        if slot.rule:
            continue
        for season, start in slot.starts:
            if slot.date:
                days = [slot.date]
            else:
                begin = datetime.combine(FIRST, start)
                end = datetime.combine(last, start)
                rule = rrule.rrule(
                    rrule.WEEKLY, dtstart=begin, until=end, byweekday=sorted(slot.days)
                )
                days = [instant.date() for instant in rule]
            days = [day for day in days if not season or in_season(week, day, season)]
            found |= {
                (slot.id, datetime.combine(d, start)) for d in days if week.validity.covers(d)
            }
    return found


@pytest.mark.parametrize("path", TIMETABLES, ids=lambda path: path.stem)
def test_a_year_of_a_timetable(path: Path):
    """Each start that the timetable promises in a year is planned once, and no other."""
    week = imported(path)
    plan, _problems = parse_week(week_text(week), path=Path("lich.yaml"))
    assert plan is not None
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    ruled = {slot.id for slot in week.written if slot.rule}
    planned = [
        (o.slot.id, o.starts_at.replace(tzinfo=None))
        for day in days
        for o in rundown([plan], day).occurrences()
        if o.slot.id not in ruled
    ]
    assert len(planned) == len(set(planned))
    assert set(planned) == expected(week)
