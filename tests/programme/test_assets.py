"""The sounds of a station: found by name, made ready once, or named when something is wrong."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import numpy as np
import pytest
import soundfile

from broadcaster.errors import ContentError, Severity, Where
from broadcaster.programme import Assets
from broadcaster.programme.compose import BUILT_IN
from broadcaster.sound.loudness import integrated_lufs
from broadcaster.sound.pcm import read_wav

HERE = Where(Path("tuan.yaml"), 9, 5)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "am-thanh"
    path.mkdir()
    return path


@pytest.fixture
def assets(tmp_path, folder):
    return Assets(folder, tmp_path / "cache")


def _record(path, *, rate=48_000, seconds=1.5, channels=1, gain=0.1):
    tone = gain * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)
    quiet = np.zeros(rate // 2)
    mono = np.concatenate([quiet, tone, quiet])
    soundfile.write(path, np.stack([mono] * channels, axis=1), rate)


def _problem(assets, name):
    with pytest.raises(ContentError) as caught:
        assets.find(name, where=HERE)
    (problem,) = caught.value.problems
    assert problem.where == HERE
    return problem


def test_a_built_in_sound_is_there_without_a_file(assets):
    """A new station that has recorded nothing has a jingle."""
    clip = assets.find("nhac-cat")
    assert 1_800 <= clip.duration_ms <= 2_400
    assert clip.path.is_file()


def test_the_station_s_own_file_wins(assets, folder):
    """A file named like a built-in sound is played in its place."""
    _record(folder / "nhac-cat.wav", seconds=3)
    assert assets.find("nhac-cat").duration_ms == pytest.approx(3_020, abs=30)


def test_a_file_is_trimmed_levelled_and_kept(assets, folder):
    """A recording loses the silence around it, is as loud as everything else, and is kept."""
    _record(folder / "bài hát.wav", gain=0.01)
    clip = assets.find("bài hát")
    assert clip.duration_ms == pytest.approx(1_520, abs=30)
    assert integrated_lufs(read_wav(clip.path)) == pytest.approx(-16, abs=0.3)
    before = clip.path.stat().st_ino
    os.utime(clip.path, (1, 1))
    assert assets.find("bài hát") == clip
    assert clip.path.stat().st_ino == before
    assert clip.path.stat().st_mtime > 1  # it counts as used, so that it is not pruned


def test_long_work_shows_that_it_goes_on(tmp_path, folder):
    """Whoever waits for a long recording hears every few seconds of it that it is not stuck."""
    _record(folder / "a.wav", rate=8_000, seconds=60)
    beats = []
    assets = Assets(folder, tmp_path / "cache", alive=lambda: beats.append(1))
    assets.find("a")
    assert len(beats) >= 2 * 60 / 5
    beats.clear()
    assets.find("a")
    assert beats == []


def test_another_recording_under_the_same_name_is_heard(assets, folder):
    """After a file was replaced, the new one is played."""
    _record(folder / "a.wav", seconds=1)
    first = assets.find("a")
    _record(folder / "a.wav", seconds=2)
    assert assets.find("a").duration_ms > first.duration_ms


def test_a_broken_file_in_the_cache_is_made_again(assets):
    """What a power cut left in the cache is replaced."""
    clip = assets.find("nhac-cat")
    clip.path.write_bytes(clip.path.read_bytes()[:1_000])
    assert assets.find("nhac-cat") == clip
    assert len(read_wav(clip.path)) > 48_000


@pytest.mark.parametrize(
    "name", ["Tiếng Trống", "tiếng trống", "tiếng trống.wav", "TIẾNG TRỐNG.WAV"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_however_it_is_typed(assets, folder, name, form):
    """Capital letters, the ending and the computer that typed the name do not matter."""
    _record(folder / unicodedata.normalize(form, "tiếng trống.wav"))
    assert assets.find(name).duration_ms > 1_000


def test_of_two_files_of_one_name_the_better_kind_wins(assets, folder):
    """A WAV file is taken before an MP3 file of the same name, unless the ending is given."""
    _record(folder / "a.mp3", seconds=1)
    _record(folder / "a.wav", seconds=2)
    assert assets.find("a").duration_ms > 1_900
    assert assets.find("a.mp3").duration_ms < 1_500


@pytest.mark.parametrize("rate, channels", [(8_000, 1), (192_000, 2), (44_100, 6)])
def test_any_rate_and_number_of_channels_is_taken(assets, folder, rate, channels):
    """Telephone quality, studio quality and surround sound all become house clips."""
    _record(folder / "a.wav", rate=rate, channels=channels)
    assert assets.find("a").duration_ms == pytest.approx(1_520, abs=40)


def test_telephone_quality_is_a_warning(assets, folder):
    """A recording with 8000 Hz is aired, and the operator is told how it will sound."""
    _record(folder / "a.wav", rate=8_000)
    (problem,) = assets.glance("a", where=HERE)
    assert (problem.code, problem.severity) == ("asset-low-rate", Severity.WARNING)
    assert "8000 Hz" in problem.message


def test_good_sounds_have_no_problems(assets, folder):
    """A good recording and a built-in sound are fine."""
    _record(folder / "a.wav")
    assert assets.glance("a") == assets.glance("nhac-cat") == []


def test_a_missing_sound_names_the_nearest(assets, vietnamese):
    """A name with a typing error is answered with the right one, in Vietnamese."""
    problem = _problem(assets, "nhac-hiu")
    assert problem.code == "missing-asset"
    assert problem.message == "không có âm thanh nào tên “nhac-hiu”"
    assert "nhac-hieu" in problem.hint


@pytest.mark.parametrize("name", ["../bi-mat", "/etc/passwd", "", ".", "a/b.wav"])
def test_a_name_is_no_path(assets, tmp_path, name):
    """A name never leads out of the folder of sounds."""
    _record(tmp_path / "bi-mat.wav")
    assert _problem(assets, name).code == "missing-asset"


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "is not a sound file"),
        ("Kính gửi bà con".encode(), "is not a sound file"),
    ],
)
def test_a_file_that_is_no_sound_is_named(assets, folder, content, sentence):
    """An empty file or a picture named .mp3 is refused in a sentence, and says what to do."""
    (folder / "a.mp3").write_bytes(content)
    problem = _problem(assets, "a")
    assert problem.code == "asset-unreadable"
    assert sentence in problem.message
    assert problem.hint
    assert assets.glance("a", where=HERE) == [problem]


def test_a_whispered_nothing_is_no_sound(assets, folder):
    """A recording under −50 dB from end to end is called silent."""
    _record(folder / "a.wav", gain=0.0005)
    assert "holds no sound" in _problem(assets, "a").message


def test_a_distorted_recording_is_a_warning(assets, folder):
    """A recording that was too loud for its microphone is aired, and the operator is told."""
    tone = np.clip(1.2 * np.sin(2 * np.pi * 440 * np.arange(96_000) / 48_000), -1, 1)
    soundfile.write(folder / "a.wav", tone, 48_000)
    (problem,) = assets.glance("a", where=HERE)
    assert (problem.code, problem.severity) == ("asset-clipped", Severity.WARNING)
    assert assets.find("a").duration_ms == 2_000


def test_a_long_silence_inside_is_a_warning(assets, folder):
    """A recording in which nobody says anything for seven seconds is told with that length."""
    tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(96_000) / 48_000)
    parts = [np.zeros(400_000), tone, np.zeros(7 * 48_000), tone, np.zeros(400_000)]
    soundfile.write(folder / "a.wav", np.concatenate(parts), 48_000)
    (problem,) = assets.glance("a", where=HERE)
    assert problem.code == "asset-long-silence"
    assert "7 seconds" in problem.message


def test_a_long_recording_is_judged_after_it_was_made_ready(assets, folder, tmp_path):
    """A look at a recording of ten minutes costs nothing; once it was made ready, all is told."""
    tone = np.clip(1.2 * np.sin(2 * np.pi * 44 * np.arange(480_000) / 800), -1, 1)
    soundfile.write(folder / "a.wav", tone, 800)
    assert [p.code for p in assets.glance("a")] == ["asset-low-rate"]
    assert not (tmp_path / "cache").exists()
    assets.find("a")
    assert [p.code for p in assets.glance("a")] == ["asset-low-rate", "asset-clipped"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_named_like_any_bad_sound(assets, folder, kind):
    """A folder or a pipe named like a sound costs that sound, and nobody waits for it."""
    (folder / "a.wav").mkdir() if kind == "folder" else os.mkfifo(folder / "a.wav")
    assert "no ordinary file" in _problem(assets, "a").message


def test_junk_files_are_not_sounds(assets, folder):
    """Hidden files that other computers leave are not offered."""
    _record(folder / "._a.wav")
    (folder / "doc.txt").write_text("…")
    assert assets.names() == tuple(sorted(BUILT_IN))


def test_a_station_without_the_folder_has_the_built_in_sounds(tmp_path):
    """Where there is no folder of sounds yet, the built-in ones are there."""
    assert Assets(tmp_path / "none", tmp_path / "cache").names() == tuple(sorted(BUILT_IN))
