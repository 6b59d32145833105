"""What may refuse a planned start: the quiet hours, and the rails of the week.

It stands apart because the rails are counted by the schedule and asked for by the playout, which
do not know each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Priority
from broadcaster.playout import Gates, QuietHours, Reason
from broadcaster.schedule import breaches_of_week

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from broadcaster.model import Occurrence, Rails, WeekPlan
    from broadcaster.playout import Gate
    from broadcaster.station.settings.config import StationConfig

__all__ = ["WeekRails", "gate_of"]

_ONE_DAY = timedelta(days=1)


def gate_of(config: StationConfig, plans: Callable[[], Sequence[WeekPlan]]) -> Gate:
    """All gates of the station; ``plans`` gives the weeks that are in force when it is asked."""
    quiet = QuietHours(config.quiet_from, config.quiet_until)
    return Gates((quiet, WeekRails(config.all_rails, plans)))


@dataclass(slots=True)
class WeekRails:
    """Refuses what is planned beyond the rails; what an operator orders passes.

    The refusals of a week are counted once, and again when other plans are in force.
    """

    rails: Rails
    plans: Callable[[], Sequence[WeekPlan]]
    _counted_for: Sequence[WeekPlan] = ()
    _refusals: dict[date, dict[str, Reason]] = field(default_factory=dict)

    def refusal(self, occurrence: Occurrence, at: datetime) -> Reason | None:  # noqa: ARG002
        """By its planned start: what is late is not refused for it."""
        if occurrence.slot.priority >= Priority.OVERRIDE:
            return None
        planned = occurrence.starts_at.astimezone(LOCAL).date()
        # what follows another may start after midnight, and belongs to the day before
        weeks = dict.fromkeys(
            day - day.weekday() * _ONE_DAY for day in (planned, planned - _ONE_DAY)
        )
        found = (self._of_week(monday).get(occurrence.id) for monday in weeks)
        return next((reason for reason in found if reason), None)

    def _of_week(self, monday: date) -> dict[str, Reason]:
        plans = self.plans()
        if plans is not self._counted_for:
            self._counted_for, self._refusals = plans, {}
        if monday not in self._refusals:
            self._refusals[monday] = {
                breach.occurrence.id: Reason(breach.code, breach.text)
                for breach in breaches_of_week(plans, monday, self.rails)
            }
        return self._refusals[monday]
