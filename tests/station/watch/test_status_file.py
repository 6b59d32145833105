"""The status file: whole numbers, and honest about their age."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from occurrences import at
from small_station import small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock
from broadcaster.playout import Gates
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.content.plans import current_plans
from broadcaster.station.settings.load import load_config
from broadcaster.station.watch import Air
from broadcaster.station.watch.numbers import Numbers
from broadcaster.station.watch.status import read_status, write_status

if TYPE_CHECKING:
    from pathlib import Path

NOW = at("05:30:05")


def status(tmp_path: Path, **values):
    path = tmp_path / "status.json"
    write_status(path, {"alive_at": NOW.isoformat(), "stopped": False, "alarms": [], **values})
    return read_status(path, now=NOW + timedelta(seconds=5))


def test_a_loop_that_is_alive(tmp_path: Path) -> None:
    """Written five seconds ago by a living loop: in contact, and well."""
    assert status(tmp_path).is_well


def test_a_loop_that_stands_still(tmp_path: Path) -> None:
    """The file was written just now, but the loop was alive a minute ago: out of contact."""
    found = status(tmp_path, alive_at=(NOW - timedelta(minutes=1)).isoformat(), written_at="now")
    assert not found.in_contact
    assert found.alive_at == NOW - timedelta(minutes=1)


def test_a_station_that_was_stopped(tmp_path: Path) -> None:
    """After an orderly end nobody believes that it is on air."""
    assert not status(tmp_path, stopped=True).in_contact


def test_an_open_alarm_is_not_well(tmp_path: Path) -> None:
    """The station runs, and something is wrong."""
    found = status(tmp_path, alarms=[{"code": "card-muted"}])
    assert (found.in_contact, found.is_well) == (True, False)


def test_a_clock_that_was_set_back(tmp_path: Path) -> None:
    """A sign of life from the future is no sign of life."""
    assert not status(tmp_path, alive_at=(NOW + timedelta(hours=1)).isoformat()).in_contact


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"alive_at": 5}', '{"alarms": 3}', "\udcff"])
def test_what_is_no_status(tmp_path: Path, text: str) -> None:
    """A file that is missing, torn or foreign is a station out of contact, never an error."""
    path = tmp_path / "status.json"
    assert not read_status(path, now=NOW).in_contact
    path.write_bytes(text.encode(errors="surrogateescape"))
    found = read_status(path, now=NOW)
    assert (found.in_contact, found.alarms, found.alive_at) == (False, [], None)


def test_the_numbers(tmp_path: Path) -> None:
    """Idle at half past five: the next start of the week, nothing prepared, one idle output."""
    folder = small_station(tmp_path / "dai")
    config, _problems = load_config(folder)
    assert config
    plans, _problems = current_plans(folder, config)
    week = LiveWeek(plans, since=NOW)
    numbers = Numbers(folder, config, week, NOW, Gates(()))
    with Store.open(folder.database, clock=SimulatedClock(NOW)) as store:
        found = numbers.of(Air(NOW), AsRunLog(store), levels={"null": (80, False)}, now=NOW)
    assert json.loads(json.dumps(found))["alive_at"] == "2026-11-23T05:30:05.000+07:00"
    assert found["next"]["at"] == "2026-11-23T11:00:00.000+07:00"
    assert found["prepared_ahead_hours"] == 5.5
    assert found["outputs"] == {"null": {"state": "idle", "detail": ""}}
    assert (found["on_air"], found["last"], found["last_backup"]) == ([], None, None)
    assert found["mixers"] == {"null": {"volume": 80, "muted": False}}
    assert found["disk_free_bytes"] > 0
