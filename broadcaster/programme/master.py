"""Mastering: a rendered programme gets its profile, its level and its ceiling, as a stream.

It stands apart from the mix, which writes files.  How far to turn the sound up is found before
anything is encoded, since encoding is what takes the time; and it is found on a part of a long
programme, which is nearly always enough, for what is written is measured as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.programme.render import BLOCK, blocks, samples_in
from broadcaster.sound.limiter import Limiter
from broadcaster.sound.loudness import SILENT_LUFS, LoudnessMeter, loudness_of, power_steps
from broadcaster.sound.shaper import Shaper
from broadcaster.sound.soften import soften

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from broadcaster.model import CueSheet
    from broadcaster.sound.profile import Profile
    from broadcaster.sound.wav import Pcm

__all__ = ["CEILING_DB", "Master"]

CEILING_DB = -2.0
"""True peak of the WAV; half a decibel under the limit of −1.5 dBTP."""

_SAMPLED = 40  # blocks at least, where there are so many
_TRIED = 8
_TRIALS = 4
_CLOSE_LU = 0.08
_OVERCORRECTION = 1.4  # the bent peaks take a part of each correction away again


@dataclass(slots=True)
class _Survey:
    """What was heard of a programme: plain powers of all of it, more of every so many blocks."""

    powers: list[NDArray[np.float64]] = field(default_factory=list)
    sampled_powers: list[NDArray[np.float64]] = field(default_factory=list)
    meter: LoudnessMeter = field(default_factory=LoudnessMeter)
    tried: list[Pcm] = field(default_factory=list)

    @property
    def lufs(self) -> float:
        """The loudness of the sample, and by how much the whole has more power than it."""
        sample, whole = _plain(self.sampled_powers), _plain(self.powers)
        if min(sample, self.meter.integrated) <= SILENT_LUFS:
            return whole
        return self.meter.integrated + whole - sample


@dataclass(frozen=True, slots=True)
class Master:
    """How one programme is brought to ``target_lufs`` in ``profile``."""

    sheet: CueSheet
    profile: Profile
    target_lufs: float

    def stream(self, gain_db: float, limiter: Limiter) -> Iterator[Pcm]:
        """The whole programme turned up by ``gain_db``; ``limiter`` knows its peak afterwards."""
        shaper = Shaper(self.profile)
        for block in blocks(self.sheet):
            yield limiter.add(self._bent(shaper.add(block), gain_db))
        yield limiter.add(self._bent(shaper.end(), gain_db))
        yield limiter.end()

    def gain_db(self) -> float:
        """How far to turn it up, bent peaks and all; silence stays as it is."""
        survey = self._survey()
        shaped_lufs = survey.lufs
        tried_lufs = _loudness_of(survey.tried)
        gain_db = self.missing(shaped_lufs)
        if min(shaped_lufs, tried_lufs) <= SILENT_LUFS:
            return gain_db
        for _trial in range(_TRIALS):
            lost = tried_lufs + gain_db - _loudness_of(self._limited(survey.tried, gain_db))
            short = self.target_lufs - (shaped_lufs + gain_db - lost)
            if abs(short) < _CLOSE_LU:
                break
            gain_db += _OVERCORRECTION * short
        return gain_db

    def missing(self, lufs: float) -> float:
        """How much louder what measures ``lufs`` has to be."""
        return 0.0 if lufs <= SILENT_LUFS else self.target_lufs - lufs

    def _survey(self) -> _Survey:
        count = -(-samples_in(self.sheet.duration_ms) // BLOCK)
        every = max(1, count // _SAMPLED)
        tried_every = every * max(1, count // every // _TRIED)
        survey, shaper = _Survey(), Shaper(self.profile)
        for number, block in enumerate(blocks(self.sheet)):
            survey.powers.append(power_steps(block))
            if number % every == 0:
                survey.sampled_powers.append(survey.powers[-1])
                survey.meter.add(shaped := shaper.add(block))
                if number % tried_every == 0:
                    survey.tried.append(shaped)
        survey.meter.add(rest := shaper.end())
        survey.tried.append(rest)
        return survey

    def _limited(self, shaped: Iterable[Pcm], gain_db: float) -> Iterator[Pcm]:
        limiter = Limiter(CEILING_DB)
        for block in shaped:
            yield limiter.add(self._bent(block, gain_db))
        yield limiter.end()

    def _bent(self, block: Pcm, gain_db: float) -> Pcm:
        gain = np.float32(10.0 ** (gain_db / 20.0))
        return soften(block * gain, CEILING_DB, knee=self.profile.knee)


def _plain(powers: list[NDArray[np.float64]]) -> float:
    return loudness_of(np.concatenate(powers))


def _loudness_of(stream: Iterable[Pcm]) -> float:
    meter = LoudnessMeter()
    for block in stream:
        meter.add(block)
    return meter.integrated
