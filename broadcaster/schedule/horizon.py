"""Which days a check should look at: the coming ones, and every day that differs from the week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from broadcaster.model import WeekPlan

__all__ = ["days_to_check"]

_LONGEST_RANGE = 31
_LATEST = 3 * 366


def days_to_check(plans: Iterable[WeekPlan], today: date, *, count: int = 14) -> list[date]:
    """``count`` days from ``today``, the days of exceptions and those after them, and the first
    week of every file that begins later; none that is past or more than three years away."""
    days = {today + timedelta(days=n) for n in range(count)}
    for plan in plans:
        days.update(_special_days(plan))
    latest = today + timedelta(days=_LATEST)
    return sorted(day for day in days if today <= day <= latest)


def _special_days(plan: WeekPlan) -> Iterator[date]:
    if plan.validity.first:
        yield from _run(plan.validity.first, 7)
    for exception in plan.exceptions:
        length = (exception.last - exception.first).days + 2
        yield from (
            d for d in _run(exception.first, min(length, _LONGEST_RANGE)) if plan.validity.covers(d)
        )


def _run(first: date, count: int) -> Iterator[date]:
    room = (type(first).max - first).days + 1
    return (first + timedelta(days=n) for n in range(min(count, room)))
