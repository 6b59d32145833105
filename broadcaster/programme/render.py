"""CueSheet → blocks of samples, in constant memory.

It stands apart from `mix` because a programme is rendered twice: once to be measured, once to be
written.  Clips already have the house rate and level, so rendering is reading and adding.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.sound.pcm import HOUSE_RATE, Pcm
from broadcaster.sound.wav import read_part, sample_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import Cue, CueSheet

__all__ = ["blocks", "samples_in"]

_BLOCK = 4 * HOUSE_RATE


def samples_in(length_ms: int) -> int:
    """How many samples last ``length_ms``."""
    return length_ms * HOUSE_RATE // 1000


def blocks(sheet: CueSheet) -> Iterator[Pcm]:
    """The sound of ``sheet`` in order, in blocks of at most four seconds.

    Raises `SoundError` when a clip is missing, damaged, or not as long as the sheet says.
    """
    total = samples_in(sheet.duration_ms)
    waiting = [_Voice(cue) for cue in reversed(sheet.cues)]
    sounding: list[_Voice] = []
    for start in range(0, total, _BLOCK):
        block = np.zeros(min(_BLOCK, total - start), dtype=np.float32)
        while waiting and waiting[-1].start < start + len(block):
            sounding.append(waiting.pop())
        for voice in sounding:
            voice.add_to(block, start)
        sounding = [voice for voice in sounding if voice.end > start + len(block)]
        yield block


class _Voice:
    """A cue that sounds: where it lies in samples, and its gain at each of them."""

    def __init__(self, cue: Cue) -> None:
        self._cue = cue
        self._gain = np.float32(10.0 ** (cue.gain_db / 20.0))
        self.start = samples_in(cue.start_ms)
        self.end = self.start + samples_in(cue.clip.duration_ms)

    def add_to(self, block: Pcm, block_start: int) -> None:
        """Add what of this cue lies in ``block``."""
        first = max(self.start, block_start)
        last = min(self.end, block_start + len(block))
        offset = first - self.start
        if offset == 0:
            self._check()
        part = read_part(self._cue.clip.path, offset, last - first)
        part *= self._gain
        self._fade(part, offset)
        block[first - block_start : first - block_start + len(part)] += part

    def _check(self) -> None:
        """Refuse a file that is not the one the sheet was made with."""
        clip = self._cue.clip
        if sample_count(clip.path) < self.end - self.start - HOUSE_RATE // 100:
            raise SoundError(
                _("{path} is shorter than it was when the programme was planned").format(
                    path=clip.path
                ),
                hint=_("prepare the programme again"),
            )

    def _fade(self, part: Pcm, offset: int) -> None:
        """Straight lines up from the start and down to the end, as far as they reach in here."""
        rise = samples_in(self._cue.fade_in_ms)
        fall = samples_in(self._cue.fade_out_ms)
        left = self.end - self.start - offset
        if offset < rise:
            part *= _ramp(offset, len(part), rise)
        if left - len(part) < fall:
            part *= _ramp(left, len(part), fall, step=-1)


def _ramp(first: int, count: int, length: int, *, step: int = 1) -> Pcm:
    place = np.arange(first, first + step * count, step, dtype=np.float32)
    ramp: Pcm = np.clip(place / np.float32(length), 0, 1)
    return ramp
