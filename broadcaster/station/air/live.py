"""The week as the daemon sees it now: reloaded when a file changes, never half.

It stands apart so that a reload is the swap of one reference: the playout reads whole plans only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.schedule import Expansion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.model import Occurrence, WeekPlan

__all__ = ["LiveWeek"]

_BEHIND = timedelta(hours=26)
_AHEAD = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class _InForce:
    """Plans, and the earlier starts for which the station has to answer all the same."""

    week: Expansion
    since: datetime
    earlier: frozenset[str] = frozenset()

    def between(self, begin: datetime, end: datetime) -> tuple[Occurrence, ...]:
        return tuple(
            occurrence
            for occurrence in self.week.between(begin, end)
            if occurrence.earliest_start >= self.since or occurrence.id in self.earlier
        )


class _View(NamedTuple):
    force: _InForce
    hour: datetime
    occurrences: tuple[Occurrence, ...]


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _view(force: _InForce, now: datetime) -> _View:
    hour = _hour(now)
    return _View(force, hour, force.between(hour - _BEHIND, hour + _AHEAD))


class LiveWeek:
    """The plans in force; nothing that was planned before ``since`` is the station's to answer.

    One thread may ``replace`` while another looks ``around``.
    """

    def __init__(self, plans: Sequence[WeekPlan], *, since: datetime) -> None:
        self._force = _InForce(Expansion(tuple(plans)), since)
        self._view: _View | None = None

    @property
    def plans(self) -> Sequence[WeekPlan]:
        return self._force.week.plans

    def replace(self, plans: Sequence[WeekPlan], *, now: datetime) -> None:
        """Let ``plans`` hold from ``now`` on: a start that they add to the past is not missed,
        nor what follows such a start.

        They are expanded here, so that the thread that looks ``around`` never waits for a
        calendar to be loaded.
        """
        earlier = {occurrence.id for occurrence in self._force.between(now - _BEHIND, now)}
        view = _view(_InForce(Expansion(tuple(plans)), now, frozenset(earlier)), now)
        self._force, self._view = view.force, view

    def around(self, now: datetime) -> Sequence[Occurrence]:
        """What may matter at ``now``: from yesterday to the next hours; expanded once an hour."""
        view = self._view
        if view is None or view.force is not self._force or view.hour != _hour(now):
            view = _view(self._force, now)
            self._view = view
        return view.occurrences

    def between(self, begin: datetime, end: datetime) -> Sequence[Occurrence]:
        """Every start in that time for which the station answers."""
        return self._force.between(begin, end)

    def answer_from(self, since: datetime) -> None:
        """Answer for nothing earlier: the clock was wrong when the week was taken up."""
        if since > self._force.since:
            self._force = replace(self._force, since=since)

    def until(self, now: datetime) -> Sequence[Occurrence]:
        """Every start up to ``now`` for which the station answers."""
        return self._force.between(self._force.since, now)
