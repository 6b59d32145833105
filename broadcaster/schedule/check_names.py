"""Names in the weeks that nobody knows or needs: checks that no date changes."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _
from itertools import combinations
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, nearest
from broadcaster.model import DayType, ExceptionKind
from broadcaster.schedule.findings import two_files, unknown_programmes
from broadcaster.schedule.one_day import airs_on, holds_on
from broadcaster.schedule.rundown import are_rivals, plan_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.errors import Where
    from broadcaster.model import DayException, ProgrammePlan, SegmentPlan, Slot, WeekPlan
    from broadcaster.schedule.known import Known

__all__ = ["check_names", "sounds_of"]

_LOOKED_AT = 60
"""Days of an exception's range that are looked at."""
_A_YEAR = 400
"""Days among which one that comes back each year must be found: a lunar year may have 385."""


def check_names(plans: Sequence[WeekPlan], known: Known, days: Sequence[date]) -> Iterator[Problem]:
    """Unknown and unused names, empty programmes, exceptions in vain, rival files.

    Exceptions that come back each year are looked at from the first of ``days`` on.
    """
    for plan in plans:
        yield from _programmes(plan, known)
        yield from unknown_programmes(plan)
        for exception in plan.exceptions:
            yield from _exception(plans, plan, exception, days)
    for one, other in combinations(plans, 2):
        if are_rivals(one, other) and _meet(one, other):
            yield two_files(other, one)


def _added(plan: WeekPlan) -> list[Slot]:
    return [exception.slot for exception in plan.exceptions if exception.slot]


def _meet(one: WeekPlan, other: WeekPlan) -> bool:
    starts = [plan.validity.first for plan in (one, other) if plan.validity.first]
    if starts:
        return one.validity.covers(max(starts)) and other.validity.covers(max(starts))
    return True


# -- programmes ---------------------------------------------------------------------------


def _programmes(plan: WeekPlan, known: Known) -> Iterator[Problem]:
    slots = (*plan.slots, *_added(plan))
    used = {slot.programme_id for slot in slots}
    used |= {output.programme_id for slot in slots for output in slot.outputs}
    used |= {e.programme_id for e in plan.exceptions} | {known.fallback}
    for programme in plan.programmes.values():
        yield from _programme(programme, known)
        if programme.id not in used:
            yield Problem(
                programme.where,
                "unused-programme",
                _("no slot airs the programme “{id}”").format(id=programme.id),
                _("name it in a slot, or take it away"),
                Severity.WARNING,
            )


def _programme(programme: ProgrammePlan, known: Known) -> Iterator[Problem]:
    if not programme.segments:
        message = _("the programme “{id}” is empty").format(id=programme.id)
        yield Problem(programme.where, "empty-programme", message, _("write its “segments:”"))
    for segment in programme.segments:
        yield from _segment(segment, known)


def _segment(segment: SegmentPlan, known: Known) -> Iterator[Problem]:
    for name, where in sounds_of(segment):
        if known.assets is not None and name not in known.assets:
            message = _("there is no sound “{name}”").format(name=name)
            hint = _("put the file into scripts_vi/am-thanh ({nearest})")
            hint = hint.format(nearest=nearest(name, known.assets))
            yield Problem(where, "missing-asset", message, hint)
    bulletin = segment.bulletin_id
    if known.bulletins is not None and bulletin and bulletin not in known.bulletins:
        message = _("there is no bulletin “{id}”").format(id=bulletin)
        hint = _("put it into scripts_vi ({nearest})")
        hint = hint.format(nearest=nearest(bulletin, known.bulletins))
        yield Problem(segment.where, "missing-bulletin", message, hint)


def sounds_of(segment: SegmentPlan) -> list[tuple[str, Where]]:
    """The sounds that a line names, with their places: its own, one between bulletins, its bed."""
    between = segment.choice.between if segment.choice else ""
    named = [(segment.asset, segment.where), (between, segment.where)]
    if segment.bed:
        named.append((segment.bed.asset, segment.bed.where))
    return [(name, where) for name, where in named if name]


# -- exceptions ---------------------------------------------------------------------------


def _exception(
    plans: Sequence[WeekPlan], plan: WeekPlan, exception: DayException, looked_at: Sequence[date]
) -> Iterator[Problem]:
    ids = {slot.id for slot in plan.slots}
    unknown = [name for name in exception.slot_ids if name not in ids]
    for name in unknown:
        message = _("there is no slot “{id}” in this file").format(id=name)
        yield Problem(exception.where, "unknown-slot", message, nearest(name, ids))
    days = [day for day in _days(exception, plan, looked_at) if plan.validity.covers(day)]
    if not days and exception.rule and DayType.MOURNING in exception.rule.words:
        return  # nobody plans it
    if not days and exception.rule is not None:
        message = _("within a year no such day comes, so nothing changes")
        hint = _("look at “days”, and at “valid” above")
        yield Problem(exception.where, "exception-in-vain", message, hint, Severity.WARNING)
    elif not days:
        message = _("this exception lies outside the days for which the file holds")
        hint = _("look at the year, and at “valid” above")
        yield Problem(exception.where, "exception-outside", message, hint)
    elif all(plan_for(plans, day) is not plan for day in days):
        yield _shadowed(plans, exception, days[0])
    elif not unknown and not _has_effect(plan, exception, days):
        message = _("none of these slots airs on that day, so nothing changes")
        hint = _("look at the date and at the days of the slot")
        yield Problem(exception.where, "exception-in-vain", message, hint, Severity.WARNING)


def _days(exception: DayException, plan: WeekPlan, looked_at: Sequence[date]) -> list[date]:
    """The first days of the range, and its last; of a rule, those that come within a year."""
    if exception.rule is not None:
        return [
            day for day in _coming(exception, plan, looked_at) if holds_on(exception, plan, day)
        ]
    length = min((exception.last - exception.first).days + 1, _LOOKED_AT)
    return [*(exception.first + timedelta(days=n) for n in range(length)), exception.last]


def _coming(exception: DayException, plan: WeekPlan, looked_at: Sequence[date]) -> Iterator[date]:
    soonest = [exception.first, plan.validity.first or date.min, *looked_at[:1]]
    first = max(soonest)
    room = min(_A_YEAR, (date.max - first).days)
    return (first + timedelta(days=n) for n in range(room))


def _shadowed(plans: Sequence[WeekPlan], exception: DayException, day: date) -> Problem:
    other = plan_for(plans, day)
    message = _("on that day “{file}” holds, so nothing changes")
    message = message.format(file=other.path.name if other else "")
    hint = _("write the exception in that file")
    return Problem(exception.where, "exception-shadowed", message, hint, Severity.WARNING)


def _has_effect(plan: WeekPlan, exception: DayException, days: list[date]) -> bool:
    if exception.kind in {ExceptionKind.ADD, ExceptionKind.NO_MUSIC}:
        return True
    airing = {slot.id for slot in plan.slots if any(airs_on(slot, plan, day) for day in days)}
    return bool(airing.intersection(exception.slot_ids) if exception.slot_ids else airing)
