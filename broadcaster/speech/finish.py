"""An engine's sound → a clip for the programme: house rate, no silent edges, −16 LUFS.

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

__all__ = ["compress", "finish", "trim"]

_SILENT_PEAK = 1e-4
_AUDIBLE = 0.005  # −46 dB below the clip's peak: under any consonant, above a codec's noise
_KEEP_BEFORE = HOUSE_RATE * 15 // 1000
_KEEP_AFTER = HOUSE_RATE * 40 // 1000

_FRAME = HOUSE_RATE // 200  # 5 ms: a gain for each
_THRESHOLD = 0.1  # of the clip's peak: all but the softest sounds of speech lie above
_RATIO = 4.0
_TURN = 2  # frames over which the gain moves, before a loud sound and after it
_WEIGHTS = np.hanning(2 * _TURN + 3)[1:-1] / np.hanning(2 * _TURN + 3).sum()


def finish(samples: NDArray[Any], rate: int) -> Pcm:
    """The clip of ``samples`` at ``rate`` Hz; raises `SpeechError` when nothing is heard in it."""
    if len(samples) == 0:
        raise _silent()
    return level(compress(trim(to_house(samples, rate))))


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


def compress(samples: Pcm) -> Pcm:
    """``samples`` with what lies above the threshold brought nearer to it, 4:1, following peaks.

    espeak's peaks stand 18 dB above its loudness, and 13.4 fit at −16 LUFS under −2.6 dB: a
    limiter alone would have to work so hard that it is heard, and is slow at it.
    """
    count = -(-len(samples) // _FRAME)
    framed = np.pad(samples, (0, count * _FRAME - len(samples))).reshape(count, _FRAME)
    peaks = np.maximum(framed.max(axis=1), -framed.min(axis=1))
    over = np.maximum(peaks / (_THRESHOLD * peaks.max()), 1.0)
    gains = np.pad(over ** (1.0 / _RATIO - 1.0), 2 * _TURN, mode="edge")
    least = np.lib.stride_tricks.sliding_window_view(gains, 2 * _TURN + 1).min(axis=1)
    smooth = np.convolve(least, _WEIGHTS, mode="valid").astype(np.float32)
    places = np.arange(count, dtype=np.float32) * _FRAME + _FRAME / 2
    curve = np.interp(np.arange(len(samples), dtype=np.float32), places, smooth)
    return samples * curve.astype(np.float32)


def _silent() -> SpeechError:
    return SpeechError(
        _("the speech engine delivered silence"),
        hint=_("change the words of this sentence, or choose another voice"),
    )
