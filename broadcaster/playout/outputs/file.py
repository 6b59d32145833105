"""A recording instead of sound: what would have been heard, written to a WAV.

With the machine's clock it grows in real time, the idle time between two programmes included; with
a simulated one a day is written in seconds and idle time is skipped.  It needs no thread: whatever
should have sounded by now is copied whenever somebody asks for the state.
"""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import SystemClock
from broadcaster.errors import OutputError
from broadcaster.playout.housewav import FRAME_BYTES, HEADER_BYTES, HouseWav, frames, header
from broadcaster.playout.output import PlaybackState
from broadcaster.playout.outputs.null import ClockedPlayback

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from broadcaster.clock import Clock

__all__ = ["FileOutput", "FilePlayback", "Recording"]

_MOST_FRAMES = (2**32 - 1 - HEADER_BYTES) // FRAME_BYTES
_ROUNDING_MS = 20


class Recording:
    """A WAV that is valid after each write and can be gone on with after a restart.

    A RIFF file holds 4 GiB, 12.4 hours: idle time that would not fit is left out, and a programme
    that would not fit is refused.
    """

    def __init__(self, path: Path, *, keeps_idle_time: bool) -> None:
        self.path = path
        self._keeps_idle_time = keeps_idle_time
        self._ends_at: datetime | None = None

    def prepare(self, needed: int) -> None:
        """Make room for ``needed`` frames; in a simulation the first call begins a new file.

        :raises OutputError: where the file cannot be written, is not ours, or is full.
        """
        try:
            if self._ends_at is None and not (self._keeps_idle_time and self._goes_on()):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_bytes(header(0))
        except OSError as error:
            raise OutputError(
                _("{path} cannot be written: {detail}").format(
                    path=self.path, detail=_(str(error.strerror))
                ),
                hint=_("choose another place for the recording in station.yaml"),
            ) from error
        if self.length() + needed > _MOST_FRAMES:
            raise OutputError(
                _("the recording {path} is full (12 hours)").format(path=self.path),
                hint=_("move it to another place; a new one begins by itself"),
            )

    def _goes_on(self) -> bool:
        if not self.path.exists():
            return False
        with self.path.open("rb") as file:
            start = file.read(HEADER_BYTES)
        ours = header(0)
        if (start[:4], start[8:40]) != (ours[:4], ours[8:40]):
            raise OutputError(
                _("{path} exists and is not a recording of this program").format(path=self.path),
                hint=_("choose another name for the recording in station.yaml"),
            )
        return True

    def length(self) -> int:
        """Frames written so far."""
        return (self.path.stat().st_size - HEADER_BYTES) // FRAME_BYTES

    def begin(self, at: datetime) -> None:
        """Leave the time since the last sound empty; the file stays sparse there."""
        if self._keeps_idle_time and self._ends_at and at > self._ends_at:
            idle = frames((at - self._ends_at) // timedelta(milliseconds=1))
            if (length := self.length() + idle) <= _MOST_FRAMES // 2:
                with self.path.open("r+b") as file:
                    file.truncate(HEADER_BYTES + length * FRAME_BYTES)

    def append(self, blocks: Iterable[bytes], *, until: datetime) -> int:
        """Write ``blocks``, which sound until then; returns how many frames they had."""
        before = self.length()
        with self.path.open("r+b") as file:
            file.seek(HEADER_BYTES + before * FRAME_BYTES)
            file.writelines(blocks)
            after = (file.tell() - HEADER_BYTES) // FRAME_BYTES
            file.seek(0)
            file.write(header(after))
        self._ends_at = until
        return after - before


class FilePlayback:
    """Follows the clock, and copies what it passed."""

    def __init__(self, audio: Path, recording: Recording, *, timeline: ClockedPlayback) -> None:
        self._audio = audio
        self._recording = recording
        self._timeline = timeline
        self._before: FilePlayback | None = None
        self._copied_ms = self._first_ms = timeline.position_ms()
        self._failure = ""

    def follow(self, before: FilePlayback | None) -> FilePlayback:
        """Cut ``before`` when this one begins: one file carries one voice at a time."""
        self._before = before
        return self

    def state(self) -> PlaybackState:
        self._copy()
        return PlaybackState.FAILED if self._failure else self._timeline.state()

    def position_ms(self) -> int:
        self._copy()
        return self._copied_ms if self._failure else self._timeline.position_ms()

    def reason(self) -> str:
        return self._failure or self._timeline.reason()

    def stop(self, *, at: datetime | None = None) -> None:
        """Stop now, or at an earlier instant."""
        self._timeline.stop(at=at)
        self._copy()

    def _copy(self) -> None:
        position_ms = self._timeline.position_ms()
        if position_ms <= self._copied_ms or self._failure:
            return
        if self._copied_ms == self._first_ms:
            self._begin()
        try:
            self._copy_until(position_ms)
        except (OSError, OutputError) as error:
            self._failure = str(error)

    def _begin(self) -> None:
        if self._before:
            self._before.stop(at=self._timeline.at)
            self._before = None
        self._recording.begin(self._timeline.at)

    def _copy_until(self, position_ms: int) -> None:
        first, last = frames(self._copied_ms), frames(position_ms)
        passed = timedelta(milliseconds=position_ms - self._first_ms)
        with HouseWav(self._audio) as wav:
            written = self._recording.append(
                wav.blocks(first, last), until=self._timeline.at + passed
            )
        self._copied_ms = position_ms
        if written < last - first - frames(_ROUNDING_MS):
            self._failure = _("{path} is shorter than planned").format(path=self._audio)


class FileOutput:
    """``file:PATH``."""

    def __init__(self, target: str, *, clock: Clock) -> None:
        if not target:
            raise OutputError(
                _("the output “file” needs the name of a file"),
                hint=_("write it as in file:audio_out/recording.wav"),
            )
        self.name = f"file:{target}"
        self._clock = clock
        self._recording = Recording(Path(target), keeps_idle_time=isinstance(clock, SystemClock))
        self._last: FilePlayback | None = None

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> FilePlayback:
        if audio is None:
            raise OutputError(_("there is no audio to record"))
        with HouseWav(audio):
            self._recording.prepare(frames(duration_ms))
        timeline = ClockedPlayback(self._clock, at=at, from_ms=from_ms, duration_ms=duration_ms)
        playback = FilePlayback(audio, self._recording, timeline=timeline)
        self._last = playback.follow(self._last)
        return playback

    def check(self) -> str:
        try:
            self._recording.prepare(0)
        except OutputError as error:
            return str(error)
        return ""
