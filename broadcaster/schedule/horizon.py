"""Which days a check should look at: the coming ones, and every day that differs from the week."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from broadcaster.schedule.one_day import airs_on, holds_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from broadcaster.model import WeekPlan

__all__ = ["days_to_check"]

_LONGEST_RANGE = 31
_LATEST = 3 * 366
_A_YEAR = 400
_OF_A_RULE = 4


def days_to_check(plans: Iterable[WeekPlan], today: date, *, count: int = 14) -> list[date]:
    """``count`` days from ``today``, the days of exceptions and those after them, the first
    week of every file that begins later, the first days of its seasons, and the next days of
    slots and exceptions that only the calendar knows (lễ, rằm); none that is past or more than
    three years away."""
    days = {today + timedelta(days=n) for n in range(count)}
    for plan in plans:
        days.update(_special_days(plan))
        days.update(_recurring_days(plan, today))
    latest = today + timedelta(days=_LATEST)
    return sorted(day for day in days if today <= day <= latest)


def _special_days(plan: WeekPlan) -> Iterator[date]:
    if plan.validity.first:
        yield from _run(plan.validity.first, 7)
    for exception in plan.exceptions:
        if exception.rule is not None:
            continue
        length = (exception.last - exception.first).days + 2
        yield from (
            d for d in _run(exception.first, min(length, _LONGEST_RANGE)) if plan.validity.covers(d)
        )


def _recurring_days(plan: WeekPlan, today: date) -> Iterator[date]:
    """Within a year from ``today``: the first days of seasons, and some of each rule."""
    year = [day for day in _run(today, _A_YEAR) if plan.validity.covers(day)]
    for slot in plan.slots:
        if slot.rule is not None:
            yield from islice((day for day in year if airs_on(slot, plan, day)), _OF_A_RULE)
    for exception in plan.exceptions:
        if exception.rule is not None:
            yield from islice((d for d in year if holds_on(exception, plan, d)), _OF_A_RULE)
    starts = {season.first for season in plan.seasons}
    yield from (day for day in year if (day.month, day.day) in starts)


def _run(first: date, count: int) -> Iterator[date]:
    room = (type(first).max - first).days + 1
    return (first + timedelta(days=n) for n in range(min(count, room)))
