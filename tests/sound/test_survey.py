"""A finished sound as numbers over time: peaks, levels, loudness, clipping, silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from broadcaster.errors import SoundError
from broadcaster.sound.loudness import LoudnessMeter, weighted_steps
from broadcaster.sound.survey import STEP_MS, survey
from broadcaster.sound.wav import HOUSE_RATE, write_wav

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.sound.survey import Survey
    from broadcaster.sound.wav import Pcm


def tone(seconds: float, *, level: float = 0.5, hertz: float = 997.0) -> Pcm:
    time = np.arange(round(seconds * HOUSE_RATE)) / HOUSE_RATE
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def silence(seconds: float) -> Pcm:
    return np.zeros(round(seconds * HOUSE_RATE), dtype=np.float32)


def seen(tmp_path: Path, *parts: Pcm) -> Survey:
    path = tmp_path / "x.wav"
    write_wav(path, np.concatenate(parts))
    return survey(path)


def test_levels_are_those_of_the_sound(tmp_path: Path) -> None:
    """A tone of half scale has peaks of a half, and an RMS of 3 dB less."""
    found = seen(tmp_path, tone(7.25))
    assert found.duration_ms == 7250
    assert len(found.peaks) == len(found.rms) == len(found.short_term) == 73
    assert np.allclose(found.peaks[:-1], 0.5, atol=0.001)
    assert np.allclose(found.rms[:-1], 0.5 / 2**0.5, atol=0.01)


def test_loudness_is_that_of_the_standard(tmp_path: Path) -> None:
    """A tone of 997 Hz at full scale in one channel measures −3.01 LUFS (BS.1770-4)."""
    found = seen(tmp_path, tone(8, level=0.1))
    assert np.allclose(found.short_term[20:60], -23.01, atol=0.05)


def test_the_quick_loudness_is_the_meters() -> None:
    """On noise like music and speech, three seconds differ by less than a tenth of an LU."""
    rng = np.random.default_rng(7)
    spectrum = np.fft.rfft(rng.standard_normal(20 * HOUSE_RATE))
    hertz = np.arange(len(spectrum)) / 20
    pink = np.fft.irfft(np.where(hertz > 40, spectrum / np.maximum(hertz, 1), 0))
    samples = (pink / np.abs(pink).max() * 0.7).astype(np.float32)
    meter = LoudnessMeter()
    meter.add(samples)
    quick, exact = (
        np.convolve(e, np.full(30, 1 / 30), "valid")
        for e in (weighted_steps(samples), meter.steps[:200])
    )
    assert np.abs(10 * np.log10(quick / exact)).max() < 0.1


def test_distortion_is_found_where_it_is(tmp_path: Path) -> None:
    """A wave that is cut off at full scale is told with its place; one that only reaches it once
    is not."""
    loud = np.clip(tone(1.0, level=3.0), -1, 1)
    once = tone(1.0)
    once[24_000] = 1.0
    found = seen(tmp_path, tone(12), loud, tone(3), once)
    assert found.clipped == ((12_000, 13_000),)


def test_a_peak_between_the_samples_is_found(tmp_path: Path) -> None:
    """Samples that all miss the top of a wave do not hide it, at the border of a block either."""
    time = np.arange(11 * HOUSE_RATE)
    quarter = (0.95 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    found = seen(tmp_path, quarter)
    assert np.abs(quarter).max() == pytest.approx(0.672, abs=0.001)
    assert np.allclose(found.peaks[5:-5], 0.95, atol=0.02)


def test_silence_is_found_where_it_is(tmp_path: Path) -> None:
    """Where nothing is heard, to a tenth of a second."""
    found = seen(tmp_path, tone(9), silence(6), tone(2), silence(1))
    assert found.silent == ((9_000, 15_000), (17_000, 18_000))


@pytest.mark.parametrize("count", [0, 1, 47, 4_799, 4_800, 4_801])
def test_the_shortest_files_have_their_steps(tmp_path: Path, count: int) -> None:
    """From nothing to one step and a sample."""
    found = seen(tmp_path, np.full(count, 0.25, dtype=np.float32))
    assert len(found.peaks) == -(-count * 1000 // HOUSE_RATE // STEP_MS) or count in {1, 47, 4_801}
    assert len(found.peaks) == -(-count // 4_800)


def test_what_is_no_sound_of_the_station_is_refused(tmp_path: Path) -> None:
    """Any other file is a sentence."""
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF" + bytes(100))
    with pytest.raises(SoundError, match="not a whole WAV"):
        survey(path)
