"""The week as the daemon sees it now: reloaded when a file changes, never half.

It stands apart so that a reload is the swap of one reference: the playout reads whole plans only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.schedule import occurrences_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.model import Occurrence, WeekPlan

__all__ = ["LiveWeek"]

_BEHIND = timedelta(hours=26)
_AHEAD = timedelta(hours=3)


@dataclass(slots=True)
class LiveWeek:
    """Plans in force; ``since`` is when the station's responsibility began: nothing that was
    planned before it can be missed."""

    plans: Sequence[WeekPlan]
    since: datetime
    _hour: datetime | None = None
    _around: Sequence[Occurrence] = field(default_factory=tuple)

    def replace(self, plans: Sequence[WeekPlan]) -> None:
        """Let ``plans`` be in force from now on."""
        self.plans = plans
        self._hour = None

    def around(self, now: datetime) -> Sequence[Occurrence]:
        """What may matter at ``now``: from yesterday to the next hours; expanded once an hour."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            begin = max(self.since, hour - _BEHIND)
            self._around = tuple(occurrences_between(self.plans, begin, hour + _AHEAD))
            self._hour = hour
        return [o for o in self._around if o.starts_at >= self.since]

    def between(self, begin: datetime, end: datetime) -> Sequence[Occurrence]:
        """Every start of the weeks in force, both instants included."""
        return occurrences_between(self.plans, begin, end)
