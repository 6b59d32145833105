"""``broadcaster run``: start in order, tick, stop in reverse.

The main thread is the playout and nothing else; housekeeping has a thread, preparation a process.
An error here that nobody handles stops the sound and ends the process, so that the service
manager starts it anew: a station that looks alive and is silent would be worse.
"""

from __future__ import annotations

import logging
import threading
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, CommandKind, CommandQueue, Register, Store
from broadcaster.clock import SteadyClock, SystemClock
from broadcaster.errors import ConfigError
from broadcaster.station import reasons
from broadcaster.station.air.amplifier import Amplifier, CommandSwitch
from broadcaster.station.air.clockrecord import first_look
from broadcaster.station.air.clocktrust import Trust
from broadcaster.station.air.console import Console
from broadcaster.station.air.desk import Desk
from broadcaster.station.air.gates import gate_of
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.air.lock import StationLock
from broadcaster.station.air.loop import Signs, broadcast, signals
from broadcaster.station.air.ordered_air import AsAired, OrderedZoning, WithOrders
from broadcaster.station.air.pulse import Pulse, last_beat
from broadcaster.station.air.recover import recover, responsible_since
from broadcaster.station.air.relays import Relays
from broadcaster.station.air.timekeeper import Timekeeper
from broadcaster.station.air.zoning import Zoning, open_outputs
from broadcaster.station.content.plans import current_plans
from broadcaster.station.orders.control import Control
from broadcaster.station.orders.emergency import LONGEST
from broadcaster.station.orders.hotline import Hotline
from broadcaster.station.orders.orders import Orders
from broadcaster.station.orders.rights import EmergencyRights
from broadcaster.station.orders.standing import StandingOrders
from broadcaster.station.preparing.consent import Decided
from broadcaster.station.preparing.playnow import prepared_occurrence
from broadcaster.station.preparing.prepared import PreparedFiles, WithFallback
from broadcaster.station.settings.archive import ArchiveSettings
from broadcaster.station.upkeep.chores import Chores
from broadcaster.station.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence
    from broadcaster.playout import Output
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["run_station"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be on air: what the week plans, and what people have ordered."""

    week: LiveWeek
    standing: StandingOrders
    keeper: Timekeeper

    def around(self, now: datetime) -> Sequence[Occurrence]:
        return (*self.week.around(now), *self.standing.around(now))

    def until(self, now: datetime, broken_off: Iterable[datetime]) -> Sequence[Occurrence]:
        """Also those of orders that began around the instants ``broken_off``."""
        ordered = (o for at in broken_off for o in self.standing.around(at))
        return (*self.week.until(now), *ordered)


def run_station(folder: StationFolder, config: StationConfig, *, speed: float = 1.0) -> None:
    """Broadcast until SIGTERM or SIGINT; SIGHUP reads the station's files again.

    With another ``speed`` it is a rehearsal: its instants are not real, so it begins anew in the
    simulation's store, and nobody hears it, unless the output is a file.

    Raises KeyboardInterrupt after SIGINT, once everything is closed, and at the start
    AlreadyRunningError, ConfigError (no week can be read) and StoreError.
    """
    folder.ensure()
    wall = SystemClock(speed=speed)
    clock = SteadyClock(wall)
    with ExitStack() as stack:
        stack.enter_context(StationLock(folder.root))
        plans, problems = current_plans(folder, config)
        if not plans and problems:
            raise ConfigError(problems)
        for problem in problems:
            _log.warning("%s", problem)
        database, pulse_file = _memory(folder, speed)
        store = stack.enter_context(Store.open(database, clock=wall))
        beat = last_beat(pulse_file)
        trust = first_look(folder, store, clock=clock) if speed == 1 else Trust()
        keeper = Timekeeper(folder, clock, trust=trust, beat=beat)
        signs = Signs(stack.enter_context(Pulse(pulse_file)))
        log = AsRunLog(store, is_clock_doubted=lambda: keeper.doubt is not None)
        queue = CommandQueue(store)
        standing = StandingOrders()
        standing.recall(folder, queue.done_since(clock.now() - LONGEST))
        week = LiveWeek(plans, since=responsible_since(log, beat, clock.now()))
        if speed != 1:
            config = _rehearsing(config)
        relays = Relays(config, clock) if speed == 1 else None
        wanted = _Wanted(week, standing, keeper)
        register = Register(store if speed == 1 else stack.enter_context(_real(folder, wall)))
        decided = Decided(register)
        decided.now()  # all of ten years, before anything is due
        ready = PreparedFiles(folder, decided)
        desk = _desk(ready, config, clock, log, wanted, beat=beat, relays=relays)
        chores = Chores(
            folder,
            config,
            week,
            clock=clock,
            log=log if speed == 1 else None,
            register=register,
        )
        stack.callback(chores.stop)
        amplifier = _amplifier(config, stack)
        orders = Orders(
            folder,
            desk,
            chores,
            amplifier,
            standing,
            mic_longest_ms=config.mic.longest_ms,
            rights=EmergencyRights(folder, decided),
        )
        hotline = stack.enter_context(Hotline(folder.hotline, clock))
        control = Control(
            queue,
            {**keeper.at_once(orders.handlers(), desk), CommandKind.CLOCK_CONFIRM: keeper.confirm},
            calls=hotline.heard,
            write_later=desk.write_later,
        )
        control.take_over()
        ending = stack.enter_context(signals(chores))
        chores.start()
        if speed == 1:
            watch = Watch(
                folder,
                config,
                week,
                clock=clock,
                decided=decided,
                failing=lambda: chores.failing,
            )
            signs.watch = stack.enter_context(watch)
        stack.callback(lambda: desk.leave(reasons.daemon_stopped()))
        if relays:
            signs.relays = relays
            stack.callback(relays.close)
        signs.look_at_clock = partial(keeper.look, desk, week)
        broadcast(desk, control, chores, signs, clock, amplifier=amplifier, ending=ending)
    if ending.interrupted:
        raise KeyboardInterrupt


def _rehearsing(config: StationConfig) -> StationConfig:
    """Heard by nobody but a file; no amplifier is switched, and nothing archived."""
    silent = tuple(
        replace(output, to=output.to if output.to.startswith("file:") else "null")
        for output in config.all_outputs
    )
    return replace(config, outputs=silent, amplifier=None, archive=ArchiveSettings(is_kept=False))


def _amplifier(config: StationConfig, stack: ExitStack) -> Amplifier | None:
    """It is switched off at the end, and by its first look when nothing sounds."""
    if config.amplifier is None:
        return None
    switch = CommandSwitch(config.amplifier.on, config.amplifier.off)
    stack.callback(switch.close)
    return Amplifier(config.amplifier, switch)


def _memory(folder: StationFolder, speed: float) -> tuple[Path, Path]:
    """(database, pulse); a rehearsal has its own and begins anew."""
    if speed == 1:
        return folder.database, folder.pulse
    folder.forget_simulation()
    return folder.simulated_database, folder.state / "simulated-pulse"


def _real(folder: StationFolder, clock: Clock) -> Store:
    """What a rehearsal, too, has to ask: what people decided."""
    return Store.open(folder.database, clock=clock)


def _desk(
    ready: PreparedFiles,
    config: StationConfig,
    clock: Clock,
    log: AsRunLog,
    wanted: _Wanted,
    *,
    beat: Beat | None,
    relays: Relays | None,
) -> Desk:
    """The desk as the last life of the daemon left it."""
    folder = ready.folder
    planned = WithFallback(ready, lambda: wanted.week.plans, config.fallback)
    prepared = WithOrders(ready, planned)
    outputs = open_outputs(config, folder.root, clock)
    threading.Thread(target=_check, args=(outputs,), name="output check", daemon=True).start()
    zoning = OrderedZoning(
        Zoning(config.all_outputs, outputs, ready, clock, relays.live_for if relays else None)
    )
    ordered = _ordered(folder, log)
    broken_off = (e.scheduled_at for e in log.open_occurrences())
    occurrences = (*wanted.until(clock.now(), broken_off), *ordered)
    recovered = recover(
        log,
        AsAired(prepared, zoning),
        occurrences,
        beat=beat,
        now=clock.now(),
        is_trusted=wanted.keeper.doubt is None,
    )
    console = Console(
        clock=clock,
        log=log,
        prepared=prepared,
        zones_for=zoning.zones_for,
        refuses=ready.refusal,
        state=recovered.state,
        left=recovered.left,
    )
    return Desk(
        console=console,
        occurrences=wanted.around,
        gate=gate_of(config, lambda: wanted.week.plans),
        holds=wanted.keeper.holds,
        excuse=wanted.keeper.excuse,
        extra=ordered,
    )


def _check(outputs: Mapping[str, Output]) -> None:
    """A server far away may take seconds to answer, and nothing waits for it."""
    for name, output in outputs.items():
        if trouble := output.check():
            _log.error("%s: %s", name or output.name, trouble)


def _ordered(folder: StationFolder, log: AsRunLog) -> list[Occurrence]:
    """What an operator had put on air when the crash came, and no week knows."""
    broken_off = (entry.occurrence for entry in log.open_occurrences())
    found = (prepared_occurrence(folder, occurrence_id) for occurrence_id in broken_off)
    return [occurrence for occurrence in found if occurrence is not None]
