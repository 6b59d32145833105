"""Two years at a time, against a library's recurrence engine: 29 February, Tết, New Year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dateutil.rrule import DAILY, WEEKLY, rrule, rruleset, weekday
from hypothesis import given, settings
from hypothesis import strategies as st
from sky import common_day
from week_plans import add, cancel, slot, week

from broadcaster.clock import LOCAL
from broadcaster.model import (
    DayException,
    DayRule,
    DayType,
    ExceptionKind,
    LunarDay,
    Season,
    Slot,
)
from broadcaster.schedule import day_type, occurrences_between

FIRST, LAST = date(2027, 1, 1), date(2028, 12, 31)
SUMMER = Season("he", (4, 15), (10, 14))
TET = [common_day(1, 1, year) for year in (2027, 2028)]
DATES = st.dates(FIRST, LAST)
STARTS = ["00:00", "05:30", "05:30:30", "23:59"]


def _at(day: date, start: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(start))


def _days(first: date, last: date) -> list[date]:
    return [d.date() for d in rrule(DAILY, dtstart=first, until=last)]


_SLOTS = st.lists(
    st.tuples(
        st.sets(st.integers(0, 6), min_size=1),
        st.sampled_from(STARTS),
        st.one_of(st.none(), st.sampled_from(STARTS)),
        st.booleans(),
    ),
    max_size=3,
)
"""(week days, start, start in summer, whether it rests on mùng một Tết)."""
_RANGES = st.lists(st.tuples(DATES, st.integers(0, 40), st.booleans()), max_size=4)
"""(first day, more days, whether a slot is added rather than all the others cancelled)."""


def _slot(number: int, days: set[int], start: str, summer: str | None, *, rests: bool) -> Slot:
    made = slot(f"k{number}", start, days=days, max_ms=60_000)
    by_season = (("he", time.fromisoformat(summer)), ("", made.start)) if summer else ()
    rule = DayRule(frozenset(days), frozenset({LunarDay(1, 1)})) if rests else None
    return slot(f"k{number}", start, days=days, max_ms=60_000, by_season=by_season, rule=rule)


def _expected(slots: list[tuple], ranges: list[tuple]) -> set[tuple[str, datetime]]:
    """By dateutil: what recurs, without what an exclusion takes away."""
    cancelled = [
        d
        for first, more, adds in ranges
        if not adds
        for d in _days(first, first + timedelta(days=more))
    ]
    found = set()
    for number, (days, start, summer, rests) in enumerate(slots):
        recurring = rruleset()
        by_week = [weekday(n) for n in days]
        recurring.rrule(
            rrule(WEEKLY, dtstart=_at(FIRST, "00:00"), until=_at(LAST, "00:00"), byweekday=by_week)
        )
        for day in [*cancelled, *(TET if rests else ())]:
            recurring.exdate(_at(day, "00:00"))
        for moment in recurring:
            is_summer = date(moment.year, 4, 15) <= moment.date() <= date(moment.year, 10, 14)
            found.add((f"k{number}", _at(moment.date(), summer if summer and is_summer else start)))
    for number, (first, more, adds) in enumerate(ranges):
        days = _days(first, min(first + timedelta(days=more), LAST)) if adds else []
        found |= {(f"them{number}", _at(day, "19:00")) for day in days}
    return found


def _exception(number: int, first: date, more: int, *, adds: bool) -> DayException:
    last = first + timedelta(days=more)
    if adds:
        return add(first, slot(f"them{number}", "19:00", max_ms=60_000), last=last)
    return cancel(first, last=last)


@settings(deadline=None, max_examples=25)
@given(_SLOTS, _RANGES)
def test_two_years_are_what_a_library_expands(slots: list[tuple], ranges: list[tuple]) -> None:
    """Seasons, Tết, ranges with their last days, two in a minute: each start is there once."""
    plan = week(
        *(
            _slot(n, days, at, summer, rests=rests)
            for n, (days, at, summer, rests) in enumerate(slots)
        ),
        exceptions=[_exception(n, *span[:2], adds=span[2]) for n, span in enumerate(ranges)],
    )
    object.__setattr__(plan, "seasons", (SUMMER,))
    begin = _at(FIRST, "00:00").replace(tzinfo=LOCAL)
    end = _at(LAST, "23:59:59").replace(tzinfo=LOCAL)
    found = [o for o in occurrences_between([plan], begin, end) if o.starts_at >= begin]
    starts = [(o.slot.id, o.starts_at.replace(tzinfo=None)) for o in found]
    assert len(starts) == len(set(starts)) == len({o.id for o in found})
    assert set(starts) == _expected(slots, ranges)
    assert [o.starts_at for o in found] == sorted(o.starts_at for o in found)


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(DATES, st.integers(0, 9)), max_size=3),
    st.sets(st.sampled_from(DayType), min_size=1),
)
def test_an_exception_of_a_type_holds_on_its_days_alone(
    ranges: list[tuple[date, int]], types: set[DayType]
) -> None:
    """What is cancelled by type and range is cancelled where both hold, and nowhere else."""
    rule = DayRule(frozenset(types))
    dated = [
        DayException(
            first=first, last=first + timedelta(days=more), kind=ExceptionKind.CANCEL, rule=rule
        )
        for first, more in ranges
    ]
    plan = week(slot("sang", "05:30"), exceptions=dated)
    begin, end = (_at(day, "00:00").replace(tzinfo=LOCAL) for day in (FIRST, LAST))
    aired = {o.starts_at.date() for o in occurrences_between([plan], begin, end)}
    touched = {d for first, more in ranges for d in _days(first, first + timedelta(days=more))}
    off = {day for day in touched if day_type(day, plan.calendar) in types}
    assert aired >= {day for day in _days(FIRST, LAST - timedelta(days=1)) if day not in off}
    assert not aired & off
