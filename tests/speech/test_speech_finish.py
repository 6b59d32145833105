"""From an engine's sound to a clip."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import SpeechError
from broadcaster.sound.loudness import integrated_lufs, true_peak_db
from broadcaster.sound.pcm import HOUSE_RATE
from broadcaster.speech.finish import compress, finish, trim


def _hum(seconds: float, rate: int, amplitude: float = 0.3) -> np.ndarray:
    times = np.arange(int(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * 300 * times)).astype(np.float32)


def _quiet(seconds: float, rate: int) -> np.ndarray:
    return np.zeros(int(seconds * rate), dtype=np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("amplitude", [0.01, 0.2, 0.99])
def test_a_clip_has_house_rate_and_level(rate: int, amplitude: float):
    """Loud or soft, at any rate: the clip is at −16 LUFS and keeps its length."""
    clip = finish(_hum(2, rate, amplitude), rate)
    assert len(clip) / HOUSE_RATE == pytest.approx(2.0, abs=0.06)
    assert integrated_lufs(clip) == pytest.approx(-16, abs=0.3)
    assert true_peak_db(clip) < -1.5


def test_silence_at_the_ends_is_taken_off_and_inside_kept():
    """A clip begins and ends with its sound; the pause between two words stays."""
    rate = HOUSE_RATE
    parts = [_quiet(0.5, rate), _hum(0.4, rate), _quiet(0.3, rate), _hum(0.4, rate)]
    trimmed = trim(np.concatenate([*parts, _quiet(1.0, rate)]))
    assert len(trimmed) / rate == pytest.approx(0.4 + 0.3 + 0.4 + 0.055, abs=0.003)


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(9000), np.full(9000, 1e-6)])
def test_silence_is_not_a_clip(samples: np.ndarray):
    """An engine that delivers silence has failed."""
    with pytest.raises(SpeechError, match="silence"):
        finish(samples.astype(np.float32), 22_050)


@given(st.integers(1, 30_000), st.integers(0, 2**32 - 1))
def test_compressing_keeps_length_and_never_adds(count: int, seed: int):
    """Whatever the sound, compressing makes no sample louder and none a non-number."""
    samples = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    pressed = compress(samples)
    assert len(pressed) == count
    assert (np.abs(pressed) <= np.abs(samples) + 1e-6).all()


def test_compressing_brings_loud_and_soft_nearer():
    """A loud word comes nearer to a soft one: 20 dB apart become less than 10."""
    rate = HOUSE_RATE
    pressed = compress(np.concatenate([_hum(0.5, rate, 0.9), _hum(0.5, rate, 0.09)]))
    loud, soft = np.abs(pressed[: rate // 4]).max(), np.abs(pressed[-rate // 4 :]).max()
    assert 3 < 20 * np.log10(loud / soft) < 10
