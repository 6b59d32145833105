"""A finished sound file as numbers over time: how high, how strong, how loud, and what is wrong.

It stands apart from the meters of the mix because it reads a file from end to end, in memory that
its length hardly changes, for people who want to see what they hear.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from broadcaster.sound.loudness import SILENT_LUFS, weighted_steps
from broadcaster.sound.truepeak import CHUNK, REACH, chunk_peaks
from broadcaster.sound.wav import HOUSE_RATE, read_part, sample_count

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from broadcaster.sound.wav import Pcm

__all__ = ["STEP_MS", "Survey", "survey"]

STEP_MS = 100

_STEP = HOUSE_RATE * STEP_MS // 1000
_BLOCK = 50 * _STEP
_NEAR_FULL = 0.7  # only what is louder may have true peaks that matter
_FULL_SCALE = 32_767 / 32_768
_CLIPPED_RUN = 3
_SHORT_TERM = 3_000 // STEP_MS  # EBU Tech 3341
_SILENT_RMS = 10 ** (-60 / 20)

_Span = tuple[int, int]
_Steps: TypeAlias = "tuple[Pcm, Pcm, NDArray[np.float64], NDArray[np.bool_]]"
"""Peaks, RMS, weighted energies and clipping of each step."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A value for each 100 ms: ``peaks`` and ``rms`` as amplitudes, ``short_term`` in LUFS over
    the three seconds around it.  ``clipped`` and ``silent`` are spans in milliseconds: where the
    wave is cut off at full scale, and where nothing is heard."""

    duration_ms: int
    peaks: NDArray[np.float32]
    rms: NDArray[np.float32]
    short_term: NDArray[np.float64]
    clipped: tuple[_Span, ...]
    silent: tuple[_Span, ...]


def survey(path: Path) -> Survey:
    """Look through the house WAV ``path``; raises SoundError for any other file."""
    count = sample_count(path)
    if count == 0:
        nothing = np.zeros(0, dtype=np.float32)
        return Survey(0, nothing, nothing, np.zeros(0), (), ())
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:  # numpy lets go of the lock
        parts = list(pool.map(partial(_look_at, path, count), range(0, count, _BLOCK)))
    peaks, rms, energies, clipped = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Survey(
        duration_ms=count * 1000 // HOUSE_RATE,
        peaks=peaks,
        rms=rms,
        short_term=_short_term(energies),
        clipped=_spans(clipped),
        silent=_spans(rms < _SILENT_RMS),
    )


def _look_at(path: Path, count: int, first: int) -> _Steps:
    """The block at ``first``, with `REACH` samples of context, zeros at the ends of the file."""
    length = min(_BLOCK, count - first)
    before = min(REACH, first)
    samples = read_part(path, first - before, before + length + REACH)
    whole = -(-length // _STEP) * _STEP
    padded = np.zeros(whole + 2 * REACH, dtype=np.float32)
    at = REACH - before
    padded[at : at + len(samples)] = samples[: len(padded) - at]
    return _look(padded, length)


def _look(padded: Pcm, length: int) -> _Steps:
    samples = padded[REACH:-REACH]
    peaks = chunk_peaks(padded, _NEAR_FULL).reshape(-1, _STEP // CHUNK).max(axis=1)
    rows = samples.reshape(-1, _STEP)
    rms = np.sqrt(np.einsum("ij,ij->i", rows, rows) / _STEP)
    lengths = np.minimum(_STEP, length - _STEP * np.arange(len(rows)))  # the last may be short
    filled = _STEP / lengths
    energies = weighted_steps(samples) * filled
    return peaks, rms * np.sqrt(filled).astype(np.float32), energies, _clipped(rows, peaks)


def _clipped(rows: Pcm, peaks: Pcm) -> NDArray[np.bool_]:
    """Where several samples in a row stand at full scale."""
    clipped = np.zeros(len(rows), dtype=bool)
    for number in np.flatnonzero(peaks >= _FULL_SCALE):
        full = np.abs(rows[number]) >= _FULL_SCALE
        run = np.convolve(full, np.ones(_CLIPPED_RUN, dtype=int), mode="valid")
        clipped[number] = bool((run == _CLIPPED_RUN).any())
    return clipped


def _short_term(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loudness over three seconds around each step; less at the ends, where there is less."""
    if not len(energies):
        return energies
    width = min(_SHORT_TERM, len(energies))
    sums = np.convolve(energies, np.ones(width), mode="same")
    counts = np.convolve(np.ones(len(energies)), np.ones(width), mode="same")
    lufs: NDArray[np.float64] = -0.691 + 10 * np.log10(np.maximum(sums / counts, 1e-12))
    return np.maximum(lufs, SILENT_LUFS)


def _spans(steps: NDArray[np.bool_]) -> tuple[_Span, ...]:
    """(first, last) in milliseconds of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], steps, [False]])))
    return tuple((int(a) * STEP_MS, int(b) * STEP_MS) for a, b in edges.reshape(-1, 2))
