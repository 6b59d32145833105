"""Player programs that misbehave: real children, and no sound server."""

from __future__ import annotations

import threading
import time
import wave
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from broadcaster.clock import SystemClock
from broadcaster.playout import PlaybackState
from broadcaster.playout.outputs.command import CommandOutput, CommandPlayback, PlayerProgram

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration
SAMPLES = 24_000


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    """Half a second in which each sample is its own number, so that none can be lost unseen."""
    path = tmp_path / "half-a-second.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(b"".join(n.to_bytes(2, "little") for n in range(1, SAMPLES + 1)))
    return path


def shell(script: str) -> CommandOutput:
    program = PlayerProgram(
        name="sh",
        package="dash",
        arguments=("-c", script),
        target_option="",
        latency_s=0.0,
        trouble=lambda _target: "",
    )
    return CommandOutput(program, "", clock=SystemClock())


def play(script: str, audio: Path, *, ahead_s: float = 0.3, from_ms: int = 0) -> CommandPlayback:
    at = SystemClock().now() + timedelta(seconds=ahead_s)
    playback = shell(script).play(audio, at=at, from_ms=from_ms, duration_ms=500)
    deadline = time.monotonic() + 10
    while playback.state() in {PlaybackState.STARTING, PlaybackState.PLAYING}:
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)
    return playback


@pytest.mark.parametrize("from_ms", [0, 200])
def test_all_of_the_audio_reaches_the_player_after_silence(
    audio: Path, tmp_path: Path, from_ms: int
) -> None:
    """What the player reads is silence up to the start, then the audio to its last sample."""
    playback = play(f"exec cat > {tmp_path}/read", audio, ahead_s=0.5, from_ms=from_ms)
    assert playback.state() is PlaybackState.ENDED
    assert playback.reason() == ""
    read = memoryview((tmp_path / "read").read_bytes()).cast("H")
    first = from_ms * 48
    assert list(read[-(SAMPLES - first) :]) == list(range(first + 1, SAMPLES + 1))
    silence = read[: -(SAMPLES - first)]
    assert not any(silence)
    assert 0.3 < len(silence) / 48_000 <= 0.5


def test_a_late_start_begins_at_once_and_skips_nothing(audio: Path, tmp_path: Path) -> None:
    """Called after its time, the whole audio is played behind a moment of silence."""
    play(f"exec cat > {tmp_path}/read", audio, ahead_s=-5)
    read = (tmp_path / "read").read_bytes()
    assert len(read) == 4096 + 2 * SAMPLES


def test_a_player_that_refuses_says_why(audio: Path) -> None:
    """The last line that the player wrote is the reason."""
    playback = play("echo first >&2; echo 'the device is busy' >&2; exit 1", audio)
    assert playback.state() is PlaybackState.FAILED
    assert playback.reason() == "the device is busy"


def test_a_player_that_leaves_without_a_word_has_failed(audio: Path) -> None:
    """A silent exit is told with its status; a peaceful one before the end is a failure too."""
    assert play("exit 7", audio).reason() == "the player ended with status 7"
    assert play("exit 0", audio).reason() == "the player ended before all was played"


def test_a_player_that_never_reads_has_stalled(audio: Path) -> None:
    """A hung player is given up after two seconds, and is gone then."""
    began = time.monotonic()
    playback = play("exec sleep 60", audio)
    assert "stalled" in playback.reason()
    assert 1.9 < time.monotonic() - began < 3


def test_a_player_that_never_leaves_has_stalled(audio: Path) -> None:
    """A player that has read everything and does not end is given up two seconds later."""
    assert "stalled" in play("cat > /dev/null; exec sleep 60", audio).reason()


def test_a_player_that_is_not_installed_is_a_sentence(audio: Path) -> None:
    """A missing program fails the playback and names the Debian package in the check."""
    missing = PlayerProgram(
        name="no-such-player",
        package="no-such-package",
        arguments=(),
        target_option="",
        latency_s=0.0,
        trouble=lambda _target: "",
    )
    output = CommandOutput(missing, "", clock=SystemClock())
    assert "apt-get install no-such-package" in output.check()
    playback = output.play(audio, at=SystemClock().now(), duration_ms=500)
    deadline = time.monotonic() + 10
    while playback.state() is not PlaybackState.FAILED:
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)
    assert "no-such-player" in playback.reason()


def test_a_stop_reaches_a_player_that_hangs(audio: Path) -> None:
    """The operator's stop does not wait for anybody."""
    at = SystemClock().now() + timedelta(seconds=1)
    playback = shell("exec sleep 60").play(audio, at=at, duration_ms=500)
    began = time.monotonic()
    playback.stop()
    assert time.monotonic() - began < 0.2
    threading.Event().wait(0.1)
    assert (playback.state(), playback.reason()) == (PlaybackState.FAILED, "stopped")


def test_a_file_that_is_cut_off_is_played_and_then_told(audio: Path) -> None:
    """What is left of a damaged file is heard; then the playback fails with its name."""
    audio.write_bytes(audio.read_bytes()[: 44 + SAMPLES])
    playback = play("exec cat > /dev/null", audio)
    assert "half-a-second.wav is shorter than planned" in playback.reason()
