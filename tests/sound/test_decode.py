"""Files as people bring them: readable ones are read, others are named in a sentence."""

from __future__ import annotations

import io
import os
from contextlib import suppress

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.errors import SoundError
from broadcaster.sound.decode import decode
from broadcaster.sound.header import read_header


def _tone(rate, *, channels=1):
    tone = 0.2 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    return np.stack([tone] * channels, axis=1)


def _decoded(path):
    return np.concatenate([*decode(path)])


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
    assert len(_decoded(path)) == pytest.approx(48_000, rel=0.06)
    header = read_header(path)
    assert (header.rate, header.channels) == (rate, channels)
    assert header.duration_ms == pytest.approx(1_000, rel=0.06)


def test_the_content_decides_and_not_the_name(tmp_path):
    """A WAV file that somebody named .mp3 is read all the same."""
    path = tmp_path / "a.mp3"
    soundfile.write(path, _tone(48_000), 48_000, format="WAV")
    assert len(_decoded(path)) == 48_000


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
        _decoded(path)
    assert "a.mp3" in str(caught.value)
    assert caught.value.hint


def test_a_missing_recording_is_named(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(SoundError, match="cannot be read"):
        _decoded(tmp_path / "gone.wav")


def test_without_ffmpeg_its_name_is_told(tmp_path, monkeypatch):
    """A telephone recording on a machine without ffmpeg says what to install."""
    path = tmp_path / "a.m4a"
    path.write_bytes(b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 100)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SoundError, match="apt-get install ffmpeg"):
        _decoded(path)


def test_a_long_recording_comes_in_small_blocks(tmp_path):
    """A recording of an hour is never held in memory as a whole."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(3_600 * 100, dtype="int16"), 100)
    lengths = [len(block) for block in decode(path)]
    assert sum(lengths) == 3_600 * 48_000
    assert max(lengths) <= 10 * 48_000


def test_a_recording_of_a_day_is_refused_by_its_header(tmp_path):
    """What no WAV file could hold is refused in a sentence, and what to do instead."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(13 * 3_600 * 100, dtype="int16"), 100)
    with pytest.raises(SoundError, match="more than 12 hours") as caught:
        _decoded(path)
    assert "cut it into parts" in caught.value.hint


def test_a_microphone_wired_the_wrong_way_round_is_heard(tmp_path):
    """Two channels that cancel each other are not added to silence."""
    path = tmp_path / "a.wav"
    tone = _tone(48_000)
    soundfile.write(path, np.concatenate([tone, -tone], axis=1), 48_000)
    assert np.abs(_decoded(path)).max() == pytest.approx(0.2, abs=0.01)


def test_a_file_that_claims_a_thousand_channels_does_not_fill_the_memory(tmp_path):
    """However many channels a file has, it is read in blocks of a few megabytes."""
    path = tmp_path / "a.wav"
    soundfile.write(path, np.full((9_000, 1_000), 0.1), 192_000, format="W64")
    assert sum(len(block) for block in decode(path)) == pytest.approx(2_250, abs=1)


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_named(tmp_path, kind):
    """A folder or a pipe that is named like a sound is refused at once, and waits for nobody."""
    path = tmp_path / "a.wav"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    with pytest.raises(SoundError, match="no ordinary file"):
        _decoded(path)


@pytest.mark.parametrize(
    "name", ["-i.wav", "a b'\"$(x)%d.wav", "tin\nmới.wav", "file:a.wav", "\udcff.wav"]
)
def test_a_file_may_have_any_name(tmp_path, name):
    """Blanks, quotes, percent signs, line ends and foreign letters in a name do no harm."""
    plain = tmp_path / "plain.wav"
    soundfile.write(plain, _tone(8_000), 8_000)
    assert len(_decoded(plain.rename(tmp_path / name))) == 48_000


@pytest.mark.parametrize(
    "playlist",
    ["#EXTM3U\na.m3u8\n", "[playlist]\nFile1=/etc/passwd\n", "ffconcat version 1.0\nfile a.mp3\n"],
)
def test_a_playlist_is_never_followed(tmp_path, playlist):
    """A list of other files that is named like a sound opens none of them."""
    path = tmp_path / "a.mp3"
    path.write_text(playlist * 9)
    for look in (_decoded, read_header):
        with pytest.raises(SoundError, match="is not a sound file"):
            look(path)


def test_a_recording_that_breaks_in_the_middle_is_named(tmp_path):
    """A file whose middle was lost on a bad stick is refused, not aired as noise."""
    path = tmp_path / "a.flac"
    soundfile.write(path, np.random.default_rng(1).uniform(-0.5, 0.5, 480_000), 48_000)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 3 : 2 * len(whole) // 3] = bytes(len(whole) // 3)
    path.write_bytes(whole)
    with pytest.raises(SoundError, match="damaged"):
        _decoded(path)


def _seed(kind: str) -> bytes:
    file = io.BytesIO()
    sound = 0.2 * np.random.default_rng(1).standard_normal(2_000)
    soundfile.write(file, sound, 8_000, format=kind)
    return file.getvalue()


SEEDS = {kind: _seed(kind) for kind in ("WAV", "FLAC", "OGG", "AIFF")}


@given(
    kind=st.sampled_from(sorted(SEEDS)),
    slips=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=4),
    end=st.integers(1, 5_000),
)
@settings(max_examples=100)
def test_whatever_happened_to_a_file_it_is_read_or_named(
    kind: str, slips: list[tuple[int, int]], end: int, tmp_path_factory: pytest.TempPathFactory
):
    """Bytes that a bad stick has changed cost that file a sentence, and never the programme."""
    content = bytearray(SEEDS[kind])
    for place, value in slips:
        content[place % len(content)] = value
    path = tmp_path_factory.mktemp("slips") / "a.wav"
    path.write_bytes(content[:end])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/nowhere")  # ffmpeg has its own test, and takes longer
        for look in (read_header, _decoded):
            with suppress(SoundError):
                look(path)
