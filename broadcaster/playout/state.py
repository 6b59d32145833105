"""What playout knows when it decides: what is on air, and what became of each occurrence.

Immutable, and moved on only by the two methods here, so that the daemon and the tests that
simulate years keep the same books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model import Occurrence
    from broadcaster.playout.actions import Arm

__all__ = ["Ledger", "OnAir", "State", "Unfinished"]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A start that an earlier life of the daemon logged and never closed.

    ``started_at`` is when the audio's beginning sounded (or would have), ``ends_at`` when its
    end is due; where the length is not known, the end of the slot.
    """

    started_at: datetime
    ends_at: datetime


Ledger = Mapping[str, Outcome | Unfinished]
"""Occurrence id → how it ended, ON_AIR while it sounds, or what a crash left of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """An occurrence that sounds from ``at`` on, which may still lie ahead (armed)."""

    occurrence: Occurrence
    at: datetime
    duration_ms: int
    from_ms: int = 0

    @property
    def started_at(self) -> datetime:
        """When the audio's beginning sounded, or would have."""
        return self.at - timedelta(milliseconds=self.from_ms)

    @property
    def ends_at(self) -> datetime:
        """When its audio is over, or the slot's longest duration if that is sooner."""
        length_ms = min(self.duration_ms, self.occurrence.slot.max_ms)
        return self.started_at + timedelta(milliseconds=length_ms)

    @property
    def is_too_long(self) -> bool:
        return self.duration_ms > self.occurrence.slot.max_ms


@dataclass(frozen=True, slots=True)
class State:
    """What is on air, armed ones too, and the ledger."""

    on_air: tuple[OnAir, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    def armed(self, arm: Arm, *, duration_ms: int) -> State:
        """After ``arm`` was carried out with audio that is ``duration_ms`` long in all."""
        item = OnAir(
            occurrence=arm.occurrence, at=arm.at, duration_ms=duration_ms, from_ms=arm.from_ms
        )
        return replace(
            self,
            on_air=(*self.on_air, item),
            ledger={**self.ledger, arm.occurrence.id: Outcome.ON_AIR},
        )

    def closed(self, occurrence_id: str, outcome: Outcome) -> State:
        """After ``occurrence_id`` ended, was stopped, or was missed."""
        return replace(
            self,
            on_air=tuple(item for item in self.on_air if item.occurrence.id != occurrence_id),
            ledger={**self.ledger, occurrence_id: outcome},
        )
