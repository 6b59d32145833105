"""One cue as it sounds: its clip read piece by piece, looped, faded, turned up and down.

It stands apart from `render`, which knows only places in time.  Every gain is found from the
absolute place of its sample, so that it does not matter where blocks begin.
"""

from __future__ import annotations

from gettext import gettext as _
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.sound.wav import HOUSE_RATE, read_part, sample_count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcaster.model import Cue
    from broadcaster.sound.wav import Pcm

__all__ = ["CROSSFADE_MS", "Voice", "samples_in"]

CROSSFADE_MS = 400
"""How long the end of a looped clip sounds together with its next beginning."""

_ROUNDING = HOUSE_RATE // 100  # a sheet's milliseconds may be this much longer than the file


def samples_in(length_ms: int) -> int:
    """How many samples last ``length_ms``."""
    return length_ms * HOUSE_RATE // 1000


class Voice:
    """A cue that sounds: where it lies in samples, and its gain at each of them."""

    def __init__(self, cue: Cue) -> None:
        self._cue = cue
        self._gain = _ratio(np.array([cue.gain_db]))
        self._count = samples_in(cue.clip.duration_ms)
        self._overlap = min(samples_in(CROSSFADE_MS), self._count // 2)
        self.start = samples_in(cue.start_ms)
        self.end = samples_in(cue.end_ms)
        self._is_checked = False

    def add_to(self, block: Pcm, block_start: int) -> None:
        """Add what of this cue lies in ``block``, which begins at ``block_start``."""
        first = max(self.start, block_start)
        last = min(self.end, block_start + len(block))
        if last <= first:
            return
        offset = first - self.start
        if not self._is_checked:
            self._check()
            self._is_checked = True
        part = self._played(offset, last - first)
        with np.errstate(invalid="ignore"):
            part *= self._gain
        self._follow_envelope(part, offset)
        self._fade(part, offset)
        block[first - block_start : last - block_start] += part

    def _check(self) -> None:
        """Refuse a file that is not the one the sheet was made with."""
        clip = self._cue.clip
        if sample_count(clip.path) < self._count - _ROUNDING:
            raise _shorter(clip.path)

    def _played(self, offset: int, count: int) -> Pcm:
        """``count`` samples from ``offset``, over as many rounds of the clip as they need."""
        if offset + count <= self._count - self._overlap or not self._is_looped:
            return self._read(offset, count)
        played = np.zeros(count, dtype=np.float32)
        period = self._count - self._overlap
        for turn in range(
            max(0, (offset - self._overlap) // period), (offset + count) // period + 1
        ):
            begin = turn * period
            first, last = max(offset, begin), min(offset + count, begin + self._count)
            if first < last:
                played[first - offset : last - offset] += self._turn(
                    first - begin, last - begin, turn
                )
        return played

    @property
    def _is_looped(self) -> bool:
        return self.end - self.start > self._count

    def _turn(self, first: int, last: int, turn: int) -> Pcm:
        """The samples ``first`` to ``last`` of one round, which others overlap."""
        part = self._read(first, last - first)
        if turn and first < self._overlap:
            part *= _quarter_sine(first, len(part), self._overlap)
        beyond = first - (self._count - self._overlap)
        if beyond + len(part) > 0:
            part *= _quarter_sine(self._overlap - 1 - beyond, len(part), self._overlap, step=-1)
        return part

    def _read(self, offset: int, count: int) -> Pcm:
        """Samples of the clip; what the rounding of its length promised too much is silence."""
        path = self._cue.clip.path
        try:
            part = read_part(path, offset, count)
        except OSError as error:
            raise SoundError(
                _("{path} cannot be read: {reason}").format(
                    path=path, reason=_(str(error.strerror))
                )
            ) from error
        if len(part) < count - _ROUNDING:
            raise _shorter(path)
        return np.pad(part, (0, count - len(part))) if len(part) < count else part

    def _follow_envelope(self, part: Pcm, offset: int) -> None:
        """Straight lines in decibels between the points, the first and last going on."""
        if not self._cue.envelope:
            return
        places = np.array([ms * HOUSE_RATE // 1000 for ms, _db in self._cue.envelope])
        levels = np.array([db for _ms, db in self._cue.envelope])
        end = offset + len(part)
        bends = places[(offset < places) & (places < end)]
        for first, last in pairwise(np.unique([offset, *bends, end])):
            is_even = np.ptp(np.interp([first, last - 0.5], places, levels)) == 0
            where = np.arange(first, first + 1 if is_even else last)
            part[first - offset : last - offset] *= _ratio(np.interp(where, places, levels))

    def _fade(self, part: Pcm, offset: int) -> None:
        """Straight lines up from the start and down to the end, as far as they reach in here."""
        rise = samples_in(self._cue.fade_in_ms)
        fall = samples_in(self._cue.fade_out_ms)
        left = self.end - self.start - offset
        if offset < rise:
            part *= _line(offset, len(part), rise)
        if left - len(part) < fall:
            part *= _line(left, len(part), fall, step=-1)


def _ratio(levels_db: NDArray[np.float64]) -> Pcm:
    with np.errstate(over="ignore"):  # what is not finite is told where everything is added up
        ratio: Pcm = np.exp(levels_db * (np.log(10.0) / 20.0)).astype(np.float32)
    return ratio


def _line(first: int, count: int, length: int, *, step: int = 1) -> Pcm:
    """``count`` values of place / ``length``, from 0 to 1, for places from ``first``."""
    place = np.arange(first, first + step * count, step, dtype=np.float32)
    line: Pcm = np.clip(place / np.float32(length), 0, 1)
    return line


def _quarter_sine(first: int, count: int, length: int, *, step: int = 1) -> Pcm:
    """As `_line`, bent so that two crossing ones keep the power (sin² + cos² = 1)."""
    place = np.arange(first, first + step * count, step, dtype=np.float64) + 0.5
    curve: Pcm = np.sin(np.clip(place / length, 0, 1) * (np.pi / 2)).astype(np.float32)
    return curve


def _shorter(path: object) -> SoundError:
    return SoundError(
        _("{path} is shorter than it was when the programme was planned").format(path=path),
        hint=_("prepare the programme again"),
    )
