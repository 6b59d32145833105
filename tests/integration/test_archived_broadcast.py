"""The archive of a daemon that really ran: what was heard is there, and tampering shows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationProcess]:
    station = StationProcess(tmp_path / "dai", {**os.environ, "BROADCASTER_VOICES": "espeak"})
    station.make(output='"null"', noise_s=3)
    yield station
    station.close()


def archive(station: StationProcess) -> list[Path]:
    return sorted((station.root / "audio_out/archive").rglob("*.mp3"))


def test_what_aired_is_archived_and_vouched_for(station: StationProcess) -> None:
    """The MP3 appears once it was heard, not before; play-now too; a changed byte is found."""
    station.schedule(seconds_ahead=12)
    assert station.command("render").returncode == 0
    assert archive(station) == []
    station.start()
    wait_for(lambda: len(archive(station)) == 1, seconds=60)
    assert station.command("play", "du-phong", "--now").returncode == 0
    wait_for(lambda: len(archive(station)) == 2, seconds=60)
    assert station.end() == 0
    for entry in station.log():
        path = Path(entry["archive"])
        assert path in archive(station)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["archive_sha256"]
        assert entry["archive_others"] == []
    assert "✓" in station.command("log").stdout
    assert station.command("log", "verify").returncode == 0

    changed = archive(station)[0]
    data = changed.read_bytes()
    changed.unlink()
    changed.write_bytes(data[:-1] + b"x")
    verified = station.command("log", "verify")
    assert verified.returncode == 1
    assert "archive-changed" in verified.stdout
    assert changed.name in verified.stdout
    assert "1 tệp trong kho lưu" in station.command("doctor").stdout


def test_nothing_is_archived_where_it_is_off(station: StationProcess) -> None:
    """“archive: none” keeps nothing, and the log says so."""
    with (station.root / "station.yaml").open("a", encoding="utf-8") as file:
        file.write("archive: none\n")
    station.schedule(seconds_ahead=8)
    station.command("render")
    station.start()
    wait_for(lambda: [e["outcome"] for e in station.log()] == ["aired"], seconds=60)
    assert station.end() == 0
    assert archive(station) == []
    assert station.log()[0]["archive"] is None
