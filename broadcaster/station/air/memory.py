"""What the last life of the daemon left to this one: the log, the pulse, what people decided.

It stands apart because a rehearsal remembers nothing: it begins anew in the simulation's store,
its instants are not real, and yet it asks what people really decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, CommandQueue, Register, Store
from broadcaster.station.air.clockrecord import first_look
from broadcaster.station.air.clocktrust import Trust
from broadcaster.station.air.pulse import Pulse, last_beat
from broadcaster.station.air.timekeeper import Timekeeper
from broadcaster.station.preparing.consent import Decided

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from broadcaster.clock import Clock, SteadyClock
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.folder import StationFolder

__all__ = ["Memory", "remember"]


@dataclass(frozen=True, slots=True)
class Memory:
    """``beat`` is the last of the life before; ``pulse`` is where this one beats."""

    log: AsRunLog
    queue: CommandQueue
    register: Register
    decided: Decided
    keeper: Timekeeper
    beat: Beat | None
    pulse: Pulse


def remember(
    folder: StationFolder, *, clock: SteadyClock, wall: Clock, is_real: bool, stack: ExitStack
) -> Memory:
    """The memory of ``folder``, which ``stack`` closes; ``wall`` is the clock that may be set.

    Raises StoreError.
    """
    database, pulse_file = _files(folder) if is_real else _files_of_rehearsal(folder)
    store = stack.enter_context(Store.open(database, clock=wall))
    beat = last_beat(pulse_file)
    trust = first_look(folder, store, clock=clock) if is_real else Trust()
    keeper = Timekeeper(folder, clock, trust=trust, beat=beat)
    pulse = stack.enter_context(Pulse(pulse_file))
    real = store if is_real else stack.enter_context(Store.open(folder.database, clock=wall))
    register = Register(real)
    decided = Decided(register)
    decided.now()  # all of ten years, before anything is due
    return Memory(
        log=AsRunLog(store, is_clock_doubted=lambda: keeper.doubt is not None),
        queue=CommandQueue(store),
        register=register,
        decided=decided,
        keeper=keeper,
        beat=beat,
        pulse=pulse,
    )


def _files(folder: StationFolder) -> tuple[Path, Path]:
    """(database, pulse)."""
    return folder.database, folder.pulse


def _files_of_rehearsal(folder: StationFolder) -> tuple[Path, Path]:
    folder.forget_simulation()
    return folder.simulated_database, folder.state / "simulated-pulse"
