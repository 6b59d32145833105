"""A year of each imported timetable: what a library's calendar rules expect is what is planned."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from needs import needs_module
from timetable_lines import imported

from broadcaster.schedule import parse_week, rundown
from broadcaster.schedule.exchange import week_text

if TYPE_CHECKING:
    from datetime import time

    from broadcaster.schedule.exchange import ImportedSlot, ImportedWeek

rrule = needs_module("dateutil.rrule", "pip install 'broadcaster[exchange]'")
FOLDER = Path(__file__).parent / "timetables"
TIMETABLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")
FIRST, DAYS = date(2026, 11, 1), 365
_MONTHLY = re.compile(r"ngày (\d+) hằng tháng")


def in_season(week: ImportedWeek, day: date, name: str) -> bool:
    season = next(s for s in week.seasons if s.id == name)
    first, last, now = season.first[::-1], season.last[::-1], (day.month, day.day)
    return first <= now <= last if first <= last else now >= first or now <= last


def monthly_days(rule: str) -> list[int]:
    """``ngày 1 hằng tháng, ngày 15 hằng tháng``; empty where anything else is asked for."""
    found = [_MONTHLY.fullmatch(word) for word in rule.split(", ")]
    return [int(match[1]) for match in found if match] if all(found) else []


def left_to_the_calendar(week: ImportedWeek) -> set[str]:
    """The slots on days that no recurrence rule knows, such as lễ and Tết."""
    return {slot.id for slot in week.written if slot.rule and not monthly_days(slot.rule)}


def expected(week: ImportedWeek) -> set[tuple[str, datetime]]:
    """(slot, start) by the recurrence rules of dateutil."""
    found = set()
    for slot in week.written:
        if slot.id in left_to_the_calendar(week):
            continue
        for season, start in slot.starts:
            days = [slot.date] if slot.date else _recurring(slot, start)
            days = [day for day in days if not season or in_season(week, day, season)]
            found |= {
                (slot.id, datetime.combine(d, start)) for d in days if week.validity.covers(d)
            }
    return found


def _recurring(slot: ImportedSlot, start: time) -> list[date]:
    begin = datetime.combine(FIRST, start)
    end = begin + timedelta(days=DAYS - 1)
    if slot.rule:
        on = monthly_days(slot.rule)
        rule = rrule.rrule(rrule.MONTHLY, dtstart=begin, until=end, bymonthday=on)
    else:
        rule = rrule.rrule(rrule.WEEKLY, dtstart=begin, until=end, byweekday=sorted(slot.days))
    return [instant.date() for instant in rule]


@pytest.mark.parametrize("path", TIMETABLES, ids=lambda path: path.stem)
def test_a_year_of_a_timetable(path: Path):
    """Each start that the timetable promises in a year is planned once, and no other."""
    week = imported(path)
    plan, _problems = parse_week(week_text(week), path=Path("lich.yaml"))
    assert plan is not None
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    others = left_to_the_calendar(week)
    planned = [
        (o.slot.id, o.starts_at.replace(tzinfo=None))
        for day in days
        for o in rundown([plan], day).occurrences()
        if o.slot.id not in others
    ]
    assert len(planned) == len(set(planned))
    assert set(planned) == expected(week)
