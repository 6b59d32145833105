"""A compressor for a stream: what is loud comes nearer to what is soft, syllable by syllable.

It stands apart from the limiter, which only guards peaks, and from the levelling of clips, which
see their whole sound at once.  A gain is found for each 5 ms: at once down, in a straight line of
decibels up again, so that all frames of a block are computed together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.wav import HOUSE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcaster.sound.profile import Compression
    from broadcaster.sound.wav import Pcm

__all__ = ["FRAME", "Compressor"]

FRAME = HOUSE_RATE // 200
"""Samples a frame: 5 ms."""

_RAMP: Pcm = np.arange(1, FRAME + 1, dtype=np.float32) / np.float32(FRAME)
_SILENT = 1e-12


class Compressor:
    """Compresses a stream of whole frames; only the last block may end within one."""

    def __init__(self, compression: Compression) -> None:
        self._compression = compression
        self._rise_db = compression.recovery_db_s * FRAME / HOUSE_RATE
        self._gain_db = 0.0

    def add(self, block: Pcm) -> Pcm:
        """``block`` with its gains."""
        rest = -len(block) % FRAME
        frames = np.pad(block, (0, rest)).reshape(-1, FRAME)
        if not len(frames):
            return block
        gains_db = self._recovering(self._wanted(frames))
        edges_db = np.concatenate([[self._gain_db], gains_db])
        edges = np.asarray(10.0 ** (edges_db / 20.0), dtype=np.float32)
        self._gain_db = float(gains_db[-1])
        curve = edges[:-1, None] + np.diff(edges)[:, None] * _RAMP
        compressed: Pcm = (frames * curve).reshape(-1)[: len(block)]
        return compressed

    def _wanted(self, frames: Pcm) -> NDArray[np.float64]:
        """The gain of each frame by its own loudness alone, in dB."""
        power = np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / FRAME
        over = 10.0 * np.log10(np.maximum(power, _SILENT)) - self._compression.threshold_db
        wanted: NDArray[np.float64] = np.maximum(over, 0.0) * (1.0 / self._compression.ratio - 1.0)
        return wanted

    def _recovering(self, wanted: NDArray[np.float64]) -> NDArray[np.float64]:
        """No gain above that of the frame before it plus the rise of 5 ms."""
        climb = np.arange(1, len(wanted) + 1) * self._rise_db
        lowest = np.minimum.accumulate(np.concatenate([[self._gain_db], wanted - climb]))
        recovering: NDArray[np.float64] = np.minimum(lowest[1:] + climb, 0.0)
        return recovering
