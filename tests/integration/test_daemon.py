"""The daemon as a process: heard on time, stopped at once, killed at any moment."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sound_server import PrivateSoundServer

pytestmark = pytest.mark.integration

LENGTH_S = 12.0
"""Longer than a busy machine takes to start a daemon again."""


@pytest.fixture
def station(tmp_path: Path, server: PrivateSoundServer) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", server.environment)
    station.make(output="pacat", noise_s=LENGTH_S)
    yield station
    station.close()


def rest_until(instant: float) -> None:
    threading.Event().wait(max(0.0, instant - time.time()))


def starts_of(entry: dict) -> list[float]:
    return [datetime.fromisoformat(text).timestamp() for text in entry["starts"]]


def test_a_slot_is_heard_on_time_and_logged(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """The first sound of a slot is heard within 50 ms of its time; the log says the same."""
    at = station.on_duty_before_its_slot(spare_s=1).timestamp()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    [onset] = server.onsets()
    assert onset == pytest.approx(at, abs=0.05)
    assert starts_of(entry) == [pytest.approx(at, abs=0.001)]
    assert entry["outcome"] == "aired"
    assert entry["segments"][0]["title"] == "on"
    assert len(entry["audio_sha256"]) == 64
    assert station.command("log", "verify").returncode == 0


def test_the_operator_stops_it_at_once(station: StationProcess, server: PrivateSoundServer) -> None:
    """An order to stop is heard within a fraction of a second, and the log names who gave it."""
    at = station.on_duty_before_its_slot(spare_s=1).timestamp()
    rest_until(at + 2)
    assert station.command("stop").returncode == 0
    answered = time.time()
    rest_until(answered + 2)
    assert server.recording().last_sound() < answered
    [entry] = station.log()
    assert entry["outcome"] == "cut"
    assert entry["operator"]
    assert len(server.onsets()) == 1


@pytest.mark.parametrize(
    "moment", [-0.6, -0.02, 0.03, random.uniform(0.2, 1), random.uniform(1, 5)]
)
def test_killed_at_any_moment(
    station: StationProcess, server: PrivateSoundServer, moment: float
) -> None:
    """After kill -9 and a restart the log has exactly the starts that were heard, and no part
    of the programme is heard twice."""
    at = station.on_duty_before_its_slot(spare_s=2).timestamp()
    rest_until(at + moment)
    station.end(signal.SIGKILL)
    station.start()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    onsets = server.onsets(pause_s=0.3)
    assert starts_of(entry) == pytest.approx(onsets, abs=0.15), station.service_log()
    assert entry["outcome"] == "aired"
    heard_s = sum((abs(r.samples) > 0.005).sum() for r in server.recordings()) / 48_000
    assert heard_s < LENGTH_S + 0.2
    assert station.command("log", "verify").returncode == 0


def test_a_second_daemon_is_refused(station: StationProcess) -> None:
    """Two daemons in one station folder would speak over each other."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for((station.root / ".broadcaster/station.db").exists)
    second = station.command("run")
    assert second.returncode == 6
    assert str(station.daemon.pid) in second.stderr


def test_a_week_dropped_in_while_it_runs_is_heard(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """A new week is taken up without a restart; a broken one leaves the good one in force."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for((station.root / ".broadcaster/last-good/tuan.yaml").exists)
    at = station.schedule(seconds_ahead=14).timestamp()
    kept = station.root / ".broadcaster/last-good/tuan.yaml"
    week = station.root / "schedules/tuan.yaml"
    wait_for(lambda: kept.read_text() == week.read_text())
    week.write_text(week.read_text().replace("programme: tieng-on", "programe: tieng-on"))
    rest_until(at + 7.5)
    [onset] = server.onsets()
    assert onset == pytest.approx(at, abs=0.05)
    assert "programe" in station.service_log()


def test_ctrl_c_closes_the_books(station: StationProcess) -> None:
    """Ctrl-C ends the daemon in order, and the shell is told so."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for((station.root / ".broadcaster/last-good/tuan.yaml").exists)
    threading.Event().wait(0.5)
    assert station.end(signal.SIGINT) == 130
    assert "Traceback" not in station.service_log()


def test_a_rehearsal_runs_fast_and_aside(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """`run --speed 20` passes a slot in a twentieth of its time, unheard, in its own log."""
    station.schedule(seconds_ahead=50)
    station.command("render")
    station.start("--speed", "20")
    threading.Event().wait(5)
    assert station.end() == 0
    assert station.log() == []
    [entry] = json.loads(station.command("log", "--simulated", "--json").stdout)
    assert entry["outcome"] == "aired"
    assert server.onsets() == []
