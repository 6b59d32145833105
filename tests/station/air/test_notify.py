"""What systemd hears of the daemon."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from broadcaster.station.air.notify import Notifier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["path", "abstract"])
def listener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, socket.socket]]:
    """A socket as systemd opens it, and its name in NOTIFY_SOCKET."""
    abstract = request.param == "abstract"
    name = f"@broadcaster-test-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind("\0" + name[1:] if abstract else name)
        server.settimeout(5)
        yield name, server


def test_systemd_hears_the_whole_life(listener: tuple[str, socket.socket]) -> None:
    """Ready, alive, a status of one line, stopping: over both kinds of socket."""
    name, server = listener
    notifier = Notifier.from_environment({"NOTIFY_SOCKET": name})
    notifier.ready()
    notifier.alive()
    notifier.status("Đang phát:\nChương trình sáng")
    notifier.stopping()
    heard = [server.recv(4096).decode() for _ in range(4)]
    assert heard == [
        "READY=1",
        "WATCHDOG=1",
        "STATUS=Đang phát: Chương trình sáng",
        "STOPPING=1",
    ]


def test_a_loop_that_turns_fast_is_heard_once_a_second(listener: tuple[str, socket.socket]) -> None:
    """A hundred turns of the loop are one sign of life, and the next one comes with its second."""
    name, server = listener
    notifier = Notifier(name)
    for _turn in range(100):
        notifier.alive()
    notifier.stopping()
    assert [server.recv(4096).decode() for _ in range(2)] == ["WATCHDOG=1", "STOPPING=1"]


def test_without_systemd_nothing_happens() -> None:
    """Started by hand, the daemon tells nobody and has no watchdog."""
    notifier = Notifier.from_environment({})
    notifier.ready()
    notifier.alive()
    assert notifier.watchdog_s == 0


def test_a_deaf_systemd_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When nobody listens any more the air goes on, and it is logged once."""
    notifier = Notifier(str(tmp_path / "gone"))
    notifier.ready()
    notifier.alive()
    assert len(caplog.records) == 1


def test_a_full_socket_is_not_waited_for(listener: tuple[str, socket.socket]) -> None:
    """A listener that does not read cannot hold the playout loop."""
    name, _server = listener
    notifier = Notifier(name)
    for _ in range(5000):
        notifier.status("đang chờ")


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "30000000"}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
    ],
)
def test_the_watchdog_is_as_the_unit_says(environment: dict[str, str], seconds: float) -> None:
    """The daemon knows how often it must be heard, when it is meant."""
    assert Notifier.from_environment(environment).watchdog_s == seconds
