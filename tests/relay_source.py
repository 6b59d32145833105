"""A station that can be relayed: a source client on a real Icecast, and tones to know sound by."""

from __future__ import annotations

import signal
import subprocess
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from icecast_server import PASSWORD, RATE
from needs import needs

if TYPE_CHECKING:
    from pathlib import Path

RELAYED, BEFORE, INSTEAD, AFTER = 1_200, 500, 300, 800
"""Hz of the stream, and of the prepared parts before it, in its place and after it."""


@dataclass
class IcecastSource:
    """``with IcecastSource(port):`` sends a tone, but for the seconds of ``silent``."""

    port: int
    silent: tuple[float, float] = (0, 0)
    mount: str = "vov.mp3"
    level: float = 0.05
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        first, last = self.silent
        tone = f"if(between(t,{first},{last}),0,{self.level}*sin(2*PI*{RELAYED}*t))"
        self.process = subprocess.Popen(
            [
                *(needs("ffmpeg", "ffmpeg"), "-v", "error", "-nostdin", "-re"),
                *("-f", "lavfi", "-i", f"aevalsrc='{tone}':s=44100"),
                *("-c:a", "libmp3lame", "-b:a", "128k", "-f", "mp3"),
                f"icecast://source:{PASSWORD}@127.0.0.1:{self.port}/{self.mount}",
            ],
            stderr=subprocess.DEVNULL,
        )
        return self

    def stall(self) -> None:
        """Send nothing, and keep the connection."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Send again."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)

    def __exit__(self, *_exc: object) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()


def tone(hertz: float, seconds: float, *, level: float = 0.2) -> np.ndarray:
    times = np.arange(round(seconds * RATE)) / RATE
    return level * np.sin(2 * np.pi * hertz * times)


def write_tones(path: Path, *parts: np.ndarray) -> None:
    samples = np.concatenate(parts)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((samples * 32_767).astype("<i2").tobytes())


def tones(samples: np.ndarray, *, step_s: float = 0.1) -> list[int]:
    """Which of the known tones is heard in each step; 0 where it is silent."""
    size = round(step_s * RATE)
    known = np.array([RELAYED, BEFORE, INSTEAD, AFTER])
    found = []
    for start in range(0, len(samples) - size + 1, size):
        step = samples[start : start + size]
        if np.sqrt(np.mean(step**2)) < 0.005:
            found.append(0)
            continue
        spectrum = np.abs(np.fft.rfft(step * np.hanning(size)))
        peak = np.argmax(spectrum) * RATE / size
        found.append(int(known[np.argmin(np.abs(known - peak))]))
    return found


def runs(found: list[int], *, step_s: float = 0.1) -> list[tuple[int, float]]:
    """(tone, seconds) one after another; what is shorter than 0.3 s belongs to what was before."""
    rows: list[tuple[int, float]] = []
    for hertz in found:
        if rows and rows[-1][0] == hertz:
            rows[-1] = (hertz, rows[-1][1] + step_s)
        else:
            rows.append((hertz, step_s))
    long = [row for row in rows if row[1] > 0.25]
    joined: list[tuple[int, float]] = []
    for hertz, seconds in long:
        if joined and joined[-1][0] == hertz:
            joined[-1] = (hertz, joined[-1][1] + seconds)
        else:
            joined.append((hertz, round(seconds, 1)))
    return [(hertz, round(seconds, 1)) for hertz, seconds in joined]
