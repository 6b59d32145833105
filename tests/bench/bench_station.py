"""What the daemon costs when nothing is on air, a simulated year, and a render of nothing new."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL, SystemClock
from broadcaster.station.air.simulate import simulate
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.render import render_station

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE = Path(__file__).parents[2]
_SETTLED_S = 10.0
_IDLE_S = 20.0
_YEAR = datetime(2026, 1, 1, tzinfo=LOCAL)


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) on a copy of the sample station, with the offline voice."""
    os.environ["BROADCASTER_VOICES"] = "espeak"
    with tempfile.TemporaryDirectory() as folder:
        station = _copy(Path(folder) / "station")
        return [*_year(station), *_second_render(station), *_idle(station)]


def _copy(target: Path) -> StationFolder:
    """The sample station with no sound output, and nothing made yet."""
    for name in ("scripts_vi", "schedules"):
        shutil.copytree(_SAMPLE / name, target / name)
    settings = (_SAMPLE / "station.yaml").read_text(encoding="utf-8")
    (target / "station.yaml").write_text(
        settings.replace("output: auto", 'output: "null"'), encoding="utf-8"
    )
    return StationFolder(target)


def _year(station: StationFolder) -> Iterator[tuple[str, str, str]]:
    simulate(station, start=_YEAR, until=_YEAR + timedelta(days=30))
    begun, before_mb = time.perf_counter(), resident_mb(os.getpid())
    summary = simulate(station, start=_YEAR, until=_YEAR + timedelta(days=365))
    seconds, grown_mb = time.perf_counter() - begun, resident_mb(os.getpid()) - before_mb
    count = sum(summary.outcomes.values())
    yield "a simulated year of the sample week", f"{seconds:.1f} s ({count} starts)", "< 30 s"
    yield "memory, the year against its first month", f"{grown_mb:+.0f} MB", "flat"


def _second_render(station: StationFolder) -> Iterator[tuple[str, str, str]]:
    first_s, first = _render(station)
    second_s, calls = _render(station)
    assert first > 0
    yield "bulletins and 36 hours of programmes rendered", f"{first_s:.0f} s ({first} calls)", "—"
    yield "the same rendered again, unchanged", f"{second_s:.1f} s ({calls} calls)", "0 calls"


def _render(station: StationFolder) -> tuple[float, int]:
    """(seconds, calls to a speech engine)."""
    begun = time.perf_counter()
    report = render_station(station)
    assert not report.problems
    return time.perf_counter() - begun, sum(bulletin.calls for bulletin in report.bulletins)


def _idle(station: StationFolder) -> Iterator[tuple[str, str, str]]:
    """The daemon's own process; everything is prepared, and nothing is due."""
    daemon = subprocess.Popen(
        [sys.executable, "-m", "broadcaster", "-C", str(station.root), "run"],
        stderr=subprocess.DEVNULL,
    )
    try:
        _rest(_SETTLED_S)
        before = _cpu_s(daemon.pid)
        _rest(_IDLE_S)
        per_minute = (_cpu_s(daemon.pid) - before) * 60 / _IDLE_S
        memory = resident_mb(daemon.pid)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(20)
    yield "memory of the idle daemon", f"{memory:.0f} MB", "< 100 MB"
    yield "processor time of the idle daemon", f"{per_minute:.1f} s a minute", "< 3 s"


def _rest(seconds: float) -> None:
    clock = SystemClock()
    clock.wait_until(clock.now() + timedelta(seconds=seconds))


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
