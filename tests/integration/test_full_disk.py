"""The disk takes nothing more while the daemon runs: it lives, and nothing sounds unwritten."""

from __future__ import annotations

import resource
import threading
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

from broadcaster.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai")
    station.make(output='"null"', noise_s=3)
    yield station
    station.close()


def test_a_slot_waits_for_room_on_the_disk(station: StationProcess) -> None:
    """At its time no row can be written, so the slot is silent; a few seconds later there is
    room, and it starts late, with its row, to its end."""
    at = station.schedule(seconds_ahead=8)
    station.command("render")
    station.start()
    wait_for((station.root / ".broadcaster/pulse").exists)
    _rest_until(at, minus_s=1.5)
    pid = station.daemon.pid
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    _rest_until(at, minus_s=-2.5)
    assert station.log() == []
    freed = SystemClock().now()
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    wait_for(lambda: [e for e in station.log() if e["outcome"] == "aired"])
    assert station.end() == 0
    [entry] = station.log()
    (start,) = map(datetime.fromisoformat, entry["starts"])
    assert start > freed
    assert station.command("log", "verify").returncode == 0


def _rest_until(at: datetime, *, minus_s: float) -> None:
    threading.Event().wait(max(0.0, (at - SystemClock().now()).total_seconds() - minus_s))
