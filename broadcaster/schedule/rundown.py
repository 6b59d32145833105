"""(weeks, date) → the rundown of that day.  Pure.

Of several files, the one that is valid on the day for the shortest span decides alone (a week's
file beats an open one, a later beginning beats an earlier one).  Of its exceptions:

1. REPLACE gives a slot of the week another programme; the last in the file wins.
2. CANCEL takes slots of the week away: the named ones, or all.
3. ADD brings a slot that no other exception touches, so that cancelling a slot and adding it at
   another time moves it.

4. NO_MUSIC takes the music out of every programme.

A start exists once: of two slots with one name at one minute, one that airs wins over a cancelled
one, and the first in the file over another.  A replay without anything to repeat does not air.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Occurrence, ProgrammePlan, Rundown, RundownItem
from broadcaster.schedule.findings import two_files, unknown_programme
from broadcaster.schedule.one_day import OneDay
from broadcaster.schedule.variations import once_more

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.errors import Problem
    from broadcaster.model import Replay, Slot, Validity, WeekPlan

__all__ = [
    "Expansion",
    "are_rivals",
    "occurrences_between",
    "occurrences_on",
    "plan_for",
    "rundown",
]

_DAY_MS = 86_400_000
_ONE_DAY = timedelta(days=1)
_REMEMBERED_DAYS = 31
"""How far back a replay looks for the last airing."""
_KEPT_DAYS = 100
"""So many days are kept: a daemon that runs for years needs no more memory than in its first."""


def rundown(plans: Sequence[WeekPlan], day: date) -> Rundown:
    """What should air on ``day``: by start, higher priority first, cancelled slots too.

    A slot that follows another belongs to the day of that one, even when it starts after midnight.
    """
    return Expansion(plans).rundown(day)


def occurrences_on(plans: Sequence[WeekPlan], day: date) -> tuple[Occurrence, ...]:
    """What is to air on ``day``, in order."""
    return rundown(plans, day).occurrences()


def occurrences_between(
    plans: Sequence[WeekPlan], start: datetime, end: datetime
) -> list[Occurrence]:
    """Every start up to ``end`` that may still matter at ``start`` or later, in order.

    That is: it starts within the two instants (both included), or it began before and may still
    be on air, or may still start late, at ``start``; or it may start early, by ``end``.
    """
    return Expansion(plans).between(start, end)


def _matters_at(occurrence: Occurrence, instant: datetime) -> bool:
    return occurrence.starts_at >= instant or instant < max(
        occurrence.ends_by, occurrence.latest_start
    )


def _reach_days(plans: Iterable[WeekPlan]) -> int:
    """How many days an occurrence of ``plans`` can reach beyond its own."""
    reach_ms = 0
    for plan in plans:
        slots = list(_all_slots(plan))
        own_ms = max((max(s.max_ms, s.late.within_ms) for s in slots), default=0)
        chain_ms = sum(max(s.max_ms for s in slots) for s in slots if s.after)
        reach_ms = max(reach_ms, own_ms + chain_ms)
    return reach_ms // _DAY_MS + 1


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


@dataclass(slots=True)
class _Day:
    """One day, and its starts before replays know what they repeat."""

    one: OneDay
    items: list[RundownItem]
    first_airings: dict[str, list[Occurrence]]
    """What is to air and repeats nothing, by slot."""


@dataclass(slots=True)
class Expansion:
    """Days of ``plans``, each looked at once however often it is asked for.

    Threads may share it: what two of them expand at one time is the same.
    """

    plans: Sequence[WeekPlan]
    _rundowns: dict[date, Rundown] = field(default_factory=dict)
    _known: dict[date, _Day] = field(default_factory=dict)
    _again: dict[int, tuple[ProgrammePlan, ProgrammePlan]] = field(default_factory=dict)
    """What is repeated, by its identity, and how it is repeated."""

    def rundown(self, day: date) -> Rundown:
        """:func:`rundown` of ``plans``."""
        found = self._rundowns.get(day)
        if found is None:
            self._forget()
            found = self._rundowns[day] = self._rundown(day)
        return found

    def between(self, start: datetime, end: datetime) -> list[Occurrence]:
        """:func:`occurrences_between` of ``plans``."""
        first = start.astimezone(LOCAL).date() - timedelta(days=_reach_days(self.plans))
        last = end.astimezone(LOCAL).date()
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        found = (occurrence for day in days for occurrence in self.rundown(day).occurrences())
        between = [o for o in found if o.earliest_start <= end and _matters_at(o, start)]
        return sorted(between, key=lambda o: o.starts_at)

    def _forget(self) -> None:
        if len(self._known) > _KEPT_DAYS or len(self._rundowns) > _KEPT_DAYS:
            self._rundowns, self._known, self._again = {}, {}, {}

    def _rundown(self, day: date) -> Rundown:
        plan = plan_for(self.plans, day)
        if plan is None:
            return Rundown(day, ())
        known = self._day(plan, day)
        items = sorted((self._resolved(item, known.one) for item in known.items), key=_place)
        return Rundown(day, tuple(items), tuple(_problems(self.plans, plan, day, items)))

    def _day(self, plan: WeekPlan, day: date) -> _Day:
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = _expanded(OneDay(plan, day))
        return found

    def _resolved(self, item: RundownItem, day: OneDay) -> RundownItem:
        """A replay with the programme of what it repeats; cancelled where that is nothing."""
        occurrence = item.occurrence
        replay = occurrence.slot.replay
        if replay is None:
            return item
        source = self._source(replay, occurrence.starts_at)
        if source is None:
            reason = occurrence.reason or _("there is no earlier “{slot}” to repeat").format(
                slot=replay.slot_id
            )
            nothing = ProgrammePlan(replay.slot_id, replay.slot_id, ())
            missing = replace(occurrence, programme=nothing, reason=reason)
            return RundownItem(missing, cancelled=True)
        programme = day.varied(self._once_more(source.programme), occurrence.slot)
        repeated = replace(occurrence, programme=programme, replays=source)
        return RundownItem(repeated, item.cancelled)

    def _once_more(self, programme: ProgrammePlan) -> ProgrammePlan:
        found = self._again.get(id(programme))
        if found is None:
            found = self._again[id(programme)] = (programme, once_more(programme))
        return found[1]

    def _source(self, replay: Replay, before: datetime) -> Occurrence | None:
        for day in _days_of(replay, before.date()):
            plan = plan_for(self.plans, day)
            airings = self._day(plan, day).first_airings.get(replay.slot_id, []) if plan else []
            if earlier := [o for o in airings if o.starts_at < before]:
                return max(earlier, key=lambda o: o.starts_at)
        return None


def _expanded(one: OneDay) -> _Day:
    items = one.items()
    airings: dict[str, list[Occurrence]] = {}
    for item in items:
        if not item.cancelled and item.occurrence.slot.replay is None:
            airings.setdefault(item.occurrence.slot.id, []).append(item.occurrence)
    return _Day(one, items, airings)


def _days_of(replay: Replay, day: date) -> list[date]:
    if replay.day is not None:
        return [replay.day]
    if replay.days_before is not None:
        return [day - replay.days_before * _ONE_DAY]
    return [day - n * _ONE_DAY for n in range(_REMEMBERED_DAYS + 1)]


def _place(item: RundownItem) -> tuple[datetime, int, str]:
    slot = item.occurrence.slot
    return item.occurrence.starts_at, -slot.priority, slot.id


def _problems(
    plans: Iterable[WeekPlan], plan: WeekPlan, day: date, items: Iterable[RundownItem]
) -> Iterator[Problem]:
    for other in plans:
        if other is not plan and other.validity.covers(day) and are_rivals(other, plan):
            yield two_files(other, plan)
    for item in items:
        occurrence = item.occurrence
        is_replay = occurrence.slot.replay is not None
        if occurrence.programme.id not in plan.programmes and not (item.cancelled or is_replay):
            yield unknown_programme(occurrence.slot.where, occurrence.programme.id, plan)


def are_rivals(one: WeekPlan, other: WeekPlan) -> bool:
    """Whether both hold for equally many days, so that only their names could decide."""
    return _span_days(one.validity) == _span_days(other.validity)
