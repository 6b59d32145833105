"""The band: how a plucked zither, a monochord, a bell and a soft pad sound, made of numbers.

It stands apart from the tunes so that they read like scores.  Everything is deterministic and
nothing is sampled, so the station may air it without asking anybody.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.pcm import HOUSE_RATE, Pcm

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["bell", "monochord", "pad", "room", "zither"]

_BELL_PARTIALS = ((0.5, 0.30, 1.0), (1.0, 1.0, 0.8), (1.19, 0.45, 0.6), (2.0, 0.40, 0.4))
_BELL_OVERTONES = ((2.74, 0.22, 0.25), (3.76, 0.10, 0.16), (5.43, 0.05, 0.1))
"""(frequency ratio, amplitude, relative decay): hum, strike note, minor third, octave, above."""

_FINGER = (0.12, 0.24, 0.28, 0.24, 0.12)  # flesh, not steel: the pluck itself is a little dull
_SOFTENING = 0.38  # how much of a string's brightness goes each round; also delays it so long


def zither(frequency: float, seconds: float) -> Pcm:
    """A plucked string after đàn tranh: Karplus-Strong, with the hand's vibrato after the pluck.

    Source: K. Karplus and A. Strong, Digital Synthesis of Plucked-String and Drum Timbres, 1983.
    """
    string = _string(round(HOUSE_RATE / frequency), seconds * 1.1)
    time = _seconds(seconds)
    trembling = np.minimum(time / 0.6, 1.0) * np.sin(2 * np.pi * 5.2 * time)
    exact = frequency * (round(HOUSE_RATE / frequency) + _SOFTENING) / HOUSE_RATE
    return _read_at(string, exact * (1.0 + 0.004 * trembling))


def monochord(frequency: float, seconds: float, *, bend: float = 0.0) -> Pcm:
    """A singing string after đàn bầu: few overtones, slow decay, a deep vibrato.

    ``bend`` is where its pitch slides from, in semitones against ``frequency``.
    """
    time = _seconds(seconds)
    semitones = bend * np.exp(-time / 0.09) + 0.22 * np.minimum(time, 1.0) * _wave(5.6, time)
    phase = 2 * np.pi * np.cumsum(frequency * 2.0 ** (semitones / 12)) / HOUSE_RATE
    partials = ((1, 1.0), (2, 0.42), (3, 0.22), (4, 0.08), (5, 0.05))
    tone = sum(
        amount * np.sin(n * phase) * np.exp(-time * (0.7 + 0.7 * n)) for n, amount in partials
    )
    return _shaped(np.asarray(tone), time, attack=0.012, release=0.12)


def bell(frequency: float, seconds: float) -> Pcm:
    """A bell: partials that are not harmonic, the high ones gone first."""
    time = _seconds(seconds)
    tone = np.zeros_like(time)
    for ratio, amount, lasting in (*_BELL_PARTIALS, *_BELL_OVERTONES):
        decay = np.exp(-time * 3.2 / (lasting * max(seconds, 1.0)))
        tone += amount * decay * _wave(frequency * ratio, time)
    return _shaped(0.5 * tone, time, attack=0.002, release=0.2)


def pad(frequency: float, seconds: float) -> Pcm:
    """A soft ground: three slightly detuned voices that swell and go."""
    time = _seconds(seconds)
    voices = sum(_wave(frequency * detune, time) for detune in (0.9975, 1.0, 1.0028))
    octave = 0.18 * _wave(frequency * 2.001, time)
    return _shaped(0.3 * (np.asarray(voices) + octave), time, attack=0.9, release=1.4)


def room(dry: Pcm, *, wet: float = 0.22, loop: bool = False) -> Pcm:
    """``dry`` in a small hall, 1.1 s of decaying noise; the length stays.

    With ``loop`` the echo of its end is heard at its start.
    """
    echo = _hall()
    size = len(dry) if loop else len(dry) + len(echo)
    spectrum = np.fft.rfft(dry, size) * np.fft.rfft(echo, size)
    heard = np.fft.irfft(spectrum, size)[: len(dry)]
    return (dry + wet * heard).astype(np.float32)


def _string(period: int, seconds: float) -> NDArray[np.float64]:
    """A string of ``period`` samples, plucked once: each round is the last one, smoothed."""
    loop = np.random.default_rng(period).uniform(-1.0, 1.0, period)
    loop = np.sum([w * np.roll(loop, n) for n, w in enumerate(_FINGER)], axis=0)
    loop -= 0.5 * np.roll(loop, max(1, period // 7))
    loop -= loop.mean()
    stay = 10.0 ** (-3.0 * period / HOUSE_RATE / 3.4)
    rounds = np.empty((int(seconds * HOUSE_RATE / period) + 2, period))
    for one_round in rounds:
        one_round[:] = loop
        loop = stay * ((1 - _SOFTENING) * loop + _SOFTENING * np.roll(loop, 1))
    return rounds.reshape(-1)


def _read_at(string: NDArray[np.float64], speed: NDArray[np.float64]) -> Pcm:
    """The string read at a changing speed: true pitch and vibrato."""
    place = np.cumsum(speed) - speed[0]
    sound = np.interp(place, np.arange(len(string)), string)
    return _shaped(sound, np.arange(len(sound)) / HOUSE_RATE, attack=0.001, release=0.08)


@cache
def _hall() -> NDArray[np.float64]:
    time = _seconds(1.1)
    noise = np.random.default_rng(1954).standard_normal(len(time))
    soft = np.convolve(noise, np.hanning(9) / 4.0, mode="same")
    hall = soft * np.exp(-time * 5.5) * np.minimum(time / 0.02, 1.0)
    echo: NDArray[np.float64] = hall / np.sqrt((hall**2).sum())
    return echo


def _seconds(length: float) -> NDArray[np.float64]:
    return np.arange(round(length * HOUSE_RATE)) / HOUSE_RATE


def _wave(frequency: float, time: NDArray[np.float64]) -> NDArray[np.float64]:
    wave: NDArray[np.float64] = np.sin(2 * np.pi * frequency * time)
    return wave


def _shaped(
    tone: NDArray[np.float64], time: NDArray[np.float64], *, attack: float, release: float
) -> Pcm:
    """``tone`` with a rise and a fall (seconds) that end in silence."""
    left = time[-1] - time
    shape = np.minimum(time / attack, 1.0) * np.minimum(left / release, 1.0)
    shaped: Pcm = (tone * shape).astype(np.float32)
    return shaped
