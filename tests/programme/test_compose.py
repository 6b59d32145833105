"""The built-in sounds: there, in tune, level, the same everywhere."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from broadcaster.programme.compose import BUILT_IN, compose
from broadcaster.programme.instruments import bell, monochord, pad, zither
from broadcaster.sound.loudness import integrated_lufs, true_peak_db
from broadcaster.sound.pcm import ms

_tune = cache(compose)

LENGTHS_S = {
    "nhac-hieu": (8, 12),
    "nhac-cat": (1.8, 2.4),
    "nhac-chuyen-muc": (4, 8),
    "nhac-ket": (10, 15),
    "chuong": (3, 6),
    "bao-dong": (3, 5),
    "nhac-nen": (16, 40),
}


def _pitch(sound, *, near):
    """The frequency of the strongest partial within a semitone of ``near``."""
    size = 1 << 20
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size))
    frequencies = np.fft.rfftfreq(size, 1 / 48_000)
    window = np.abs(np.log2(frequencies[1:] / near)) < 1 / 12
    return frequencies[1:][window][spectrum[1:][window].argmax()]


def test_every_promised_sound_is_there():
    """A station has an ident, a jingle, a signature, a closing tune, a chime, an alert, a bed."""
    assert set(BUILT_IN) == set(LENGTHS_S)


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_sounds_are_ready_for_air(name):
    """Each has its length and −16 LUFS, leaves room for its peaks, and begins without a click."""
    sound = _tune(name)
    shortest, longest = LENGTHS_S[name]
    assert shortest <= ms(sound) / 1000 <= longest
    assert integrated_lufs(sound) == pytest.approx(-16, abs=0.5)
    assert true_peak_db(sound) <= -1.5
    if name != "nhac-nen":
        assert np.abs(sound[[0, -1]]).max() < 0.001


def test_the_bed_can_be_looped():
    """Where the bed begins again, the wave goes on without a step."""
    bed = _tune("nhac-nen")
    assert abs(bed[0] - bed[-1]) < 0.02


def test_a_tune_is_the_same_each_time():
    """Nothing in a tune is left to chance."""
    assert np.array_equal(compose("nhac-cat"), compose("nhac-cat"))


@pytest.mark.parametrize("instrument", [zither, monochord, bell, pad])
@pytest.mark.parametrize("frequency", [146.8, 293.7, 587.3, 880.0])
def test_instruments_are_in_tune(instrument, frequency):
    """Each instrument sounds at the pitch that is written, within 15 hundredths of a semitone."""
    cents = 1200 * np.log2(_pitch(instrument(frequency, 2.0), near=frequency) / frequency)
    assert abs(cents) < 15
