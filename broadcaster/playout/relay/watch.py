"""When a relay is left for local sound, and when it is taken up again.  Pure.

It stands apart from streams and processes so that a property test can play it any stream.  It
looks ahead: what waits is known before it sounds, so a stalled or silent stream is left before
anybody hears that it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from broadcaster.playout.relay.ring import BLOCKS_A_SECOND

__all__ = ["FADE", "HEALTHY", "SILENCE", "Facts", "Trouble", "Watch"]

FADE = BLOCKS_A_SECOND // 5
"""Blocks in which relay and local sound change places: 200 ms."""
HEALTHY = 5 * BLOCKS_A_SECOND
"""So many good blocks wait before a relay is taken up, and taken up again."""
SILENCE = 4 * BLOCKS_A_SECOND
"""So many silent blocks in a row are no pause of a speaker any more."""
_PAUSE = SILENCE // 2


class Trouble(StrEnum):
    """Why a relay is not heard; the values are the codes in the log."""

    LATE = "relay-late"
    STALLED = "relay-stalled"
    SILENT = "relay-silent"
    REFUSED = "relay-refused"
    UNREACHABLE = "relay-unreachable"
    NOT_SOUND = "relay-not-sound"
    ENDED = "relay-ended"
    BROKE = "relay-broke"


@dataclass(frozen=True, slots=True)
class Facts:
    """What waits, in blocks: all of it, the silence that it begins with, the longest silence in
    it; how much of the relay's time is left; and whether it may begin now."""

    ready: int
    silence_ahead: int
    longest_silence: int
    left: int
    may_begin: bool = True


@dataclass(slots=True)
class Watch:
    """The state of one relay; tell :meth:`step` of each block in order, then ask :meth:`fade`."""

    is_on: bool = False
    _level: int = 0
    _silent_behind: int = 0

    def step(self, facts: Facts) -> Trouble | None:
        """Decide for the next block; returns why the relay is left, when it is left now."""
        if not self.is_on:
            self.is_on = _is_healthy(facts)
            return None
        behind, self._silent_behind = self._silent_behind, 0
        if facts.silence_ahead:
            self._silent_behind = behind + 1
        trouble = None
        if facts.ready <= FADE:
            trouble = Trouble.STALLED
        elif facts.silence_ahead and behind + facts.silence_ahead >= SILENCE:
            trouble = Trouble.SILENT
        if trouble:
            self.is_on, self._silent_behind = False, 0
        return trouble

    def fade(self, facts: Facts) -> tuple[float, float]:
        """How much of the relay is heard at the beginning and the end of the next block."""
        before = self._level
        wanted = FADE if self.is_on and facts.left > FADE else 0
        self._level += max(-1, min(1, wanted - self._level))
        if facts.ready == 0:
            before = self._level = 0
        return before / FADE, self._level / FADE


def _is_healthy(facts: Facts) -> bool:
    return (
        facts.may_begin
        and facts.ready >= HEALTHY
        and facts.longest_silence < _PAUSE
        and not facts.silence_ahead
        and facts.left > HEALTHY
    )
