"""Profiles: the horn's band and density, as streams without delay."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.sound.compressor import FRAME, Compressor
from broadcaster.sound.profile import PROFILES, Compression
from broadcaster.sound.shaper import Shaper

LOA = PROFILES["loa"]


def _shaped(samples, size, profile=LOA):
    shaper = Shaper(profile)
    parts = [shaper.add(samples[i : i + size]) for i in range(0, len(samples), size)]
    return np.concatenate([*parts, shaper.end()])


def _tone(hertz, seconds=1.0, amplitude=0.02):
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(48_000 * seconds) / 48_000)).astype(
        np.float32
    )


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(1, 60_000),
    size=st.integers(500, 70_000),
    seed=st.integers(0, 99),
    name=st.sampled_from(sorted(PROFILES)),
)
def test_a_profile_does_not_depend_on_blocks(count, size, seed, name):
    """Cut anywhere, a stream comes out as long as it came in, and the same."""
    samples = np.random.default_rng(seed).uniform(-0.5, 0.5, count).astype(np.float32)
    whole = _shaped(samples, count, PROFILES[name])
    assert len(whole) == count
    assert np.abs(whole - _shaped(samples, size, PROFILES[name])).max() < 1e-6


def test_flat_changes_nothing():
    """The flat profile hands music on as it is."""
    samples = _tone(440)
    assert np.array_equal(_shaped(samples, 10_000, PROFILES["flat"]), samples)


@pytest.mark.parametrize(
    ("hertz", "least_db", "most_db"),
    [
        (50, -90, -40),
        (150, -26, -18),
        (300, -4.5, -2),
        (1_000, 0, 2),
        (3_000, 4, 6),
        (6_000, -4, 1),
        (10_000, -40, -14),
    ],
)
def test_a_horn_gets_what_it_can_carry(hertz, least_db, most_db):
    """Below 300 and above 6,000 Hz little is left; around 3 kHz 4 to 6 dB are added."""
    heard = _shaped(_tone(hertz), 12_000)[12_000:36_000]
    level = 20 * np.log10(np.abs(heard).max() / 0.02)
    assert least_db <= level <= most_db


def test_nothing_is_delayed():
    """A click comes out where it came in."""
    click = np.zeros(48_000, np.float32)
    click[20_000] = 0.5
    assert abs(int(np.abs(_shaped(click, 7_001)).argmax()) - 20_000) <= 1


def test_loud_comes_nearer_to_soft():
    """Above the threshold 2:1, below it untouched, and back again after the loud part."""
    compressor = Compressor(Compression(threshold_db=-30.0, ratio=2.0))
    soft, loud = _tone(1_000, 1.0, 0.02), _tone(1_000, 1.0, 0.2)
    heard = compressor.add(np.concatenate([soft, loud, soft]))
    assert np.array_equal(heard[:47_000], soft[:47_000])
    over_db = 20 * np.log10(0.2 / np.sqrt(2)) + 30
    assert np.abs(heard[60_000:90_000]).max() == pytest.approx(
        0.2 * 10 ** (-over_db / 2 / 20), rel=0.03
    )
    assert np.array_equal(heard[-20_000:], soft[-20_000:])


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_a_compressor_does_not_depend_on_blocks(sizes):
    """Given whole frames, the gains are those of one piece."""
    samples = np.random.default_rng(1).uniform(-1, 1, sum(sizes) * FRAME).astype(np.float32)
    one, many = (Compressor(Compression(-20.0, 4.0)) for _ in range(2))
    edges = np.cumsum([0, *sizes]) * FRAME
    parts = [many.add(samples[a:b]) for a, b in pairwise(edges)]
    assert np.abs(one.add(samples) - np.concatenate(parts)).max() < 1e-6
