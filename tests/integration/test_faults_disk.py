"""The disk forgets what was not synced, fails, or is full, under the running daemon."""

from __future__ import annotations

import random
import signal
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from bad_disk import BadDisk
from invariants import check_invariants, rest_until
from soak import rounds
from station_process import StationProcess, wait_for

from broadcaster.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sound_server import PrivateSoundServer

pytestmark = pytest.mark.integration


@pytest.fixture
def disk(tmp_path: Path) -> BadDisk:
    return BadDisk(tmp_path / "dai", tmp_path / "disk")


@pytest.fixture
def station(tmp_path: Path, disk: BadDisk, server: PrivateSoundServer) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", disk.environment(server.environment))
    station.make(output="pacat", noise_s=5)
    yield station
    station.close()


@pytest.mark.parametrize("_cut", range(rounds(2, 30)))
def test_no_sound_before_its_row_survives_a_power_cut(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk, _cut: int
) -> None:
    """The power fails around a start, and everything that was not synced is gone: whatever was
    heard has its row all the same, and after the cut nothing starts a second time."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=random.uniform(-0.3, 0.8)))
    station.end(signal.SIGKILL)
    heard = server.onsets()
    disk.cut_power()
    entries = check_invariants(station, server)
    assert not heard or [e for e in entries if e.starts]
    station.start()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    check_invariants(station, server)
    assert len([s for s in entry["starts"] if s]) <= 2


def test_every_row_is_synced_before_it_counts(station: StationProcess, disk: BadDisk) -> None:
    """After a whole programme and a power cut the log is the same as before it."""
    station.on_duty_before_its_slot(spare_s=1)
    before = station.wait_for_the_end()
    station.end(signal.SIGKILL)
    disk.cut_power()
    assert station.log() == [before]
    check_invariants(station)


@pytest.mark.parametrize("rule", ["w station.db", "f station.db"], ids=["EIO", "ENOSPC"])
def test_a_database_that_cannot_be_written(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk, rule: str
) -> None:
    """At its time no row can be written: silence. When the disk is well again, the slot starts
    late, with its row, to its end."""
    at = station.on_duty_before_its_slot(spare_s=2)
    disk.fail(rule)
    rest_until(at + timedelta(seconds=2))
    assert server.onsets() == []
    healed = SystemClock().now()
    disk.heal()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "aired"
    [start] = map(datetime.fromisoformat, entry["starts"])
    assert start > healed
    check_invariants(station, server)


@pytest.mark.parametrize("rule", ["w station.db", "f station.db"], ids=["EIO", "ENOSPC"])
def test_the_operator_stops_though_no_row_can_be_written(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk, rule: str
) -> None:
    """A disk that takes nothing: “broadcaster stop” is heard at once all the same, and the log
    tells it when there is room again."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=1))
    disk.fail(rule)
    assert station.command("stop").returncode == 0
    answered = SystemClock().now()
    assert answered < at + timedelta(seconds=4.8), "the machine is too slow for this test"
    rest_until(at + timedelta(seconds=6))
    assert server.recording().last_sound() < answered.timestamp() + 0.2
    disk.heal()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert "[stopped]" in entry["reason"]
    check_invariants(station, server)


def test_a_disk_that_cannot_be_read_is_told_in_words(
    station: StationProcess, disk: BadDisk
) -> None:
    """Whoever asks for the log hears what is broken, in his language, and no name of an error."""
    station.on_duty_before_its_slot(spare_s=1)
    station.wait_for_the_end()
    station.end()
    disk.fail("r station.db")
    told = station.command("--lang", "vi", "log")
    assert told.returncode != 0
    assert "đĩa bị lỗi khi đọc hoặc ghi" in told.stderr
    assert "disk I/O" not in told.stderr


def test_a_disk_that_fails_in_the_middle_leaves_the_sound_alone(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk
) -> None:
    """Database, pulse and everything else fail for writing in mid-programme: it is heard to its
    end, and its end is written as soon as that can be."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=1))
    disk.fail("w .broadcaster/", "w daemon.log")
    rest_until(at + timedelta(seconds=7))
    disk.heal()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "aired"
    assert len(server.onsets()) == 1
    check_invariants(station, server)


def test_an_audio_file_that_cannot_be_read(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk
) -> None:
    """The disk gives no sound at its time: the slot costs itself, with a reason, and the daemon
    lives; when the disk is well again the rest is heard at the right place, or nothing is."""
    at = station.on_duty_before_its_slot(spare_s=2)
    disk.fail("r audio_out/programmes")
    rest_until(at + timedelta(seconds=1.5))
    disk.heal()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] in {"aired", "cut", "failed", "missed"}
    assert entry["outcome"] == "aired" or entry["reason"]
    check_invariants(station, server)


def test_a_daemon_killed_on_a_full_disk_comes_back(
    station: StationProcess, server: PrivateSoundServer, disk: BadDisk
) -> None:
    """Full disk, then kill -9 in mid-programme: the next life closes the books when it can."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=1))
    disk.fail("f station.db")
    station.end(signal.SIGKILL)
    disk.heal()
    station.start()
    wait_for(station.is_ready, seconds=60)
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["starts"]
    check_invariants(station, server)
