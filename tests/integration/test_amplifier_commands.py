"""The amplifier's commands as real programs: they run, fail, hang, and disturb nothing."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

import pytest

from broadcaster.station.air.amplifier import CommandSwitch

pytestmark = pytest.mark.integration


def settle(switch: CommandSwitch) -> None:
    deadline = time.monotonic() + 15
    while switch.is_busy:
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def switch_of(folder: Path, script: str = "", **values) -> CommandSwitch:
    program = folder / "relay"
    program.write_text(f'#!/bin/sh\n{script}\necho "$@" >> "{folder}/done"\n')
    program.chmod(0o755)
    return CommandSwitch([str(program), "17=1"], [str(program), "17=0; echo x"], **values)


def done(folder: Path) -> list[str]:
    path = folder / "done"
    return path.read_text().splitlines() if path.exists() else []


def test_a_command_gets_its_arguments_and_no_shell(tmp_path: Path) -> None:
    """On and off run the program with its arguments as they were written."""
    switch = switch_of(tmp_path)
    assert switch.settled() == ""
    switch.turn("on")
    settle(switch)
    assert switch.settled() == "on"
    switch.turn("off")
    settle(switch)
    assert done(tmp_path) == ["17=1", "17=0; echo x"]


def test_a_command_that_fails_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A relay that is not there: the service log has what the program said, once."""
    switch = switch_of(tmp_path, "echo 'no such chip' >&2; exit 3")
    for _ in range(2):
        switch.turn("on")
        settle(switch)
    assert switch.settled() == ""
    assert [r.getMessage() for r in caplog.records] == [
        f"amplifier on: {tmp_path}/relay: status 3: no such chip"
    ]


def test_a_program_that_is_missing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """A program that is not installed is a line of the service log."""
    switch = CommandSwitch(["khong-co-lenh-nay"], ["khong-co-lenh-nay"])
    switch.turn("on")
    settle(switch)
    assert "khong-co-lenh-nay: No such file" in caplog.text


def test_a_command_that_hangs_is_killed_with_its_children(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A relay program that hangs is killed after its time, and so is what it started."""
    script = f'sleep 60 & echo $! > "{tmp_path}/child"; wait'
    switch = switch_of(tmp_path, script, patience_s=0.5)
    before = time.monotonic()
    switch.turn("on")
    assert time.monotonic() - before < 0.2
    settle(switch)
    assert "no end after 0.5 seconds" in caplog.text
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    deadline = time.monotonic() + 5
    while child.exists() and child.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def test_at_the_end_it_is_off(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When the daemon ends, the amplifier is switched off, and a hanging relay does not hold it
    up for long."""
    with caplog.at_level(logging.INFO):
        switch = switch_of(tmp_path)
        switch.turn("on")
        switch.close()
    assert done(tmp_path) == ["17=1", "17=0; echo x"]
    hanging = switch_of(tmp_path, "sleep 5", patience_s=8)
    hanging.turn("on")
    before = time.monotonic()
    hanging.close(within_s=0.3)
    assert time.monotonic() - before < 1
