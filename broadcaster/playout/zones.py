"""Several outputs as one player: they sound together, and fail apart.

Each has a :class:`~broadcaster.playout.player.Player` of its own, so that one that is opened
again never disturbs another.  To the desk they tell one story: it began with the first sound
anywhere, it is silent when no output sounds, and it is over when the last one is.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.playout.player import Ended, Event, Failed, Resumed, Started
from broadcaster.playout.track import Track, Zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.clock import Clock
    from broadcaster.model import PreparedProgramme

__all__ = ["Zones"]

_log = logging.getLogger(__name__)


class Zones:
    """Keeps one occurrence sounding on all ``zones``; it has at least one.

    ``label`` begins the lines of the service log.
    """

    def __init__(self, zones: Sequence[Zone], clock: Clock, *, label: str = "") -> None:
        self.tracks = tuple(Track(zone, clock) for zone in zones)
        self._label = label
        self._was_heard = False
        self._ended: list[Ended] = []

    @property
    def programme(self) -> PreparedProgramme:
        """What the log calls the occurrence: the common programme, where one airs it."""
        zones = [track.zone for track in self.tracks]
        return next((zone for zone in zones if zone.is_common), zones[0]).programme

    @property
    def own(self) -> dict[str, PreparedProgramme]:
        """The programmes of zones that air another one, by name."""
        zones = (track.zone for track in self.tracks)
        return {z.name: z.programme for z in zones if z.programme != self.programme}

    @property
    def output_name(self) -> str:
        """The names of all that should sound."""
        return _joined(self.tracks)

    @property
    def sounded(self) -> str:
        """The names of those that were heard."""
        return _joined([track for track in self.tracks if track.spans])

    @property
    def trouble(self) -> str:
        """What went wrong on single outputs; "" where there is only one, whose story is all."""
        if len(self.tracks) == 1:
            return "; ".join(self.tracks[0].zone.remarks())
        told = (trouble for track in self.tracks for trouble in track.troubles())
        return "; ".join(dict.fromkeys(told))

    @property
    def duration_ms(self) -> int:
        """The length of the longest programme."""
        return max(track.zone.programme.duration_ms for track in self.tracks)

    @property
    def length_ms(self) -> int:
        """From the planned start to the last sound anywhere."""
        zones = [track.zone for track in self.tracks]
        return max(zone.delay_ms + zone.programme.duration_ms for zone in zones)

    @property
    def begins_after(self) -> timedelta:
        """How long after the planned start the first of them sounds."""
        return timedelta(milliseconds=min(track.zone.delay_ms for track in self.tracks))

    @property
    def is_idle(self) -> bool:
        return all(track.is_over for track in self.tracks)

    @property
    def next_at(self) -> datetime | None:
        """When the passing of time alone will bring an event; None when idle."""
        instants = (track.player.next_at for track in self.tracks)
        return min(filter(None, instants), default=None)

    def arm(self, *, at: datetime, from_ms: int = 0) -> None:
        """Let each sound from ``from_ms`` of its programme at ``at`` and its delay."""
        for track in self.tracks:
            track.arm(at=at, from_ms=from_ms)

    def stop(self) -> None:
        """Silence everywhere; no event follows."""
        for track in self.tracks:
            track.stop()

    def tick(self) -> list[Event]:
        """What happened to the sound as a whole since the last tick, in order."""
        heard = [(event, track) for track in self.tracks for event in track.player.tick()]
        heard.sort(key=lambda pair: pair[0].at)
        told: list[Event] = []
        for event, track in heard:
            sounding_before = self._sounding()
            track.hear(event)
            self._write_down(track, event)
            told += self._told(event, sounding_before)
        if any(isinstance(event, Ended) for event, _track in heard):
            told += self._after_an_end()  # once all were heard: they may end together
        return told

    def _sounding(self) -> int:
        return sum(track.since is not None for track in self.tracks)

    def _told(self, event: Event, sounding_before: int) -> list[Event]:
        match event:
            case Started() | Resumed():
                return [] if sounding_before else [self._begun(event)]
            case Failed(at, reason):
                return [Failed(at, self._failure(reason))] if self._all_silent() else []
            case Ended():
                self._ended.append(event)
                return []

    def _begun(self, event: Started | Resumed) -> Event:
        kind = Resumed if self._was_heard else Started
        self._was_heard = True
        return kind(event.at, event.position_ms)

    def _after_an_end(self) -> list[Event]:
        """The end of all with the last of them; silence where the rest is failing."""
        last = self._ended[-1]
        if self.is_idle:
            whole = [ended for ended in self._ended if not ended.reason]
            at = max(ended.at for ended in whole or self._ended)
            return [Ended(at, "" if whole else self._failure(last.reason))]
        return [Failed(last.at, self._failure(""))] if self._all_silent() else []

    def _all_silent(self) -> bool:
        return all(track.is_silent for track in self.tracks)

    def _failure(self, reason: str) -> str:
        """The reason of the only output, or those of each."""
        if len(self.tracks) == 1:
            return reason
        failed = (track for track in self.tracks if track.failure)
        return "; ".join(f"{track.zone.title}: {track.failure}" for track in failed) or reason

    def _write_down(self, track: Track, event: Event) -> None:
        """One line for the service log; the desk writes those of a single output itself."""
        if len(self.tracks) == 1:
            return
        name = track.zone.title
        match event:
            case Failed(reason=reason):
                _log.error("%s: %s is silent: %s", self._label, name, reason)
            case Started():
                _log.info("%s: %s sounds", self._label, name)
            case Resumed():
                _log.info("%s: %s sounds again", self._label, name)
            case Ended():
                pass


def _joined(tracks: Sequence[Track]) -> str:
    return ", ".join(track.zone.title for track in tracks)
