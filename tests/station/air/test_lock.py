"""One daemon a station."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from broadcaster.errors import AlreadyRunningError, BroadcasterError
from broadcaster.station.air.lock import StationLock, running_pid

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, pathlib
from broadcaster.station.air.lock import StationLock
with StationLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_daemon_is_told_who_is_on_duty(tmp_path: Path) -> None:
    """The second daemon ends with a sentence that names the process of the first."""
    with StationLock(tmp_path):
        with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}") as caught:
            StationLock(tmp_path).acquire()
        assert caught.value.exit_code == 6
        assert "stop" in caught.value.hint


def test_the_station_is_free_again_afterwards(tmp_path: Path) -> None:
    """After an orderly stop another daemon may take over; the pid is forgotten."""
    with StationLock(tmp_path):
        assert running_pid(tmp_path) == os.getpid()
    assert running_pid(tmp_path) is None
    with StationLock(tmp_path):
        pass


def test_a_new_station_has_nobody_on_duty(tmp_path: Path) -> None:
    """Asking who runs a station that never ran makes no file."""
    assert running_pid(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_station_can_be_released_twice(tmp_path: Path) -> None:
    """Stopping twice does no harm."""
    lock = StationLock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()


def test_a_file_left_by_a_power_cut_holds_nobody_back(tmp_path: Path) -> None:
    """An old lock file with an old pid does not keep the station off the air."""
    (tmp_path / ".broadcaster").mkdir()
    (tmp_path / ".broadcaster" / "lock").write_text("99999\nrubbish")
    assert running_pid(tmp_path) is None
    with StationLock(tmp_path):
        assert running_pid(tmp_path) == os.getpid()


def test_asking_who_is_on_duty_keeps_nobody_off(tmp_path: Path) -> None:
    """A monitor that looks at the very moment of the start does not prevent it."""
    with StationLock(tmp_path):
        pass
    with (tmp_path / ".broadcaster" / "lock").open() as monitor:
        fcntl.flock(monitor, fcntl.LOCK_SH)
        end_of_look = threading.Timer(0.03, lambda: fcntl.flock(monitor, fcntl.LOCK_UN))
        end_of_look.start()
        with StationLock(tmp_path):
            assert running_pid(tmp_path) == os.getpid()
        end_of_look.join()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Where no lock can be written, a sentence says which path, and what to check."""
    (tmp_path / ".broadcaster").write_text("a file in the way")
    with pytest.raises(BroadcasterError, match="cannot be written") as caught:
        StationLock(tmp_path).acquire()
    assert "permissions" in caught.value.hint


@pytest.mark.integration
def test_a_killed_daemon_leaves_the_station_free(tmp_path: Path) -> None:
    """After kill -9 the next daemon starts at once."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        assert running_pid(tmp_path) == child.pid
        with pytest.raises(AlreadyRunningError, match=str(child.pid)):
            StationLock(tmp_path).acquire()
        child.kill()
        child.wait()
        with StationLock(tmp_path):
            pass


@pytest.mark.usefixtures("vietnamese")
def test_the_second_operator_reads_it_in_vietnamese(tmp_path: Path) -> None:
    """The sentence is Vietnamese."""
    with StationLock(tmp_path), pytest.raises(AlreadyRunningError, match="đang được trực"):
        StationLock(tmp_path).acquire()
