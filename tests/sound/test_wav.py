"""House WAV: what is written is read back, and nothing is ever half there."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from broadcaster.errors import SoundError
from broadcaster.sound.wav import read_part, read_wav, sample_count, to_int16, write_wav
from broadcaster.sound.wholefile import whole_file


@pytest.fixture
def ramp():
    return np.linspace(-1, 1, 10_001, dtype=np.float32)


def test_what_is_written_is_read_back(tmp_path, ramp):
    """A sound that was written sounds the same when it is read."""
    path = tmp_path / "a.wav"
    write_wav(path, ramp)
    assert np.abs(read_wav(path) - ramp).max() < 1 / 30_000
    assert sample_count(path) == len(ramp)


def test_another_program_reads_the_same(tmp_path, ramp):
    """Any player understands the file."""
    path = tmp_path / "a.wav"
    write_wav(path, ramp)
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == 48_000
    assert np.array_equal(samples, read_wav(path))


def test_a_part_is_read_from_its_place(tmp_path, ramp):
    """A part of a file is that part, and the end of the file ends it."""
    path = tmp_path / "a.wav"
    write_wav(path, ramp)
    assert np.array_equal(read_part(path, 500, 40), read_wav(path)[500:540])
    assert len(read_part(path, 10_000, 40)) == 1


@given(hnp.arrays(np.float32, st.integers(0, 64), elements=st.floats(-4, 4, width=32)))
def test_too_loud_is_clipped_and_never_turned_over(samples):
    """What is louder than full scale stays at full scale, with its sign."""
    whole = to_int16(samples)
    loud = np.abs(samples) > 0.001
    assert (np.sign(whole[loud]) == np.sign(samples[loud])).all()


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\x00" * 100, "không phải wav".encode()])
def test_a_file_that_is_no_house_wav_is_named(tmp_path, content):
    """A foreign or broken file in the cache is refused in a sentence."""
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(SoundError, match=r"a\.wav is not a whole WAV"):
        read_wav(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path, ramp):
    """Half a clip is not mistaken for a whole one."""
    path = tmp_path / "a.wav"
    write_wav(path, ramp)
    path.write_bytes(path.read_bytes()[:-2_000])
    with pytest.raises(SoundError, match="not a whole WAV"):
        read_wav(path)


def test_a_missing_file_is_named(tmp_path):
    """A clip that is gone is named."""
    with pytest.raises(SoundError, match=r"gone\.wav cannot be read"):
        read_wav(tmp_path / "gone.wav")


def test_an_error_leaves_the_older_file_and_nothing_else(tmp_path, ramp):
    """When writing fails in the middle, the older file is still there, and no rubbish."""
    path = tmp_path / "a.wav"
    write_wav(path, ramp)
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        _write_half(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.wav"]


def test_a_full_disk_is_said_in_vietnamese(tmp_path, vietnamese):
    """A full disk is told in words that the operator understands."""
    with pytest.raises(SoundError, match="ổ đĩa đã đầy"), whole_file(tmp_path / "a.wav"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path, ramp):
    """Where a file stands in the place of the folder, the sentence says so."""
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(SoundError, match="cannot be written"):
        write_wav(tmp_path / "folder" / "a.wav", ramp)


def _write_half(path):
    with whole_file(path) as file:
        file.write(b"half")
        raise RuntimeError
