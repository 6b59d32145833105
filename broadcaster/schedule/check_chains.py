"""Slots that follow others, and replays: names that lead nowhere, or in a circle.

It stands apart from the other checks of names because a chain is followed from slot to slot.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, nearest
from broadcaster.schedule.rundown import rundown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from broadcaster.errors import Where
    from broadcaster.model import RundownItem, Slot, WeekPlan

__all__ = ["check_chains"]


def check_chains(plans: Sequence[WeekPlan], days: Sequence[date]) -> Iterator[Problem]:
    """What follows or repeats a slot that is not there, or itself; and replays of nothing."""
    wrong: set[Where] = set()
    replayable = {slot.id: slot for plan in plans for slot in _slots(plan)}
    for plan in plans:
        here = {slot.id: slot for slot in _slots(plan)}
        for slot in here.values():
            yield from _follower(slot, here)
            problems = list(_replay(slot, replayable))
            wrong |= {slot.where for _problem in problems}
            yield from problems
    yield from _replays_of_nothing(plans, days, wrong)


def _slots(plan: WeekPlan) -> list[Slot]:
    """Those of the week win over those that exceptions add under the same name."""
    return [*(e.slot for e in plan.exceptions if e.slot), *plan.slots]


def _follower(slot: Slot, here: Mapping[str, Slot]) -> Iterator[Problem]:
    if slot.after and slot.after not in here:
        message = _("“{id}” follows “{other}”, which is no slot of this file")
        message = message.format(id=slot.id, other=slot.after)
        hint = nearest(slot.after, [name for name in here if name != slot.id])
        yield Problem(slot.where, "unknown-leader", message, hint)
    elif slot.after and _is_in_circle(slot, here):
        message = _("“{id}” follows itself, perhaps through others, so it never airs")
        hint = _("give one of them a time, “at: 05:30”")
        yield Problem(slot.where, "follows-circle", message.format(id=slot.id), hint)


def _is_in_circle(slot: Slot, here: Mapping[str, Slot]) -> bool:
    seen: set[str] = set()
    ahead = slot
    while ahead.after and ahead.after in here and ahead.id not in seen:
        seen.add(ahead.id)
        ahead = here[ahead.after]
    return ahead.id in seen


def _replay(slot: Slot, known: Mapping[str, Slot]) -> Iterator[Problem]:
    if slot.replay is None:
        return
    source = known.get(slot.replay.slot_id)
    if source is None:
        message = _("“{id}” repeats “{other}”, which is no slot")
        message = message.format(id=slot.id, other=slot.replay.slot_id)
        hint = nearest(slot.replay.slot_id, [name for name in known if name != slot.id])
        yield Problem(slot.where, "unknown-replay", message, hint)
    elif source.replay:
        message = _("“{id}” repeats “{other}”, which is a replay itself")
        message = message.format(id=slot.id, other=source.id)
        hint = _("name the slot that airs it first: “{slot}”").format(slot=source.replay.slot_id)
        yield Problem(slot.where, "replay-of-replay", message, hint)


def _replays_of_nothing(
    plans: Sequence[WeekPlan], days: Sequence[date], wrong: set[Where]
) -> Iterator[Problem]:
    """Each replay that has nothing to repeat, for the first day on which that is so, but for
    those at ``wrong``, whose name is wrong already."""
    if not any(slot.replay for plan in plans for slot in _slots(plan)):
        return
    told: set[Where] = set()
    for day in days:
        for item in rundown(plans, day).items:
            slot = item.occurrence.slot
            if _has_no_source(item) and slot.where not in told | wrong:
                told.add(slot.where)
                message = _(
                    "on {day} there is nothing that “{id}” could repeat, so it does not air"
                )
                message = message.format(day=f"{day:%d/%m/%Y}", id=slot.id)
                hint = _("look at the days of “{other}”, or write another “of”")
                hint = hint.format(other=slot.replay.slot_id if slot.replay else "")
                code = "nothing-to-replay"
                yield Problem(slot.where, code, message, hint, Severity.WARNING)


def _has_no_source(item: RundownItem) -> bool:
    occurrence = item.occurrence
    return occurrence.slot.replay is not None and occurrence.replays is None
