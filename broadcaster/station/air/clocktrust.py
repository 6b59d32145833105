"""Whether the wall clock can be believed: pure rules over instants, without any clock.

A clock whose battery is dead begins years ago; one that was set wrongly may show any time.  The
floor is the latest instant of which the station has a witness: the present cannot lie before it.
Who is in doubt stays in doubt until a time server has set the clock, or a person vouches for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.playout import Reason
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["NOTEWORTHY", "Confirmation", "Doubt", "Floor", "Trust", "Witness"]

NOTEWORTHY = timedelta(milliseconds=500)
"""A smaller correction of the clock is no news, and moves no start that anybody would notice."""
_TOLERANCE = timedelta(minutes=1)
"""A server that sets the clock back by seconds must not silence the station."""
_LONGEST_LEAP = timedelta(hours=1)
"""Nobody but a server is believed when the clock suddenly shows a time so much later."""
_WRITTEN_AFTER = datetime(2025, 1, 1, tzinfo=LOCAL)


class Witness(StrEnum):
    """Who knows that it is at least that late."""

    PROGRAM = "program"
    ROW = "row"
    PULSE = "pulse"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Floor:
    """The present is not before ``at``, says ``witness``."""

    at: datetime = _WRITTEN_AFTER
    witness: Witness = Witness.PROGRAM


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Somebody vouched for the clock when it showed ``at``: rows up to the id ``row`` and beats
    up to the number ``beat`` are no witnesses any more."""

    at: datetime
    row: int = 0
    beat: int = 0

    def as_text(self) -> str:
        """For the row of the order."""
        return json.dumps({"at": self.at.isoformat(), "row": self.row, "beat": self.beat})

    @classmethod
    def of_text(cls, text: str) -> Confirmation | None:
        """None for anything but :meth:`as_text`."""
        try:
            value = json.loads(text)
            at = datetime.fromisoformat(value["at"]).astimezone(LOCAL)
            return cls(at, int(value["row"]), int(value["beat"]))
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the clock is not believed: it lies before ``floor``, or ``leapt`` so far ahead."""

    floor: Floor
    leapt: timedelta = timedelta()

    @property
    def reason(self) -> Reason:
        """A sentence for people, under its code."""
        if self.leapt:
            text = _("the clock jumped ahead by {span}, and no time server vouches for it")
            span = duration_text(self.leapt // timedelta(milliseconds=1))
            return Reason("clock-leapt", text.format(span=span))
        text = _("the clock is behind: it was {time} already, says {witness}")
        time = f"{self.floor.at.astimezone(LOCAL):%H:%M %d/%m/%Y}"
        return Reason("clock-behind", text.format(time=time, witness=_said_by(self.floor.witness)))


def _said_by(witness: Witness) -> str:
    return {
        Witness.PROGRAM: _("the date of this program"),
        Witness.ROW: _("the last row of the log"),
        Witness.PULSE: _("the last sign of life of the station"),
        Witness.PERSON: _("the person who confirmed the clock"),
    }[witness]


@dataclass(frozen=True, slots=True)
class Trust:
    """What is believed of the clock; moved on by :meth:`looked`, put right by a person."""

    floor: Floor = Floor()
    doubt: Doubt | None = None

    def looked(
        self,
        now: datetime,
        *,
        leap: timedelta = timedelta(),
        synchronised: Callable[[], bool],
    ) -> Trust:
        """After a look at the clock, which shows ``now`` and made ``leap`` since the last one."""
        is_behind = now < self.floor.at - _TOLERANCE
        leapt = leap if leap > _LONGEST_LEAP else timedelta()
        if self.doubt is None and not is_behind and not leapt:
            return Trust(self._risen(now))
        if not is_behind and synchronised():
            return Trust(self._risen(now))
        doubt = self.doubt or Doubt(self.floor, leapt=timedelta() if is_behind else leapt)
        return replace(self, doubt=doubt)

    def confirmed(self, now: datetime) -> Trust:
        """After a person vouched for ``now``: nothing before counts any more."""
        return Trust(Floor(now, Witness.PERSON))

    def _risen(self, now: datetime) -> Floor:
        return Floor(now, Witness.PULSE) if now > self.floor.at else self.floor
