"""The wall clock is wrong, or is set while the daemon runs: a real process, and what is heard."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from bad_disk import compiled
from invariants import check_invariants, rest_until
from needs import needs
from station_process import StationProcess, wait_for

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import Occurrence, ProgrammePlan, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sound_server import PrivateSoundServer

pytestmark = pytest.mark.integration

LENGTH_S = 8.0
STORM = "---\ntitle: Bão\npriority: khẩn cấp\n---\nBão sắp vào bờ.\n"


@pytest.fixture
def set_by(tmp_path: Path) -> Path:
    """The file with the seconds by which the daemon's clock was set."""
    return tmp_path / "set-by"


@pytest.fixture
def station(tmp_path: Path, server: PrivateSoundServer, set_by: Path) -> Iterator[StationProcess]:
    environment = {
        **server.environment,
        "LD_PRELOAD": str(compiled("clock", tmp_path)),
        "CLOCK_SET_BY": str(set_by),
    }
    station = StationProcess(tmp_path / "dai", environment)
    station.make(output="pacat", noise_s=LENGTH_S)
    yield station
    station.close()


@pytest.mark.parametrize("by_s", [3000, -20, -3000])
def test_a_programme_plays_on_when_the_clock_is_set(
    station: StationProcess, server: PrivateSoundServer, set_by: Path, by_s: int
) -> None:
    """Set ahead or back in mid-programme: it is heard once and whole, the log has its true length,
    and nothing else sounds."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=2))
    set_by.write_text(str(by_s))
    rest_until(at + timedelta(seconds=LENGTH_S + 3))
    set_by.unlink()
    entry = station.wait_for_the_end()
    assert station.end() == 0, station.service_log()
    assert len(server.onsets()) == 1
    assert server.sounding_s() == pytest.approx(LENGTH_S, abs=0.3)
    begin, end = (
        datetime.fromisoformat(entry["starts"][0]),
        datetime.fromisoformat(entry["ended_at"]),
    )
    assert (end - begin).total_seconds() == pytest.approx(LENGTH_S, abs=0.3)
    assert entry["outcome"] == "aired"
    assert "the clock was set by" in station.service_log()
    check_invariants(station, server)


def test_a_slot_that_was_jumped_over_is_missed_or_late(
    station: StationProcess, server: PrivateSoundServer, set_by: Path
) -> None:
    """An idle station, and the clock is set half an hour ahead over a slot: silence, and the log
    says that the clock was set."""
    station.schedule(seconds_ahead=900)
    station.start()
    station.wait_until_ready()
    set_by.write_text("1800")
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "missed"
    assert "[clock-stepped]" in entry["reason"]
    assert server.onsets() == []


def _write_a_row_from_2099(station: StationProcess) -> None:
    future = datetime(2099, 1, 1, tzinfo=LOCAL)
    (station.root / ".broadcaster").mkdir(exist_ok=True)
    slot = Slot(id="x", start=future.time(), days=frozenset({0}), programme_id="x")
    path = station.root / ".broadcaster/station.db"
    with Store.open(path, clock=SimulatedClock(future)) as store:
        missed = Occurrence(slot, future, ProgrammePlan("x", "X", ()))
        AsRunLog(store).missed(missed, reason="a wrong clock")


def test_a_row_from_2099_and_the_person_who_confirms(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """A row from the future: nothing planned is heard, every command says why; confirmed by a
    person, the slot starts late, and after a restart everything is as always."""
    _write_a_row_from_2099(station)
    station.start()
    station.wait_until_ready()
    at = station.schedule(seconds_ahead=3 + station.lead_s())
    rest_until(at + timedelta(seconds=2))
    assert server.onsets() == []
    assert "[clock-behind]" in station.command("today").stderr
    assert station.command("clock").returncode == 1
    assert "[clock-behind]" in station.service_log()
    confirmed = station.command("clock", "confirm", "--by", "Trưởng đài")
    assert confirmed.returncode == 0, confirmed.stderr
    wait_for(lambda: [e for e in station.log() if e["outcome"] == "aired"], seconds=90)
    assert station.end() == 0
    assert len(server.onsets()) == 1
    assert station.command("clock").returncode == 0
    station.start()
    station.wait_until_ready()
    assert station.end() == 0
    assert station.command("log", "verify").returncode == 0
    assert len(server.onsets()) == 1


def test_an_emergency_of_a_doubted_clock_is_marked_in_the_report(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """A warning may sound though nobody knows the time; the report counts it, and says that its
    hour is not sure."""
    needs("espeak-ng", "espeak-ng")
    (station.root / "scripts_vi/bao.txt").write_text(STORM, encoding="utf-8")
    _write_a_row_from_2099(station)
    station.start()
    wait_for((station.root / "audio_out/khan-cap/bao.json").exists, seconds=60)
    ordered = station.command("emergency", "bao", "--repeat", "1")
    assert ordered.returncode == 0, ordered.stderr
    wait_for(lambda: [e for e in station.log() if e["outcome"] == "aired"])
    assert station.end() == 0
    report = json.loads(station.command("report", "--json").stdout)
    assert (report["emergencies"], report["doubted"]) == (1, 1)
    assert server.onsets()
