"""A playback that a thread feeds: what the thread has told so far, as :class:`Playback`.

Its time is monotonic, so that a clock step cannot end it.
"""

from __future__ import annotations

import time
from typing import Protocol

from broadcaster.playout.output import PlaybackState

__all__ = ["Fed", "FedPlayback"]


class Fed(Protocol):
    """The thread behind a playback; times are of ``time.monotonic()``."""

    starts_at: float | None
    """When it begins to sound; None until that is known."""
    over_at: float | None
    """When it ended or failed."""
    failure: str
    """Why it failed, as a sentence."""

    def start(self) -> None: ...

    def silence(self) -> None:
        """End the sound within 100 ms."""


class FedPlayback:
    """One sounding of one file by ``feeder``."""

    def __init__(self, feeder: Fed, *, from_ms: int, duration_ms: int) -> None:
        self._feeder = feeder
        self._from_ms = from_ms
        self._duration_ms = duration_ms
        feeder.start()

    def state(self) -> PlaybackState:
        if self._feeder.over_at is not None:
            return PlaybackState.FAILED if self._feeder.failure else PlaybackState.ENDED
        starts_at = self._feeder.starts_at
        sounds = starts_at is not None and time.monotonic() >= starts_at
        return PlaybackState.PLAYING if sounds else PlaybackState.STARTING

    def position_ms(self) -> int:
        now = self._feeder.over_at or time.monotonic()
        passed_s = max(0.0, now - (self._feeder.starts_at or now))
        return min(self._from_ms + round(passed_s * 1000), self._duration_ms)

    def reason(self) -> str:
        return self._feeder.failure if self._feeder.over_at is not None else ""

    def stop(self) -> None:
        if self._feeder.over_at is None:
            self._feeder.silence()
