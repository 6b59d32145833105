"""Music until a bulletin may begin: no relay is left for the middle of a sentence.

Where bulletins stand in for a relay, they lie at their places in the prepared sound.  A relay that
breaks in the middle of one is followed by music, taken from behind the bulletins, until the next
one begins.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import OutputError
from broadcaster.playout.housewav import HouseWav
from broadcaster.playout.relay.ring import BLOCK_FRAMES
from broadcaster.playout.relay.watch import FADE

if TYPE_CHECKING:
    from broadcaster.playout.relay.leg import Leg
    from broadcaster.sound.wav import Pcm

__all__ = ["Bridge"]

_FULL_SCALE = np.float32(32_768)


class Bridge:
    """The music of one relay's time, and until when it is heard."""

    def __init__(self, leg: Leg) -> None:
        self._leg = leg
        self._until = leg.first
        self._from = leg.first

    def begin(self, number: int) -> None:
        """The relay is left at block ``number``."""
        self._from, self._until = number, self._leg.next_entry(number)

    def end(self) -> None:
        """The relay is heard again."""
        self._until = self._from

    def is_open_at(self, number: int) -> bool:
        """Whether the relay may be taken up at block ``number``: in no bulletin."""
        is_music = number >= self._leg.music or number < self._until - 2 * FADE
        return is_music or number in self._leg.entries

    def shares(self, number: int) -> tuple[float, float]:
        """How much of the music is heard at the beginning and the end of a block (0 … 1)."""
        left = self._until - number
        return min(1.0, max(0, left) / FADE), min(1.0, max(0, left - 1) / FADE)

    def block(self, number: int) -> Pcm:
        """The music for block ``number``; silence where it cannot be read."""
        leg = self._leg
        place = leg.music + (number - self._from) % max(1, leg.last - leg.music - FADE)
        first = place * BLOCK_FRAMES
        try:
            with HouseWav(Path(leg.audio)) as wav:
                data = b"".join(wav.blocks(first, first + BLOCK_FRAMES))
        except (OutputError, OSError):
            data = b""
        samples = np.frombuffer(data, dtype="<i2").astype(np.float32) / _FULL_SCALE
        return np.pad(samples, (0, BLOCK_FRAMES - len(samples)))
