"""The findings that both the rundown of a day and the check of a week report."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Where, nearest

if TYPE_CHECKING:
    from broadcaster.model import WeekPlan

__all__ = ["two_files", "unknown_programme"]


def two_files(one: WeekPlan, other: WeekPlan) -> Problem:
    """Two files that hold for equally many days, one of them on the same day."""
    message = _("this file and “{other}” hold for the same days").format(other=other.path.name)
    hint = _("give one of them a shorter “valid”, or put them together")
    return Problem(Where(one.path), "two-files", message, hint)


def unknown_programme(where: Where, programme_id: str, plan: WeekPlan) -> Problem:
    """A slot or an exception of ``plan`` that names a programme which is not there."""
    message = _("there is no programme “{id}” in this file").format(id=programme_id)
    return Problem(where, "unknown-programme", message, nearest(programme_id, plan.programmes))
