"""A desk whose operator may order emergencies and the microphone, and that may break down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from air import Air, programme

from broadcaster.model import Occurrence, PreparedProgramme, Priority
from broadcaster.playout import Zone, Zones
from broadcaster.station import reasons
from broadcaster.station.air.ordered_air import WithOrders
from broadcaster.station.air.pulse import Beat
from broadcaster.station.air.recover import recover
from broadcaster.station.orders.emergency import Emergency, Wish
from broadcaster.station.orders.mic import Mic, mic_zones
from broadcaster.station.orders.standing import StandingOrders

SECOND = timedelta(seconds=1)
_MS = timedelta(milliseconds=1)


@dataclass
class Warnings:
    """The sound of emergencies: so many seconds by name."""

    seconds: dict[str, float] = field(default_factory=dict)

    def get(self, occurrence: Occurrence) -> PreparedProgramme:
        name = occurrence.programme.id
        return programme(name, minutes=self.seconds.get(name, 30) / 60)


class Duty(Air):
    """See :class:`Air`; orders as the daemon takes them."""

    def __post_init__(self) -> None:
        self.standing = StandingOrders()
        self.warnings = Warnings()
        super().__post_init__()
        self.sit_down()

    def wanted(self, now: datetime) -> list[Occurrence]:
        return [*self.planned, *self.standing.around(now)]

    def sit_down(self, **values):
        desk = super().sit_down(**values)
        desk.console.prepared = WithOrders(self.warnings, self.shelf)
        desk.occurrences = self.wanted
        return desk

    def zones_for(self, occurrence: Occurrence, common: PreparedProgramme | None) -> Zones | None:
        if occurrence.slot.priority is Priority.LIVE:
            return mic_zones(common, self.clock, label="")
        return Zones([Zone(output=self.output, programme=common)], self.clock) if common else None

    def emergency(self, name: str = "bao", *, seconds: float = 30, minutes: float = 60, **wish):
        """Order one now; it is heard for ``seconds`` and expires in ``minutes``."""
        now = self.clock.now()
        self.warnings.seconds[name] = seconds
        ordered = Emergency(
            wish=Wish(name=name, until=now + timedelta(minutes=minutes), **wish),
            title=name.title(),
            length_ms=round(seconds * 1000),
            ordered_at=now,
            by="Lan",
        )
        self.standing.emergencies.append(ordered)
        return ordered

    def mic(self, minutes: float = 10) -> Mic:
        self.standing.mic = Mic(
            ordered_at=self.clock.now(), length_ms=round(minutes * 60_000), by="Lan", why="họp"
        )
        return self.standing.mic

    def stop(self) -> None:
        self.standing.end_all()
        self.desk.stop_all(reasons.stopped(), operator="Lan")

    def crash(self, *, away_s: float = 2) -> None:
        """Killed now; another daemon sits down a little later."""
        now = self.clock.now()
        newest = max(self.desk.console.sounding.values(), key=lambda s: s.heard.zero, default=None)
        beat = Beat(now, "", 0)
        if newest:
            beat = Beat(now, newest.occurrence.id, (now - newest.heard.zero) // _MS)
        self.clock.wait_until(now + away_s * SECOND)
        self.recover(beat)

    def recover(self, beat: Beat) -> None:
        now = self.clock.now()
        broken_off = [e.scheduled_at for e in self.log.open_occurrences()]
        known = [o for at in broken_off for o in self.standing.around(at)]
        known = [*(o for o in self.planned if o.starts_at <= now), *known]
        prepared = WithOrders(self.warnings, self.shelf)
        found = recover(self.log, prepared, known, beat=beat, now=now)
        self.sit_down(state=found.state, left=found.left)

    def events(self, name: str) -> list[str]:
        """The events in the log of slots whose name begins so, in their order."""
        rows = self.store.read(
            "SELECT event FROM asrun WHERE slot LIKE ? AND event <> 'segment' ORDER BY id",
            [f"{name}%"],
        )
        return [row[0] for row in rows]

    def readings(self, name: str):
        """The entries of an emergency."""
        return [e for e in self.log.entries() if e.slot.startswith(f"khan-cap-{name}-")]
