"""Everything that is wrong with the weeks, before it is heard.  Pure.

What other stages know (bulletins, sounds, lengths) is handed in as :class:`Known`, because stages
never import each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.schedule.check_chains import check_chains
from broadcaster.schedule.check_names import check_names
from broadcaster.schedule.check_relays import check_relays
from broadcaster.schedule.check_times import check_times
from broadcaster.schedule.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from broadcaster.errors import Problem
    from broadcaster.model import WeekPlan

__all__ = ["by_place", "check_weeks"]


NOTHING_KNOWN = Known()


def check_weeks(
    plans: Sequence[WeekPlan], *, days: Iterable[date], known: Known = NOTHING_KNOWN
) -> list[Problem]:
    """Every problem of ``plans`` and of what they bring on ``days``, by place.

    ``days`` says on which days times, overlaps and validities are looked at; see
    :func:`broadcaster.schedule.days_to_check`.
    """
    looked_at = sorted(set(days))
    found = [
        *check_names(plans, known, looked_at),
        *check_chains(plans, looked_at),
        *check_relays(plans, looked_at, known),
        *check_times(plans, looked_at, known),
    ]
    return sorted(dict.fromkeys(found), key=by_place)


def by_place(problem: Problem) -> tuple[str, int, int, str]:
    """The key that sorts problems by file, line and column."""
    where = problem.where
    return str(where.path or ""), where.line, where.column, problem.code
