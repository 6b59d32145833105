"""The heartbeat of the playout."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.clock import LOCAL
from broadcaster.errors import BroadcasterError
from broadcaster.station.air import pulse
from broadcaster.station.air.pulse import Pulse, last_beat

if TYPE_CHECKING:
    from pathlib import Path

FIVE = datetime(2026, 11, 23, 5, 0, 0, 123_456, tzinfo=LOCAL)
NAME = "sáng@2026-11-23T05:00+07:00"

BEAT_ON = """
import sys, pathlib, itertools
from datetime import datetime, timedelta, UTC
from broadcaster.station.air.pulse import Pulse
pulse = Pulse(pathlib.Path(sys.argv[1]))
start = datetime(2026, 11, 23, tzinfo=UTC)
for n in itertools.count(1):
    pulse.beat(start + timedelta(milliseconds=n), occurrence="sang", position_ms=n)
    if n == 1000:
        print("beating", flush=True)
"""


def test_the_last_beat_is_read_back(tmp_path: Path) -> None:
    """What plays, when, and how far it has come, to the microsecond."""
    with Pulse(tmp_path / "pulse") as mine:
        mine.beat(FIVE, occurrence=NAME, position_ms=-250)
        mine.beat(FIVE + timedelta(seconds=1), occurrence=NAME, position_ms=750)
    beat = last_beat(tmp_path / "pulse")
    assert beat is not None
    assert (beat.at, beat.occurrence, beat.position_ms) == (FIVE + timedelta(seconds=1), NAME, 750)
    assert beat.this_boot
    assert beat.is_of(NAME)
    assert not beat.is_of("chiều")


def test_a_new_station_has_no_beat(tmp_path: Path) -> None:
    """No file, or a new one, tells nothing."""
    assert last_beat(tmp_path / "pulse") is None
    with Pulse(tmp_path / "pulse"):
        assert last_beat(tmp_path / "pulse") is None


def test_the_beat_before_the_crash_stands_until_the_next(tmp_path: Path) -> None:
    """A restarted daemon still reads what the last one played; its own first beat is newer."""
    with Pulse(tmp_path / "pulse") as first:
        first.beat(FIVE, occurrence=NAME, position_ms=5)
        first.beat(FIVE, occurrence=NAME, position_ms=6)
    with Pulse(tmp_path / "pulse") as second:
        before = last_beat(tmp_path / "pulse")
        second.beat(FIVE - timedelta(days=1), occurrence="", position_ms=0)
        after = last_beat(tmp_path / "pulse")
    assert before is not None
    assert after is not None
    assert (before.position_ms, after.occurrence) == (6, "")


@settings(deadline=None)
@given(st.integers(0, 2 * pulse._RECORD - 1), st.integers(1, 255))
def test_a_torn_beat_leaves_the_one_before(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    """Whichever byte is wrong, either beat is read whole, never a mixture."""
    path = tmp_path_factory.mktemp("p") / "pulse"
    with Pulse(path) as mine:
        mine.beat(FIVE, occurrence="a", position_ms=1)
        mine.beat(FIVE + timedelta(seconds=1), occurrence="b", position_ms=2)
        mine.sync()
    raw = bytearray(path.read_bytes())
    raw[place] ^= flip
    path.write_bytes(raw)
    beat = last_beat(path)
    assert beat is not None
    assert (beat.occurrence, beat.position_ms) in {("a", 1), ("b", 2)}


@pytest.mark.parametrize("content", [b"", b"\0" * 600, b"rubbish", b"\xff" * 9000])
def test_rubbish_is_no_beat(tmp_path: Path, content: bytes) -> None:
    """A zeroed, cut or foreign file tells nothing, and the next daemon beats over it."""
    path = tmp_path / "pulse"
    path.write_bytes(content)
    assert last_beat(path) is None
    with Pulse(path) as mine:
        mine.beat(FIVE, occurrence=NAME)
        beat = last_beat(path)
    assert beat is not None
    assert beat.is_of(NAME)


def test_a_beat_of_before_the_power_cut_says_so(tmp_path: Path) -> None:
    """After a power cut later beats may be lost, so the reader must know of the cut."""
    with Pulse(tmp_path / "pulse") as mine:
        mine._boot = bytes(16)
        mine.beat(FIVE, occurrence=NAME)
    beat = last_beat(tmp_path / "pulse")
    assert beat is not None
    assert not beat.this_boot


def test_a_very_long_name_is_still_recognised(tmp_path: Path) -> None:
    """A name longer than the record is known by its beginning."""
    name = "khung-giờ-" * 60
    with Pulse(tmp_path / "pulse") as mine:
        mine.beat(FIVE, occurrence=name)
    beat = last_beat(tmp_path / "pulse")
    assert beat is not None
    assert beat.is_of(name)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A sentence names the path."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BroadcasterError, match="cannot be written"):
        Pulse(tmp_path / "file" / "pulse")


@pytest.mark.integration
def test_a_killed_daemon_leaves_a_whole_beat(tmp_path: Path) -> None:
    """Killed in the middle of a beat, the file still tells where the playout was."""
    for number in range(5):
        path = tmp_path / str(number)
        with subprocess.Popen(
            [sys.executable, "-c", BEAT_ON, str(path)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == "beating\n"
            child.kill()
        beat = last_beat(path)
        assert beat is not None
        assert beat.position_ms >= 1000
        passed = beat.at - datetime(2026, 11, 23, 7, tzinfo=LOCAL)
        assert passed == timedelta(milliseconds=beat.position_ms)
