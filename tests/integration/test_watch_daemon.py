"""The watch of a real daemon: systemd's watchdog, the status file, alarms of a silent station."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest
from sound_server import SINK, PrivateSoundServer
from station_process import StationProcess, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration

ALARM = "alarm: {{command: [tee, -a, {file}]}}\n"
HANGING = '''
import threading

class Hanging:
    """An output whose program never comes back: the playout loop stands still in it."""

    name = "treo"

    def __init__(self, target, *, clock):
        pass

    def play(self, audio, *, at, from_ms=0, duration_ms):
        threading.Event().wait(60)

    def check(self):
        return ""
'''


class Systemd:
    """The socket that systemd listens on, and when each message came."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: list[tuple[float, str]] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        while message := self._socket.recv(4096).decode():
            self.heard.append((time.monotonic(), message))

    def close(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
            last.sendto(b"", str(self.path))
        self._listener.join()
        self._socket.close()

    def count(self, message: str, *, since: float = 0.0) -> int:
        return sum(at > since and text == message for at, text in self.heard)


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(tmp_path / "notify")
    yield systemd
    systemd.close()


@pytest.fixture
def station(tmp_path: Path, systemd: Systemd) -> Iterator[StationProcess]:
    """A station whose alarms are lines of a file."""
    station = StationProcess(tmp_path / "dai")
    station.make(output="'null'", noise_s=30)
    with (station.root / "station.yaml").open("a") as settings:
        settings.write(ALARM.format(file=tmp_path / "alarms.txt"))
    station.environment["NOTIFY_SOCKET"] = str(systemd.path)
    yield station
    station.close()


def status(station: StationProcess) -> dict:
    try:
        return json.loads((station.root / ".broadcaster/status.json").read_text())
    except FileNotFoundError:
        return {}


def alarms(station: StationProcess) -> str:
    path = station.root.parent / "alarms.txt"
    return path.read_text() if path.exists() else ""


def test_a_living_loop_feeds_the_watchdog(station: StationProcess, systemd: Systemd) -> None:
    """Ready once, alive all the time, stopping at the end; the status says the same, in each of
    its stages."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for(lambda: systemd.count("READY=1") and status(station))
    assert station.command("status").returncode == 0
    since = time.monotonic()
    threading.Event().wait(4)
    assert systemd.count("WATCHDOG=1", since=since) in {2, 3, 4}
    assert station.end() == 0
    assert [text for _at, text in systemd.heard if text != "WATCHDOG=1"] == [
        "READY=1",
        "STOPPING=1",
    ]
    assert status(station)["stopped"]
    done = station.command("--lang", "vi", "status")
    assert (done.returncode, "đài đã được tắt" in done.stdout) == (1, True)


def test_a_loop_that_hangs_starves_the_watchdog(
    station: StationProcess, systemd: Systemd, tmp_path: Path
) -> None:
    """The loop stands still in an output; every other thread goes on.  No sign of life reaches
    systemd, the operator is told, and the status does not look alive."""
    (tmp_path / "hanging.py").write_text(HANGING)
    about = tmp_path / "hanging-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: hanging\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[broadcaster.outputs]\ntreo = hanging:Hanging\n")
    station.environment["PYTHONPATH"] = str(tmp_path)
    settings = station.root / "station.yaml"
    settings.write_text(settings.read_text().replace("'null'", "treo"))
    station.schedule(seconds_ahead=15)
    station.command("render")
    station.start()
    wait_for(lambda: systemd.count("WATCHDOG=1") > 2)
    wait_for(lambda: "[playout-hangs]" in alarms(station), seconds=60)
    since = time.monotonic()
    alive_at = status(station)["alive_at"]
    written_at = status(station)["written_at"]
    wait_for(lambda: status(station)["written_at"] != written_at)
    assert systemd.count("WATCHDOG=1", since=since - 5) == 0
    assert status(station)["alive_at"] == alive_at
    no_contact = "Mất liên lạc với máy phát – số liệu lúc"
    wait_for(lambda: no_contact in station.command("status").stdout)
    assert station.command("status").returncode == 1
    assert station.daemon.poll() is None


def test_a_station_that_is_killed_is_out_of_contact(station: StationProcess) -> None:
    """After kill -9 the last numbers stand there, and nobody takes them for the present."""
    station.schedule(seconds_ahead=3600)
    station.start()
    wait_for(lambda: status(station))
    station.end(signal.SIGKILL)
    assert status(station)["stopped"] is False
    threading.Event().wait(16)
    done = station.command("status", "--json")
    assert (done.returncode, json.loads(done.stdout)["in_contact"]) == (1, False)


@pytest.mark.parametrize("in_journal", [False, True])
def test_json_lines(station: StationProcess, *, in_journal: bool) -> None:
    """As a service the log is one JSON object a line, with English keys; in the journal it is
    without being asked for, and each line begins with its priority."""
    log = station.root / "daemon.log"
    log.touch()
    journal = f"{log.stat().st_dev}:{log.stat().st_ino}"
    station.environment["JOURNAL_STREAM"] = journal if in_journal else "8:1"
    station.schedule(seconds_ahead=3600)
    station.start(*([] if in_journal else ["--log-format", "json"]))
    wait_for(lambda: status(station))
    station.schedule(seconds_ahead=3000)
    wait_for(lambda: "changed" in station.service_log())
    station.end()
    lines = station.service_log().splitlines()
    assert lines
    assert all(line.startswith("<6>") == in_journal for line in lines)
    objects = [json.loads(line.removeprefix("<6>")) for line in lines]
    assert all({"at", "level", "logger", "message"} <= value.keys() for value in objects)


def test_a_card_that_is_muted_while_on_air(station: StationProcess, tmp_path: Path) -> None:
    """At a real sound server somebody turns the sound off: the position goes on, and the operator
    knows soon that the card is muted, and that nobody hears it."""
    with PrivateSoundServer() as server:
        station.environment |= {
            key: value for key, value in server.environment.items() if key not in os.environ
        } | {"PULSE_SERVER": server.environment["PULSE_SERVER"]}
        settings = station.root / "station.yaml"
        settings.write_text(settings.read_text().replace("'null'", f"pacat:{SINK}"))
        at = station.schedule(seconds_ahead=12).timestamp()
        station.command("render")
        station.start()
        wait_for(lambda: time.time() > at + 5, seconds=30)
        assert alarms(station) == ""
        server.control("set-sink-mute", SINK, "1")
        wait_for(lambda: "[card-muted]" in alarms(station) or "unheard" in alarms(station))
        wait_for(lambda: len(status(station)["alarms"]) == 2, seconds=20)
        codes = {alarm["code"] for alarm in status(station)["alarms"]}
        assert codes == {"output-unheard", "card-muted"}
        assert station.command("status").returncode == 1
        station.end()
