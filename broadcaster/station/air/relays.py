"""The relays of the station on air: opened ahead of their programmes, one feed for each sound.

It stands apart from the zoning, which only asks for the feed of a programme, because a stream
must be open before anything is armed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.model import SegmentKind
from broadcaster.playout.relay.feed import RelayFeed
from broadcaster.playout.relay.leg import BLOCK_MS, Leg
from broadcaster.sound.profile import PROFILES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme, PreparedSegment
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.settings.relays import RelaySettings

__all__ = ["OPEN_AHEAD", "Relays"]

_log = logging.getLogger(__name__)
OPEN_AHEAD = timedelta(seconds=20)
_LOOK_EVERY = timedelta(seconds=1)
_KEPT = timedelta(days=1)
_Key = tuple[str, "Path"]


@dataclass(slots=True)
class Relays:
    """Gives each programme with a relay its feed."""

    config: StationConfig
    clock: Clock
    _feeds: dict[_Key, RelayFeed] = field(default_factory=dict)
    _starts: dict[_Key, datetime] = field(default_factory=dict)
    _opened: dict[str, datetime] = field(default_factory=dict)
    _looks_at: datetime | None = None

    def live_for(
        self, occurrence: Occurrence, programme: PreparedProgramme, *, profile: str = ""
    ) -> RelayFeed | None:
        """The feed of ``programme`` as ``occurrence`` airs it; None where nothing is relayed."""
        if programme.audio is None:
            return None
        key = (occurrence.id, programme.audio)
        legs = _legs(self.config, programme)
        if legs and key not in self._feeds:
            lufs = PROFILES[profile].lufs if profile else self.config.loudness
            delays = (output.delay_ms for output in self.config.all_outputs)
            self._feeds[key] = RelayFeed(legs, self.clock, lufs, max(delays, default=0))
            self._starts[key] = occurrence.starts_at
        return self._feeds.get(key) if legs else None

    def look(self, now: datetime, desk: Desk) -> None:
        """Open what starts soon; once a second, and only programmes that relay are asked for."""
        if self._looks_at and now < self._looks_at:
            return
        self._looks_at = now + _LOOK_EVERY
        for occurrence in desk.occurrences(now):
            is_soon = now < occurrence.starts_at <= now + OPEN_AHEAD
            if is_soon and occurrence.id not in self._opened and _relays(occurrence):
                self._opened[occurrence.id] = occurrence.starts_at
                self._open(occurrence, desk)
        self._forget(now)

    def _open(self, occurrence: Occurrence, desk: Desk) -> None:
        try:
            zones = desk.console.zones_for(occurrence, desk.console.prepared.get(occurrence))
        except (BroadcasterError, OSError) as error:
            _log.error("%s: its relay is not opened early: %s", occurrence.id, error)
            return
        for track in zones.tracks if zones else ():
            if live := track.zone.live:
                live.warm(occurrence.starts_at + timedelta(milliseconds=track.zone.delay_ms))

    def _forget(self, now: datetime) -> None:
        """Close what was opened for a start that never came, and what is long over."""
        for key, starts_at in list(self._starts.items()):
            if now > starts_at + timedelta(minutes=2):
                self._feeds[key].close_unused()
            if now > starts_at + _KEPT and not self._feeds[key].is_used:
                del self._feeds[key], self._starts[key]
        for name, starts_at in list(self._opened.items()):
            if now > starts_at:
                del self._opened[name]

    def close(self) -> None:
        """Let go of every stream."""
        for feed in self._feeds.values():
            feed.close()


def _relays(occurrence: Occurrence) -> bool:
    plans = (occurrence.programme, *occurrence.own)
    return any(line.kind is SegmentKind.RELAY for plan in plans for line in plan.segments)


def _legs(config: StationConfig, programme: PreparedProgramme) -> tuple[Leg, ...]:
    """In blocks, within what the programme has for them; an address that is gone has none.

    The parts of one relay lie together, its music last.
    """
    known = {relay.name: relay for relay in config.relays}
    legs: list[Leg] = []
    parts: list[PreparedSegment] = []
    for part in programme.segments:
        if part.relay in known:
            parts.append(part)
            if part.kind is SegmentKind.RELAY:
                legs.append(_leg(known[part.relay], parts, programme.audio))
                parts = []
    return tuple(legs)


def _leg(relay: RelaySettings, parts: Sequence[PreparedSegment], audio: Path | None) -> Leg:
    firsts = [-(-part.start_ms // BLOCK_MS) for part in parts]
    spoken = [first for first, part in zip(firsts, parts, strict=True) if part.bulletin_id]
    return Leg(
        name=relay.name,
        title=relay.title,
        urls=relay.urls,
        first=firsts[0],
        last=parts[-1].end_ms // BLOCK_MS,
        entries=tuple(spoken),
        music=firsts[-1],
        audio=str(audio),
    )
