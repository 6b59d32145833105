"""The preparer's child: crashes, hangs and orphans, with real processes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from station_process import StationProcess, wait_for

from broadcaster.clock import SystemClock
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.process import PreparerProcess
from broadcaster.station.preparing.quarantine import Quarantine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.integration

CRASH = (
    "import os, sys; open(sys.argv[1] + '/.broadcaster/at-hand', 'w').write('{hash}'); os.abort()"
)
HANG = "import time; time.sleep(60)"
COUNT = "import sys; open(sys.argv[1] + '/.broadcaster/passes', 'a').write('x')"


class Watched(PreparerProcess):
    """A preparer that a test ticks until something has happened."""

    def until(self, condition, **values) -> None:
        def happened() -> bool:
            self.tick()
            return bool(condition())

        wait_for(happened, **values)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    return folder


@pytest.fixture
def started(folder: StationFolder) -> Iterator[list[Watched]]:
    """Those that a test starts are ended with it."""
    made: list[Watched] = []
    yield made
    for preparer in made:
        preparer.stop()


def preparer(folder: StationFolder, started: list[Watched], program: str, **values) -> Watched:
    made = Watched(folder, SystemClock(), command=(sys.executable, "-c", program), **values)
    started.append(made)
    return made


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_was_at_hand_is_set_aside(folder: StationFolder, started: list[Watched]) -> None:
    """The child crashes while it speaks a text: that text is set aside with the reason."""
    made = preparer(folder, started, CRASH.format(hash="abc"))
    made.until(lambda: Quarantine(folder.state).reasons())
    assert list(Quarantine(folder.state).reasons()) == ["abc"]
    assert "-6" in Quarantine(folder.state).reasons()["abc"]


def test_nothing_at_hand_is_a_rest(
    folder: StationFolder, started: list[Watched], caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is to blame: nothing is set aside, and the next pass waits."""
    caplog.set_level(logging.ERROR)
    made = preparer(folder, started, CRASH.format(hash=""))
    made.until(lambda: "rests" in caplog.text)
    for _tick in range(20):
        made.tick()
        assert made.pid is None
    assert Quarantine(folder.state).reasons() == {}


def test_a_quarantine_that_cannot_be_written_is_a_rest(
    folder: StationFolder, started: list[Watched], caplog: pytest.LogCaptureFixture
) -> None:
    """No crash loop on a full disk: what cannot be set aside rests, too."""
    caplog.set_level(logging.ERROR)
    (folder.state / "quarantine.json").mkdir()
    made = preparer(folder, started, CRASH.format(hash="abc"))
    made.until(lambda: "rests" in caplog.text)
    made.tick()
    assert made.pid is None


def test_a_child_that_hangs_is_killed(folder: StationFolder, started: list[Watched]) -> None:
    """Nothing new taken up for too long: killed, and what was at hand is set aside."""
    made = preparer(folder, started, HANG, stalled_after_s=0.3)
    made.tick()
    pid = made.pid
    Quarantine(folder.state).take_up("abc")
    made.until(lambda: Quarantine(folder.state).reasons())
    assert list(Quarantine(folder.state).reasons()) == ["abc"]
    assert not is_alive(pid)


def test_a_pass_that_was_asked_for_meanwhile_follows(
    folder: StationFolder, started: list[Watched]
) -> None:
    """One pass after another, never two at once, and none that nobody asked for."""
    passes = folder.state / "passes"
    made = preparer(folder, started, COUNT)
    made.tick()
    made.want()
    made.want()
    made.until(lambda: passes.exists() and passes.read_text() == "xx" and made.pid is None)
    made.tick()
    assert made.pid is None


def test_the_daemon_stops_it(folder: StationFolder, started: list[Watched]) -> None:
    """Stopped with the daemon: gone at once, and nothing is blamed for it."""
    made = preparer(folder, started, HANG)
    made.tick()
    pid = made.pid
    Quarantine(folder.state).take_up("abc")
    made.stop()
    assert not is_alive(pid)
    assert Quarantine(folder.state).reasons() == {}


def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    """The daemon is killed: its preparer ends by itself, for the pipe between them is closed."""
    station = StationProcess(tmp_path / "dai")
    station.make(output="null", noise_s=1)
    station.schedule(seconds_ahead=3600)
    text = "Một câu dài cho giọng đọc. " * 400
    for number in range(30):
        (station.root / f"scripts_vi/{number:02}.txt").write_text(
            f"Tin {number}.\n\n{text} {number}\n"
        )
    station.schedule(seconds_ahead=3600, programme="ban-tin")
    command = [sys.executable, "-m", "broadcaster.station.preparing.process"]
    now = SystemClock().now().isoformat()
    child = subprocess.Popen([*command, str(station.root), now], stdin=subprocess.PIPE)
    wait_for(lambda: Quarantine(station.root / ".broadcaster").at_hand())
    assert child.stdin
    child.stdin.close()
    assert child.wait(5) == 1


def one_pass(station: StationProcess, now: datetime) -> tuple[int, str]:
    """(exit code, what it said) of a child whose parent lives."""
    command = [sys.executable, "-m", "broadcaster.station.preparing.process", str(station.root)]
    ours, theirs = os.pipe()
    try:
        done = subprocess.run(
            [*command, now.isoformat()],
            env={**station.environment, "BROADCASTER_VOICES": "espeak"},
            stdin=ours,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return done.returncode, done.stderr


def test_a_station_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The child says what is wrong with station.yaml in a sentence, and gives its exit code."""
    (tmp_path / "station.yaml").write_bytes(bytes(range(256)))
    code, said = one_pass(StationProcess(tmp_path), SystemClock().now())
    assert code == 3
    assert "station.yaml" in said
    assert "Traceback" not in said


def test_what_lies_ready_is_left_alone_when_its_time_has_come(tmp_path: Path) -> None:
    """An edit while the programme is on air: the file that sounds stays as it is."""
    station = StationProcess(tmp_path / "dai")
    station.make(output="null", noise_s=1)
    text = station.root / "scripts_vi/01.txt"
    at = station.schedule(seconds_ahead=300, programme="ban-tin")

    def sound() -> bytes:
        audio = station.root / f"audio_out/programmes/{at:%F}/{at:%H%M}-thu.wav"
        return audio.read_bytes()

    text.write_text("Tin một.\n\nNội dung một.\n", encoding="utf-8")
    assert one_pass(station, at - timedelta(hours=1))[0] == 0
    first = sound()
    text.write_text("Tin một.\n\nMột nội dung khác.\n", encoding="utf-8")
    assert one_pass(station, at)[0] == 0
    assert sound() == first
    assert one_pass(station, at - timedelta(hours=1))[0] == 0
    assert sound() != first


MISSED = "import sys; open(sys.argv[1] + '/.broadcaster/passes', 'a').write('x'); sys.exit(75)"


def test_a_pass_that_missed_a_voice_is_followed_by_another(
    folder: StationFolder, started: list[Watched], caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is blamed, and the preparer comes back by itself, less and less often."""
    passes = folder.state / "passes"
    made = preparer(folder, started, MISSED, again_s=0.2, longest_again_s=1.0)
    began = time.monotonic()
    made.until(lambda: passes.exists() and passes.read_text() == "xxxx")
    assert time.monotonic() - began > 0.2 + 0.4 + 0.8
    assert Quarantine(folder.state).reasons() == {}
    assert caplog.text == ""


def test_settings_that_cannot_be_read_are_no_crash(
    folder: StationFolder, started: list[Watched], caplog: pytest.LogCaptureFixture
) -> None:
    """The child says that station.yaml is broken; a bulletin that comes then is looked at at once,
    without the rest that a crash would cost."""
    made = preparer(folder, started, COUNT + "; sys.exit(3)")
    passes = folder.state / "passes"
    made.until(passes.exists)
    made.until(lambda: made.pid is None)
    made.want()
    made.until(lambda: len(passes.read_text(encoding="utf-8")) == 2)
    assert "rests" not in caplog.text
