"""The microphone: the schedule makes room for somebody who speaks at the amplifier.

Nothing is recorded or played: to the desk it is a programme without sound, so that everything that
holds for programmes holds for it: it is logged, it waits for nothing less important, it gives way
to an emergency, and after a crash it lasts as long as was asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import ContentError
from broadcaster.model import (
    AfterInterrupt,
    LatePolicy,
    Occurrence,
    Order,
    PreparedProgramme,
    Priority,
    ProgrammePlan,
    Slot,
)
from broadcaster.playout import Zone, Zones, open_output

if TYPE_CHECKING:
    from broadcaster.clock import Clock

__all__ = ["Mic", "mic_programme", "mic_zones"]

_NAME = "micro"
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mic:
    """Somebody wants to speak for ``length_ms`` from ``ordered_at`` on."""

    ordered_at: datetime
    length_ms: int
    by: str = ""
    why: str = ""

    @classmethod
    def ordered(cls, argument: str, *, at: datetime, by: str) -> Mic:
        """From the order's row: ``15|why``, in minutes.  Raises ContentError."""
        minutes, _bar, why = argument.partition("|")
        if not minutes.isdigit() or not int(minutes):
            raise ContentError((), message=_("this order of the microphone cannot be read"))
        return cls(ordered_at=at, length_ms=int(minutes) * 60_000, by=by, why=why)

    @property
    def expires_at(self) -> datetime:
        return self.ordered_at + self.length_ms * _MS

    @property
    def occurrence(self) -> Occurrence:
        begins_at = self.ordered_at.astimezone(LOCAL)
        slot = Slot(
            id=f"{_NAME}-{begins_at:%H%M%S}",
            start=begins_at.timetz().replace(tzinfo=None),
            days=frozenset({begins_at.weekday()}),
            programme_id=_NAME,
            priority=Priority.LIVE,
            max_ms=self.length_ms,
            late=LatePolicy(within_ms=self.length_ms),
            after_interrupt=AfterInterrupt.JOIN,
        )
        order = Order(by=self.by, why=self.why, expires_at=self.expires_at)
        return Occurrence(
            slot, begins_at, ProgrammePlan(_NAME, _("live microphone"), ()), order=order
        )


def mic_programme(occurrence: Occurrence) -> PreparedProgramme:
    """Its programme, which is silent: the sound is made at the amplifier."""
    return PreparedProgramme(
        programme_id=_NAME,
        title=occurrence.programme.title,
        duration_ms=occurrence.slot.max_ms,
    )


def mic_zones(programme: PreparedProgramme, clock: Clock, *, label: str) -> Zones:
    """Where it sounds: nowhere that the station feeds."""
    zone = Zone(output=open_output("null", clock=clock), programme=programme, name=_NAME)
    return Zones([zone], clock, label=label)
