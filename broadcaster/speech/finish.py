"""What an engine delivers → a clip as the programme wants it: house rate, no edges of silence, −16 LUFS.

It stands apart because every engine's sound passes here, once, before it is cached: the mix then
only adds.  A change of what comes out must change ``HOUSE_REVISION`` in `cache`.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.errors import SpeechError
from broadcaster.sound.loudness import level
from broadcaster.sound.pcm import HOUSE_RATE, Pcm, to_house

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["finish", "trim"]

_AUDIBLE = 0.005  # −46 dB below the clip's peak: under any consonant, above a codec's noise
_SILENT_PEAK = 1e-4
_KEEP_BEFORE = HOUSE_RATE * 15 // 1000
_KEEP_AFTER = HOUSE_RATE * 40 // 1000


def finish(samples: NDArray[Any], rate: int) -> Pcm:
    """The clip of ``samples`` at ``rate`` Hz; raises `SpeechError` when nothing is heard in it."""
    if len(samples) == 0:
        raise _silent()
    return level(trim(to_house(samples, rate)))


def trim(samples: Pcm) -> Pcm:
    """``samples`` without the silence at both ends; raises `SpeechError` when it is all silence.

    15 ms stay before and 40 ms after the first and last audible sample, so that no soft
    consonant loses its edge.
    """
    loudness = np.abs(samples)
    peak = float(loudness.max(initial=0.0))
    if peak < _SILENT_PEAK:
        raise _silent()
    audible = np.flatnonzero(loudness > _AUDIBLE * peak)
    first = max(0, int(audible[0]) - _KEEP_BEFORE)
    return samples[first : int(audible[-1]) + 1 + _KEEP_AFTER]


def _silent() -> SpeechError:
    return SpeechError(
        _("the speech engine delivered silence"),
        hint=_("change the words of this sentence, or choose another voice"),
    )
