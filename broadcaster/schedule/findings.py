"""The findings that both the rundown of a day and the check of a week report."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Where, nearest
from broadcaster.model import ExceptionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import WeekPlan

__all__ = ["two_files", "unknown_programme", "unknown_programmes"]


def two_files(one: WeekPlan, other: WeekPlan) -> Problem:
    """Two files that hold for equally many days, one of them on the same day."""
    message = _("this file and “{other}” hold for the same days").format(other=other.path.name)
    hint = _("give one of them a shorter “valid”, or put them together")
    return Problem(Where(one.path), "two-files", message, hint)


def unknown_programme(where: Where, programme_id: str, plan: WeekPlan) -> Problem:
    """A slot or an exception of ``plan`` that names a programme which is not there."""
    message = _("there is no programme “{id}” in this file").format(id=programme_id)
    return Problem(where, "unknown-programme", message, nearest(programme_id, plan.programmes))


def unknown_programmes(plan: WeekPlan) -> Iterator[Problem]:
    """Slots and exceptions of ``plan`` that name a programme which is not there."""
    for slot in (*plan.slots, *(e.slot for e in plan.exceptions if e.slot)):
        if slot.replay is None and slot.programme_id not in plan.programmes:
            yield unknown_programme(slot.where, slot.programme_id, plan)
        for output in slot.outputs:
            if output.programme_id and output.programme_id not in plan.programmes:
                yield unknown_programme(output.where, output.programme_id, plan)
    for change in plan.exceptions:
        if change.kind is ExceptionKind.REPLACE and change.programme_id not in plan.programmes:
            yield unknown_programme(change.where, change.programme_id, plan)
