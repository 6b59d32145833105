"""The cache of spoken sentences."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import SoundError
from broadcaster.sound.pcm import HOUSE_RATE, read_wav
from broadcaster.speech import SpeechCache
from broadcaster.voicename import VoiceName

VOICE = VoiceName("espeak", "vi")
SECOND = np.full(HOUSE_RATE, 0.25, dtype=np.float32)


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path / "cache")


def _aged(path: Path, age_s: int) -> None:
    os.utime(path, ns=(0, (10_000 - age_s) * 10**9))


def test_what_was_put_is_found_with_its_length(cache: SpeechCache):
    """A clip comes back with the length it was put with."""
    path = cache.path_for(VOICE, "Xin chào.")
    assert cache.get(path) is None
    assert cache.put(path, SECOND) == 1000
    assert cache.get(path) == 1000
    assert np.allclose(read_wav(path), SECOND)


def test_clips_lie_in_folders_of_a_few(cache: SpeechCache):
    """No folder grows to tens of thousands of files."""
    path = cache.path_for(VOICE, "Xin chào.")
    assert path.parent.parent == cache.folder
    assert path.stem.startswith(path.parent.name)


@given(st.text(max_size=50))
def test_the_same_letters_are_the_same_clip(text: str):
    """Letters typed as one code or as letter and mark give one clip."""
    cache = SpeechCache(Path("cache"))
    composed, parted = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert cache.path_for(VOICE, composed) == cache.path_for(VOICE, parted)


def test_whatever_changes_the_sound_changes_the_name(cache: SpeechCache):
    """Another engine, voice, rate, pitch, engine revision or text is another clip."""
    paths = {
        cache.path_for(VOICE, "một"),
        cache.path_for(VOICE, "hai"),
        cache.path_for(VOICE, "một", revision="2"),
        cache.path_for(VoiceName("espeak", "en"), "một"),
        cache.path_for(VoiceName("gtts", "vi"), "một"),
        cache.path_for(VoiceName("espeak", "vi", rate=90), "một"),
        cache.path_for(VoiceName("espeak", "vi", pitch=-2), "một"),
    }
    assert len(paths) == 7


@pytest.mark.parametrize("kept", [0, 10, 44, 45, 5000, 44 + 2 * HOUSE_RATE - 1])
def test_a_clip_cut_short_is_made_again(cache: SpeechCache, kept: int):
    """A file that a power cut shortened is no clip."""
    path = cache.path_for(VOICE, "một")
    cache.put(path, SECOND)
    os.truncate(path, kept)
    assert cache.get(path) is None
    assert cache.put(path, SECOND) == 1000
    assert cache.get(path) == 1000


@pytest.mark.parametrize("content", [b"", b"RIFF", bytes(96_044), b"\xff\xfb" * 4000])
def test_anything_else_under_that_name_is_no_clip(cache: SpeechCache, content: bytes):
    """Zeros, an MP3 or nothing under a clip's name are not taken for sound."""
    path = cache.path_for(VOICE, "một")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert cache.get(path) is None


def test_a_folder_under_that_name_is_no_clip(cache: SpeechCache):
    """Not even a folder in a clip's place stops the work on other clips."""
    path = cache.path_for(VOICE, "một")
    path.mkdir(parents=True)
    assert cache.get(path) is None


def test_pruning_takes_what_was_used_longest_ago(cache: SpeechCache):
    """When room is needed, clips of old bulletins go first and those used lately stay."""
    paths = [cache.path_for(VOICE, word) for word in ("một", "hai", "ba")]
    for age_s, path in zip((300, 200, 100), paths, strict=True):
        cache.put(path, SECOND)
        _aged(path, age_s)
    cache.get(paths[0])
    size = paths[0].stat().st_size
    assert cache.prune(2 * size) == size
    assert [path.exists() for path in paths] == [True, False, True]


def test_pruning_removes_half_written_files_too(cache: SpeechCache):
    """What a crash left behind does not stay for ever."""
    path = cache.path_for(VOICE, "một")
    cache.put(path, SECOND)
    left = path.with_name(f".{path.name}.1234.part")
    left.write_bytes(bytes(1000))
    _aged(left, 500)
    cache.prune(path.stat().st_size)
    assert (left.exists(), path.exists()) == (False, True)


def test_pruning_to_enough_room_removes_nothing(cache: SpeechCache):
    """A cache within its limit is left as it is, and an empty one is no error."""
    assert cache.prune(0) == 0
    path = cache.path_for(VOICE, "một")
    cache.put(path, SECOND)
    assert cache.prune(path.stat().st_size) == 0
    assert path.exists()


def test_a_cache_folder_that_is_a_file_is_a_sentence(tmp_path: Path):
    """Something else in the cache's place is said, and is not overwritten."""
    (tmp_path / "cache").write_text("a file stands in the way")
    cache = SpeechCache(tmp_path / "cache")
    path = cache.path_for(VOICE, "một")
    assert cache.get(path) is None
    with pytest.raises(SoundError, match="cannot be written"):
        cache.put(path, SECOND)


def test_a_clip_that_cannot_be_written_is_a_sentence(cache: SpeechCache):
    """Where a clip cannot be written, the place and the reason are said."""
    path = cache.path_for(VOICE, "một")
    path.mkdir(parents=True)
    with pytest.raises(SoundError, match="cannot be written"):
        cache.put(path, SECOND)


def test_a_clip_whose_end_was_lost_in_a_power_cut_is_made_again(tmp_path):
    """A file of the right length whose last blocks are empty counts as missing."""
    cache = SpeechCache(tmp_path)
    path = tmp_path / "ab" / "clip.wav"
    cache.put(path, np.full(48_000, 0.1, dtype=np.float32))
    assert cache.get(path) == 1_000
    whole = path.read_bytes()
    for damaged in (whole[:-4_096] + bytes(4_096), bytes(len(whole)), whole[:-1], b""):
        path.write_bytes(damaged)
        assert cache.get(path) is None
