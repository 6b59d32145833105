"""How long a sound is and how it was recorded, from its header: for a check that must be quick.

It stands apart from the decoder because it reads some hundred bytes where that reads them all.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.sound.container import damaged, ffmpeg_source, opened, program

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Header", "read_header"]

_PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself; 0 where it does not tell."""

    duration_ms: int
    rate: int
    channels: int


def read_header(path: Path) -> Header:
    """The header of the sound in ``path``; raises `SoundError` for a file that is no sound."""
    file = opened(path)
    if file is None:
        return _by_ffprobe(path)
    with file:
        duration_ms = round(file.frames * 1000 / file.samplerate)
        return Header(duration_ms, file.samplerate, file.channels)


def _by_ffprobe(path: Path) -> Header:
    wanted = ["-select_streams", "a:0", "-show_entries", "stream=sample_rate,channels,duration"]
    wanted += ["-show_entries", "format=duration", "-of", "json"]
    source = ffmpeg_source(path)
    source.remove("-i")
    run = subprocess.run(
        [program("ffprobe", path), "-v", "error", *wanted, *source],
        capture_output=True,
        check=False,
        timeout=_PATIENCE_S,
    )
    found = json.loads(run.stdout or b"{}")
    if not found.get("streams"):
        raise damaged(path, run.stderr)
    stream = found["streams"][0]
    seconds = stream.get("duration") or found.get("format", {}).get("duration") or 0
    return Header(
        duration_ms=round(float(seconds) * 1000),
        rate=int(stream.get("sample_rate") or 0),
        channels=int(stream.get("channels") or 0),
    )
