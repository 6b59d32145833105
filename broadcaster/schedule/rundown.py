"""(weeks, date) → the rundown of that day.  Pure.

Of several files, the one that is valid on the day for the shortest span decides alone (a week's
file beats an open one, a later beginning beats an earlier one).  Of its exceptions:

1. REPLACE gives a slot of the week another programme; the last in the file wins.
2. CANCEL takes slots of the week away: the named ones, or all.
3. ADD brings a slot that no other exception touches, so that cancelling a slot and adding it at
   another time moves it.

A start exists once: of two slots with one name at one minute, one that airs wins over a cancelled
one, and the first in the file over another.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import ExceptionKind, Occurrence, ProgrammePlan, Rundown, RundownItem
from broadcaster.schedule.findings import two_files, unknown_programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.errors import Problem
    from broadcaster.model import DayException, Slot, Validity, WeekPlan

__all__ = ["are_rivals", "occurrences_between", "plan_for", "rundown"]

_DAY_MS = 86_400_000


def rundown(plans: Sequence[WeekPlan], day: date) -> Rundown:
    """What should air on ``day``: by start, higher priority first, cancelled slots too."""
    plan = plan_for(plans, day)
    if plan is None:
        return Rundown(day, ())
    items = sorted(_unique(_items(plan, day)), key=_place)
    return Rundown(day, tuple(items), tuple(_problems(plans, plan, day, items)))


def occurrences_between(
    plans: Sequence[WeekPlan], start: datetime, end: datetime
) -> list[Occurrence]:
    """Every start up to ``end`` that may still matter at ``start`` or later, in order.

    That is: it starts within the two instants (both included), or it began before and may still
    be on air, or may still start late, at ``start``.
    """
    first = start.astimezone(LOCAL).date() - timedelta(days=_reach_days(plans))
    last = end.astimezone(LOCAL).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = (occurrence for day in days for occurrence in rundown(plans, day).occurrences())
    return [o for o in found if o.starts_at <= end and _matters_at(o, start)]


def _matters_at(occurrence: Occurrence, instant: datetime) -> bool:
    return occurrence.starts_at >= instant or instant < max(
        occurrence.ends_by, occurrence.latest_start
    )


def _reach_days(plans: Iterable[WeekPlan]) -> int:
    """How many days an occurrence of ``plans`` can reach beyond its own."""
    reaches = (max(s.max_ms, s.late.within_ms) for plan in plans for s in _all_slots(plan))
    return max(reaches, default=0) // _DAY_MS + 1


def _all_slots(plan: WeekPlan) -> Iterator[Slot]:
    yield from plan.slots
    yield from (e.slot for e in plan.exceptions if e.slot)


def plan_for(plans: Iterable[WeekPlan], day: date) -> WeekPlan | None:
    """The file that decides ``day``; of equally specific ones the first by name."""
    valid = (plan for plan in plans if plan.validity.covers(day))
    return min(valid, key=lambda plan: (_span_days(plan.validity), str(plan.path)), default=None)


def _span_days(validity: Validity) -> int:
    """For how many days it holds; an open end reaches to the end of the calendar."""
    return ((validity.last or date.max) - (validity.first or date.min)).days + 1


# -- one day of one file ------------------------------------------------------------------


def _items(plan: WeekPlan, day: date) -> Iterator[RundownItem]:
    changes = [e for e in plan.exceptions if e.first <= day <= e.last]
    weekday = day.weekday()
    for slot in plan.slots:
        if weekday in slot.days:
            yield _item(plan, slot, day, [e for e in changes if _touches(e, slot)])
    for added in changes:
        if added.slot:
            yield _item(plan, added.slot, day, [added])


def _touches(exception: DayException, slot: Slot) -> bool:
    if exception.kind is ExceptionKind.ADD:
        return False
    return slot.id in exception.slot_ids or not exception.slot_ids


def _item(
    plan: WeekPlan, slot: Slot, day: date, changes: Sequence[DayException] = ()
) -> RundownItem:
    """``slot`` on ``day``; a cancellation gives the reason, else the last change does."""
    programme_id, reason, cancelled = slot.programme_id, "", False
    for change in changes:
        cancelled = cancelled or change.kind is ExceptionKind.CANCEL
        if change.kind is ExceptionKind.REPLACE:
            programme_id = change.programme_id
        if change.kind is ExceptionKind.CANCEL or not cancelled:
            reason = change.reason or reason
    programme = plan.programmes.get(programme_id) or ProgrammePlan(programme_id, programme_id, ())
    starts_at = datetime.combine(day, slot.start, LOCAL)
    own = _own(plan, slot) if programme_id == slot.programme_id else ()
    return RundownItem(Occurrence(slot, starts_at, programme, reason, own), cancelled)


def _own(plan: WeekPlan, slot: Slot) -> tuple[ProgrammePlan, ...]:
    """The programmes of single outputs; a day that replaces the slot's replaces them too."""
    ids = dict.fromkeys(output.programme_id for output in slot.outputs)
    return tuple(plan.programmes[i] for i in ids if i in plan.programmes)


def _unique(items: Iterable[RundownItem]) -> list[RundownItem]:
    found: dict[tuple[str, int, int], RundownItem] = {}
    for item in sorted(items, key=lambda item: item.cancelled):
        slot = item.occurrence.slot
        found.setdefault((slot.id, slot.start.hour, slot.start.minute), item)
    return list(found.values())


def _place(item: RundownItem) -> tuple[time, int, str]:
    slot = item.occurrence.slot
    return slot.start, -slot.priority, slot.id


def _problems(
    plans: Iterable[WeekPlan], plan: WeekPlan, day: date, items: Iterable[RundownItem]
) -> Iterator[Problem]:
    for other in plans:
        if other is not plan and other.validity.covers(day) and are_rivals(other, plan):
            yield two_files(other, plan)
    for item in items:
        occurrence = item.occurrence
        if occurrence.programme.id not in plan.programmes and not item.cancelled:
            yield unknown_programme(occurrence.slot.where, occurrence.programme.id, plan)


def are_rivals(one: WeekPlan, other: WeekPlan) -> bool:
    """Whether both hold for equally many days, so that only their names could decide."""
    return _span_days(one.validity) == _span_days(other.validity)
