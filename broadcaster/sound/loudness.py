"""Loudness after ITU-R BS.1770-4 and EBU R 128: how loud a listener finds it, in LUFS.

It stands apart because clips are levelled with it one by one and whole programmes are checked
with it while they stream.  The K-weighting is a convolution with the first 41 ms of its impulse
response by FFT: numpy alone, at several hundred times real time.  What is cut off lies 86 dB
down; against the recursive form of the standard the result differs by less than 0.001 LU.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.soften import soften
from broadcaster.sound.truepeak import peak_of
from broadcaster.sound.wav import HOUSE_RATE, Pcm

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "SILENT_ENERGY",
    "SILENT_LUFS",
    "LoudnessMeter",
    "integrated_lufs",
    "level",
    "loudness_of",
    "power_steps",
    "true_peak_db",
    "weighted_steps",
]

SILENT_LUFS = -70.0
"""The absolute gate: nothing quieter is counted, and silence measures this."""
SILENT_ENERGY = 10.0 ** ((SILENT_LUFS + 0.691) / 10.0)
"""The weighted energy of `SILENT_LUFS`."""

_CLOSE_LU = 0.15
_OVERCORRECTION = 1.5  # the peaks take about a third of each correction away again

_STEP = HOUSE_RATE // 10  # energies are kept for 100 ms; a gating block is four of them
_HOP = 3 * _STEP
_CACHED_ROWS = 5  # more do not fit the processor's cache, and cost seven times as much
_FFT = 16_384  # a larger one does not fit the processor's cache
_TAPS = _FFT - _HOP + 1
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621))
"""(b0 b1 b2, a1 a2) at 48 kHz: BS.1770-4, tables 1 and 2."""


def true_peak_db(samples: Pcm) -> float:
    """The true peak of ``samples`` in dBTP; −120 for silence."""
    return _db(peak_of(samples))


def integrated_lufs(samples: Pcm) -> float:
    """The integrated loudness of ``samples``; −70 for silence."""
    meter = LoudnessMeter()
    meter.add(samples)
    return meter.integrated


def level(samples: Pcm, target_lufs: float = -16.0, *, peak_db: float = -2.6) -> Pcm:
    """``samples`` at ``target_lufs`` with no sample above ``peak_db``, for a short clip.

    A constant gain, and soft clipping of the peaks that it lifts too far; because that takes
    loudness away, the gain is corrected up to three times.  A sample peak of −2.6 dB keeps the
    true peak under −1.5 dBTP.  Silence stays as it is.
    """
    loudness = integrated_lufs(samples)
    if loudness <= SILENT_LUFS:
        return samples
    gain_db = target_lufs - loudness
    for _attempt in range(4):
        levelled = soften(samples * _ratio(gain_db), peak_db)
        missing = target_lufs - integrated_lufs(levelled)
        if abs(missing) < _CLOSE_LU:
            break
        gain_db += _OVERCORRECTION * missing
    return levelled


class LoudnessMeter:
    """Integrated loudness of a stream: ``add`` blocks of any length, ask when you like."""

    def __init__(self) -> None:
        self._window = np.zeros(_FFT, dtype=np.float32)
        self._fill = _FFT - _HOP
        self._energies: list[NDArray[np.float64]] = []

    def add(self, block: Pcm) -> None:
        """Hear ``block``, which follows what was heard before."""
        taken = 0
        while taken < len(block):
            part = block[taken : taken + _FFT - self._fill]
            self._window[self._fill : self._fill + len(part)] = part
            self._fill += len(part)
            taken += len(part)
            if self._fill == _FFT:
                self._energies.append(_energies(self._weighted()))
                self._window[: _FFT - _HOP] = self._window[_HOP:]
                self._fill = _FFT - _HOP

    @property
    def integrated(self) -> float:
        """LUFS of all that was heard so far; −70 while nothing passed the gate."""
        return loudness_of(self.steps)

    @property
    def steps(self) -> NDArray[np.float64]:
        """The weighted energy of each 100 ms heard so far."""
        return np.concatenate([*self._energies, self._unfinished()])

    def _weighted(self) -> Pcm:
        spectrum = np.fft.rfft(self._window)
        spectrum *= _k_response()
        return np.fft.irfft(spectrum)[_FFT - _HOP :].astype(np.float32, copy=False)

    def _unfinished(self) -> NDArray[np.float64]:
        """Energies of what has not filled a hop; a sound under 400 ms counts as one block."""
        pending = self._fill - (_FFT - _HOP)
        self._window[self._fill :] = 0.0
        weighted = self._weighted()[:pending]
        whole = weighted[: pending - pending % _STEP]
        if not self._energies and 0 < pending < 4 * _STEP:
            return np.full(4, float(np.mean(weighted.astype(np.float64) ** 2)))
        return _energies(whole)


def power_steps(samples: Pcm) -> NDArray[np.float64]:
    """The mean power of each whole 100 ms, not weighted: what costs least to know."""
    return _energies(samples[: len(samples) - len(samples) % _STEP])


def weighted_steps(samples: Pcm) -> NDArray[np.float64]:
    """The weighted energy of each whole 100 ms, each filtered by itself.

    Several times as quick as the meter, for it hears every other sample only (the mean of two),
    and within 0.1 LU of it over three seconds of speech or music: for a picture.
    """
    pairs = samples[: len(samples) - len(samples) % _STEP].reshape(-1, 2)
    rows = (pairs[:, 0] + pairs[:, 1]).reshape(-1, _STEP // 2)
    energies = np.empty(len(rows))
    for first in range(0, len(rows), _CACHED_ROWS):
        spectrum = np.fft.rfft(rows[first : first + _CACHED_ROWS], axis=1)
        power = spectrum.real**2 + spectrum.imag**2
        energies[first : first + _CACHED_ROWS] = power @ _k_power()
    return energies


@cache
def _k_power() -> NDArray[np.float32]:
    """What the K-weighting makes of the power in each bin of 100 ms, by Parseval's theorem."""
    frequencies = np.arange(_STEP // 4 + 1) / _STEP  # in cycles a sample
    z = np.exp(-2j * np.pi * frequencies)
    response = np.ones(len(z), dtype=complex)
    for (b0, b1, b2), (a1, a2) in (_SHELF, _HIGH_PASS):
        response *= (b0 + b1 * z + b2 * z**2) / (1 + a1 * z + a2 * z**2)
    both_sides = np.where((np.arange(len(z)) % (_STEP // 4)) == 0, 1.0, 2.0)
    of_a_sum = (2 * np.cos(np.pi * frequencies)) ** 2  # what adding two samples does to a tone
    power = both_sides * np.abs(response) ** 2 / of_a_sum / (_STEP // 2) ** 2
    return np.asarray(power, dtype=np.float32)


def _energies(weighted: Pcm) -> NDArray[np.float64]:
    rows = weighted.reshape(-1, _STEP)
    energies: NDArray[np.float64] = np.einsum("ij,ij->i", rows, rows, dtype=np.float64)
    return energies / _STEP


def loudness_of(steps: NDArray[np.float64]) -> float:
    """The integrated loudness of what had these energies in each 100 ms (LUFS).

    Both gates of BS.1770-4 over blocks of 400 ms that overlap by three quarters.
    """
    if len(steps) < 4:
        return SILENT_LUFS
    blocks = np.convolve(steps, np.full(4, 0.25), mode="valid")
    blocks = blocks[blocks > SILENT_ENERGY]
    if not len(blocks):
        return SILENT_LUFS
    blocks = blocks[blocks > _energy(_lufs(blocks.mean()) - 10.0)]
    return _lufs(blocks.mean())


@cache
def _k_response() -> NDArray[np.complex64]:
    """The spectrum of the first `_TAPS` samples of the K-weighting's impulse response."""
    impulse = [1.0] + [0.0] * (_TAPS - 1)
    for (b0, b1, b2), (a1, a2) in (_SHELF, _HIGH_PASS):
        x1 = x2 = y1 = y2 = 0.0
        for n, x in enumerate(impulse):
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x1, x2, y1, y2 = x, x1, y, y1
            impulse[n] = y
    return np.fft.rfft(np.array(impulse), _FFT).astype(np.complex64)


def _lufs(energy: float) -> float:
    return float(-0.691 + 10.0 * np.log10(energy))


def _energy(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))


def _db(amplitude: float) -> float:
    return float(20.0 * np.log10(max(amplitude, 1e-6)))


def _ratio(db: float) -> np.float32:
    return np.float32(10.0 ** (db / 20.0))
