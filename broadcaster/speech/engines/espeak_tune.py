"""Rate and pitch as espeak-ng measures them, fitted to what it really does.

Measured on its Vietnamese voices (version 1.52): from 130 % on it speaks faster than it was asked
to, and it never speaks slower than at 80 words a minute, which is 55 %.  Its pitches from 0 to 100
reach from 8 semitones below the usual one to 9 above it.
"""

from __future__ import annotations

from typing import NamedTuple

from broadcaster.voicename import USUAL_RATE

__all__ = ["USUAL", "Tune", "tune"]

_STEEP_FROM = 130
_STEEP = 1.26  # words a minute for one per cent
_UNITS_UP, _UNITS_DOWN = 5.2, 6.0  # of its pitch for one semitone


class Tune(NamedTuple):
    """What its library is told: words a minute, and pitch."""

    wpm: int = 150
    pitch: int = 50


USUAL = Tune()
"""230 Vietnamese syllables a minute, the pace of a radio announcer."""


def tune(*, rate: int = USUAL_RATE, pitch: int = 0) -> Tune:
    """For ``rate`` per cent of the usual pace and ``pitch`` semitones above the usual one."""
    below = min(rate, _STEEP_FROM) * USUAL.wpm / USUAL_RATE
    above = max(0, rate - _STEEP_FROM) * _STEEP
    units = pitch * (_UNITS_UP if pitch > 0 else _UNITS_DOWN)
    return Tune(round(below + above), round(USUAL.pitch + units))
