"""kill -9 again and again, in whatever phase the daemon is: prepare, armed, playing, writing."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from invariants import check_invariants
from soak import IS_SOAK, rounds
from station_process import StationProcess, wait_for

from broadcaster.clock import SystemClock
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

EVERY_S = 7
HEAD_START_S = 15
"""In which the preparer gets ahead of the kills, so that there is something to break off."""
KILLS = rounds(15, 200)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai")
    station.make(output='"null"', noise_s=3)
    yield station
    station.close()


def phase_of(station: StationProcess) -> str:
    """What the daemon is doing now."""
    if not station.is_ready():
        return "starting"
    threads = Path(f"/proc/{station.daemon.pid}/task").glob("*/children")
    children = [child for thread in threads for child in thread.read_text().split()]
    if any("preparing.process" in _command(child) for child in children):
        return "preparing"
    return "playing" if station.is_on_air() else "waiting"


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_killed_in_every_phase(station: StationProcess) -> None:
    """A slot every seven seconds and a kill at random moments, in the preparer's work too: each
    start that was acknowledged is stored, none is doubled, each slot has its end or its reason,
    and the chain holds."""
    moments, phases = random.Random(), Counter()
    minutes = KILLS * (5 + 2 * station.lead_s()) / 60 + 1
    begins = SystemClock().now() + timedelta(seconds=HEAD_START_S)
    station.schedule_often(every_s=EVERY_S, seconds_ahead=HEAD_START_S, minutes=minutes)
    station.start()
    wait_for(lambda: len(list(station.root.glob("audio_out/programmes/*/*.wav"))) >= 3, seconds=60)
    station.end(signal.SIGKILL)
    for kill in range(KILLS):
        station.start()
        if kill % 4:  # else in the middle of starting, or of preparing
            station.wait_until_ready()
        threading.Event().wait(moments.uniform(0, 5))
        phases[phase_of(station)] += 1
        station.end(signal.SIGKILL)
    print(phases)
    assert not IS_SOAK or phases.keys() >= {"starting", "preparing", "playing", "waiting"}
    station.start()
    station.wait_until_ready()
    threading.Event().wait(3)
    assert station.end() == 0
    killed_until = SystemClock().now()
    entries = check_invariants(station)
    assert any(e.starts for e in entries), "nothing ever sounded"
    told = {e.scheduled_at for e in entries}
    passed = killed_until - timedelta(seconds=35)  # later ones may still start
    expected = int((passed - begins).total_seconds() // EVERY_S)
    assert len([at for at in told if at <= passed]) >= expected
    assert not [e for e in entries if e.outcome is Outcome.ON_AIR and e.scheduled_at < passed]
