"""How loud: the prepared sound at a place of it, and what a sound server really plays there.

``parec`` hears the monitor of a sink (PulseAudio, PipeWire), after its volume and its mute.  The
daemon has no numpy; a second of sound is little enough for the standard library.
"""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from array import array
from typing import TYPE_CHECKING

from broadcaster.playout.housewav import FRAME_BYTES, HEADER_BYTES, RATE, frames

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SILENT_DB", "listen_db", "monitor_of", "programme_db"]

SILENT_DB = -120.0
_LISTEN_S = 1.0
_PATIENCE_S = 3.0
_BYTES = round(_LISTEN_S * RATE) * FRAME_BYTES
_EVERY = 4  # samples that are looked at: enough for a level


def programme_db(audio: Path | None, *, from_ms: int, to_ms: int) -> float | None:
    """The level (RMS, dB of full scale) of a prepared WAV between two places; None where there is
    no file or no sound that far."""
    first, last = frames(max(0, from_ms)), frames(max(0, to_ms))
    if audio is None or last <= first:
        return None
    try:
        with audio.open("rb") as file:
            file.seek(HEADER_BYTES + first * FRAME_BYTES)
            return _rms_db(file.read((last - first) * FRAME_BYTES))
    except OSError:
        return None


def monitor_of(spec: str) -> str | None:
    """The source that hears what ``spec`` plays; None where there is none."""
    name, _colon, sink = spec.partition(":")
    if name == "pacat":
        return f"{sink}.monitor" if sink else "@DEFAULT_MONITOR@"
    return "@DEFAULT_MONITOR@" if name == "auto" else None


def listen_db(source: str) -> float | None:
    """The level of a second of ``source``; None where it cannot be heard (no server, no source)."""
    command = ["parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"]
    command += ["--latency-msec=100", "--client-name=broadcaster", f"--device={source}"]
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as parec:
            raw = _heard(parec)
    except OSError:
        return None
    return _rms_db(raw) if len(raw) >= _BYTES else None


def _heard(parec: subprocess.Popen[bytes]) -> bytes:
    """A second of it; less where the recorder ends or hangs."""
    timer = _killer(parec)
    try:
        assert parec.stdout is not None
        return parec.stdout.read(_BYTES)
    finally:
        timer.cancel()
        parec.kill()


def _killer(child: subprocess.Popen[bytes]) -> threading.Timer:
    timer = threading.Timer(_PATIENCE_S, child.kill)
    timer.daemon = True
    timer.start()
    return timer


def _rms_db(raw: bytes) -> float | None:
    samples = array("h", raw[: len(raw) // FRAME_BYTES * FRAME_BYTES])
    if sys.byteorder == "big":
        samples.byteswap()
    looked_at = samples[::_EVERY]
    if not looked_at:
        return None
    power = sum(sample * sample for sample in looked_at) / len(looked_at) / 32_768**2
    return max(SILENT_DB, 10 * math.log10(power)) if power else SILENT_DB
