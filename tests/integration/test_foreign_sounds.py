"""Recordings as telephones, cameras and studios make them, made and judged by ffmpeg."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from ebur128 import ebur128
from needs import needs

from broadcaster.errors import ContentError, SoundError
from broadcaster.programme import Assets
from broadcaster.sound.decode import decode
from broadcaster.sound.header import read_header
from broadcaster.sound.pcm import read_wav

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

SECONDS = 6
TONE = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={SECONDS}"]
PICTURE = ["-f", "lavfi", "-i", f"testsrc=duration={SECONDS}:size=64x64:rate=5"]


@pytest.fixture
def ffmpeg() -> str:
    needs("ffprobe", "ffmpeg")
    return needs("ffmpeg", "ffmpeg")


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "am-thanh").mkdir()
    return Assets(tmp_path / "am-thanh", tmp_path / "cache")


def _made(ffmpeg: str, path: Path, *options: str, source: list[str] = TONE) -> Path:
    command = [ffmpeg, "-v", "error", "-nostdin", "-y", *source, *options, str(path)]
    subprocess.run(command, check=True)
    return path


def _pitch(sound: np.ndarray) -> float:
    """The loudest frequency in the middle second, in Hz."""
    middle = sound[len(sound) // 2 - 24_000 : len(sound) // 2 + 24_000]
    return float(np.abs(np.fft.rfft(middle * np.hanning(len(middle)))).argmax())


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("iphone.m4a", ["-c:a", "aac", "-ar", "44100"]),
        ("zalo.aac", ["-c:a", "aac", "-f", "adts"]),
        ("trinh-duyet.webm", ["-c:a", "libopus", "-live", "1"]),
        ("whatsapp.ogg", ["-c:a", "libopus", "-ar", "48000"]),
        ("whatsapp.opus", ["-c:a", "libopus", "-f", "opus"]),
        ("old.ogg", ["-c:a", "libvorbis"]),
        ("windows.wma", ["-c:a", "wmav2"]),
        ("studio.flac", ["-ar", "192000", "-ac", "6", "-c:a", "flac"]),
        ("studio.wav", ["-ar", "192000", "-ac", "6", "-c:a", "pcm_s24le"]),
        ("surround.m4a", ["-ac", "6", "-c:a", "aac"]),
        ("telephone.wav", ["-ar", "8000", "-c:a", "pcm_mulaw"]),
        ("telephone.3gp", ["-ar", "16000", "-ac", "1", "-c:a", "aac", "-f", "3gp"]),
        ("apple.aiff", ["-c:a", "pcm_s16be"]),
        ("radio.mp3", ["-c:a", "libmp3lame", "-b:a", "64k"]),
        ("named-wrongly.mp3", ["-c:a", "aac", "-f", "ipod"]),
    ],
)
def test_a_sound_of_any_kind_is_heard_as_it_is(
    ffmpeg: str, assets: Assets, tmp_path: Path, name: str, options: list[str]
) -> None:
    """Whatever made the file, it has its length and its pitch, at the loudness of the station."""
    path = _made(ffmpeg, tmp_path / "am-thanh" / name, *options)
    assert read_header(path).duration_ms == pytest.approx(SECONDS * 1_000, abs=250)
    clip = assets.find(name)
    assert clip.duration_ms == pytest.approx(SECONDS * 1_000, abs=150)
    assert _pitch(read_wav(clip.path)) == pytest.approx(440, abs=2)
    assert ebur128(clip.path)[0] == pytest.approx(-16, abs=0.5)
    assert {problem.code for problem in assets.glance(name)} <= {"asset-low-rate"}


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.avi", "clip.mov"])
def test_the_sound_of_a_video_is_taken(
    ffmpeg: str, assets: Assets, tmp_path: Path, name: str
) -> None:
    """A film from a telephone is a recording whose picture nobody sees."""
    video = ["-c:v", "mpeg4", "-c:a", "libmp3lame" if name.endswith("avi") else "aac"]
    _made(ffmpeg, tmp_path / "am-thanh" / name, *video, source=[*TONE, *PICTURE])
    clip = assets.find(name)
    assert clip.duration_ms == pytest.approx(SECONDS * 1_000, abs=150)
    assert _pitch(read_wav(clip.path)) == pytest.approx(440, abs=2)


def test_a_video_without_sound_is_named(ffmpeg: str, assets: Assets, tmp_path: Path) -> None:
    """A film in which nothing is heard is told in a sentence, and not waited for."""
    _made(ffmpeg, tmp_path / "am-thanh" / "a.mp4", "-c:v", "mpeg4", source=PICTURE)
    with pytest.raises(ContentError, match=r"a\.mp4 is damaged"):
        assets.find("a")


def _amr(path: Path, seconds: int) -> Path:
    """An AMR file of 12.2 kbit/s: frames of 20 ms, of which any 244 bits are some sound."""
    noise = np.random.default_rng(1).integers(0, 256, size=(50 * seconds, 32), dtype=np.uint8)
    noise[:, 0] = 0x3C  # mode 7, a good frame
    path.write_bytes(b"#!AMR\n" + noise.tobytes())
    return path


@pytest.mark.parametrize("name", ["memo.amr", "memo.3gp"])
def test_an_old_telephone_s_memo_is_heard(
    ffmpeg: str, assets: Assets, tmp_path: Path, name: str
) -> None:
    """An AMR memo, bare or in a 3GP file, is taken, and told to sound like a telephone."""
    amr = _amr(tmp_path / "memo.amr", SECONDS)
    source = ["-f", "amr", "-i", str(amr)]
    path = _made(ffmpeg, tmp_path / "am-thanh" / name, "-c", "copy", source=source)
    assert read_header(path).rate == 8_000
    assert assets.find(name).duration_ms == pytest.approx(SECONDS * 1_000, abs=100)
    assert "asset-low-rate" in {problem.code for problem in assets.glance(name)}


def test_opposed_channels_of_a_telephone_are_not_added_to_silence(
    ffmpeg: str, assets: Assets, tmp_path: Path
) -> None:
    """A stereo recording with one channel turned around is heard all the same."""
    turned = ["-af", "pan=stereo|c0=c0|c1=-1*c0", "-c:a", "aac"]
    _made(ffmpeg, tmp_path / "am-thanh" / "a.m4a", *turned)
    assert _pitch(read_wav(assets.find("a").path)) == pytest.approx(440, abs=2)


def test_a_half_copied_m4a_is_heard_as_far_as_it_goes(
    ffmpeg: str, assets: Assets, tmp_path: Path
) -> None:
    """The beginning of a recording airs, and the check tells that its end is missing."""
    path = _made(ffmpeg, tmp_path / "am-thanh" / "a.m4a", "-movflags", "+faststart")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert [problem.code for problem in assets.glance("a")] == ["asset-cut-short"]
    assert 2_000 < assets.find("a").duration_ms < 4_500


@pytest.mark.parametrize("rest", [b"", b"\x00" * 400, b"M4A isom" * 50])
def test_the_mere_start_of_an_m4a_is_called_damaged(
    ffmpeg: str, tmp_path: Path, rest: bytes
) -> None:
    """A recording of which nothing but the first bytes arrived is named."""
    path = tmp_path / "a.m4a"
    path.write_bytes(b"\x00\x00\x00\x20ftypM4A " + rest)
    for look in (read_header, lambda path: [*decode(path)]):
        with pytest.raises(SoundError, match=r"a\.m4a is damaged"):
            look(path)


def test_a_damaged_wav_is_called_damaged(ffmpeg: str, tmp_path: Path) -> None:
    """A WAV file of which only the beginning was copied is not called something else."""
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF\x00\x10\x00\x00WAVEjunk")
    with pytest.raises(SoundError, match=r"a\.wav is damaged"):
        [*decode(path)]


def test_bought_music_with_a_lock_is_called_damaged(ffmpeg: str, tmp_path: Path) -> None:
    """A protected M4P file, which no program but its shop's can read, is told in a sentence."""
    path = _made(ffmpeg, tmp_path / "a.m4a", "-c:a", "aac")
    content = bytearray(path.read_bytes().replace(b"mp4a", b"drms"))
    locked = slice(content.find(b"mdat") + 4, content.find(b"moov") - 4)
    content[locked] = np.random.default_rng(1).bytes(locked.stop - locked.start)
    path.write_bytes(content)
    with pytest.raises(SoundError, match=r"a\.m4a is damaged"):
        [*decode(path)]


@pytest.mark.parametrize(
    "name", ["-v quiet.m4a", "tin 5% %d 'hôm nay'.m4a", "a\nb.m4a", "http:x.m4a", "\udcff.m4a"]
)
def test_a_telephone_recording_may_have_any_name(ffmpeg: str, tmp_path: Path, name: str) -> None:
    """No name is taken for an option, a pattern or an address."""
    path = _made(ffmpeg, tmp_path / "plain.m4a", "-c:a", "aac").rename(tmp_path / name)
    assert sum(map(len, decode(path))) == pytest.approx(SECONDS * 48_000, rel=0.03)


def test_no_reader_is_left_behind(ffmpeg: str, tmp_path: Path) -> None:
    """When the work on a recording is given up in the middle, ffmpeg ends with it."""
    path = _made(ffmpeg, tmp_path / "a.m4a", source=[*TONE[:3], "sine=duration=120"])
    blocks = decode(path)
    next(blocks)
    blocks.close()
    children = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "comm="],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert "ffmpeg" not in children


MEMORY = """
import re, resource, sys
from pathlib import Path
from broadcaster.programme import Assets
clip = Assets(Path(sys.argv[1]), Path(sys.argv[2])).find("hop")
most_kb = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(clip.duration_ms, int(most_kb) // 1024)
"""


@pytest.mark.parametrize("name", ["hop.m4a", "hop.wav"])
def test_a_long_meeting_needs_no_more_memory_than_a_jingle(
    ffmpeg: str, tmp_path: Path, name: str
) -> None:
    """Eight minutes, which would be 92 MB more at once, are made ready in less than 80 MB."""
    (tmp_path / "am-thanh").mkdir()
    source = ["-f", "lavfi", "-i", "sine=frequency=200:duration=480:sample_rate=16000"]
    options = ["-c:a", "alac"] if name.endswith("m4a") else []  # encoded in no time
    _made(ffmpeg, tmp_path / "am-thanh" / name, *options, source=source)
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, tmp_path / "am-thanh", tmp_path / "cache"],
        capture_output=True,
        text=True,
        check=True,
    )
    duration_ms, megabytes = map(int, run.stdout.split())
    assert duration_ms == pytest.approx(480_000, abs=200)
    assert megabytes < 80
