"""The mix: every sound at its place, at the right level, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from mutagen.mp3 import MP3

from broadcaster.errors import SoundError
from broadcaster.model import Clip, Cue, CueSheet, Programme, Segment, SegmentKind
from broadcaster.programme import Mp3Tags, cue_sheet, mix
from broadcaster.programme.archive import Mp3Stream
from broadcaster.programme.gate import UnfitError
from broadcaster.programme.render import blocks
from broadcaster.sound.loudness import integrated_lufs, level, true_peak_db
from broadcaster.sound.pcm import read_wav, write_wav
from broadcaster.sound.profile import PROFILES


@pytest.fixture
def speech(tmp_path):
    """A clip of noise that is shaped like syllables."""
    rng = np.random.default_rng(7)
    noise = np.convolve(rng.standard_normal(48_000 * 4), np.hanning(24), "same")
    syllables = np.repeat(rng.random(32) ** 2, 6_000)
    return _clip(tmp_path / "speech.wav", level((noise * syllables).astype(np.float32)))


def _clip(path, samples):
    write_wav(path, samples)
    return Clip(path, len(samples) // 48, 250)


def _sheet(*clips, **more):
    segment = Segment(kind=SegmentKind.SPEECH, title="…", clips=clips, **more)
    return cue_sheet(Programme("sang", "Chương trình sáng", (segment,)))


def _rendered(*cues, duration_ms):
    sheet = CueSheet("…", cues, duration_ms, ())
    return np.concatenate(list(blocks(sheet)))


def test_each_sound_is_heard_at_its_place(tmp_path):
    """Sounds start where the cue sheet says, and those that overlap are added."""
    step = _clip(tmp_path / "a.wav", np.full(48_000 * 6, 0.25, np.float32))
    heard = _rendered(Cue(500, step, 0), Cue(3_000, step, 0, gain_db=-6.0206), duration_ms=9_000)
    assert len(heard) == 9 * 48_000
    assert (heard[: 500 * 48] == 0).all()
    assert heard[500 * 48 : 3_000 * 48] == pytest.approx(0.25)
    assert heard[3_000 * 48 : 6_500 * 48] == pytest.approx(0.375, abs=1e-5)
    assert heard[6_500 * 48 :] == pytest.approx(0.125, abs=1e-5)


def test_fades_are_straight_lines_across_blocks(tmp_path):
    """A long fade goes on evenly, however the mix is cut into blocks."""
    step = _clip(tmp_path / "a.wav", np.full(48_000 * 10, 0.5, np.float32))
    heard = _rendered(Cue(0, step, 0, fade_in_ms=6_000, fade_out_ms=3_000), duration_ms=10_000)
    expected = 0.5 * np.interp(np.arange(480_000) / 48, [0, 6_000, 7_000, 10_000], [0, 1, 1, 0])
    assert np.abs(heard - expected).max() < 1e-4


def test_a_programme_has_its_level_length_and_hash(tmp_path, speech):
    """What is written has −16 LUFS, its peaks under −1.5 dBTP, its length and its hash."""
    result = mix(_sheet(*[speech] * 5), tmp_path / "p.wav")
    heard = read_wav(result.path)
    assert integrated_lufs(heard) == pytest.approx(-16, abs=0.5)
    assert result.lufs == pytest.approx(integrated_lufs(heard), abs=0.05)
    assert true_peak_db(heard) <= -1.5
    assert result.peak_db == pytest.approx(true_peak_db(heard), abs=0.2)
    assert len(heard) == result.duration_ms * 48
    assert result.sha256 == hashlib.sha256(result.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("target_lufs", [-23.0, -18.0, -14.0])
@pytest.mark.parametrize("gain_db", [-12.0, 0.0, 6.0])
def test_any_level_can_be_asked_for(tmp_path, speech, target_lufs, gain_db):
    """The level that the station asks for is met, whatever the parts were turned to."""
    result = mix(
        _sheet(speech, speech, gain_db=gain_db), tmp_path / "p.wav", target_lufs=target_lufs
    )
    assert integrated_lufs(read_wav(result.path)) == pytest.approx(target_lufs, abs=0.5)
    assert true_peak_db(read_wav(result.path)) <= -1.5


def test_the_same_programme_is_mixed_to_the_same_file(tmp_path, speech):
    """Mixing again gives the same bytes."""
    sheet = _sheet(speech, speech)
    first, second = mix(sheet, tmp_path / "a.wav"), mix(sheet, tmp_path / "b.wav")
    assert first.sha256 == second.sha256


def test_the_archive_copy_is_as_long_and_tagged(tmp_path, speech):
    """The MP3 lasts as long as the WAV and says title, day and station."""
    tags = Mp3Tags("Chương trình sáng", date(2026, 11, 23), "Đài truyền thanh xã")
    result = mix(_sheet(speech, speech), tmp_path / "p.wav", mp3=tmp_path / "p.mp3", tags=tags)
    copy = MP3(result.mp3)
    assert copy.info.length * 1000 == pytest.approx(result.duration_ms, abs=50)
    assert [str(copy[key]) for key in ("TIT2", "TDRC", "TPE1")] == [
        "Chương trình sáng",
        "2026-11-23",
        "Đài truyền thanh xã",
    ]


def test_a_programme_without_sound_is_refused(tmp_path):
    """A programme in which nothing can be heard is not made."""
    with pytest.raises(SoundError, match="has no sound in it"):
        mix(_sheet(), tmp_path / "p.wav")


def test_a_silent_programme_is_not_made(tmp_path, speech):
    """A programme of silence is neither turned up to a roar nor aired; the good one stays."""
    mix(_sheet(speech), tmp_path / "p.wav", mp3=tmp_path / "p.mp3")
    before = (tmp_path / "p.wav").read_bytes(), (tmp_path / "p.mp3").read_bytes()
    quiet = _clip(tmp_path / "a.wav", np.zeros(48_000, np.float32))
    with pytest.raises(UnfitError, match="nothing can be heard in it"):
        mix(_sheet(quiet), tmp_path / "p.wav", mp3=tmp_path / "p.mp3")
    assert ((tmp_path / "p.wav").read_bytes(), (tmp_path / "p.mp3").read_bytes()) == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("gain_db", [float("nan"), float("inf"), 1e6])
def test_what_cannot_be_added_up_is_named(tmp_path, speech, gain_db):
    """A level that is no number stops the mix in a sentence that tells where."""
    sheet = _sheet(speech, speech, gain_db=gain_db)
    with pytest.raises(SoundError, match="cannot be added up at 0:00"):
        mix(sheet, tmp_path / "p.wav")
    assert not (tmp_path / "p.wav").exists()


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_every_profile_has_its_loudness(tmp_path, speech, profile):
    """Speech under a bed comes out at the loudness of its profile, its peaks under −1.5 dBTP."""
    sheet = _sheet(*[speech] * 4)
    bed = Cue(0, speech, 0, gain_db=-20.0, length_ms=sheet.duration_ms, envelope=((0, 0.0),))
    result = mix(replace(sheet, cues=(bed, *sheet.cues)), tmp_path / "p.wav", profile=profile)
    heard = read_wav(result.path)
    assert len(heard) == result.duration_ms * 48
    assert integrated_lufs(heard) == pytest.approx(profile.lufs, abs=0.5)
    assert true_peak_db(heard) <= -1.5


@pytest.mark.parametrize(
    ("profile", "starts_ms"),
    [(PROFILES["flat"], [101_000]), (PROFILES["loa"], [0, 4_500, 301_000])],
)
def test_a_few_sounds_in_a_long_silence_have_their_level(tmp_path, speech, profile, starts_ms):
    """Minutes with hardly a sound in them, where no part tells about the whole."""
    cues = tuple(Cue(start, speech, 0, gain_db=-9.0 * n) for n, start in enumerate(starts_ms))
    result = mix(CueSheet("…", cues, 330_000, ()), tmp_path / "p.wav", profile=profile)
    assert integrated_lufs(read_wav(result.path)) == pytest.approx(profile.lufs, abs=0.5)


def _assert_nothing_left(folder):
    assert [path.name for path in folder.rglob("*") if path.suffix in {".part", ".mp3"}] == []
    assert not (folder / "p.wav").exists()


def test_a_clip_that_is_gone_stops_the_mix_cleanly(tmp_path, speech):
    """When a clip has vanished from the cache, it is named and no half programme is left."""
    sheet = _sheet(speech, Clip(tmp_path / "gone.wav", 1_000))
    with pytest.raises(SoundError, match=r"gone\.wav"):
        mix(sheet, tmp_path / "p.wav", mp3=tmp_path / "p.mp3")
    _assert_nothing_left(tmp_path)


def test_a_clip_that_became_shorter_is_named(tmp_path, speech):
    """A clip that is not what the programme was planned with is named."""
    sheet = _sheet(Clip(speech.path, speech.duration_ms + 500))
    with pytest.raises(SoundError, match="shorter than it was"):
        mix(sheet, tmp_path / "p.wav")
    _assert_nothing_left(tmp_path)


def test_a_folder_that_may_not_be_written_is_named(tmp_path, speech):
    """Where the folder of programmes cannot be made, the sentence says so."""
    (tmp_path / "programmes").write_text("a file")
    with pytest.raises(SoundError, match="cannot be written"):
        mix(_sheet(speech), tmp_path / "programmes" / "p.wav")


class _FullDisk:
    """A file on a disk without room."""

    def write(self, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_in_the_archive_stops_the_encoder(tmp_path, speech):
    """A disk that fills up while the MP3 is written ends the encoder with its error."""
    with pytest.raises(OSError, match="No space"), Mp3Stream(_FullDisk()) as stream:
        stream.add(np.zeros(480_000, np.int16))
