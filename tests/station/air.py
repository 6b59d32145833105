"""A desk on a test bench: a clock that jumps, programmes from a table, an output that obeys."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from occurrences import at

from broadcaster.asrun import AsRunLog, Store, StoreError
from broadcaster.clock import SimulatedClock
from broadcaster.errors import OutputError
from broadcaster.model import (
    Occurrence,
    PreparedProgramme,
    PreparedSegment,
    ProgrammePlan,
    SegmentKind,
    Slot,
    Validity,
    WeekPlan,
)
from broadcaster.playout import PlaybackState, Zone, Zones
from broadcaster.playout.outputs.null import ClockedPlayback
from broadcaster.station.air.console import Console
from broadcaster.station.air.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadcaster.clock import Clock
    from broadcaster.playout import Output

SECOND = timedelta(seconds=1)


def programme(
    name: str, *, minutes: float = 10, parts: int = 2, sound: str = ""
) -> PreparedProgramme:
    """A programme of equal parts without a gap between them."""
    length = round(minutes * 60_000)
    edges = [length * n // parts for n in range(parts + 1)]
    segments = tuple(
        PreparedSegment(
            kind=SegmentKind.SPEECH,
            title=f"{name} {n}",
            start_ms=begin,
            end_ms=end,
            voice="espeak:vi",
        )
        for n, (begin, end) in enumerate(itertools.pairwise(edges))
    )
    return PreparedProgramme(
        programme_id=name,
        title=name.title(),
        duration_ms=length,
        audio=Path(f"{name}.wav"),
        audio_sha256=sound or f"sound of {name}",
        voice="espeak:vi",
        segments=segments,
    )


def week(*slots: Slot, programmes: Sequence[str] = ()) -> WeekPlan:
    names = {*programmes, *(slot.programme_id for slot in slots)}
    plans = {name: ProgrammePlan(name, name.title(), ()) for name in names}
    return WeekPlan(path=Path("tuan.yaml"), validity=Validity(), programmes=plans, slots=slots)


@dataclass
class Shelf:
    """Prepared programmes by slot; ten minutes for a slot that has none of its own."""

    own: dict[str, PreparedProgramme | None] = field(default_factory=dict)

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        return self.own.get(occurrence.slot.id, programme(occurrence.slot.id))


class Breakable(ClockedPlayback):
    """Fails when the loudspeaker's cable is out; ``state`` is asked as soon as it is."""

    def __init__(self, output: Loudspeaker, clock: Clock, **times) -> None:
        super().__init__(clock, **times)
        self._output = output
        self.state()

    def state(self) -> PlaybackState:
        if self._output.trouble:
            self.stop()
        return super().state()

    def reason(self) -> str:
        return self._output.trouble or super().reason()


@dataclass
class Loudspeaker:
    """An output whose ``trouble`` a test turns on and off; ``plays`` is what was asked of it."""

    clock: Clock
    trouble: str = ""
    name: str = "loudspeaker"
    refuses: bool = False
    plays: list[tuple[datetime, int]] = field(default_factory=list)

    def play(self, audio, *, at: datetime, from_ms: int = 0, duration_ms: int) -> Breakable:
        if self.refuses:
            raise OutputError("no sound card")
        self.plays.append((at, from_ms))
        return Breakable(self, self.clock, at=at, from_ms=from_ms, duration_ms=duration_ms)

    def check(self) -> str:
        return self.trouble


def on(output: Output, clock: Clock):
    """All that sounds, sounds on ``output``."""

    def zones_for(_occurrence: Occurrence, programme: PreparedProgramme | None) -> Zones | None:
        return Zones([Zone(output=output, programme=programme)], clock) if programme else None

    return zones_for


class FullableStore(Store):
    """A real store on a disk that a test can fill up."""

    full = False

    @contextmanager
    def writing(self) -> Iterator:
        if self.full:
            raise StoreError("no room is left on the disk")
        with super().writing() as db:
            yield db


@dataclass
class Air:
    """Everything around one desk."""

    folder: Path
    start: datetime = field(default_factory=lambda: at("05:00"))
    planned: list[Occurrence] = field(default_factory=list)
    zoning: Callable | None = None

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(self.start)
        self.store = FullableStore.open(self.folder / "station.db", clock=self.clock)
        self.log = AsRunLog(self.store)
        self.shelf = Shelf()
        self.output = Loudspeaker(self.clock)
        self.desk = self.sit_down()

    def sit_down(self, **values) -> Desk:
        """A desk, or after a crash a new one."""
        known = {name: values.pop(name) for name in ("state", "left") if name in values}
        console = Console(
            clock=self.clock,
            log=self.log,
            prepared=self.shelf,
            zones_for=self.zones_for,
            **known,
        )
        self.desk = Desk(console=console, occurrences=lambda _now: self.planned, **values)
        return self.desk

    def zones_for(self, occurrence: Occurrence, programme: PreparedProgramme | None):
        """The loudspeaker of this moment, or the outputs of a test."""
        return (self.zoning or on(self.output, self.clock))(occurrence, programme)

    def run(self, until: str | datetime) -> None:
        """Tick from event to event, at least every ten seconds."""
        end = at(until) if isinstance(until, str) else until
        while True:
            due = self.desk.tick()
            if (now := self.clock.now()) >= end:
                return
            self.clock.wait_until(min(due or end, now + 10 * SECOND, end))

    def entry(self, name: str):
        """What the log says of the slot; one occurrence a slot."""
        found = [entry for entry in self.log.entries() if entry.slot == name]
        assert len(found) <= 1
        return found[0] if found else None

    def close(self) -> None:
        self.store.close()
