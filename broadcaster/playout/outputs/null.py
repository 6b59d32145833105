"""No sound: a playback that only follows the clock, for simulations and dry runs."""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.playout.output import PlaybackState

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["ClockedPlayback", "NullOutput"]

_MS = timedelta(milliseconds=1)


class ClockedPlayback:
    """Computes everything from the clock, so that a jump of a year costs nothing."""

    def __init__(self, clock: Clock, *, at: datetime, from_ms: int, duration_ms: int) -> None:
        self._clock = clock
        self.at = max(at, clock.now())
        self._from_ms = from_ms
        self._duration_ms = duration_ms
        self._stopped_at: datetime | None = None

    def state(self) -> PlaybackState:
        now = self._stopped_at or self._clock.now()
        if self.position_ms() >= self._duration_ms and now >= self.at:
            return PlaybackState.ENDED
        if self._stopped_at:
            return PlaybackState.FAILED
        return PlaybackState.STARTING if now < self.at else PlaybackState.PLAYING

    def position_ms(self) -> int:
        now = self._stopped_at or self._clock.now()
        passed_ms = max(0, (now - self.at) // _MS)
        return min(self._from_ms + passed_ms, max(self._from_ms, self._duration_ms))

    def reason(self) -> str:
        return _("stopped") if self.state() is PlaybackState.FAILED else ""

    def stop(self, *, at: datetime | None = None) -> None:
        """Stop now, or at an earlier instant."""
        if self._stopped_at is None:
            self._stopped_at = min(at or self._clock.now(), self._clock.now())


class NullOutput:
    """Plays everything, and nobody hears it."""

    name = "null"

    def __init__(self, target: str = "", *, clock: Clock) -> None:  # noqa: ARG002  every output has a target
        self._clock = clock

    def play(
        self,
        audio: Path | None,  # noqa: ARG002  nothing is read
        *,
        at: datetime,
        from_ms: int = 0,
        duration_ms: int,
    ) -> ClockedPlayback:
        return ClockedPlayback(self._clock, at=at, from_ms=from_ms, duration_ms=duration_ms)

    def check(self) -> str:
        return ""
