"""What an engine delivered, listened to before it is kept: it may be half a sentence, or a hum.

It stands apart from `finish`, which would level a hum or half a sentence to the loudness of
speech and so hide what is wrong with it.  The bounds come from the offline voice: over 307
sentences it needs 0.22 to 0.35 s a syllable, clips 0.003 % of its samples and ends in silence.
"""

from __future__ import annotations

import re
import unicodedata
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["fault_of", "syllables"]

_WORD = re.compile(r"\w+")
_VOWELS = re.compile(r"[aeiouy]+")
_PAUSE = re.compile(r"[,;:.!?…–—-]+")

_FASTEST_S, _SLOWEST_S = 0.15, 0.55  # a syllable of any announcer
_FASTEST_FOREIGN_S = 0.06  # silent letters are counted, too
_EDGE_S = 0.1  # a short word loses that much at its ends
_LONGEST_PAUSE_S = 0.5
_LONGEST_EXTRA_S = 1.0

_RATES = range(4_000, 192_001)
_FRAME_S = 0.01
_SILENT_PEAK = 1e-4
_QUIETEST_DB = -55.0
_FULL_SCALE = 0.999
_MOST_CLIPPED = 0.005
_TAIL_S = 0.005
_FULL_ENERGY = 0.4  # of the loud parts: in the middle of a vowel, and not after it


def fault_of(
    samples: NDArray[np.float32], rate: int, text: str, *, pace: float = 1.0, foreign: bool = False
) -> str:
    """Why ``samples`` at ``rate`` Hz are not ``text`` as it should sound; "" when they may be.

    ``pace`` is how much faster than usual the voice was asked to speak; of a ``foreign`` voice
    too little is known to call it slow.
    """
    if rate not in _RATES:
        return _("it claims {rate} samples a second").format(rate=rate)
    if not np.isfinite(samples).all() or np.abs(samples).max(initial=0.0) < _SILENT_PEAK:
        return _("there is only silence in it")
    return (
        _of_level(samples, rate)
        or _of_length(samples, rate, text, pace=pace, foreign=foreign)
        or _of_end(samples, rate)
    )


def syllables(text: str) -> int:
    """How many syllables a voice says for ``text``: groups of vowels, at least one a word."""
    letters = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return sum(max(1, len(_VOWELS.findall(word))) for word in _WORD.findall(plain))


def _of_level(samples: NDArray[np.float32], rate: int) -> str:
    if _loud_level(samples, rate) < 10.0 ** (_QUIETEST_DB / 20.0):
        return _("it is too quiet")
    clipped = np.count_nonzero(np.abs(samples) >= _FULL_SCALE) / len(samples)
    if clipped > _MOST_CLIPPED:
        return _("it is distorted: {percent} % of it at full scale").format(
            percent=max(1, round(100 * clipped))
        )
    return ""


def _of_length(
    samples: NDArray[np.float32], rate: int, text: str, *, pace: float, foreign: bool
) -> str:
    (audible,) = np.nonzero(np.abs(samples) > _SILENT_PEAK)
    seconds = float(audible[-1] + 1 - audible[0]) / rate
    count = syllables(text)
    least = count * (_FASTEST_FOREIGN_S if foreign else _FASTEST_S) / pace - _EDGE_S
    most = count * _SLOWEST_S / pace + len(_PAUSE.findall(text)) * _LONGEST_PAUSE_S
    if seconds < least:
        return _("it lasts {seconds} s, too short for {count} syllables").format(
            seconds=f"{seconds:.1f}", count=count
        )
    if not foreign and seconds > most + _LONGEST_EXTRA_S:
        return _("it lasts {seconds} s, too long for {count} syllables").format(
            seconds=f"{seconds:.1f}", count=count
        )
    return ""


def _of_end(samples: NDArray[np.float32], rate: int) -> str:
    tail = samples[-max(1, int(_TAIL_S * rate)) :]
    if _rms(tail) > _FULL_ENERGY * _loud_level(samples, rate):
        return _("it breaks off in the middle of a sound")
    return ""


def _loud_level(samples: NDArray[np.float32], rate: int) -> float:
    """The level that one frame of 10 ms in twenty exceeds, as an amplitude."""
    length = min(len(samples), int(_FRAME_S * rate))
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    return float(np.percentile(np.sqrt(np.einsum("ij,ij->i", frames, frames) / length), 95))


def _rms(samples: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
