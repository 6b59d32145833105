"""A linear-phase filter for a stream: one band kept, and its presence lifted.

It stands apart from the profiles, which only say which band.  The filter is designed by its
magnitudes and applied by FFT (overlap-save), with numpy alone: a recursive filter would need
scipy, whose import costs more time and memory than the whole mix of a short programme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.wav import HOUSE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcaster.sound.profile import Band
    from broadcaster.sound.wav import Pcm

__all__ = ["HOP", "Equaliser"]

HOP = 7_200
"""Samples that one FFT yields: what comes out does so in multiples of them, but for the end."""

_FFT = 8_192
_TAPS = _FFT - HOP + 1
_DELAY = _TAPS // 2
_PRESENCE_OCTAVES = 0.8  # half the width of the lift, where it has fallen to 0.6 of its decibels


class Equaliser:
    """Filters a stream without delay: what `add` and `end` return, joined, has its length."""

    def __init__(self, band: Band) -> None:
        self._response = _response(band)
        self._samples: Pcm = np.zeros(_DELAY, dtype=np.float32)
        self._owed = 0

    def add(self, block: Pcm) -> Pcm:
        """Take ``block`` in, and give back what can be told by now."""
        self._owed += len(block)
        return self._advance(block)

    def end(self) -> Pcm:
        """The rest of the stream."""
        return self._advance(np.zeros(HOP + _DELAY, dtype=np.float32))

    def _advance(self, block: Pcm) -> Pcm:
        self._samples = np.concatenate([self._samples, block])
        hops = max(0, (len(self._samples) - (_TAPS - 1)) // HOP)
        if not hops:
            return np.zeros(0, dtype=np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(self._samples, _FFT)[::HOP][:hops]
        filtered = np.fft.irfft(np.fft.rfft(windows) * self._response)[:, _TAPS - 1 :]
        heard = filtered.astype(np.float32, copy=False).reshape(-1)[: self._owed]
        self._samples = self._samples[hops * HOP :]
        self._owed -= len(heard)
        return heard


def _response(band: Band) -> NDArray[np.complex64]:
    """The spectrum of a filter of `_TAPS` taps: the wanted magnitudes, windowed (Hamming).

    The edges are those of a Butterworth filter of the fourth order: steeper ones would ring.
    """
    places = np.maximum(np.fft.rfftfreq(_FFT, 1 / HOUSE_RATE), 1.0)
    octaves = np.log2(places / band.presence)
    lift_db = band.lift_db * np.exp(-0.5 * (octaves / _PRESENCE_OCTAVES) ** 2)
    edges = (1.0 + (band.low / places) ** 8) * (1.0 + (places / band.high) ** 8)
    wanted = 10.0 ** (lift_db / 20.0) / np.sqrt(edges)
    impulse = np.roll(np.fft.irfft(wanted), _DELAY)[:_TAPS] * np.hamming(_TAPS)
    return np.fft.rfft(impulse, _FFT).astype(np.complex64)
