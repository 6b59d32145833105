"""The limiter: no peak passes, and what fits is not touched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.sound.limiter import Limiter, limit
from broadcaster.sound.loudness import true_peak_db


def _noise(count, *, seed=0, gain=0.3):
    rng = np.random.default_rng(seed)
    rough = np.convolve(rng.standard_normal(count), np.hanning(8) / 4, "same")
    return (gain * rough).astype(np.float32)


def test_sound_that_fits_is_not_touched():
    """A sound under the ceiling leaves the limiter to the bit as it came."""
    sound = _noise(50_000, gain=0.05)
    assert np.array_equal(limit(sound, -2.0), sound)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1_000), gain=st.floats(0.2, 3.0), ceiling=st.floats(-12, -1))
def test_no_peak_passes(seed, gain, ceiling):
    """However loud it comes in, nothing leaves above the ceiling."""
    assert true_peak_db(limit(_noise(20_000, seed=seed, gain=gain), ceiling)) <= ceiling + 0.15


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9_000), max_size=20))
def test_how_the_stream_is_cut_does_not_matter_to_the_limiter(lengths):
    """Blocks of any size give the same sound, of the same length."""
    sound, limiter = _noise(60_000), Limiter(-6.0)
    cuts = np.cumsum([0, *lengths])
    parts = np.split(sound, cuts[cuts < len(sound)])
    heard = np.concatenate([*(limiter.add(part) for part in parts), limiter.end()])
    assert np.array_equal(heard, limit(sound, -6.0))
    assert len(heard) == len(sound)


def test_it_tells_the_peak_of_what_it_let_out():
    """The peak that the limiter reports is the one that a meter finds."""
    for gain in (0.01, 0.2, 2.0):
        limiter = Limiter(-3.0)
        heard = np.concatenate([limiter.add(_noise(96_000, gain=gain)), limiter.end()])
        assert limiter.peak_db == pytest.approx(true_peak_db(heard), abs=0.35)


def test_the_gain_moves_without_a_click():
    """A single crack turns the sound around it down smoothly."""
    steady = np.full(48_000, 0.1, dtype=np.float32)
    steady[24_000] = 1.0
    heard = limit(steady, -6.0)
    heard[24_000] = heard[23_999]
    assert np.abs(np.diff(heard)).max() < 0.001
