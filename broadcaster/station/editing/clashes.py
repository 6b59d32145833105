"""Two slots that meet in time, and how a person settles it: ghi đè or xếp sau.  Pure.

It stands apart because a check only tells that they meet; which of them gives way, and for how
many days, is the decision of whoever plans the week.
"""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem
from broadcaster.schedule import rundown
from broadcaster.station.editing.slots import changed_slot, without_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadcaster.model import Occurrence, Slot, WeekPlan

__all__ = ["clashing", "queued", "yielded"]


def clashing(plan: WeekPlan, slot_id: str, monday: date) -> list[Slot]:
    """The slots of ``plan`` that are on air when ``slot_id`` is, in the week of ``monday``."""
    found: dict[str, Slot] = {}
    for n in range(7):
        today = rundown([plan], monday + timedelta(days=n)).occurrences()
        mine = [o for o in today if o.slot.id == slot_id]
        others = (o for o in today if o.slot.id != slot_id and o.follows == "")
        for other in others:
            if any(_meet(one, other) for one in mine):
                found.setdefault(other.slot.id, other.slot)
    return sorted(found.values(), key=lambda slot: slot.start)


def _meet(one: Occurrence, other: Occurrence) -> bool:
    return one.starts_at < other.ends_by and other.starts_at < one.ends_by


def yielded(text: str, slot: Slot, others: Iterable[Slot]) -> str:
    """``text`` in which ``others`` leave the days of ``slot`` (ghi đè).

    Raises ContentError for one whose days are a rule: nobody can take a Monday out of «ngày rằm».
    """
    for other in others:
        if other.rule is not None:
            message = _("“{id}” does not air by days of the week: change it by itself")
            message = message.format(id=other.id)
            raise ContentError([Problem(other.where, "cannot-yield", message)])
        text = without_days(text, other.id, other.days, slot.days)
    return text


def queued(text: str, slot_id: str, leader: Slot) -> str:
    """``text`` in which the slot begins when the programme of ``leader`` ends (xếp sau)."""
    return changed_slot(text, slot_id, {"after": leader.id, "at": None, "start": None})
