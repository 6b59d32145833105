"""True peak: how loud the wave is between its samples (ITU-R BS.1770-4, annex 2).

It stands apart because both the meter and the limiter need it.  A wave can only rise above its
samples by a bounded factor, so the four-fold oversampling is done just where the samples are
near the loudest: a small part of speech, which is why this costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from broadcaster.sound.wav import Pcm

__all__ = ["CHUNK", "REACH", "chunk_peaks", "peak_of"]

CHUNK = 48
"""Samples a chunk: 1 ms at the house rate."""

_STRETCH = 4_000 * CHUNK
_TAPS = 16
REACH = _TAPS // 2
"""How many samples before and after a chunk the interpolation reads."""


def _phases() -> Pcm:
    """Interpolators for 1/4, 1/2 and 3/4 of a sample: a Kaiser-windowed sinc, (taps, 3)."""
    offsets = np.arange(1, 4)[None, :] / 4
    place = np.arange(_TAPS)[:, None] - (REACH - 1) - offsets
    window = np.i0(7.0 * np.sqrt(np.clip(1 - (place / REACH) ** 2, 0, 1))) / np.i0(7.0)
    return (np.sinc(place) * window).astype(np.float32)


_PHASES = _phases()
_MOST_RISE = 1.6
"""A wave rises by 3 dB over samples that all miss its peaks; this leaves a decibel to spare."""


def chunk_peaks(padded: Pcm, floor: float) -> Pcm:
    """The peak of each chunk of 1 ms, true where it may exceed ``floor``, else of its samples.

    ``padded`` holds `REACH` samples of context on both sides of a whole number of chunks.
    """
    peaks: Pcm = np.abs(padded[REACH:-REACH]).reshape(-1, CHUNK).max(axis=1)
    near = np.maximum(peaks, np.maximum(_shifted(peaks, 1), _shifted(peaks, -1)))
    (hot,) = np.nonzero(near > floor / _MOST_RISE)
    if len(hot):
        wide = np.lib.stride_tricks.sliding_window_view(padded, CHUNK + 2 * REACH)[hot * CHUNK]
        for phase in _PHASES.T:
            peaks[hot] = np.maximum(peaks[hot], _loudest_between(wide, phase))
    return peaks


def _loudest_between(wide: Pcm, phase: Pcm) -> Pcm:
    """The highest value of each chunk at one phase between its samples.

    Tap by tap on purpose: a matrix product of this size wakes the threads of BLAS, which then
    cost more time than they save.
    """
    between = np.zeros((len(wide), CHUNK), dtype=np.float32)
    for tap, weight in enumerate(phase):
        between += weight * wide[:, tap + 1 : tap + 1 + CHUNK]
    highest: Pcm = np.abs(between).max(axis=1)
    return highest


def _shifted(peaks: Pcm, by: int) -> Pcm:
    moved = np.roll(peaks, by)
    moved[0 if by > 0 else -1] = 0.0
    return moved


def peak_of(samples: Pcm) -> float:
    """The true peak of ``samples`` as an amplitude; silence has 0."""
    tail = -len(samples) % CHUNK
    padded = np.pad(samples, (REACH, REACH + tail))
    loudest = float(np.abs(samples).max(initial=0.0))
    for start in range(0, len(samples), _STRETCH):
        part = padded[start : start + _STRETCH + 2 * REACH]
        loudest = max(loudest, float(chunk_peaks(part, loudest).max()))
    return loudest
