"""The desk as the last life of the daemon left it: what was broken off goes on.

It stands apart from the daemon, which opens and closes everything, because here it is decided
what this life owes to the one before.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.station.air.console import Console
from broadcaster.station.air.desk import Desk
from broadcaster.station.air.gates import gate_of
from broadcaster.station.air.ordered_air import AsAired, OrderedZoning, WithOrders
from broadcaster.station.air.recover import recover
from broadcaster.station.air.zoning import Zoning, open_outputs
from broadcaster.station.preparing.playnow import prepared_occurrence
from broadcaster.station.preparing.prepared import PreparedFiles, WithFallback

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence
    from broadcaster.playout import Output
    from broadcaster.station.air.live import LiveWeek
    from broadcaster.station.air.memory import Memory
    from broadcaster.station.air.recover import Recovered
    from broadcaster.station.air.relays import Relays
    from broadcaster.station.air.timekeeper import Timekeeper
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.orders.standing import StandingOrders
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Wanted", "open_desk"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
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


def open_desk(
    folder: StationFolder,
    config: StationConfig,
    clock: Clock,
    memory: Memory,
    wanted: Wanted,
    *,
    relays: Relays | None,
) -> Desk:
    """The desk of this life, with its outputs looked at beside it."""
    ready = PreparedFiles(folder, memory.decided)
    planned = WithFallback(ready, lambda: wanted.week.plans, config.fallback)
    prepared = WithOrders(ready, planned)
    outputs = open_outputs(config, folder.root, clock)
    threading.Thread(target=_check, args=(outputs,), name="output check", daemon=True).start()
    zoning = OrderedZoning(
        Zoning(config.all_outputs, outputs, ready, clock, relays.live_for if relays else None)
    )
    ordered = _ordered(folder, memory.log)
    recovered = _recovered(AsAired(prepared, zoning), memory, wanted, ordered, now=clock.now())
    console = Console(
        clock=clock,
        log=memory.log,
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
        holds=memory.keeper.holds,
        excuse=memory.keeper.excuse,
        extra=ordered,
    )


def _check(outputs: Mapping[str, Output]) -> None:
    """A server far away may take seconds to answer, and nothing waits for it."""
    for name, output in outputs.items():
        if trouble := output.check():
            _log.error("%s: %s", name or output.name, trouble)


def _recovered(
    aired: AsAired, memory: Memory, wanted: Wanted, ordered: Sequence[Occurrence], *, now: datetime
) -> Recovered:
    broken_off = (entry.scheduled_at for entry in memory.log.open_occurrences())
    return recover(
        memory.log,
        aired,
        (*wanted.until(now, broken_off), *ordered),
        beat=memory.beat,
        now=now,
        is_trusted=memory.keeper.doubt is None,
    )


def _ordered(folder: StationFolder, log: AsRunLog) -> list[Occurrence]:
    """What an operator had put on air when the crash came, and no week knows."""
    broken_off = (entry.occurrence for entry in log.open_occurrences())
    found = (prepared_occurrence(folder, occurrence_id) for occurrence_id in broken_off)
    return [occurrence for occurrence in found if occurrence is not None]
