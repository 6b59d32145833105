"""The house format: what comes in at any rate and shape comes out as one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from broadcaster.sound.pcm import HOUSE_RATE, ms, silence, to_house


def _tone(rate, *, seconds=0.5, frequency=440.0):
    return np.sin(2 * np.pi * frequency * np.arange(int(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000, 192_000])
def test_any_rate_becomes_the_house_rate(rate):
    """A tone recorded at any rate has the same length and loudness afterwards."""
    sound = to_house(_tone(rate).astype(np.float32), rate)
    assert abs(len(sound) - HOUSE_RATE // 2) <= 2
    assert np.std(sound[2_000:-2_000]) == pytest.approx(np.sqrt(0.5), rel=0.01)
    assert sound.dtype == np.float32


def test_whole_numbers_are_scaled_by_their_full_scale():
    """A 16-bit sound at full scale is a sound of amplitude one."""
    assert to_house(np.array([-32_768, 0, 16_384], np.int16), HOUSE_RATE).tolist() == [-1, 0, 0.5]


def test_two_channels_become_their_mean():
    """Stereo is heard on one loudspeaker as the mean of both sides."""
    stereo = np.array([[0.5, 0.1], [0.2, 0.4]], np.float32)
    assert to_house(stereo, HOUSE_RATE) == pytest.approx([0.3, 0.3])


def test_channels_that_cancel_each_other_are_not_mixed():
    """A recording whose second side is wired backwards does not fall silent."""
    tone = _tone(HOUSE_RATE).astype(np.float32)
    sound = to_house(np.stack([tone, -tone], axis=1), HOUSE_RATE)
    assert np.std(sound) == pytest.approx(np.std(tone))


def test_what_is_not_a_number_becomes_silence():
    """A damaged sample is heard as nothing, not as a crack."""
    broken = np.array([0.5, np.nan, np.inf, -np.inf], np.float32)
    assert to_house(broken, HOUSE_RATE).tolist() == [0.5, 0, 0, 0]


@given(st.integers(0, 100_000))
def test_silence_lasts_as_long_as_it_says(length_ms):
    """That many milliseconds of silence are that many milliseconds."""
    assert ms(silence(length_ms)) == length_ms


@given(
    hnp.arrays(
        np.float32,
        st.tuples(st.integers(0, 50), st.integers(1, 6)),
        elements=st.floats(-1, 1, width=32),
    )
)
def test_any_number_of_channels_gives_one(samples):
    """Whatever the number of channels, one comes out, no louder than the loudest."""
    sound = to_house(samples, HOUSE_RATE)
    assert sound.shape == (len(samples),)
    assert np.abs(sound).max(initial=0) <= np.abs(samples).max(initial=0) + 1e-6
