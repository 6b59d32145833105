"""One day of one week's file: its slots, what exceptions make of them, and what follows what.

Pure.  It stands apart from the rundown, which knows several files, other days and replays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import ExceptionKind, Occurrence, ProgrammePlan, RundownItem
from broadcaster.schedule.calendar import is_among
from broadcaster.schedule.seasons import season_of, start_in
from broadcaster.schedule.variations import in_language, without_music

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from broadcaster.model import DayException, DayRule, Slot, WeekPlan

__all__ = ["OneDay", "airs_on", "holds_on"]

_Wanted = tuple["Slot", "Sequence[DayException]"]
"""A slot, and the exceptions that touch it."""


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


@dataclass(slots=True)
class OneDay:
    """``day`` as ``plan`` alone has it."""

    plan: WeekPlan
    day: date
    _changes: list[DayException] = field(init=False)
    _season: str = field(init=False)
    _by_rule: dict[DayRule, bool] = field(default_factory=dict)
    _varied: dict[tuple[int, str, bool], tuple[ProgrammePlan, ProgrammePlan]] = field(
        default_factory=dict
    )
    """By the identity of what is varied, which is kept beside it, so that it stays the only one."""

    def __post_init__(self) -> None:
        self._season = season_of(self.day, self.plan.seasons)
        self._changes = [e for e in self.plan.exceptions if holds_on(e, self.plan, self.day)]

    def items(self) -> list[RundownItem]:
        """Each start once, in no order; a replay has no programme yet.

        A slot that follows another is there once for each airing of that one, at the planned end
        of it; where that one is cancelled, at the same time all the same.
        """
        wanted = list(self._wanted())
        timed = (self._timed(slot, changes) for slot, changes in wanted if not slot.after)
        items = _unique(item for item in timed if item)
        waiting = [(slot, changes) for slot, changes in wanted if slot.after]
        return _unique([*items, *self._following(items, waiting)]) if waiting else items

    def varied(self, programme: ProgrammePlan, slot: Slot) -> ProgrammePlan:
        """``programme`` as ``slot`` airs it today: its language, and no music on a day without."""
        is_quiet = bool(self._changes) and _is_quiet(self._touching(slot))
        if not slot.language and not is_quiet:
            return programme
        key = (id(programme), slot.language, is_quiet)
        if key not in self._varied:
            spoken = in_language(programme, slot.language) if slot.language else programme
            self._varied[key] = (programme, without_music(spoken) if is_quiet else spoken)
        return self._varied[key][1]

    def _wanted(self) -> Iterator[_Wanted]:
        for slot in self.plan.slots:
            if self._airs(slot):
                yield slot, self._touching(slot)
        for added in self._changes:
            if added.slot:
                yield added.slot, [added, *self._touching(added.slot, added=True)]

    def _airs(self, slot: Slot) -> bool:
        """:func:`airs_on`; many slots share a rule."""
        if slot.rule is None:
            return self.day.weekday() in slot.days
        if slot.rule not in self._by_rule:
            self._by_rule[slot.rule] = is_among(self.day, slot.rule, self.plan.calendar)
        return self._by_rule[slot.rule]

    def _touching(self, slot: Slot, *, added: bool = False) -> Sequence[DayException]:
        """What changes ``slot``; one that was added only loses its music with all others."""
        if not self._changes:
            return ()
        return [
            change
            for change in self._changes
            if change.kind is ExceptionKind.NO_MUSIC
            or (change.kind is not ExceptionKind.ADD and not added and _names(change, slot))
        ]

    def _timed(self, slot: Slot, changes: Sequence[DayException]) -> RundownItem | None:
        start = start_in(slot, self._season)
        if start is None:
            return None
        return self._item(slot, datetime.combine(self.day, start, LOCAL), changes)

    def _item(
        self,
        slot: Slot,
        starts_at: datetime,
        changes: Sequence[DayException],
        leader: Occurrence | None = None,
    ) -> RundownItem:
        """``slot`` today; a cancellation gives the reason, else the last change does."""
        programme_id, reason, cancelled = slot.programme_id, "", False
        for change in changes:
            cancelled = cancelled or change.kind is ExceptionKind.CANCEL
            if change.kind is ExceptionKind.REPLACE:
                programme_id = change.programme_id
            if change.kind is ExceptionKind.CANCEL or not cancelled:
                reason = change.reason or reason
        if slot.replay and programme_id:  # a day that replaces it is no replay
            slot = replace(slot, replay=None)
        own = self._own(slot, changes) if programme_id == slot.programme_id else ()
        occurrence = Occurrence(
            slot,
            starts_at,
            self._programme(programme_id, slot),
            reason,
            own,
            follows=leader.id if leader else "",
            not_before=leader.earliest_start if leader else None,
        )
        return RundownItem(occurrence, cancelled)

    def _programme(self, programme_id: str, slot: Slot) -> ProgrammePlan:
        known = self.plan.programmes.get(programme_id)
        return self.varied(known, slot) if known else ProgrammePlan(programme_id, programme_id, ())

    def _own(self, slot: Slot, changes: Sequence[DayException]) -> tuple[ProgrammePlan, ...]:
        """The programmes of single outputs; a day that replaces the slot's replaces them too."""
        if not slot.outputs:
            return ()
        ids = dict.fromkeys(output.programme_id for output in slot.outputs)
        own = (self.plan.programmes[i] for i in ids if i in self.plan.programmes)
        return tuple(without_music(plan) if _is_quiet(changes) else plan for plan in own)

    def _following(
        self, items: Sequence[RundownItem], waiting: Sequence[_Wanted]
    ) -> Iterator[RundownItem]:
        """Those whose leader is there, then those that follow these; nothing of a circle."""
        ready = list(items)
        while waiting and ready:
            leaders = _by_slot(ready)
            ready = [
                self._behind(leader, slot, changes)
                for slot, changes in waiting
                for leader in leaders.get(slot.after, ())
            ]
            yield from ready
            waiting = [(slot, changes) for slot, changes in waiting if slot.after not in leaders]

    def _behind(
        self, leader: RundownItem, slot: Slot, changes: Sequence[DayException]
    ) -> RundownItem:
        ahead = leader.occurrence
        starts_at = ahead.starts_at + timedelta(milliseconds=ahead.planned_ms)
        return self._item(slot, starts_at, changes, None if leader.cancelled else ahead)


def _names(change: DayException, slot: Slot) -> bool:
    return not change.slot_ids or slot.id in change.slot_ids


def _is_quiet(changes: Iterable[DayException]) -> bool:
    return any(change.kind is ExceptionKind.NO_MUSIC for change in changes)


def _by_slot(items: Iterable[RundownItem]) -> dict[str, list[RundownItem]]:
    """The airings of each slot, or the cancelled ones where there is no other."""
    found: dict[str, list[RundownItem]] = {}
    for item in items:
        found.setdefault(item.occurrence.slot.id, []).append(item)
    return {
        name: [item for item in same if not item.cancelled] or same for name, same in found.items()
    }


def _unique(items: Iterable[RundownItem]) -> list[RundownItem]:
    """One that airs wins over a cancelled one, and the first over another."""
    found: dict[tuple[str, int, int, int], RundownItem] = {}
    for item in sorted(items, key=lambda item: item.cancelled):
        occurrence = item.occurrence
        start = occurrence.starts_at
        found.setdefault((occurrence.slot.id, start.day, start.hour, start.minute), item)
    return list(found.values())
