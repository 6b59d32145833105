"""Soft clipping: short peaks are rounded off, so that speech can be loud without a hard edge.

It stands apart from the limiter, which turns the sound around a peak down: the pulses of a voice
come every few milliseconds, and turning each one down would turn the whole vowel down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from broadcaster.sound.wav import Pcm

__all__ = ["soften"]


def soften(samples: Pcm, ceiling_db: float, *, knee: float = 0.6) -> Pcm:
    """``samples`` bent (tanh) above ``knee`` × the ceiling, so that none is above ``ceiling_db``.

    What lies under the knee stays as it is; the wave may still rise between its samples by some
    tenths of a decibel.
    """
    ceiling = np.float32(10.0 ** (ceiling_db / 20.0))
    bend = np.float32(knee) * ceiling
    (loud,) = np.nonzero(np.abs(samples) > bend)
    if not len(loud):
        return samples
    softened = samples.copy()
    high = samples[loud]
    room = ceiling - bend
    softened[loud] = np.copysign(bend + room * np.tanh((np.abs(high) - bend) / room), high)
    return softened
