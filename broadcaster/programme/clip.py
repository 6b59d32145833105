"""The edges of a clip: silence trimmed away, fades put on, with pydub.

The only module that imports pydub, which keeps whole sounds in memory and looks for programs
on the machine: it gets no more than a second of a sound at a time, as samples that were decoded
elsewhere.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.sound.pcm import HOUSE_RATE, Pcm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydub import AudioSegment

__all__ = ["SILENCE_DBFS", "Edges", "between", "faded"]

SILENCE_DBFS = -50.0
_MS = HOUSE_RATE // 1000
_EDGE = HOUSE_RATE
_KEPT = 20 * _MS  # a breath of 20 ms around the sound, so that no consonant is cut
_FULL_SCALE = 2**31 - 128  # the largest float32 that still fits 32 bit


class Edges:
    """Where the sound of a stream of `count` samples begins and ends: `first`, `last` (excluded).

    Silence is what lies under −50 dBFS; both are 0 while nothing else was heard.
    """

    def __init__(self) -> None:
        self.count = 0
        self._first: int | None = None
        self._last = 0

    def add(self, block: Pcm) -> None:
        """Hear ``block``, which follows what was heard before."""
        silent = _silent_samples(block[::-1])
        if silent < len(block):
            if self._first is None:
                self._first = self.count + _silent_samples(block)
            self._last = self.count + len(block) - silent
        self.count += len(block)

    @property
    def first(self) -> int:
        return max(0, (self._first or 0) - _KEPT)

    @property
    def last(self) -> int:
        return min(self.count, self._last + _KEPT) if self._last else 0


def between(blocks: Iterable[Pcm], first: int, last: int) -> Iterator[Pcm]:
    """The samples of a stream from ``first`` until before ``last``."""
    start = 0
    for block in blocks:
        part = block[max(0, first - start) : max(0, last - start)]
        if len(part):
            yield part
        start += len(block)


def faded(blocks: Iterable[Pcm], *, fade_in_ms: int = 5, fade_out_ms: int = 30) -> Iterator[Pcm]:
    """A stream faded in and out, so that no edge clicks; its length stays."""
    held: Pcm | None = None
    for block in blocks:
        joined = _faded_in(block, fade_in_ms) if held is None else np.concatenate([held, block])
        yield joined[:-_EDGE]
        held = joined[-_EDGE:]
    if held is not None:
        yield _faded_in(held[::-1], fade_out_ms)[::-1]


def _faded_in(samples: Pcm, length_ms: int) -> Pcm:
    """The start faded: pydub counts in whole milliseconds and would drop what is left over."""
    edge = min(len(samples), length_ms * _MS) // _MS * _MS
    head = _samples(_segment(samples[:edge]).fade_in(edge // _MS))
    return np.concatenate([head, samples[edge:]])


def _silent_samples(samples: Pcm) -> int:
    """How many samples lie before the first sound, looking on while there is none."""
    for start in range(0, len(samples), _EDGE):
        part = _segment(samples[start : start + _EDGE])
        silent_ms = int(
            _pydub().silence.detect_leading_silence(
                part, silence_threshold=SILENCE_DBFS, chunk_size=10
            )
        )
        if silent_ms < len(part):
            return start + silent_ms * _MS
    return len(samples)


def _pydub() -> Any:
    """pydub, imported late, since the command line must not pay for it, and quietly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for ffmpeg, which it never needs here
        import pydub.silence  # noqa: PLC0415

    return pydub


def _segment(samples: Pcm) -> AudioSegment:
    """``samples`` as pydub holds them: 32 bit, so that nothing is lost on the way."""
    whole = (np.clip(samples, -1, 1) * np.float32(_FULL_SCALE)).astype("<i4")
    return _pydub().AudioSegment(
        data=whole.tobytes(), sample_width=4, frame_rate=HOUSE_RATE, channels=1
    )


def _samples(segment: AudioSegment) -> Pcm:
    whole = np.frombuffer(segment.raw_data, dtype="<i4")
    return whole.astype(np.float32) / np.float32(_FULL_SCALE)
