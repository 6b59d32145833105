"""A look-ahead limiter: peaks are turned down before they come, by true peak.

It stands apart because clips and whole programmes pass through the same one.  Gains are decided
for chunks of 1 ms and only where a peak is too high, so sound that fits passes untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.truepeak import CHUNK, REACH, chunk_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcaster.sound.wav import Pcm

__all__ = ["Limiter", "limit"]

_TURN = 8
"""Chunks (ms) over which the gain moves, before a peak and after it."""
_HOLD = 16
_BEHIND = _HOLD + _TURN + 1
_AHEAD = _TURN + 1
_WEIGHTS = np.hanning(_TURN + 3)[1:-1] / np.hanning(_TURN + 3).sum()
_RAMP = np.arange(CHUNK) / CHUNK


def limit(samples: Pcm, ceiling_db: float) -> Pcm:
    """``samples`` with no true peak above ``ceiling_db`` (dBTP); the length stays."""
    limiter = Limiter(ceiling_db)
    return np.concatenate([limiter.add(samples), limiter.end()])


class Limiter:
    """Limits a stream: what `add` and `end` return, joined, has the length of what came in."""

    def __init__(self, ceiling_db: float) -> None:
        self._ceiling = 10.0 ** (ceiling_db / 20.0)
        self._peak = 0.0
        self._samples: Pcm = np.zeros(REACH, dtype=np.float32)
        self._gains = np.ones(_BEHIND)
        self._owed = 0

    def add(self, block: Pcm) -> Pcm:
        """Take ``block`` in, and give back what is decided: some 22 ms less than came in."""
        self._owed += len(block)
        return self._advance(block)

    def end(self) -> Pcm:
        """The rest of the stream."""
        padding = np.zeros((_AHEAD + 1) * CHUNK + 2 * REACH, dtype=np.float32)
        return self._advance(padding)

    @property
    def peak_db(self) -> float:
        """The true peak of what came out, in dBTP; −120 for silence."""
        return float(20.0 * np.log10(max(self._peak, 1e-6)))

    def _advance(self, block: Pcm) -> Pcm:
        self._samples = np.concatenate([self._samples, block])
        self._decide()
        ready = max(0, len(self._gains) - _BEHIND - _AHEAD)
        heard = self._samples[REACH : REACH + ready * CHUNK]
        window = self._gains[: _BEHIND + ready + _AHEAD]
        if ready and window.min() < 1.0:
            heard = heard * _curve(window)
        self._samples = self._samples[ready * CHUNK :]
        self._gains = self._gains[ready:]
        heard = heard[: self._owed]
        self._owed -= len(heard)
        return heard

    def _decide(self) -> None:
        """Find the gains of the chunks whose surroundings are known by now."""
        start = (len(self._gains) - _BEHIND) * CHUNK
        count = (len(self._samples) - start - 2 * REACH) // CHUNK
        if count <= 0:
            return
        padded = self._samples[start : start + count * CHUNK + 2 * REACH]
        peaks = chunk_peaks(padded, min(self._peak, self._ceiling))
        gains = self._ceiling / np.maximum(peaks, self._ceiling)
        self._peak = max(self._peak, float((peaks * gains).max()))
        self._gains = np.concatenate([self._gains, gains])


def _curve(gains: NDArray[np.float64]) -> Pcm:
    """A gain for each sample, never above that of its own chunk.

    Each chunk takes the least gain from `_HOLD` before to `_TURN` after it; a weighted mean over
    the last `_TURN` of those still lies under its own; straight lines join the chunks.
    """
    least = np.lib.stride_tricks.sliding_window_view(gains, _HOLD + _TURN + 1).min(axis=1)
    smooth = np.convolve(least, _WEIGHTS, mode="valid")
    edges = np.minimum(smooth[:-1], smooth[1:])
    lines = edges[:-1, None] + np.diff(edges)[:, None] * _RAMP
    return lines.reshape(-1).astype(np.float32)
