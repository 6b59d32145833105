"""What the commands say of a clock that cannot be believed."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from broadcaster.asrun import AsRunLog, CommandQueue, Store
from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Occurrence, ProgrammePlan, Slot
from broadcaster.station.folder import StationFolder
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
FUTURE = NOON.replace(year=2099)


@pytest.fixture
def station(tmp_path: Path) -> StationFolder:
    """A new station whose log has one row, of the year 2099."""
    folder = StationFolder(tmp_path / "dai")
    init_station(folder.root)
    folder.ensure()
    slot = Slot(id="sang", start=time(5), days=frozenset(range(7)), programme_id="sang")
    with Store.open(folder.database, clock=SimulatedClock(FUTURE)) as store:
        missed = Occurrence(slot, FUTURE, ProgrammePlan("sang", "Sáng", ()))
        AsRunLog(store).missed(missed, reason="x")
    return folder


def run(station: StationFolder, *words: str) -> Result:
    runner = CliRunner(mix_stderr=False)
    arguments = ["--lang", "en", "-C", str(station.root), *words]
    return runner.invoke(main, arguments, obj=SimulatedClock(NOON))


@pytest.mark.parametrize("words", [("today",), ("log",), ("today", "--json")])
def test_the_commands_of_every_day_say_it(station: StationFolder, words: tuple[str, ...]):
    """Whoever looks at the plan or the log is told on standard error why nothing will sound."""
    told = run(station, *words)
    assert told.exit_code == 0
    assert "12:00 23/11/2099" in told.stderr
    assert "[clock-behind]" in told.stderr
    assert "broadcaster clock confirm" in told.stderr


def test_clock_shows_the_doubt_and_ends_with_one(station: StationFolder):
    """The command itself says what time it is, and why that is not believed."""
    shown = run(station, "clock")
    assert shown.exit_code == 1
    assert "12:00:00 23/11/2026" in shown.stdout
    assert "the last row of the log" in shown.stdout
    value = json.loads(run(station, "clock", "--json").stdout)
    assert value["trusted"] is False
    assert value["code"] == "clock-behind"


def test_doctor_says_it_with_its_cure(station: StationFolder):
    """The self-check counts it as what keeps the station from broadcasting."""
    findings = json.loads(run(station, "doctor", "--json").stdout)
    [clock] = [f for f in findings if f["area"] == "clock"]
    assert clock["ok"] is False
    assert "clock confirm" in clock["cure"]


def test_a_person_confirms_the_clock(station: StationFolder):
    """After it nothing complains any more, the log tells who it was, and the chain holds."""
    confirmed = run(station, "clock", "confirm", "--by", "Trưởng đài")
    assert confirmed.exit_code == 0, confirmed.stderr
    assert "12:00:00 23/11/2026" in confirmed.stdout
    assert run(station, "clock").exit_code == 0
    assert run(station, "today").stderr == ""
    with Store.open(station.database, clock=SimulatedClock(NOON)) as store:
        command = CommandQueue(store).last_done("clock-confirm")
        assert command is not None
        assert command.ordered_by == "Trưởng đài"
        assert AsRunLog(store).verify() == []


def test_a_station_that_never_ran_can_confirm_too(tmp_path: Path):
    """Before the first run there is no database; confirming makes one."""
    folder = StationFolder(tmp_path / "dai")
    init_station(folder.root)
    assert run(folder, "clock").exit_code == 0
    assert run(folder, "clock", "confirm").exit_code == 0
