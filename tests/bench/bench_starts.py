"""When 200 starts are heard, while programmes are prepared on both cores.

The real daemon plays to a private sound server; what its recorder hears is compared with the week.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sound_server import PrivateSoundServer
from station_process import StationProcess

from broadcaster.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE = Path(__file__).parents[2]
_STARTS = 200
_EVERY_S = 2
_HEADWAY_S = 150.0
"""Until the first start: for preparing all of them, however slow the machine is."""
_ROUND_AND_ROUND = "while kill -0 {bench}; do {program} render --force; done"
"""Ends with the bench, also where that is ended from outside."""


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) of the starts."""
    with tempfile.TemporaryDirectory() as folder, PrivateSoundServer() as server:
        station = StationProcess(Path(folder) / "dai", server.environment)
        station.make(output="pacat", noise_s=0.6)
        minutes = _STARTS * _EVERY_S / 60
        station.schedule_often(every_s=_EVERY_S, seconds_ahead=_HEADWAY_S, minutes=minutes)
        first = SystemClock().now() + timedelta(seconds=_HEADWAY_S)
        station.command("render")
        station.start()
        station.wait_until_ready()
        with _prepared_on_both_cores(Path(folder)):
            SystemClock().wait_until(first + timedelta(minutes=minutes, seconds=_EVERY_S))
        planned = [_seconds(e["scheduled_at"]) for e in station.log()]
        heard = np.asarray(server.onsets(pause_s=0.5))
        station.end()
        station.close()
    late_ms = [1000 * float(heard[np.abs(heard - at).argmin()] - at) for at in planned]
    return _table(late_ms)


def _table(late_ms: list[float]) -> list[tuple[str, str, str]]:
    errors = np.abs(late_ms)
    p99 = f"{np.percentile(errors, 99):.1f} ms"
    spread = f"{min(late_ms):.1f} … {np.median(late_ms):.1f} … {max(late_ms):.1f} ms"
    return [
        ("starts heard", f"{int((errors < 1_000).sum())} of {_STARTS}", f"{_STARTS}"),
        ("start error, 99th percentile", p99, "≤ 20 ms"),
        ("from the earliest over the median to the latest", spread, "-"),
    ]


def _seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


@contextmanager
def _prepared_on_both_cores(folder: Path) -> Iterator[None]:
    """Two stations beside it render the sample programmes for ever, as nice as the preparer is."""
    renderers = [_renderer(folder / f"ban-{number}") for number in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for renderer in renderers:
            os.killpg(renderer.pid, 9)
            renderer.wait()


def _renderer(root: Path) -> subprocess.Popen[bytes]:
    for name in ("scripts_vi", "schedules"):
        shutil.copytree(_SAMPLE / name, root / name)
    shutil.copy(_SAMPLE / "station.yaml", root)
    program = f"{sys.executable} -m broadcaster -C {root}"
    return subprocess.Popen(
        [
            "nice",
            "-n",
            "10",
            "sh",
            "-c",
            _ROUND_AND_ROUND.format(program=program, bench=os.getpid()),
        ],
        env={**os.environ, "BROADCASTER_VOICES": "espeak"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
