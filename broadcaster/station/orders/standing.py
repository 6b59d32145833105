"""The orders that last: emergencies and the microphone, from their order until they expire.

They are nowhere written down but in the rows of the orders, from which a new daemon recalls them;
so the two can never say different things.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandKind
from broadcaster.errors import BroadcasterError, ContentError
from broadcaster.station.orders.emergency import LONGEST, Emergency, Wish
from broadcaster.station.orders.mic import Mic
from broadcaster.station.preparing import manifest, validity_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from broadcaster.asrun import Command
    from broadcaster.model import Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = ["StandingOrders", "emergency_of"]

_log = logging.getLogger(__name__)


def emergency_of(folder: StationFolder, command: Command) -> Emergency:
    """The emergency that ``command`` orders; raises ContentError where its sound is not there, or
    may not be heard any more."""
    wish = Wish.of_text(command.argument)
    found = manifest.load(manifest.files_of_emergency(folder, wish.name).manifest)
    if found is None:
        message = _("“{id}” is not prepared").format(id=wish.name)
        raise ContentError((), message=message)
    programme = found[0]
    if against := validity_file.refusal(folder, programme, command.ordered_at.date()):
        raise ContentError((), message=against.text)
    return Emergency(
        wish=wish,
        title=programme.title,
        length_ms=programme.duration_ms,
        ordered_at=command.ordered_at,
        by=command.ordered_by,
    )


@dataclass(slots=True)
class StandingOrders:
    """Those in force; ``ready_at`` is when the amplifier is warm for the last one."""

    emergencies: list[Emergency] = field(default_factory=list)
    mic: Mic | None = None
    ready_at: datetime | None = None

    def recall(self, folder: StationFolder, commands: Iterable[Command]) -> None:
        """What was ordered, and not ended by another order since."""
        for command in commands:
            try:
                self._take(folder, command)
            except BroadcasterError as error:
                _log.error("order %d is not in force any more: %s", command.id, error)

    def _take(self, folder: StationFolder, command: Command) -> None:
        match command.kind:
            case CommandKind.EMERGENCY:
                self.emergencies.append(emergency_of(folder, command))
            case CommandKind.EMERGENCY_STOP:
                self.emergencies.clear()
            case CommandKind.MIC_ON:
                self.mic = Mic.ordered(
                    command.argument, at=command.ordered_at, by=command.ordered_by
                )
            case CommandKind.MIC_OFF:
                self.mic = None
            case CommandKind.STOP:
                self.end_all()

    def end_all(self) -> None:
        self.emergencies.clear()
        self.mic = None

    def around(self, now: datetime) -> Sequence[Occurrence]:
        """What they bring on air around ``now``, also what has just expired."""
        if not self.emergencies and self.mic is None:
            return ()
        found = [reading for order in self.emergencies for reading in order.around(now)]
        if self.mic:
            found.append(self.mic.occurrence)
        waits = self.ready_at is not None and now < self.ready_at
        return [o for o in found if not waits or o.starts_at > now]

    def forget_expired(self, now: datetime) -> None:
        """Let go of what has been over for a day."""
        self.emergencies = [e for e in self.emergencies if now < e.expires_at + LONGEST]
