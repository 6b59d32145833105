"""What a listener hears: a private sound server with a null sink, and a recorder on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import wave
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from needs import needs
from sound_server import RATE, PrivateSoundServer

from broadcaster.clock import SystemClock
from broadcaster.playout import (
    Ended,
    Failed,
    PlaybackState,
    Player,
    Resumed,
    Started,
    open_output,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from broadcaster.playout import Event

pytestmark = pytest.mark.integration
SOON = timedelta(seconds=1)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """Four seconds of noise: never silent, and no two places in it are alike."""
    noise = np.random.default_rng(7).normal(0, 0.2, 4 * RATE).clip(-0.9, 0.9)
    path = tmp_path / "programme.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((noise * 32_767).astype("<i2").tobytes())
    return path


def samples_of(path: Path) -> NDArray[np.float32]:
    with wave.open(str(path), "rb") as file:
        raw = file.readframes(file.getnframes())
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32_768


def find(needle: NDArray[np.float32], hay: NDArray[np.float32]) -> int:
    """The place in ``hay`` at which ``needle`` fits best, by cross-correlation."""
    size = 1 << (len(hay) + len(needle) - 1).bit_length()
    spectrum = np.fft.rfft(hay, size) * np.conj(np.fft.rfft(needle, size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: len(hay)]))


def longest_hole_ms(heard: NDArray[np.float32]) -> float:
    loud = np.flatnonzero(np.abs(heard) > 0.01)
    return float(np.max(np.diff(loud))) * 1000 / RATE


def wait_for(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        threading.Event().wait(0.005)


def listen(player: Player, events: list[Event], until: type[Event]) -> None:
    def has_come() -> bool:
        events.extend(player.tick())
        return any(isinstance(event, until) for event in events)

    wait_for(has_come, seconds=15)


def armed(programme: Path, output: str = "pacat") -> tuple[Player, datetime]:
    clock = SystemClock()
    player = Player(open_output(output, clock=clock), clock)
    at = clock.now() + SOON
    player.arm(programme, at=at, duration_ms=4000)
    return player, at


@pytest.mark.parametrize("output", ["pacat", "aplay:pulse"])
def test_a_programme_is_heard_whole_and_on_time(
    server: PrivateSoundServer, programme: Path, output: str
) -> None:
    """A programme starts within 50 ms of its time and reaches the loudspeaker as it was made."""
    needs("aplay", "alsa-utils libasound2-plugins")
    player, at = armed(programme, output)
    events: list[Event] = []
    listen(player, events, Ended)
    assert [type(event) for event in events] == [Started, Ended]
    heard = server.recording()
    made = samples_of(programme)
    begin = find(made, heard.samples)
    error_ms = (heard.started_at + begin / RATE - at.timestamp()) * 1000
    print(f"{output}: start error {error_ms:+.1f} ms")
    assert abs(error_ms) < 50
    assert abs(events[0].at.timestamp() - at.timestamp()) < 0.05
    heard_programme = heard.samples[begin : begin + len(made)]
    assert np.corrcoef(heard_programme, made)[0, 1] >= 0.98
    assert longest_hole_ms(heard_programme) < 50


def test_stop_is_silence_at_once(server: PrivateSoundServer, programme: Path) -> None:
    """After a stop the loudspeaker is silent within 100 ms."""
    player, _at = armed(programme)
    listen(player, [], Started)
    threading.Event().wait(0.5)
    stopped_at = time.time()
    player.stop()
    threading.Event().wait(0.5)
    last = server.recording().last_sound()
    print(f"silent {1000 * (last - stopped_at):.0f} ms after stop")
    assert stopped_at - 0.1 < last < stopped_at + 0.1
    assert player.tick() == []


def test_a_loudspeaker_that_comes_back_goes_on_at_the_right_place(
    server: PrivateSoundServer, programme: Path
) -> None:
    """Sound card out and in again: the programme goes on where it would be by now."""
    player, at = armed(programme)
    events: list[Event] = []
    listen(player, events, Started)
    threading.Event().wait(0.7)
    server.unload_sink()
    listen(player, events, Failed)
    threading.Event().wait(0.3)
    server.load_sink()
    listen(player, events, Ended)
    assert isinstance(events[0], Started)
    assert [type(event) for event in events[-2:]] == [Resumed, Ended]
    assert events[-1].reason == ""
    assert_on_its_time_line(server, programme, at)


def test_a_player_that_dies_is_opened_again(server: PrivateSoundServer, programme: Path) -> None:
    """A player program that is killed in mid-programme is replaced, in the right place."""
    player, at = armed(programme)
    events: list[Event] = []
    listen(player, events, Started)
    threading.Event().wait(1)
    os.kill(player._playback.child_pid, signal.SIGKILL)
    listen(player, events, Ended)
    assert [type(event) for event in events] == [Started, Failed, Resumed, Ended]
    assert_on_its_time_line(server, programme, at)


def test_a_player_that_hangs_is_replaced(server: PrivateSoundServer, programme: Path) -> None:
    """A player program that stops reading is noticed after two seconds and replaced."""
    player, at = armed(programme)
    events: list[Event] = []
    listen(player, events, Started)
    os.kill(player._playback.child_pid, signal.SIGSTOP)
    stopped_at = time.monotonic()
    listen(player, events, Failed)
    assert "stalled" in events[-1].reason
    assert time.monotonic() - stopped_at < 4
    listen(player, events, Ended)
    assert_on_its_time_line(server, programme, at)


def assert_on_its_time_line(server: PrivateSoundServer, programme: Path, at: datetime) -> None:
    """The last half second that was heard stands where the time line puts it."""
    heard = server.recording()
    made = samples_of(programme)
    tail = made[-RATE // 2 :]
    place = heard.started_at + find(tail, heard.samples) / RATE
    planned = at.timestamp() + (len(made) - len(tail)) / RATE
    assert abs(place - planned) < 0.05


def test_the_sound_dies_with_the_station(server: PrivateSoundServer, programme: Path) -> None:
    """The station is killed with signal 9, and no sound is left behind."""
    needs("setpriv", "util-linux")
    station = subprocess.Popen([sys.executable, "-c", STATION, str(programme)])
    try:
        wait_for(lambda: bool(server.onsets()))
        threading.Event().wait(0.3)
    finally:
        station.kill()
        killed_at = time.time()
        station.wait()
    threading.Event().wait(0.5)
    assert killed_at - 0.1 < server.recording().last_sound() < killed_at + 0.1


STATION = """
import sys, threading
from datetime import timedelta
from pathlib import Path
from broadcaster.clock import SystemClock
from broadcaster.playout import Player, open_output
clock = SystemClock()
player = Player(open_output("pacat", clock=clock), clock)
player.arm(Path(sys.argv[1]), at=clock.now() + timedelta(seconds=1), duration_ms=4000)
threading.Event().wait(20)
"""


def test_auto_finds_the_sound_server(server: PrivateSoundServer) -> None:
    """The output “auto” takes the sound server that answers, and says its name."""
    output = open_output("auto", clock=SystemClock())
    assert output.check() == ""
    assert output.name == "pacat"


def test_no_loudspeaker_is_a_sentence(server: PrivateSoundServer, programme: Path) -> None:
    """Without a loudspeaker the output says so, and a playback fails with a reason."""
    server.unload_sink()
    output = open_output("pacat", clock=SystemClock())
    assert "no sound card" in output.check()
    playback = output.play(programme, at=SystemClock().now() + SOON, duration_ms=4000)
    wait_for(lambda: playback.state() is PlaybackState.FAILED)
    assert playback.reason()
