"""The device goes, the player hangs, the audio file is cut off or exchanged: a real daemon."""

from __future__ import annotations

import hashlib
import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from invariants import check_invariants, rest_until
from station_process import StationProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sound_server import PrivateSoundServer

pytestmark = pytest.mark.integration

LENGTH_S = 10.0


@pytest.fixture
def station(tmp_path: Path, server: PrivateSoundServer) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", server.environment)
    station.make(output="pacat", noise_s=LENGTH_S)
    yield station
    station.close()


def programme_of(station: StationProcess, at: datetime) -> Path:
    audio = station.root / f"audio_out/programmes/{at:%F}/{at:%H%M}-thu.wav"
    assert audio.exists()
    return audio


def players_of(pid: int) -> list[int]:
    """The processes named pacat below ``pid``."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().split("(", 1)[1].rsplit(") ", 1)
        except (OSError, IndexError):
            continue
        if int(rest.split()[1]) == pid and name.startswith("pacat"):
            found.append(int(status.parent.name))
    return found


def test_the_device_goes_and_comes_back(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """Pulled out in mid-programme and plugged in again: it goes on, the log has both starts of
    the one airing, and its end."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=2))
    server.unload_sink()
    rest_until(at + timedelta(seconds=3.5))
    server.load_sink()
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "aired", station.service_log()
    assert len(entry["starts"]) == 2
    check_invariants(station, server)


@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "is killed"])
def test_a_player_that_fails_is_replaced(
    station: StationProcess, server: PrivateSoundServer, blow: signal.Signals
) -> None:
    """The player program stops dead in mid-programme, or dies: another one goes on, and the log
    tells of both starts."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=2))
    [player] = players_of(station.daemon.pid)
    os.kill(player, blow)
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "aired", station.service_log()
    assert len(entry["starts"]) == 2 or (blow is signal.SIGSTOP and len(entry["starts"]) > 2)
    check_invariants(station, server)


@pytest.mark.parametrize("damage", ["cut off", "exchanged"])
def test_an_audio_file_that_is_damaged_before_its_start(
    station: StationProcess, server: PrivateSoundServer, damage: str
) -> None:
    """Cut off or exchanged after it was prepared: it never sounds under the hash of another. It is
    made again in time, or what airs instead, or that nothing does, stands in the log."""
    at = station.on_duty_before_its_slot(spare_s=3)
    audio = programme_of(station, at)
    data = audio.read_bytes()
    other = data[:44] + bytes(reversed(data[44:]))
    audio.write_bytes(data[: len(data) // 3] if damage == "cut off" else other)
    entry = station.wait_for_the_end()
    assert station.end() == 0
    is_made_again = hashlib.sha256(audio.read_bytes()).hexdigest() == entry["audio_sha256"]
    is_told = entry["outcome"] != "aired" or entry["reason"]
    assert is_made_again or is_told, station.service_log()
    check_invariants(station, server)


def test_an_audio_file_that_is_cut_off_while_it_sounds(
    station: StationProcess, server: PrivateSoundServer
) -> None:
    """The file loses its second half in mid-programme: the slot ends, with the reason or whole,
    the daemon lives, and the books are right."""
    at = station.on_duty_before_its_slot(spare_s=1)
    rest_until(at + timedelta(seconds=1))
    audio = programme_of(station, at)
    os.truncate(audio, audio.stat().st_size // 2)
    entry = station.wait_for_the_end()
    assert station.end() == 0
    assert entry["outcome"] == "aired" or entry["reason"]
    check_invariants(station, server)
