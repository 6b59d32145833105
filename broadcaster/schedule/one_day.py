"""One day of one week's file: its slots, what exceptions make of them, and what follows what.

Pure.  It stands apart from the rundown, which knows several files, other days and replays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import ExceptionKind, Occurrence, ProgrammePlan, RundownItem
from broadcaster.schedule.calendar import is_among
from broadcaster.schedule.seasons import start_on
from broadcaster.schedule.variations import in_language, without_music

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from broadcaster.model import DayException, Slot, WeekPlan

__all__ = ["airs_on", "holds_on", "items_on", "varied"]


def items_on(plan: WeekPlan, day: date) -> list[RundownItem]:
    """What ``plan`` brings on ``day``, in no order; each start once.

    A slot that follows another is there once for each airing of that one, and on the planned end
    of it; where that one is cancelled, at the same time all the same.
    """
    changes = [e for e in plan.exceptions if holds_on(e, plan, day)]
    wanted = [
        *((slot, _touching(changes, slot)) for slot in plan.slots if airs_on(slot, plan, day)),
        *((added.slot, _without_music(changes, added)) for added in changes if added.slot),
    ]
    timed = (_timed(plan, slot, day, own) for slot, own in wanted if not slot.after)
    items = _unique(item for item in timed if item)
    waiting = [(slot, own) for slot, own in wanted if slot.after]
    return items if not waiting else _unique([*items, *_following(plan, items, waiting)])


def holds_on(exception: DayException, plan: WeekPlan, day: date) -> bool:
    """Whether ``exception`` of ``plan`` means ``day``."""
    if not exception.first <= day <= exception.last:
        return False
    return exception.rule is None or is_among(day, exception.rule, plan.calendar)


def airs_on(slot: Slot, plan: WeekPlan, day: date) -> bool:
    """Whether ``day`` is one of the days of ``slot``, whatever exceptions say."""
    if slot.rule is not None:
        return is_among(day, slot.rule, plan.calendar)
    return day.weekday() in slot.days


def _touching(changes: Iterable[DayException], slot: Slot) -> list[DayException]:
    return [
        change
        for change in changes
        if change.kind is not ExceptionKind.ADD
        and (not change.slot_ids or slot.id in change.slot_ids)
    ]


def _without_music(changes: Iterable[DayException], added: DayException) -> list[DayException]:
    """``added`` itself, and that a day is without music, which no slot escapes."""
    return [added, *(c for c in changes if c.kind is ExceptionKind.NO_MUSIC)]


def _timed(
    plan: WeekPlan, slot: Slot, day: date, changes: Sequence[DayException]
) -> RundownItem | None:
    start = start_on(slot, plan.seasons, day)
    if start is None:
        return None
    if start != slot.start:
        slot = replace(slot, start=start)
    return _item(plan, slot, datetime.combine(day, start, LOCAL), changes)


def _item(
    plan: WeekPlan, slot: Slot, starts_at: datetime, changes: Sequence[DayException]
) -> RundownItem:
    """``slot`` on a day; a cancellation gives the reason, else the last change does."""
    programme_id, reason, cancelled = slot.programme_id, "", False
    for change in changes:
        cancelled = cancelled or change.kind is ExceptionKind.CANCEL
        if change.kind is ExceptionKind.REPLACE:
            programme_id = change.programme_id
        if change.kind is ExceptionKind.CANCEL or not cancelled:
            reason = change.reason or reason
    if slot.replay and programme_id:  # a day that replaces it is no replay
        slot = replace(slot, replay=None)
    programme = plan.programmes.get(programme_id) or ProgrammePlan(programme_id, programme_id, ())
    own = _own(plan, slot) if programme_id == slot.programme_id else ()
    programme = _varied(programme, slot, changes)
    if own and _is_quiet(changes):
        own = tuple(without_music(one) for one in own)
    return RundownItem(Occurrence(slot, starts_at, programme, reason, own), cancelled)


def varied(programme: ProgrammePlan, plan: WeekPlan, slot: Slot, day: date) -> ProgrammePlan:
    """``programme`` as ``slot`` of ``plan`` airs it on ``day``: its language, and no music where
    the day has none."""
    changes = [e for e in plan.exceptions if holds_on(e, plan, day)]
    return _varied(programme, slot, _touching(changes, slot))


def _varied(programme: ProgrammePlan, slot: Slot, changes: Iterable[DayException]) -> ProgrammePlan:
    if slot.language:
        programme = in_language(programme, slot.language)
    return without_music(programme) if _is_quiet(changes) else programme


def _is_quiet(changes: Iterable[DayException]) -> bool:
    return any(change.kind is ExceptionKind.NO_MUSIC for change in changes)


def _own(plan: WeekPlan, slot: Slot) -> tuple[ProgrammePlan, ...]:
    """The programmes of single outputs; a day that replaces the slot's replaces them too."""
    if not slot.outputs:
        return ()
    ids = dict.fromkeys(output.programme_id for output in slot.outputs)
    return tuple(plan.programmes[i] for i in ids if i in plan.programmes)


def _unique(items: Iterable[RundownItem]) -> list[RundownItem]:
    found: dict[tuple[str, datetime], RundownItem] = {}
    for item in sorted(items, key=lambda item: item.cancelled):
        occurrence = item.occurrence
        found.setdefault((occurrence.slot.id, occurrence.starts_at.replace(second=0)), item)
    return list(found.values())


# -- what follows what --------------------------------------------------------------------


def _following(
    plan: WeekPlan,
    items: Sequence[RundownItem],
    waiting: Sequence[tuple[Slot, Sequence[DayException]]],
) -> Iterator[RundownItem]:
    """Those whose leader is there, then those that follow these; nothing of a circle."""
    ready = list(items)
    while waiting and ready:
        placed = [
            _behind(plan, leader, slot, changes)
            for slot, changes in waiting
            for leader in _leaders(ready, slot.after)
        ]
        names = {item.occurrence.slot.id for item in ready}
        waiting = [(slot, changes) for slot, changes in waiting if slot.after not in names]
        yield from placed
        ready = placed


def _leaders(items: Iterable[RundownItem], name: str) -> list[RundownItem]:
    """The airings of the slot ``name``, or the cancelled ones where there is no other."""
    found = [item for item in items if item.occurrence.slot.id == name]
    return [item for item in found if not item.cancelled] or found


def _behind(
    plan: WeekPlan, leader: RundownItem, slot: Slot, changes: Sequence[DayException]
) -> RundownItem:
    ahead = leader.occurrence
    starts_at = ahead.starts_at + timedelta(milliseconds=ahead.planned_ms)
    item = _item(plan, replace(slot, start=starts_at.time()), starts_at, changes)
    if leader.cancelled:
        return item
    occurrence = replace(item.occurrence, follows=ahead.id, not_before=ahead.earliest_start)
    return replace(item, occurrence=occurrence)
