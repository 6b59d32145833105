"""``broadcaster run --simulate``: the same desk under a clock that jumps.

Its log goes to a store of its own, so that nothing simulated ever enters a report.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock, SystemClock
from broadcaster.errors import BroadcasterError, ConfigError, OutputError
from broadcaster.model import Outcome
from broadcaster.playout import Reason, open_output
from broadcaster.station.air.console import Console
from broadcaster.station.air.desk import Desk
from broadcaster.station.air.gates import gate_of
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.air.recover import recover, responsible_since
from broadcaster.station.air.zoning import Zoning
from broadcaster.station.assembly.estimate import EstimatedProgrammes, estimating_assembler
from broadcaster.station.assembly.history import aired_in
from broadcaster.station.content.content import load_content
from broadcaster.station.content.plans import current_plans
from broadcaster.station.preparing.prepare import preparer
from broadcaster.station.preparing.prepared import PreparedFiles, WithFallback
from broadcaster.station.settings.load import load_config
from broadcaster.station.settings.outputs import OutputSettings

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.prepare import Preparer
    from broadcaster.station.preparing.prepared import PreparedProgrammes
    from broadcaster.station.settings.config import StationConfig

__all__ = ["SimulationSummary", "simulate"]

_log = logging.getLogger(__name__)
_STEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SimulationSummary:
    """How many occurrences ended in which way, and what a recording is called."""

    start: datetime
    until: datetime
    outcomes: dict[Outcome, int]
    record: Path | None = None

    def __str__(self) -> str:
        counts = _("{aired} broadcast, {cut} cut, {missed} missed, {failed} failed").format(
            **{str(outcome): number for outcome, number in self.outcomes.items()}
        )
        span = f"{self.start:%d/%m/%Y %H:%M} – {self.until:%d/%m/%Y %H:%M}"
        return f"{span}: {counts}" + (f" → {self.record}" if self.record else "")


def simulate(
    folder: StationFolder,
    *,
    start: datetime | None,
    until: datetime,
    record: Path | None = None,
    resume: bool = False,
) -> SimulationSummary:
    """Run the station from ``start`` to ``until`` (inclusive) as fast as the machine can.

    With ``record`` every programme is spoken and mixed for real, and what would have sounded is
    written to that WAV, idle time left out.  ``resume`` goes on in the store of the simulation
    before, from its last row when ``start`` is None.  Raises ConfigError when the
    station or no week of it can be read, OutputError when ``record`` cannot be written.
    """
    config, content = _content(folder)
    start = start or _last_simulated(folder) or until
    clock = SimulatedClock(start)
    with ExitStack() as stack:
        log = AsRunLog(stack.enter_context(_store(folder, clock, resume=resume)))
        own = _programmes(folder, config, content, stack, log, record=record)
        prepared = WithFallback(own, lambda: content.plans, config.fallback)
        desk = _desk(config, content, clock, log, prepared, until=until, record=record)
        _run(desk, clock, until)
        entries = log.entries(start.date(), until.date())
    outcomes = [entry.outcome for entry in entries]
    return SimulationSummary(start, until, {o: outcomes.count(o) for o in Outcome}, record)


def _content(folder: StationFolder) -> tuple[StationConfig, Content]:
    folder.ensure()
    config, problems = load_config(folder)
    if config is None:
        raise ConfigError(problems)
    plans, problems = current_plans(folder, config)
    if not plans and problems:
        raise ConfigError(problems)
    for problem in problems:
        _log.warning("%s", problem)
    return config, replace(load_content(folder, config), plans=plans)


def _last_simulated(folder: StationFolder) -> datetime | None:
    """When the simulation before this one wrote its last row."""
    if not folder.simulated_database.exists():
        return None
    with Store.open(folder.simulated_database, clock=SystemClock()) as store:
        return AsRunLog(store).last_written_at()


def _store(folder: StationFolder, clock: Clock, *, resume: bool) -> Store:
    if not resume:
        folder.forget_simulation()
    return Store.open(folder.simulated_database, clock=clock)


@dataclass(frozen=True, slots=True)
class _MadeOnDemand:
    """Spoken and mixed the moment it is asked for, since a simulation's clock can wait."""

    preparer: Preparer

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        try:
            return self.preparer.prepare(occurrence)
        except BroadcasterError as error:
            _log.error("%s: not prepared: %s", occurrence.id, error)
            return None


@dataclass(frozen=True, slots=True)
class _AtTheDoor:
    """``own`` as the real air would be given them: each part with its approval, or nothing."""

    own: PreparedProgrammes
    door: PreparedFiles

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        found = self.own.get(occurrence)
        passed = self.door.examine(found, occurrence) if found else None
        if isinstance(passed, Reason):
            _log.warning("%s: not aired: %s", occurrence.id, passed)
            return None
        return passed


def _programmes(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    stack: ExitStack,
    log: AsRunLog,
    *,
    record: Path | None,
) -> PreparedProgrammes:
    aired = aired_in(log)
    if record:
        worker = preparer(folder, config, content, aired=aired)
        return _AtTheDoor(_MadeOnDemand(stack.enter_context(worker)), PreparedFiles(folder))
    assembler = estimating_assembler(folder, config, content, aired=aired)
    ready = PreparedFiles(folder)
    return _AtTheDoor(EstimatedProgrammes(ready, assembler), ready)


def _desk(
    config: StationConfig,
    content: Content,
    clock: SimulatedClock,
    log: AsRunLog,
    prepared: WithFallback,
    *,
    until: datetime,
    record: Path | None,
) -> Desk:
    zoning = _zoning(config, clock, prepared.own, record=record)
    now = clock.now()
    week = LiveWeek(content.plans, since=responsible_since(log, None, now))
    recovered = recover(log, prepared, week.until(now), beat=None, now=now)
    return Desk(
        console=Console(
            clock=clock,
            log=log,
            prepared=prepared,
            zones_for=zoning.zones_for,
            state=recovered.state,
            left=recovered.left,
        ),
        occurrences=lambda now: [o for o in week.around(now) if o.starts_at <= until],
        gate=gate_of(config, lambda: week.plans),
    )


def _zoning(
    config: StationConfig,
    clock: SimulatedClock,
    prepared: PreparedProgrammes,
    *,
    record: Path | None,
) -> Zoning:
    """Every output of the station, silent; or a recording of what is common to them."""
    settings = (OutputSettings(),) if record else config.all_outputs
    output = open_output(f"file:{record}" if record else "null", clock=clock)
    if trouble := output.check():
        raise OutputError(trouble)
    silent = [replace(one, to="null") for one in settings]
    return Zoning(silent, {one.name: output for one in settings}, prepared, clock)


def _run(desk: Desk, clock: SimulatedClock, until: datetime) -> None:
    """From event to event; what began by ``until`` is heard to its end."""
    due = desk.tick()
    while (now := clock.now()) < until or desk.console.sounding:
        clock.wait_until(min(due or now + _STEP, now + _STEP))
        due = desk.tick()
