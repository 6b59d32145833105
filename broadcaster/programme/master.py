"""Mastering: a rendered programme gets its profile, its level and its ceiling, as a stream.

It stands apart from the mix, which writes files.  How far to turn the sound up is found before
anything is encoded, since encoding is what takes the time: the whole programme is measured, and
on some stretches of it is tried what bending the peaks takes away again.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.programme.render import BLOCK, blocks, samples_in
from broadcaster.sound.limiter import Limiter, limit
from broadcaster.sound.loudness import (
    SILENT_LUFS,
    LoudnessMeter,
    integrated_lufs,
    loudness_of,
)
from broadcaster.sound.shaper import Shaper
from broadcaster.sound.soften import soften

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from broadcaster.model import CueSheet
    from broadcaster.sound.profile import Profile
    from broadcaster.sound.wav import Pcm

__all__ = ["CEILING_DB", "Master"]

CEILING_DB = -2.0
"""True peak of the WAV; half a decibel under the limit of −1.5 dBTP."""

_TRIED = 6
_TRIED_BLOCKS = 2
_TRIALS = 4
_CLOSE_LU = 0.08
_OVERCORRECTION = 1.4  # the bent peaks take a part of each correction away again


@dataclass(frozen=True, slots=True)
class Master:
    """How one programme is brought to ``target_lufs`` in ``profile``."""

    sheet: CueSheet
    profile: Profile
    target_lufs: float

    def stream(self, gain_db: float, limiter: Limiter) -> Iterator[Pcm]:
        """The whole programme turned up by ``gain_db``; ``limiter`` knows its peak afterwards."""
        for block in _shaped(self.profile, blocks(self.sheet)):
            yield limiter.add(self._bent(block, gain_db))
        yield limiter.end()

    def gain_db(self) -> float:
        """How far to turn it up, bent peaks and all; silence stays as it is."""
        lufs = self._loudness()
        gain_db = self.missing(lufs)
        sample = self._stretches()
        sample_lufs = integrated_lufs(sample)
        if sample_lufs <= SILENT_LUFS:
            return gain_db
        for _trial in range(_TRIALS):
            tried = limit(self._bent(sample, gain_db), CEILING_DB)
            lost = sample_lufs + gain_db - integrated_lufs(tried)
            short = self.target_lufs - (lufs + gain_db - lost)
            if abs(short) < _CLOSE_LU:
                break
            gain_db += _OVERCORRECTION * short
        return gain_db

    def missing(self, lufs: float) -> float:
        """How much louder what measures ``lufs`` has to be."""
        return 0.0 if lufs <= SILENT_LUFS else self.target_lufs - lufs

    def _bent(self, block: Pcm, gain_db: float) -> Pcm:
        gain = np.float32(10.0 ** (gain_db / 20.0))
        return soften(block * gain, CEILING_DB, knee=self.profile.knee)

    def _loudness(self) -> float:
        """Of the shaped programme; each core measures a stretch of it."""
        total = samples_in(self.sheet.duration_ms)
        cores = len(os.sched_getaffinity(0))
        share = -(-total // (cores * BLOCK)) * BLOCK
        edges = [*range(0, total, share), total]
        with ThreadPoolExecutor(cores, thread_name_prefix="measure") as pool:
            steps = list(pool.map(self._steps, *zip(*pairwise(edges), strict=True)))
        return loudness_of(np.concatenate(steps))

    def _steps(self, first: int, last: int) -> NDArray[np.float64]:
        meter = LoudnessMeter()
        for block in _shaped(self.profile, blocks(self.sheet, first=first, last=last)):
            meter.add(block)
        return meter.steps

    def _stretches(self) -> Pcm:
        """Some seconds here and there, shaped; a short programme as a whole."""
        total = samples_in(self.sheet.duration_ms)
        length = _TRIED_BLOCKS * BLOCK
        if total <= _TRIED * length:
            return np.concatenate(list(_shaped(self.profile, blocks(self.sheet))))
        starts = np.linspace(0, total - length, _TRIED).astype(int).tolist()
        rendered = (
            block
            for start in starts
            for block in blocks(self.sheet, first=start, last=start + length)
        )
        return np.concatenate(list(_shaped(self.profile, rendered)))


def _shaped(profile: Profile, rendered: Iterator[Pcm]) -> Iterator[Pcm]:
    shaper = Shaper(profile)
    for block in rendered:
        yield shaper.add(block)
    yield shaper.end()
