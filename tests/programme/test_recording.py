"""A recording of any length: listened to from end to end, then written as a levelled clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from broadcaster.errors import SoundError
from broadcaster.programme.recording import load_survey, make_clip, save_survey, survey
from broadcaster.sound.loudness import integrated_lufs, true_peak_db
from broadcaster.sound.pcm import HOUSE_RATE, read_wav

if TYPE_CHECKING:
    from pathlib import Path


def _speech(seconds: float) -> np.ndarray:
    """Noise with the syllables and the sudden peaks of speech, at about −20 LUFS."""
    rng = np.random.default_rng(7)
    count = int(HOUSE_RATE * seconds)
    voiced = np.convolve(rng.standard_normal(count) ** 3, np.hanning(48), "same")
    syllables = np.interp(np.arange(count) / HOUSE_RATE, np.arange(200) / 8, rng.random(200) ** 2)
    sound = voiced * (0.05 + syllables)
    return 0.9 * sound / np.abs(sound).max()


def _file(folder: Path, sound: np.ndarray) -> Path:
    path = folder / "a.wav"
    soundfile.write(path, sound, HOUSE_RATE, subtype="FLOAT")
    return path


@pytest.mark.parametrize("gain", [0.03, 0.3, 1.0])
def test_quiet_and_loud_recordings_come_out_alike(tmp_path: Path, gain: float) -> None:
    """Whether somebody whispered or shouted, the clip has the station's loudness and no overs."""
    path = _file(tmp_path, gain * _speech(9))
    make_clip(path, tmp_path / "clip.wav")
    clip = read_wav(tmp_path / "clip.wav")
    assert integrated_lufs(clip) == pytest.approx(-16, abs=0.35)
    assert true_peak_db(clip) < -1.5


@pytest.mark.parametrize("before_s", [0.5, 2.0, 3.995, 4.0, 7.99])
@pytest.mark.parametrize("silent_s", [0.5, 5.5, 9.0])
def test_a_silence_is_as_long_as_it_is_wherever_it_lies(
    tmp_path: Path, before_s: float, silent_s: float
) -> None:
    """The silence inside is measured to some hundredths of a second; that around does not count."""
    tone = 0.1 * np.sin(np.arange(HOUSE_RATE * 8) / 20)
    around = np.zeros(HOUSE_RATE * 12)
    inside = np.zeros(int(HOUSE_RATE * silent_s))
    sound = np.concatenate([around, tone[: int(HOUSE_RATE * before_s)], inside, tone, around])
    found = survey(_file(tmp_path, sound))
    assert found.silence_ms == pytest.approx(silent_s * 1_000, abs=20)
    assert (found.last - found.first) / HOUSE_RATE == pytest.approx(
        before_s + silent_s + 8.04, abs=0.03
    )
    assert found.count == len(sound)


def test_only_what_stands_at_full_scale_is_called_distorted(tmp_path: Path) -> None:
    """A loud recording with a single full peak is fine; a tenth of it at the limit is told."""
    fine = _speech(4)
    assert survey(_file(tmp_path, fine)).clipped < 0.0001
    spoilt = np.clip(fine * 20, -1, 1)
    assert survey(_file(tmp_path, spoilt)).clipped > 0.01


@pytest.mark.parametrize("sound", [np.zeros(HOUSE_RATE), np.zeros(0)])
def test_silence_is_no_recording(tmp_path: Path, sound: np.ndarray) -> None:
    """A recording without any sound is refused, and no clip is left."""
    with pytest.raises(SoundError, match="holds no sound"):
        make_clip(_file(tmp_path, sound), tmp_path / "clip.wav")
    assert not (tmp_path / "clip.wav").exists()


def test_a_file_that_changes_under_our_hands_leaves_no_clip(tmp_path: Path) -> None:
    """A recording that is still being copied is told, and taken again at the next pass."""
    path = _file(tmp_path, _speech(9))
    looks = []

    def shorten() -> None:
        looks.append(1)
        if len(looks) == 3:
            soundfile.write(path, _speech(4), HOUSE_RATE, subtype="FLOAT")

    with pytest.raises(SoundError, match="was changed while it was read"):
        make_clip(path, tmp_path / "clip.wav", alive=shorten)
    assert [file.name for file in tmp_path.iterdir()] == ["a.wav"]


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b"null", b'{"first": 1}', b"\xff"])
def test_what_was_found_is_kept_or_found_again(tmp_path: Path, damaged: bytes) -> None:
    """A damaged note beside a clip is as good as none."""
    clip = tmp_path / "clip.wav"
    assert load_survey(clip) is None
    found = make_clip(_file(tmp_path, _speech(2)), clip)
    save_survey(clip, found)
    assert load_survey(clip) == found
    clip.with_suffix(".json").write_bytes(damaged)
    assert load_survey(clip) is None
