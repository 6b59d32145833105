"""Files as people bring them: readable ones are read, others are named in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from broadcaster.errors import SoundError
from broadcaster.sound.decode import LONGEST_MINUTES, decode, rate_of


def _tone(rate, *, channels=1):
    tone = 0.2 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    return np.stack([tone] * channels, axis=1)


@pytest.mark.parametrize(
    "name, rate, channels",
    [
        ("a.wav", 8_000, 1),
        ("a.flac", 96_000, 2),
        ("a.ogg", 44_100, 2),
        ("a.mp3", 44_100, 1),
        ("a.wav", 192_000, 6),
    ],
)
def test_common_files_are_read(tmp_path, name, rate, channels):
    """A second of sound in any common format and rate is a second in the house format."""
    path = tmp_path / name
    soundfile.write(path, _tone(rate, channels=channels), rate)
    assert len(decode(path)) == pytest.approx(48_000, rel=0.06)
    assert rate_of(path) == rate


def test_the_content_decides_and_not_the_name(tmp_path):
    """A WAV file that somebody named .mp3 is read all the same."""
    path = tmp_path / "a.mp3"
    soundfile.write(path, _tone(48_000), 48_000, format="WAV")
    assert len(decode(path)) == 48_000


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "is not a sound file, whatever its name says"),
        ("Kính gửi bà con".encode(), "is not a sound file"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 500, "is not a sound file"),
    ],
)
def test_what_is_no_sound_is_named(tmp_path, content, sentence):
    """An empty file, a picture or a letter is refused in a sentence with its name."""
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    with pytest.raises(SoundError, match=sentence) as caught:
        decode(path)
    assert "a.mp3" in str(caught.value)
    assert caught.value.hint


def test_a_silent_recording_is_named(tmp_path, vietnamese):
    """A recording on which nothing can be heard is refused, in Vietnamese."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(48_000), 48_000)
    with pytest.raises(SoundError, match="không có tiếng"):
        decode(path)


def test_a_missing_recording_is_named(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(SoundError, match="cannot be read"):
        decode(tmp_path / "gone.wav")


def test_without_ffmpeg_its_name_is_told(tmp_path, monkeypatch):
    """A telephone recording on a machine without ffmpeg says what to install."""
    path = tmp_path / "a.m4a"
    path.write_bytes(b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 100)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SoundError, match="apt-get install ffmpeg"):
        decode(path)


def test_a_recording_of_three_hours_is_refused_before_it_is_read(tmp_path):
    """A file that is far too long is refused by its header, in a sentence with its length."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros((LONGEST_MINUTES + 90) * 60 * 100, dtype="int16"), 100)
    with pytest.raises(SoundError, match=f"lasts {LONGEST_MINUTES + 90} minutes"):
        decode(path)
