"""How long a sound is and how it was recorded, from its header: for a check that must be quick.

It stands apart from the decoder because it reads some hundred bytes where that reads them all.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadcaster.sound.container import damaged, ffmpeg_source, opened, program

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Header", "read_header"]

_START = 4_096
_FRAME_COUNTS = (b"Xing", b"Info", b"VBRI")
_SIZE_UNKNOWN = 2**32 - 2**16  # what a recorder writes that does not know it yet


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself; 0 where it does not tell.

    ``claimed_ms`` is the length that it should have had: more than what is there when its end was
    not copied.  It is 0 for an MP3 file without a frame count, whose length is a guess.
    """

    duration_ms: int
    rate: int
    channels: int
    claimed_ms: int = 0


def read_header(path: Path) -> Header:
    """The header of the sound in ``path``; raises `SoundError` for a file that is no sound."""
    file = opened(path)
    if file is None:
        return _by_ffprobe(path)
    with file:
        duration_ms = round(file.frames * 1000 / file.samplerate)
        claimed_ms = round(duration_ms * _claimed_share(path, file.format))
        return Header(duration_ms, file.samplerate, file.channels, claimed_ms)


def _claimed_share(path: Path, kind: str) -> float:
    """How much longer the file should have been than libsndfile finds it; 0 if nobody knows."""
    with path.open("rb") as file:
        start = file.read(_START)
    if kind == "MP3":
        return float(any(count in start for count in _FRAME_COUNTS))
    size = int.from_bytes(start[4:8], "little") + 8
    is_told = kind == "WAV" and size < _SIZE_UNKNOWN
    return max(1.0, size / path.stat().st_size) if is_told else 1.0


def _by_ffprobe(path: Path) -> Header:
    found, complaint = _probed(path, "stream=sample_rate,channels,duration:format=duration")
    if not found.get("streams"):
        raise damaged(path, complaint)
    stream = found["streams"][0]
    seconds = stream.get("duration") or found.get("format", {}).get("duration")
    duration_ms = round(float(seconds) * 1000) if seconds else _end_of_packets_ms(path)
    return Header(
        duration_ms=duration_ms,
        claimed_ms=duration_ms if "duration" in stream else 0,
        rate=int(stream.get("sample_rate") or 0),
        channels=int(stream.get("channels") or 0),
    )


def _probed(path: Path, entries: str) -> tuple[dict[str, Any], bytes]:
    """What ffprobe finds of the first sound in ``path``, and its complaints."""
    wanted = ["-select_streams", "a:0", "-show_entries", entries, "-of", "json"]
    source = ffmpeg_source(path)
    source.remove("-i")
    run = subprocess.run(
        [program("ffprobe", path), "-v", "error", *wanted, *source],
        capture_output=True,
        check=False,
    )
    return json.loads(run.stdout) if run.returncode == 0 else {}, run.stderr


def _end_of_packets_ms(path: Path) -> int:
    """Where the sound ends in a file that was written while it was recorded, as browsers do."""
    packets = _probed(path, "packet=pts_time,duration_time")[0].get("packets") or [{}]
    ends = (float(packets[-1].get(key) or 0) for key in ("pts_time", "duration_time"))
    return round(sum(ends) * 1000)
