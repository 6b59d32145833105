"""``broadcaster run``: start in order, tick, stop in reverse.

The main thread is the playout and nothing else; housekeeping has a thread, preparation a process.
An error here that nobody handles stops the sound and ends the process, so that the service
manager starts it anew: a station that looks alive and is silent would be worse.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandKind
from broadcaster.clock import SteadyClock, SystemClock
from broadcaster.errors import ConfigError
from broadcaster.station import reasons
from broadcaster.station.air.amplifier import Amplifier, CommandSwitch
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.air.lock import StationLock
from broadcaster.station.air.loop import Signs, broadcast, signals
from broadcaster.station.air.memory import remember
from broadcaster.station.air.opening import Wanted, open_desk
from broadcaster.station.air.recover import responsible_since
from broadcaster.station.air.relays import Relays
from broadcaster.station.content.plans import current_plans
from broadcaster.station.orders.control import Control
from broadcaster.station.orders.emergency import LONGEST
from broadcaster.station.orders.hotline import Hotline
from broadcaster.station.orders.orders import Orders
from broadcaster.station.orders.rights import EmergencyRights
from broadcaster.station.orders.standing import StandingOrders
from broadcaster.station.settings.archive import ArchiveSettings
from broadcaster.station.upkeep.chores import Chores
from broadcaster.station.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.clock import Clock
    from broadcaster.model import WeekPlan
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.air.loop import Ending
    from broadcaster.station.air.memory import Memory
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["run_station"]

_log = logging.getLogger(__name__)


def run_station(folder: StationFolder, config: StationConfig, *, speed: float = 1.0) -> None:
    """Broadcast until SIGTERM or SIGINT; SIGHUP reads the station's files again.

    With another ``speed`` it is a rehearsal: its instants are not real, so it begins anew in the
    simulation's store, and nobody hears it, unless the output is a file.

    Raises KeyboardInterrupt after SIGINT, once everything is closed, and at the start
    AlreadyRunningError, ConfigError (no week can be read) and StoreError.
    """
    folder.ensure()
    is_real = speed == 1
    wall = SystemClock(speed=speed)
    clock = SteadyClock(wall)
    with ExitStack() as stack:
        stack.enter_context(StationLock(folder.root))
        plans = _plans(folder, config)
        memory = remember(folder, clock=clock, wall=wall, is_real=is_real, stack=stack)
        wanted = _wanted(folder, plans, memory, clock)
        config = config if is_real else _rehearsing(config)
        ending = _Life(folder, config, clock, memory, wanted, stack, is_real).live()
    if ending.interrupted:
        raise KeyboardInterrupt


def _plans(folder: StationFolder, config: StationConfig) -> Sequence[WeekPlan]:
    plans, problems = current_plans(folder, config)
    if not plans and problems:
        raise ConfigError(problems)
    for problem in problems:
        _log.warning("%s", problem)
    return plans


def _wanted(
    folder: StationFolder, plans: Sequence[WeekPlan], memory: Memory, clock: Clock
) -> Wanted:
    standing = StandingOrders()
    standing.recall(folder, memory.queue.done_since(clock.now() - LONGEST))
    since = responsible_since(memory.log, memory.beat, clock.now())
    return Wanted(LiveWeek(plans, since=since), standing, memory.keeper)


def _rehearsing(config: StationConfig) -> StationConfig:
    """Heard by nobody but a file; no amplifier is switched, and nothing archived."""
    silent = tuple(
        replace(output, to=output.to if output.to.startswith("file:") else "null")
        for output in config.all_outputs
    )
    return replace(config, outputs=silent, amplifier=None, archive=ArchiveSettings(is_kept=False))


@dataclass(frozen=True, slots=True)
class _Life:
    """One life of the daemon; what it opens is closed by ``stack``, the last first."""

    folder: StationFolder
    config: StationConfig
    clock: Clock
    memory: Memory
    wanted: Wanted
    stack: ExitStack
    is_real: bool

    def live(self) -> Ending:
        """Until somebody asks for the end."""
        relays = Relays(self.config, self.clock) if self.is_real else None
        desk = open_desk(
            self.folder, self.config, self.clock, self.memory, self.wanted, relays=relays
        )
        chores = self._chores()
        amplifier = self._amplifier()
        control = self._control(desk, chores, amplifier)
        ending = self.stack.enter_context(signals(chores))
        chores.start()
        signs = self._signs(desk, chores, relays)
        self.stack.callback(lambda: desk.leave(reasons.daemon_stopped()))
        if relays:
            self.stack.callback(relays.close)
        broadcast(desk, control, chores, signs, self.clock, amplifier=amplifier, ending=ending)
        return ending

    def _chores(self) -> Chores:
        chores = Chores(
            self.folder,
            self.config,
            self.wanted.week,
            clock=self.clock,
            log=self.memory.log if self.is_real else None,
            register=self.memory.register,
        )
        self.stack.callback(chores.stop)
        return chores

    def _amplifier(self) -> Amplifier | None:
        """It is switched off at the end, and by its first look when nothing sounds."""
        settings = self.config.amplifier
        if settings is None:
            return None
        switch = CommandSwitch(settings.on, settings.off)
        self.stack.callback(switch.close)
        return Amplifier(settings, switch)

    def _control(self, desk: Desk, chores: Chores, amplifier: Amplifier | None) -> Control:
        orders = Orders(
            self.folder,
            desk,
            chores,
            amplifier,
            self.wanted.standing,
            mic_longest_ms=self.config.mic.longest_ms,
            rights=EmergencyRights(self.folder, self.memory.decided),
        )
        keeper = self.memory.keeper
        handlers = keeper.at_once(orders.handlers(), desk)
        hotline = self.stack.enter_context(Hotline(self.folder.hotline, self.clock))
        control = Control(
            self.memory.queue,
            {**handlers, CommandKind.CLOCK_CONFIRM: keeper.confirm},
            calls=hotline.heard,
            write_later=desk.write_later,
        )
        control.take_over()
        return control

    def _signs(self, desk: Desk, chores: Chores, relays: Relays | None) -> Signs:
        return Signs(
            self.memory.pulse,
            watch=self._watch(chores) if self.is_real else None,
            relays=relays,
            look_at_clock=partial(self.memory.keeper.look, desk, self.wanted.week),
        )

    def _watch(self, chores: Chores) -> Watch:
        return self.stack.enter_context(
            Watch(
                self.folder,
                self.config,
                self.wanted.week,
                clock=self.clock,
                decided=self.memory.decided,
                failing=lambda: chores.failing,
            )
        )
