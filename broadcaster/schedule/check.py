"""Everything that is wrong with the weeks, before it is heard.  Pure.

What other stages know (bulletins, sounds, lengths) is handed in as :class:`Known`, because stages
never import each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.schedule.check_names import check_names
from broadcaster.schedule.check_times import check_times

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date, time

    from broadcaster.errors import Problem
    from broadcaster.model import Occurrence, Validity, WeekPlan

__all__ = ["Known", "by_place", "check_weeks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of the station knows; None leaves the checks that need it out.

    ``bulletins`` has the validity of each bulletin id; ``assets`` the names of sounds;
    ``fallback`` a programme that is used without a slot; ``length_ms`` estimates an occurrence
    (None: unknown); no start is allowed before ``quiet_until`` or after ``quiet_from``.
    """

    bulletins: Mapping[str, Validity] | None = None
    assets: Collection[str] | None = None
    fallback: str = ""
    length_ms: Callable[[Occurrence], int | None] | None = None
    quiet_until: time | None = None
    quiet_from: time | None = None


NOTHING_KNOWN = Known()


def check_weeks(
    plans: Sequence[WeekPlan], *, days: Iterable[date], known: Known = NOTHING_KNOWN
) -> list[Problem]:
    """Every problem of ``plans`` and of what they bring on ``days``, by place.

    ``days`` says on which days times, overlaps and validities are looked at; see
    :func:`broadcaster.schedule.days_to_check`.
    """
    found = [*check_names(plans, known), *check_times(plans, sorted(set(days)), known)]
    return sorted(dict.fromkeys(found), key=by_place)


def by_place(problem: Problem) -> tuple[str, int, int, str]:
    """The key that sorts problems by file, line and column."""
    where = problem.where
    return str(where.path or ""), where.line, where.column, problem.code
