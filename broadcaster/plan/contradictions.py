"""Targets that cannot all be meant: two numbers for one thing, a part that is more than the whole.

It stands apart because each rule is arithmetic between two targets, and says what it compares.
"""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.errors import Problem, Severity
from broadcaster.plan.spans import Per
from broadcaster.plan.targets import Measure
from broadcaster.plan.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.plan.plan import Plan
    from broadcaster.plan.targets import Target, Wanted

__all__ = ["contradictions"]

_HOW_MANY = {
    (Per.MONTH, Per.QUARTER): 3,
    (Per.MONTH, Per.YEAR): 12,
    (Per.QUARTER, Per.YEAR): 4,
}
"""Spans that lie wholly in longer ones; a week may lie in two months, quarters or years."""


class _Line(NamedTuple):
    target: Target
    wanted: Wanted


def contradictions(plan: Plan) -> Iterator[Problem]:
    """One problem for each pair of numbers that cannot both be meant."""
    for target in plan.targets:
        yield from _impossible(target)
    lines = [_Line(target, wanted) for target in plan.targets for wanted in target.wanted]
    for one, other in combinations(lines, 2):
        if _same_thing(one, other) and _hold_together(plan, one.target, other.target):
            yield _two_numbers(one, other)
    for part, total in permutations(lines, 2):
        if _is_part(plan, part, total) and _hold_together(plan, part.target, total.target):
            yield from _more_than_whole(part, total)


def _impossible(target: Target) -> Iterator[Problem]:
    """Each item is heard at least once."""
    numbers = {wanted.measure: wanted for wanted in target.wanted}
    items, airings = numbers.get(Measure.ITEMS), numbers.get(Measure.AIRINGS)
    if items and airings and items.number > airings.number:
        message = _("{items} different items cannot be heard in {airings} airings")
        message = message.format(items=items.number, airings=airings.number)
        hint = _("lower “items”, or raise “airings”")
        yield Problem(airings.where, "targets-contradict", message, hint)


def _same_thing(one: _Line, other: _Line) -> bool:
    return (
        one.wanted.measure is other.wanted.measure
        and one.target.selection == other.target.selection
        and one.target.per is other.target.per
        and one.target.campaign == other.target.campaign
    )


def _hold_together(plan: Plan, one: Target, other: Target) -> bool:
    a, b = plan.days_of(one), plan.days_of(other)
    first = max(a.first or date.min, b.first or date.min)
    return first <= min(a.last or date.max, b.last or date.max)


def _two_numbers(one: _Line, other: _Line) -> Problem:
    where = other.wanted.where
    if one.wanted.number == other.wanted.number:
        message = _("this target stands in the plan already, at {where}")
        message = message.format(where=one.wanted.where)
        return Problem(
            where, "target-twice", message, _("keep one of them"), severity=Severity.WARNING
        )
    message = _("{number} here, but {other} at {where}, for the same thing and the same time")
    message = message.format(
        number=other.wanted.number, other=one.wanted.number, where=one.wanted.where
    )
    hint = _("keep one of them, or give each its own “from:” and “until:”")
    return Problem(where, "targets-contradict", message, hint)


def _is_part(plan: Plan, part: _Line, total: _Line) -> bool:
    """Whether all that counts for ``part`` counts for ``total`` as well."""
    one, other = part.target, total.target
    if part.wanted.measure is not total.wanted.measure or one.unit != other.unit:
        return False
    if _times(one, other) is None or _same_thing(part, total):
        return False
    day = plan.days_of(one).first or date.min
    in_topic = not other.topic or (
        bool(one.topic) and plan.topics.is_within(one.topic, other.topic, day)
    )
    return in_topic and all(
        not getattr(other, key) or plain(getattr(one, key)) == plain(getattr(other, key))
        for key in ("kind", "language", "audience")
    )


def _times(part: Target, total: Target) -> int | None:
    """How many spans of ``part`` lie in one of ``total``; None where they lie across its ends."""
    if part.per is total.per:
        return 1 if part.campaign == total.campaign else None
    return _HOW_MANY.get((part.per, total.per))


def _more_than_whole(part: _Line, total: _Line) -> Iterator[Problem]:
    """The same item may be counted in two months, so that only one span of items is compared."""
    times = 1 if part.wanted.measure is Measure.ITEMS else _times(part.target, total.target) or 1
    asked = part.wanted.number * times
    if asked > total.wanted.number:
        message = _("{number} here is less than {asked}, which its part at {where} asks for")
        message = message.format(number=total.wanted.number, asked=asked, where=part.wanted.where)
        hint = _("raise this number, or lower that of the part")
        yield Problem(
            total.wanted.where, "target-below-its-part", message, hint, severity=Severity.WARNING
        )
