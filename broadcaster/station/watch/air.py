"""What the playout loop shows of itself: one small value, made in the loop, read by others.

It stands apart so that nobody but the loop ever touches the desk: the loop never waits for a
lock, and a reader has a value that does not change under its eyes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from broadcaster.playout import Track
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.air.onair import Sounding

__all__ = ["Air", "Sound", "look_at"]

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """One output on which an occurrence is on air, or armed.

    ``name`` is the output's in station.yaml ("" where there is one), ``spec`` what it is.  Its
    audio should have reached ``due_ms`` (negative before the start) and, as the player tells, is
    at ``position_ms``.  ``is_silent`` says that the player has no sound; ``failure`` why.
    """

    occurrence: str
    title: str
    name: str
    spec: str
    audio: Path | None
    duration_ms: int
    begins_at: datetime
    due_ms: int
    position_ms: int
    is_silent: bool
    failure: str

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.name or self.spec


@dataclass(frozen=True, slots=True)
class Air:
    """The air at one instant; ``next_start`` is the next planned one of the hours ahead."""

    at: datetime
    sounds: tuple[Sound, ...] = ()
    next_start: datetime | None = None


def look_at(desk: Desk, now: datetime) -> Air:
    """What ``desk`` has on air; costs some microseconds."""
    sounds = [sound for item in desk.console.sounding.values() for sound in _sounds(item, now)]
    return Air(now, tuple(sounds), desk.next_start(now))


def _sounds(item: Sounding, now: datetime) -> Iterator[Sound]:
    for track in item.zones.tracks:
        if not track.is_over and track.zero is not None:
            yield _sound(item, track, now)


def _sound(item: Sounding, track: Track, now: datetime) -> Sound:
    zone = track.zone
    assert track.zero is not None
    return Sound(
        occurrence=item.occurrence.id,
        title=zone.programme.title,
        name=zone.name,
        spec=zone.output.name,
        audio=zone.programme.audio,
        duration_ms=zone.programme.duration_ms,
        begins_at=track.begins or track.zero,
        due_ms=(now - track.zero) // _MS,
        position_ms=track.player.position_ms,
        is_silent=track.is_silent,
        failure=track.failure if track.is_silent else "",
    )
