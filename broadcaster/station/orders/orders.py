"""What an operator may order of a running station, one handler a command.

Stop wins over everything, at once; then an emergency, then the microphone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandKind
from broadcaster.clock import LOCAL
from broadcaster.errors import ContentError
from broadcaster.model import Priority
from broadcaster.playout import SOON
from broadcaster.station import reasons
from broadcaster.station.orders.mic import Mic
from broadcaster.station.orders.standing import StandingOrders, emergency_of
from broadcaster.station.preparing import playnow
from broadcaster.station.settings.mic import MicSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from broadcaster.asrun import Command
    from broadcaster.station.air.amplifier import Amplifier
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.orders.rights import EmergencyRights
    from broadcaster.station.upkeep.chores import Chores

__all__ = ["Orders"]


@dataclass(frozen=True, slots=True)
class Orders:
    """Handlers for :class:`broadcaster.station.orders.control.Control`."""

    folder: StationFolder
    desk: Desk
    chores: Chores
    amplifier: Amplifier | None = None
    standing: StandingOrders = field(default_factory=StandingOrders)
    mic_longest_ms: int = MicSettings().longest_ms
    rights: EmergencyRights | None = None

    def handlers(self) -> Mapping[str, Callable[[Command], str]]:
        """By kind of command."""
        return {
            CommandKind.STOP: self.stop,
            CommandKind.PLAY: self.play,
            CommandKind.PLAY_AFTER_ITEM: self.play_after_item,
            CommandKind.EMERGENCY: self.emergency,
            CommandKind.EMERGENCY_STOP: self.emergency_stop,
            CommandKind.MIC_ON: self.mic_on,
            CommandKind.MIC_OFF: self.mic_off,
            CommandKind.SKIP: self.skip,
            CommandKind.RELOAD: self.reload,
        }

    def stop(self, command: Command) -> str:
        """Silence what is on air, and what was to go on."""
        in_force = self.standing.around(self.desk.now())
        self.standing.end_all()
        count = self.desk.stop_all(reasons.stopped(), operator=command.ordered_by)
        return _("stopped") if count or in_force else _("nothing was on air")

    def play(self, command: Command) -> str:
        """Put a prepared programme on air at once; ``argument`` is its occurrence's id."""
        return self._play(command, not_before=self.desk.now())

    def play_after_item(self, command: Command) -> str:
        """The same, once the part that sounds now is over."""
        now = self.desk.now()
        return self._play(command, not_before=(self.desk.item_ends_at() or now) - SOON)

    def _play(self, command: Command, *, not_before: datetime) -> str:
        found = playnow.prepared_occurrence(self.folder, command.argument)
        if found is None:
            message = _("“{id}” is not prepared").format(id=command.argument)
            raise ContentError((), message=message)
        gate = self.desk.gate
        if gate and (refusal := gate.refusal(found, self.desk.now())):
            raise ContentError((), message=refusal.text)
        if self.desk.is_on_air(Priority.LIVE):
            message = _("the microphone is on: broadcaster mic off ends it")
            raise ContentError((), message=message)
        if self.desk.knows(found):
            message = _("it has been on air in this minute already; order it again in the next")
            raise ContentError((), message=message)
        now = self.desk.now()
        ready_at = self._warm_at(now)
        self.desk.order(found, not_before=max(ready_at, not_before))
        if not_before > now:
            text = _("“{title}” goes on air in {seconds:.0f} seconds, after what sounds now")
            wait_s = (not_before - now).total_seconds()
            return text.format(title=found.programme.title, seconds=wait_s)
        return _said(found.programme.title, now, ready_at)

    def _warm_at(self, now: datetime) -> datetime:
        return self.amplifier.ready_at(now) if self.amplifier else now

    def emergency(self, command: Command) -> str:
        """Put an emergency on air at once, over everything, until it expires; it is approved by
        the order of somebody with the role."""
        now = self.desk.now()
        if self.rights and (against := self.rights.refusal(command.ordered_by)):
            raise ContentError((), message=against)
        ordered = emergency_of(self.folder, command)
        if ordered.expires_at <= now:
            raise ContentError((), message=_("its time is over already"))
        self.standing.emergencies.append(ordered)
        self.standing.ready_at = ready_at = self._warm_at(now)
        return _said(ordered.title, now, ready_at)

    def emergency_stop(self, command: Command) -> str:
        """End every emergency; what it interrupted goes on."""
        had_any = bool(self.standing.emergencies)
        self.standing.emergencies.clear()
        stopped = self.desk.stop_order(Priority.EMERGENCY, reasons.stopped(), command.ordered_by)
        return _("the emergency is over") if had_any or stopped else _("there is no emergency")

    def mic_on(self, command: Command) -> str:
        """Make room for somebody who speaks at the amplifier."""
        mic = Mic.ordered(command.argument, at=command.ordered_at, by=command.ordered_by)
        if mic.length_ms > self.mic_longest_ms:
            text = _("the microphone may be on for at most {minutes:g} minutes")
            message = text.format(minutes=self.mic_longest_ms / 60_000)
            raise ContentError((), message=message)
        now = self.desk.now()
        gate = self.desk.gate
        if gate and (refusal := gate.refusal(mic.occurrence, now)):
            raise ContentError((), message=refusal.text)
        self.desk.stop_order(Priority.LIVE, reasons.mic_off(), command.ordered_by)
        self.standing.mic = mic
        self.standing.ready_at = self._warm_at(now)
        text = _("the microphone has the air until {time}")
        return text.format(time=f"{mic.expires_at.astimezone(LOCAL):%H:%M:%S}")

    def mic_off(self, command: Command) -> str:
        """The schedule goes on."""
        self.standing.mic = None
        stopped = self.desk.stop_order(Priority.LIVE, reasons.mic_off(), command.ordered_by)
        return _("the microphone is off") if stopped else _("the microphone was not on")

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


def _said(title: str, now: datetime, ready_at: datetime) -> str:
    """That it goes on air, and when."""
    if ready_at <= now:
        return _("“{title}” goes on air").format(title=title)
    text = _("“{title}” goes on air in {seconds:.0f} seconds, when the amplifier is warm")
    return text.format(title=title, seconds=(ready_at - now).total_seconds())
