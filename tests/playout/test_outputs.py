"""Outputs that need no sound card: the registry, the recording, the silent one."""

from __future__ import annotations

import threading
import wave
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from occurrences import MINUTE, at

from broadcaster.clock import LOCAL, SimulatedClock, SystemClock
from broadcaster.errors import OutputError
from broadcaster.playout import PlaybackState, open_output, output_names
from broadcaster.playout.outputs.auto import AutoOutput
from broadcaster.playout.outputs.file import Recording
from broadcaster.playout.outputs.null import NullOutput

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

RATE = 48_000


def make_wav(path: Path, *, seconds: float, level: int, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(level.to_bytes(2, "little") * round(seconds * rate))
    return path


def levels(path: Path) -> list[tuple[int, float]]:
    """(sample value, seconds) of each stretch of equal samples."""
    with wave.open(str(path), "rb") as file:
        raw = file.readframes(file.getnframes())
    runs: list[tuple[int, int]] = []
    for value in memoryview(raw).cast("h"):
        if runs and runs[-1][0] == value:
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    return [(value, count / RATE) for value, count in runs]


class HandClock(SystemClock):
    """The machine's clock as far as an output can tell, moved by hand."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self.instant = start

    def now(self) -> datetime:
        return self.instant.astimezone(LOCAL)


def test_every_output_of_the_manual_is_installed() -> None:
    """The outputs named in station.yaml's comments exist."""
    assert set(output_names()) >= {"auto", "pacat", "aplay", "file", "null"}


def test_an_unknown_output_names_the_nearest() -> None:
    """A typing error in `output:` is answered with the right word."""
    with pytest.raises(OutputError, match="did you mean “pacat”"):
        open_output("pakat", clock=SystemClock())


@pytest.mark.parametrize("spec", ["file", "auto:usb"])
def test_a_wrong_target_is_a_sentence_with_a_cure(spec: str) -> None:
    """An output without its file, or with a name where none belongs, says what to write."""
    with pytest.raises(OutputError) as error:
        open_output(spec, clock=SystemClock())
    assert error.value.hint


def test_auto_takes_the_first_that_can_play() -> None:
    """Without a sound server the sound card is taken."""
    clock = SimulatedClock(at("05:00"))
    null = open_output("null", clock=clock)
    output = AutoOutput(clock=clock, candidates=[Deaf(), null])
    assert output.check() == ""
    playback = output.play(None, at=at("05:00"), duration_ms=1000)
    playback.thread.join(5)
    assert output.name == "null"
    assert playback.state() is PlaybackState.PLAYING
    playback.stop()
    assert (playback.state(), playback.position_ms()) == (PlaybackState.FAILED, 0)


def test_no_sound_device_is_a_sentence() -> None:
    """Without any device the sentence says what was tried; nothing crashes."""
    output = AutoOutput(clock=SystemClock(), candidates=[Deaf()])
    assert "deaf: it has no ears" in output.check()
    playback = output.play(None, at=at("05:00"), from_ms=20, duration_ms=1000)
    playback.thread.join(5)
    assert (playback.state(), playback.position_ms()) == (PlaybackState.FAILED, 20)
    assert "no sound device" in playback.reason()
    assert output.name == "auto"


def test_a_sound_server_that_hangs_holds_up_nothing() -> None:
    """While somebody is asked and does not answer, playing and stopping return at once; what
    answers after the stop stays silent."""
    clock = SimulatedClock(at("05:00"))
    slow = Slow(clock)
    output = AutoOutput(clock=clock, candidates=[slow])
    playback = output.play(None, at=at("05:00"), duration_ms=1000)
    assert playback.state() is PlaybackState.STARTING
    playback.stop()
    assert (playback.state(), playback.reason()) == (PlaybackState.FAILED, "stopped")
    slow.answers.set()
    playback.thread.join(5)
    assert playback.state() is PlaybackState.FAILED


class Slow(NullOutput):
    """Answers when it is told to."""

    def __init__(self, clock: SimulatedClock) -> None:
        super().__init__(clock=clock)
        self.answers = threading.Event()

    def check(self) -> str:
        self.answers.wait(5)
        return ""


class Deaf:
    name = "deaf"

    def check(self) -> str:
        return "it has no ears"

    def play(self, audio: Path | None, **_when: object) -> None:
        raise AssertionError


def test_the_silent_output_follows_the_clock() -> None:
    """Position and end come from the clock alone, however far it jumps."""
    clock = SimulatedClock(at("05:29:59"))
    playback = open_output("null", clock=clock).play(None, at=at("05:30"), duration_ms=60_000)
    assert (playback.state(), playback.position_ms()) == (PlaybackState.STARTING, 0)
    clock.wait_until(at("05:30:10"))
    assert (playback.state(), playback.position_ms()) == (PlaybackState.PLAYING, 10_000)
    clock.wait_until(at("17:00"))
    playback.stop()
    assert (playback.state(), playback.position_ms()) == (PlaybackState.ENDED, 60_000)


def test_a_stopped_playback_has_not_ended() -> None:
    """What was stopped in mid-programme stays where it was, and is not called ended."""
    clock = SimulatedClock(at("05:30"))
    playback = open_output("null", clock=clock).play(None, at=at("05:30"), duration_ms=60_000)
    clock.wait_until(at("05:30:10"))
    playback.stop()
    clock.wait_until(at("06:00"))
    assert playback.state() is PlaybackState.FAILED
    assert playback.position_ms() == 10_000
    assert playback.reason() == "stopped"


def test_a_simulated_day_is_recorded_without_its_idle_time(tmp_path: Path) -> None:
    """Two programmes hours apart follow each other in the recording."""
    clock = SimulatedClock(at("05:00"))
    target = tmp_path / "out" / "day.wav"
    target.parent.mkdir()
    make_wav(target, seconds=1, level=99)
    output = open_output(f"file:{target}", clock=clock)
    for number, start in enumerate(("05:30", "17:00"), 1):
        audio = make_wav(tmp_path / f"{number}.wav", seconds=2, level=number)
        playback = output.play(audio, at=at(start), duration_ms=2000)
        clock.wait_until(at(start) + MINUTE)
        assert playback.state() is PlaybackState.ENDED
    assert levels(target) == [(1, 2.0), (2, 2.0)]


def test_a_real_recording_keeps_its_idle_time_and_grows_as_time_passes(tmp_path: Path) -> None:
    """With the machine's clock the pauses are in the recording, and it is valid at any time."""
    clock = HandClock(at("05:00"))
    target = tmp_path / "day.wav"
    output = open_output(f"file:{target}", clock=clock)
    audio = make_wav(tmp_path / "a.wav", seconds=2, level=1)
    first = output.play(audio, at=at("05:00"), duration_ms=2000)
    clock.instant = at("05:00:01")
    assert first.position_ms() == 1000
    assert levels(target) == [(1, 1.0)]
    clock.instant = at("05:00:03")
    assert first.state() is PlaybackState.ENDED
    second = output.play(audio, at=at("05:00:04"), duration_ms=2000)
    clock.instant = at("05:00:04.5")
    second.stop()
    clock.instant = at("05:10")
    assert second.state() is PlaybackState.FAILED
    assert levels(target) == [(1, 2.0), (0, 2.0), (1, 0.5)]


def test_a_recording_goes_on_after_a_restart(tmp_path: Path) -> None:
    """A restart of the station adds to the recording and loses nothing."""
    clock = HandClock(at("05:00"))
    target = tmp_path / "day.wav"
    for level in (1, 2):
        audio = make_wav(tmp_path / f"{level}.wav", seconds=1, level=level)
        output = open_output(f"file:{target}", clock=clock)
        playback = output.play(audio, at=clock.instant, duration_ms=1000)
        clock.instant += MINUTE
        assert playback.state() is PlaybackState.ENDED
    assert levels(target) == [(1, 1.0), (2, 1.0)]


def test_the_later_start_cuts_the_earlier_in_the_recording_too(tmp_path: Path) -> None:
    """Where two overlap, the recording holds what a listener would have heard."""
    clock = SimulatedClock(at("05:00"))
    target = tmp_path / "day.wav"
    output = open_output(f"file:{target}", clock=clock)
    first = output.play(
        make_wav(tmp_path / "1.wav", seconds=4, level=1), at=at("05:00"), duration_ms=4000
    )
    second = output.play(
        make_wav(tmp_path / "2.wav", seconds=1, level=2), at=at("05:00:02"), duration_ms=1000
    )
    clock.wait_until(at("05:00:02"))
    assert first.state() is PlaybackState.PLAYING
    clock.wait_until(at("05:00:02.5"))
    second.state()
    first.stop()
    clock.wait_until(at("05:01"))
    assert second.state() is PlaybackState.ENDED
    assert levels(target) == [(1, 2.0), (2, 1.0)]


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    """A programme whose file lost its end fails with the file's name."""
    clock = SimulatedClock(at("05:00"))
    audio = make_wav(tmp_path / "1.wav", seconds=2, level=1)
    audio.write_bytes(audio.read_bytes()[: 44 + RATE])
    output = open_output(f"file:{tmp_path}/day.wav", clock=clock)
    playback = output.play(audio, at=at("05:00"), duration_ms=2000)
    clock.wait_until(at("05:01"))
    assert playback.state() is PlaybackState.FAILED
    assert "1.wav is shorter than planned" in playback.reason()


def test_only_house_files_go_on_air(tmp_path: Path) -> None:
    """A missing file, a text, an empty file and another rate are refused, each in a sentence."""
    output = open_output(f"file:{tmp_path}/day.wav", clock=SimulatedClock(at("05:00")))
    text, empty = tmp_path / "text.wav", tmp_path / "empty.wav"
    text.write_text("not a sound at all, but long enough to look at")
    empty.touch()
    slow = make_wav(tmp_path / "slow.wav", seconds=1, level=1, rate=22_050)
    for audio in (text, empty, slow, tmp_path / "missing.wav", None):
        with pytest.raises(OutputError):
            output.play(audio, at=at("05:00"), duration_ms=1000)
    assert not (tmp_path / "day.wav").exists()


def test_a_foreign_file_is_never_overwritten(tmp_path: Path) -> None:
    """A recording is not appended to a file that is none."""
    target = tmp_path / "letter.txt"
    target.write_text("a letter")
    audio = make_wav(tmp_path / "1.wav", seconds=1, level=1)
    output = open_output(f"file:{target}", clock=HandClock(at("05:00")))
    with pytest.raises(OutputError, match="not a recording"):
        output.play(audio, at=at("05:00"), duration_ms=1000)
    assert target.read_text() == "a letter"


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A recording below a file, where no folder can be, is refused with the reason."""
    audio = make_wav(tmp_path / "1.wav", seconds=1, level=1)
    output = open_output(f"file:{audio}/day.wav", clock=SimulatedClock(at("05:00")))
    with pytest.raises(OutputError, match="cannot be written"):
        output.play(audio, at=at("05:00"), duration_ms=1000)


def test_a_recording_ends_at_twelve_hours(tmp_path: Path) -> None:
    """A WAV holds twelve hours: idle time gives way first, then the recording says it is full."""
    recording = Recording(tmp_path / "day.wav", keeps_idle_time=True)
    recording.prepare(RATE)
    recording.append([b"\1\0" * RATE], until=at("05:00"))
    recording.begin(at("05:00") + timedelta(hours=1))
    assert recording.length() == RATE * 3601
    recording.append([b"\1\0"], until=at("06:00"))
    recording.begin(at("06:00") + timedelta(hours=9))
    assert recording.length() == RATE * 3601 + 1
    with pytest.raises(OutputError, match="full"):
        recording.prepare(12 * 3600 * RATE)
