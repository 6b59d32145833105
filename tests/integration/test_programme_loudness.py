"""A whole programme, judged by another program: ffmpeg's EBU R 128 meter."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from ebur128 import ebur128
from needs import needs

from broadcaster.model import Clip, Programme, Segment, SegmentKind
from broadcaster.programme import Assets, Mp3Tags, cue_sheet, mix
from broadcaster.sound.loudness import integrated_lufs, level, true_peak_db
from broadcaster.sound.pcm import read_wav, write_wav

pytestmark = pytest.mark.integration


@pytest.fixture
def ffmpeg():
    return needs("ffmpeg", "ffmpeg")


@pytest.fixture
def programme(tmp_path):
    """Ident, twelve sentences of speech-like noise, a jingle, more speech, a closing tune."""
    assets = Assets(tmp_path / "am-thanh", tmp_path / "cache")
    clips = tuple(_sentence(tmp_path / f"{seed}.wav", seed=seed) for seed in range(12))
    return Programme(
        "sang",
        "Chương trình sáng",
        (
            _segment(SegmentKind.IDENT, assets.find("nhac-hieu"), fade_out_ms=800),
            _segment(SegmentKind.SPEECH, *clips),
            _segment(SegmentKind.JINGLE, assets.find("nhac-cat"), gain_db=-3.0),
            _segment(SegmentKind.SPEECH, *clips[::-1], overlap_ms=300),
            _segment(SegmentKind.CLOSING, assets.find("nhac-ket"), overlap_ms=500),
        ),
    )


def _segment(kind, *clips, **more):
    return Segment(kind=kind, title=kind.value, clips=clips, **more)


def _sentence(path, *, seed):
    """Noise with the spectrum, the syllables and the sudden peaks of speech, as a levelled clip."""
    rng = np.random.default_rng(seed)
    count = int(48_000 * rng.uniform(2, 7))
    voiced = np.convolve(rng.standard_normal(count) ** 3, np.hanning(48), "same")
    syllables = np.interp(np.arange(count) / 48_000, np.arange(60) / 8, rng.random(60) ** 2)
    write_wav(path, level((voiced * syllables).astype(np.float32)))
    return Clip(path, count // 48, 350)


def test_a_programme_has_the_level_that_it_says(ffmpeg, programme, tmp_path):
    """Another meter finds −16 LUFS ±0.5 and a true peak under −1.5 dBTP, as our own does."""
    result = mix(cue_sheet(programme), tmp_path / "p.wav")
    lufs, peak_db = ebur128(result.path)
    assert lufs == pytest.approx(-16.0, abs=0.5)
    assert lufs == pytest.approx(result.lufs, abs=0.2)
    assert peak_db <= -1.5
    assert peak_db == pytest.approx(result.peak_db, abs=0.3)


@pytest.mark.parametrize("name", ["nhac-hieu", "nhac-ket", "nhac-nen"])
def test_our_meter_agrees_on_music(ffmpeg, tmp_path, name):
    """On each tune both meters find the same loudness and the same true peak."""
    clip = Assets(tmp_path, tmp_path).find(name)
    sound = read_wav(clip.path)
    lufs, peak_db = ebur128(clip.path)
    assert integrated_lufs(sound) == pytest.approx(lufs, abs=0.2)
    assert true_peak_db(sound) == pytest.approx(peak_db, abs=0.3)


def test_the_archive_copy_lasts_as_long_and_is_tagged(programme, tmp_path):
    """The MP3 is as long as the WAV within 50 ms, and says what it is."""
    ffprobe = needs("ffprobe", "ffmpeg")
    tags = Mp3Tags(programme.title, date(2026, 11, 23), "Đài truyền thanh xã")
    result = mix(cue_sheet(programme), tmp_path / "p.wav", mp3=tmp_path / "p.mp3", tags=tags)
    entries = ["-show_entries", "format=duration:format_tags", "-of", "json"]
    run = subprocess.run(
        [ffprobe, "-v", "error", *entries, result.mp3], capture_output=True, check=True
    )
    told = json.loads(run.stdout)["format"]
    assert float(told["duration"]) * 1000 == pytest.approx(result.duration_ms, abs=50)
    assert told["tags"] == {
        "title": "Chương trình sáng",
        "date": "2026-11-23",
        "artist": "Đài truyền thanh xã",
    }


MIX_WITH_LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from broadcaster.errors import BroadcasterError
from broadcaster.model import Clip, Programme, Segment, SegmentKind
from broadcaster.programme import cue_sheet, mix
clip, folder = Path(sys.argv[1]), Path(sys.argv[2])
segment = Segment(kind=SegmentKind.SPEECH, title="", clips=(Clip(clip, 2_000),) * 60)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
try:
    mix(cue_sheet(Programme("", "", (segment,))), folder / "p.wav", mp3=folder / "p.mp3")
except BroadcasterError as error:
    print(error)
"""


def test_a_disk_that_ends_in_the_middle_leaves_nothing_half(programme, tmp_path):
    """When no more can be written, a sentence says so; neither file is left, whole or half."""
    clip, folder = programme.segments[1].clips[0].path, tmp_path / "programmes"
    folder.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", MIX_WITH_LITTLE_ROOM, clip, folder],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "p.wav cannot be written: File too large" in run.stdout
    assert list(folder.iterdir()) == []
