"""Loudness and true peak against the standard's own cases and another implementation."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.sound.loudness import LoudnessMeter, integrated_lufs, level, true_peak_db
from broadcaster.sound.pcm import silence


def _sine(seconds, *, frequency=997.0, dbfs=0.0, phase=0.0):
    time = np.arange(int(48_000 * seconds)) / 48_000
    wave = 10 ** (dbfs / 20) * np.sin(2 * np.pi * frequency * time + phase)
    return wave.astype(np.float32)


def _speech_like(seconds, *, seed=1):
    rng = np.random.default_rng(seed)
    noise = np.convolve(rng.standard_normal(int(48_000 * seconds)), np.hanning(24) / 12, "same")
    syllables = np.repeat(rng.random(seconds * 8 + 1) ** 2, 6_000)[: len(noise)]
    return (0.1 * noise * syllables).astype(np.float32)


def test_the_reference_tone_measures_what_the_standard_says():
    """A full-scale tone of 997 Hz on one channel measures −3.01 LUFS (BS.1770-4, annex 1)."""
    assert integrated_lufs(_sine(20)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("dbfs", [-23.0, -33.0])
def test_quieter_by_so_many_decibels_measures_as_many_less(dbfs):
    """EBU Tech 3341: a steady tone measures its level."""
    assert integrated_lufs(_sine(20, dbfs=dbfs)) == pytest.approx(dbfs - 3.01, abs=0.02)


def test_pauses_are_not_counted():
    """EBU Tech 3341, case 3: quiet stretches under the gate leave the result alone."""
    loud, quiet = _sine(20, dbfs=-20), _sine(10, dbfs=-36)
    assert integrated_lufs(np.concatenate([quiet, loud, quiet])) == pytest.approx(-23.01, abs=0.1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_another_meter(seed):
    """Another implementation of the standard finds the same loudness within 0.1 LU."""
    sound = _speech_like(12, seed=seed)
    other = pyloudnorm.Meter(48_000).integrated_loudness(sound.astype(np.float64))
    assert integrated_lufs(sound) == pytest.approx(other, abs=0.1)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 60_000), min_size=1, max_size=12))
def test_how_the_stream_is_cut_does_not_matter(lengths):
    """The meter finds the same, whatever the size of the blocks it hears."""
    sound = _speech_like(8)
    meter = LoudnessMeter()
    cuts = np.cumsum(lengths)
    for part in np.split(sound, cuts[cuts < len(sound)]):
        meter.add(part)
    assert meter.integrated == pytest.approx(integrated_lufs(sound), abs=1e-3)


def test_asking_in_between_does_not_disturb():
    """The meter may be read while it runs."""
    sound, meter = _speech_like(6), LoudnessMeter()
    for part in np.array_split(sound, 7):
        meter.add(part)
        assert -60 < meter.integrated < 0
    assert meter.integrated == pytest.approx(integrated_lufs(sound), abs=1e-3)


@pytest.mark.parametrize("sound", [silence(0), silence(50), silence(5_000)])
def test_silence_is_silent(sound):
    """Silence, or nothing at all, measures −70 LUFS and −120 dBTP, and stays as it is."""
    assert integrated_lufs(sound) == -70.0
    assert true_peak_db(sound) == -120.0
    assert np.array_equal(level(sound), sound)


def test_a_word_shorter_than_the_gate_is_measured():
    """A word of a quarter of a second has a loudness too."""
    assert integrated_lufs(_sine(0.25, dbfs=-20)) == pytest.approx(-23.01, abs=0.3)


@pytest.mark.parametrize("phase", [0.0, np.pi / 4, np.pi / 3])
def test_true_peak_finds_what_lies_between_the_samples(phase):
    """EBU Tech 3341, cases 15–19: a tone at a quarter of the rate peaks at 0 dBTP in any phase."""
    tone = _sine(1, frequency=12_000, dbfs=-6, phase=phase) * np.hanning(48_000)
    assert true_peak_db(tone.astype(np.float32)) == pytest.approx(-6, abs=0.2)


@pytest.mark.parametrize("start_db", [-20.0, 0.0, 12.0])
def test_levelled_clips_are_equally_loud(start_db):
    """Whatever its loudness was, a clip has −16 LUFS afterwards and leaves room for its peaks."""
    clip = level(_speech_like(6) * np.float32(10 ** (start_db / 20)))
    assert integrated_lufs(clip) == pytest.approx(-16, abs=0.2)
    assert true_peak_db(clip) <= -1.5
