"""A stream at the loudness of the station, without knowing what comes.

It stands apart from the levelling of programmes, which measure themselves to their end first.
The gain follows what was heard in the last half minute, slowly enough that nobody hears it move.
"""

from __future__ import annotations

import numpy as np

from broadcaster.playout.relay.ring import BLOCK_FRAMES, BLOCKS_A_SECOND
from broadcaster.sound.loudness import LoudnessMeter
from broadcaster.sound.soften import soften
from broadcaster.sound.wav import Pcm, to_int16

__all__ = ["Leveller", "is_silent", "resampled"]

_WINDOW = 3 * BLOCKS_A_SECOND
_NEW = 0.15
"""How much the last three seconds count against all before: half of it is forgotten in 13 s."""
_QUIETEST_LUFS = -50.0
"""What is quieter is a pause or noise, which must not be lifted."""
_MOST_UP_DB, _MOST_DOWN_DB = 12.0, -20.0
_STEP_DB = 1.0 / BLOCKS_A_SECOND
_CEILING_DB = -2.6  # keeps the true peak under −1.5 dBTP
_SILENT = 10 ** (-50 / 20)


class Leveller:
    """Hear what arrives, and shape what is aired some seconds later."""

    def __init__(self, lufs: float) -> None:
        self._lufs = lufs
        self._meter = LoudnessMeter()
        self._heard = 0
        self._energy = 0.0
        self._gain_db = 0.0
        self._wanted_db = 0.0

    def hear(self, block: Pcm) -> None:
        """Measure ``block``, which came in."""
        self._meter.add(block)
        self._heard += 1
        if self._heard == _WINDOW:
            self._take_in(self._meter.integrated)
            self._meter, self._heard = LoudnessMeter(), 0

    def _take_in(self, lufs: float) -> None:
        if lufs < _QUIETEST_LUFS:
            return
        energy = 10 ** (lufs / 10)
        is_first = not self._energy
        self._energy = energy if is_first else (1 - _NEW) * self._energy + _NEW * energy
        wanted = self._lufs - 10 * float(np.log10(self._energy))
        self._wanted_db = min(_MOST_UP_DB, max(_MOST_DOWN_DB, wanted))
        if is_first:
            self._gain_db = self._wanted_db

    def shape(self, block: Pcm) -> bytes:
        """``block`` at the gain of now, as 16-bit house PCM."""
        before = self._gain_db
        self._gain_db += max(-_STEP_DB, min(_STEP_DB, self._wanted_db - before))
        ramp = np.linspace(_ratio(before), _ratio(self._gain_db), len(block), dtype=np.float32)
        return to_int16(soften(block * ramp, _CEILING_DB)).tobytes()


def is_silent(block: Pcm) -> bool:
    """Whether nobody would hear anything in it (−50 dBFS, mean power)."""
    return float(np.sqrt(np.mean(np.square(block)))) < _SILENT


def resampled(samples: Pcm) -> Pcm:
    """Some samples more or fewer than a block → a block; up to 0.2 %, which nobody hears."""
    places = np.linspace(0, len(samples) - 1, BLOCK_FRAMES)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


def _ratio(db: float) -> float:
    return float(10 ** (db / 20))
