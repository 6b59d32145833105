"""What playout knows when it decides: what is on air, and what became of each occurrence.

Immutable, and moved on only by the methods here, so that the daemon and the tests that
simulate years keep the same books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import AfterInterrupt, Outcome
from broadcaster.playout.actions import Arm, Interrupted, Pause

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model import Occurrence

__all__ = ["Ledger", "OnAir", "State", "Unfinished"]

_MS = timedelta(milliseconds=1)
_PAUSE_MS = 300
"""Who is interrupted so shortly before a sentence goes on with it: what was left is its pause."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A start that an earlier life of the daemon logged and never closed.

    ``started_at`` is when the audio's beginning sounded (or would have), ``ends_at`` when its
    end is due; where the length is not known, the end of the slot.
    """

    started_at: datetime
    ends_at: datetime


Ledger = Mapping[str, Outcome | Unfinished | Interrupted]
"""Occurrence id → how it ended, ON_AIR while it sounds, or what a crash or an interrupt left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """An occurrence that sounds from ``at`` on, which may still lie ahead (armed).

    ``marks_ms`` are the places of its audio at which it may go on after an interrupt.
    """

    occurrence: Occurrence
    at: datetime
    duration_ms: int
    from_ms: int = 0
    marks_ms: tuple[int, ...] = ()

    @property
    def started_at(self) -> datetime:
        """When the audio's beginning sounded, or would have."""
        return self.at - timedelta(milliseconds=self.from_ms)

    @property
    def ends_at(self) -> datetime:
        """When its audio is over, or sooner: the slot's longest duration, or what it was
        ordered until."""
        length_ms = min(self.duration_ms, self.occurrence.slot.max_ms)
        over_at = self.started_at + timedelta(milliseconds=length_ms)
        return min(over_at, self.occurrence.expires_at or over_at)

    @property
    def is_too_long(self) -> bool:
        return self.ends_at < self.started_at + timedelta(milliseconds=self.duration_ms)

    def interrupted_at(self, instant: datetime) -> Interrupted:
        """What is left of it when it falls silent at ``instant``."""
        return Interrupted(
            started_at=self.started_at,
            from_ms=self._goes_on_from(instant),
            duration_ms=self.duration_ms,
            marks_ms=self.marks_ms,
        )

    def _goes_on_from(self, instant: datetime) -> int:
        if instant <= self.at:
            return self.from_ms
        position_ms = (instant - self.started_at) // _MS
        match self.occurrence.after_interrupt:
            case AfterInterrupt.RESUME:
                marks = (mark for mark in self.marks_ms if mark <= position_ms + _PAUSE_MS)
                return max(marks, default=0)
            case AfterInterrupt.JOIN:
                return position_ms
            case _:
                return 0


@dataclass(frozen=True, slots=True)
class State:
    """What is on air, armed ones too, and the ledger."""

    on_air: tuple[OnAir, ...] = ()
    ledger: Ledger = field(default_factory=dict)

    def armed(self, arm: Arm, *, duration_ms: int, marks_ms: tuple[int, ...] = ()) -> State:
        """After ``arm`` was carried out with audio that is ``duration_ms`` long in all."""
        item = OnAir(
            occurrence=arm.occurrence,
            at=arm.at,
            duration_ms=duration_ms,
            from_ms=arm.from_ms,
            marks_ms=marks_ms,
        )
        return replace(
            self,
            on_air=(*self.on_air, item),
            ledger={**self.ledger, arm.occurrence.id: Outcome.ON_AIR},
        )

    def paused(self, pause: Pause) -> State:
        """After ``pause`` was carried out."""
        return self._without(pause.occurrence_id, pause.left)

    def closed(self, occurrence_id: str, outcome: Outcome) -> State:
        """After ``occurrence_id`` ended, was stopped, or was missed."""
        return self._without(occurrence_id, outcome)

    def _without(self, occurrence_id: str, what: Outcome | Interrupted) -> State:
        return replace(
            self,
            on_air=tuple(item for item in self.on_air if item.occurrence.id != occurrence_id),
            ledger={**self.ledger, occurrence_id: what},
        )
