"""When no start is allowed: the quiet hours, as a gate that the decision asks.

A gate stands apart from the decision so that other rails can be handed in beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

from broadcaster.clock import LOCAL
from broadcaster.model import Priority
from broadcaster.playout.actions import Reason

if TYPE_CHECKING:
    from datetime import datetime, time

    from broadcaster.model import Occurrence

__all__ = ["Gate", "Gates", "QuietHours"]


class Gate(Protocol):
    """Something that may refuse a start."""

    def refusal(self, occurrence: Occurrence, at: datetime) -> Reason | None:
        """Why ``occurrence`` may not start at ``at``; None where it may."""


@dataclass(frozen=True, slots=True)
class Gates:
    """Several gates as one: the first that refuses says why."""

    gates: tuple[Gate, ...]

    def refusal(self, occurrence: Occurrence, at: datetime) -> Reason | None:
        refusals = (gate.refusal(occurrence, at) for gate in self.gates)
        return next((refusal for refusal in refusals if refusal), None)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """No start from ``begin`` until ``end`` (local times, ``end`` is free again).

    They may span midnight, and equal times mean that there are none.  An emergency passes.
    """

    begin: time
    end: time

    def covers(self, instant: datetime) -> bool:
        moment = instant.astimezone(LOCAL).time()
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end

    def refusal(self, occurrence: Occurrence, at: datetime) -> Reason | None:
        if occurrence.slot.priority >= Priority.EMERGENCY or not self.covers(at):
            return None
        return Reason(
            "quiet-hours",
            _("no start is allowed between {begin} and {end}").format(
                begin=f"{self.begin:%H:%M}", end=f"{self.end:%H:%M}"
            ),
        )
