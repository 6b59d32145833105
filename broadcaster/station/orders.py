"""What an operator may order of a running station, one handler a command.

Stop wins over everything, at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandKind
from broadcaster.errors import ContentError
from broadcaster.station import playnow, reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadcaster.asrun import Command
    from broadcaster.station.amplifier import Amplifier
    from broadcaster.station.chores import Chores
    from broadcaster.station.desk import Desk
    from broadcaster.station.folder import StationFolder

__all__ = ["Orders"]


@dataclass(frozen=True, slots=True)
class Orders:
    """Handlers for :class:`broadcaster.station.control.Control`."""

    folder: StationFolder
    desk: Desk
    chores: Chores
    amplifier: Amplifier | None = None

    def handlers(self) -> Mapping[str, Callable[[Command], str]]:
        """By kind of command."""
        return {
            CommandKind.STOP: self.stop,
            CommandKind.PLAY: self.play,
            CommandKind.SKIP: self.skip,
            CommandKind.RELOAD: self.reload,
        }

    def stop(self, command: Command) -> str:
        """Silence what is on air."""
        count = self.desk.stop_all(reasons.stopped(), operator=command.ordered_by)
        return _("stopped") if count else _("nothing was on air")

    def play(self, command: Command) -> str:
        """Put a prepared programme on air at once; ``argument`` is its occurrence's id."""
        found = playnow.prepared_occurrence(self.folder, command.argument)
        if found is None:
            message = _("“{id}” is not prepared").format(id=command.argument)
            raise ContentError((), message=message)
        gate = self.desk.gate
        if gate and (refusal := gate.refusal(found, self.desk.clock.now())):
            raise ContentError((), message=refusal.text)
        if self.desk.knows(found):
            message = _("it has been on air in this minute already; order it again in the next")
            raise ContentError((), message=message)
        now = self.desk.clock.now()
        ready_at = self.amplifier.ready_at(now) if self.amplifier else now
        self.desk.order(found, not_before=ready_at)
        if ready_at > now:
            text = _("“{title}” goes on air in {seconds:.0f} seconds, when the amplifier is warm")
            wait_s = (ready_at - now).total_seconds()
            return text.format(title=found.programme.title, seconds=wait_s)
        return _("“{title}” goes on air").format(title=found.programme.title)

    def skip(self, command: Command) -> str:
        """Leave out the next start."""
        skipped = self.desk.skip_next(reasons.skipped(), operator=command.ordered_by)
        if skipped is None:
            return _("nothing is due in the next hours")
        return _("{occurrence} will not be broadcast").format(occurrence=skipped.id)

    def reload(self, _command: Command) -> str:
        """Read the station's files again."""
        self.chores.reload()
        return _("the files are read again")
