"""The edges of a clip: silence trimmed away, fades put on, with pydub.

The only module that imports pydub, which keeps whole sounds in memory and looks for programs
on the machine: it gets no more than the first and last seconds of a sound, as samples that were
decoded elsewhere.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.sound.pcm import HOUSE_RATE, Pcm

if TYPE_CHECKING:
    from pydub import AudioSegment

__all__ = ["polish", "trim"]

SILENCE_DBFS = -50.0
_EDGE = 20 * HOUSE_RATE
_KEPT_MS = 20  # a breath before the first sound, so that no consonant is cut
_FULL_SCALE = 2**31 - 128  # the largest float32 that still fits 32 bit


def polish(samples: Pcm, *, fade_in_ms: int = 5, fade_out_ms: int = 30) -> Pcm:
    """``samples`` without the silence around them, faded in and out so that no edge clicks.

    Nothing is left of what is only silence.
    """
    sound = trim(samples)
    edge = min(_EDGE, len(sound) // 2)
    head = _segment(sound[:edge]).fade_in(fade_in_ms)
    tail = _segment(sound[len(sound) - edge :]).fade_out(fade_out_ms)
    return np.concatenate([_samples(head), sound[edge : len(sound) - edge], _samples(tail)])


def trim(samples: Pcm) -> Pcm:
    """``samples`` without silence (under −50 dBFS) before and after, but for 20 ms."""
    first = _silent_samples(samples)
    last = len(samples) - _silent_samples(samples[::-1])
    return samples[first:last]


def _pydub() -> Any:
    """pydub, imported late, since the command line must not pay for it, and quietly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for ffmpeg, which it never needs here
        import pydub.silence  # noqa: PLC0415

    return pydub


def _silent_samples(samples: Pcm) -> int:
    """How many samples may go before the first sound, looking on while there is none."""
    for start in range(0, len(samples), _EDGE):
        part = _segment(samples[start : start + _EDGE])
        silent_ms = int(
            _pydub().silence.detect_leading_silence(
                part, silence_threshold=SILENCE_DBFS, chunk_size=10
            )
        )
        if silent_ms < len(part):
            return max(0, start + (silent_ms - _KEPT_MS) * HOUSE_RATE // 1000)
    return len(samples)


def _segment(samples: Pcm) -> AudioSegment:
    """``samples`` as pydub holds them: 32 bit, so that nothing is lost on the way."""
    whole = (samples * np.float32(_FULL_SCALE)).astype("<i4")
    return _pydub().AudioSegment(
        data=whole.tobytes(), sample_width=4, frame_rate=HOUSE_RATE, channels=1
    )


def _samples(segment: AudioSegment) -> Pcm:
    whole = np.frombuffer(segment.raw_data, dtype="<i4")
    return whole.astype(np.float32) / np.float32(_FULL_SCALE)
