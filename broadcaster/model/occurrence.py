"""One start, and the starts of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.model.policy import AfterInterrupt
from broadcaster.model.recipe import ProgrammePlan, SegmentKind

if TYPE_CHECKING:
    from broadcaster.errors import Problem
    from broadcaster.model.week import Slot

__all__ = ["Occurrence", "Order", "Rundown", "RundownItem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who wants something on air outside the week, and why.

    It is silent from ``expires_at`` on.  ``repetition`` counts from 0; from ``holds_from`` on
    nothing less important begins, so that a short pause before a repetition stays silent.
    """

    by: str = ""
    why: str = ""
    expires_at: datetime | None = None
    repetition: int = 0
    holds_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A slot on a day, with its start in local time."""

    slot: Slot
    starts_at: datetime
    programme: ProgrammePlan
    reason: str = ""
    """Why this day differs from the week, when it does."""
    own: tuple[ProgrammePlan, ...] = ()
    """The programmes that single outputs of the slot air instead."""
    follows: str = ""
    """The occurrence whose end it waits for; ``starts_at`` is when that is due at the latest."""
    not_before: datetime | None = None
    """When the one that it follows is planned to start."""
    replays: Occurrence | None = None
    """The airing that is heard again."""
    order: Order | None = None
    """What a person ordered; None for what the week plans."""

    @property
    def id(self) -> str:
        """``slot@2026-11-23T05:00+07:00``: the one name of this start in ledger and log."""
        return f"{self.slot.id}@{self.starts_at.isoformat(timespec='minutes')}"

    @property
    def after_interrupt(self) -> AfterInterrupt:
        """As its slot says; but a relay has a time line of its own, on which it goes on."""
        policy = self.slot.after_interrupt
        relays = any(line.kind is SegmentKind.RELAY for line in self.programme.segments)
        return AfterInterrupt.JOIN if relays and policy is AfterInterrupt.RESUME else policy

    @property
    def expires_at(self) -> datetime | None:
        """From when on it is silent, whatever is left of it; None where nobody said so."""
        return self.order.expires_at if self.order else None

    @property
    def earliest_start(self) -> datetime:
        """Before this instant it cannot start."""
        return self.not_before or self.starts_at

    @property
    def planned_ms(self) -> int:
        """How long it is planned to last: as its programme says, never longer than its slot."""
        return min(self.programme.length_ms or self.slot.max_ms, self.slot.max_ms)

    @property
    def latest_start(self) -> datetime:
        """After this instant it can no longer start."""
        return self.starts_at + timedelta(milliseconds=self.slot.late.within_ms)

    @property
    def ends_by(self) -> datetime:
        """When the slot's longest duration is over."""
        return self.starts_at + timedelta(milliseconds=self.slot.max_ms)


@dataclass(frozen=True, slots=True)
class RundownItem:
    """An occurrence in the order of a day, cancelled ones too (they say why)."""

    occurrence: Occurrence
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Rundown:
    """What should air on a day (lịch ngày), by start, higher priority first."""

    day: date
    items: tuple[RundownItem, ...]
    problems: tuple[Problem, ...] = ()

    def occurrences(self) -> tuple[Occurrence, ...]:
        """Those that are to air."""
        return tuple(item.occurrence for item in self.items if not item.cancelled)
