"""Keeps one programme sounding until its end, whatever happens to its output.

No player program resumes by itself: when the sound card goes, or the program dies, it is opened
again each second and goes on at the place that the programme has reached by then.  It waits for
nothing and has no thread; the caller ticks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.output import PlaybackState

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.playout.output import Output, Playback

__all__ = ["Ended", "Event", "Failed", "Player", "Resumed", "Started"]

_MS = timedelta(milliseconds=1)
_OPEN_EVERY = timedelta(seconds=1)
_REOPEN_LEAD = timedelta(milliseconds=300)
_POLL = timedelta(milliseconds=50)


@dataclass(frozen=True, slots=True)
class Started:
    """Sound began for the first time, at ``position_ms`` of the audio."""

    at: datetime
    position_ms: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The sound stopped, or could not begin; said once for each reason until it sounds again."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """Sound is back after a failure, at ``position_ms`` of the audio."""

    at: datetime
    position_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The audio is over; ``reason`` says why its end was not heard, "" where it was."""

    at: datetime
    reason: str = ""


Event = Started | Failed | Resumed | Ended


@dataclass(frozen=True, slots=True)
class _Job:
    audio: Path | None
    at: datetime
    zero: datetime
    """When the audio's beginning sounded, or would have."""
    duration_ms: int

    @property
    def ends_at(self) -> datetime:
        return self.zero + timedelta(milliseconds=self.duration_ms)


class Player:
    """Supervises the playbacks of one audio file, one after another.

    Tick it at :attr:`next_at`, and on a real machine at least five times a second while it is
    armed, because a player program dies without asking the clock.
    """

    def __init__(self, output: Output, clock: Clock) -> None:
        self._output = output
        self._clock = clock
        self._job: _Job | None = None
        self._playback: Playback | None = None
        self._opened_at: datetime | None = None
        self._opened_from_ms = 0
        self._begun_at: datetime | None = None
        self._heard = False
        self._failure = ""
        self._events: list[Event] = []

    @property
    def output_name(self) -> str:
        return self._output.name

    @property
    def is_idle(self) -> bool:
        """Nothing is armed; the last one ended or was stopped."""
        return self._job is None

    @property
    def position_ms(self) -> int:
        """Where in the audio the sound is; 0 while there is none."""
        return self._playback.position_ms() if self._playback else 0

    @property
    def next_at(self) -> datetime | None:
        """When the passing of time alone will bring an event; None when idle."""
        if self._job is None:
            return None
        now = self._clock.now()
        instants = [self._job.at, self._job.ends_at]
        if self._playback is None:
            instants.append(self._may_open_at(now))
        return min((instant for instant in instants if instant > now), default=now + _POLL)

    def arm(self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int) -> None:
        """Let ``audio`` sound from ``from_ms`` at ``at``; whatever sounded before is stopped."""
        self.stop()
        zero = at - timedelta(milliseconds=from_ms)
        self._job = _Job(audio, at, zero, duration_ms)
        self._events = []
        self._heard = False
        self._failure = ""
        self._open(self._job, at)

    def stop(self) -> None:
        """Silence within 100 ms; no event follows."""
        if self._playback:
            self._playback.stop()
        self._playback = None
        self._job = None

    def tick(self) -> list[Event]:
        """What happened since the last tick, in order."""
        now = self._clock.now()
        if self._job and self._playback:
            self._listen(self._job, self._playback, now)
        if self._job and not self._playback:
            self._try_again(self._job, now)
        events, self._events = self._events, []
        return events

    def _listen(self, job: _Job, playback: Playback, now: datetime) -> None:
        state = playback.state()
        if state in {PlaybackState.PLAYING, PlaybackState.ENDED} and not self._begun_at:
            self._announce(playback, now)
        if state is PlaybackState.ENDED:
            left = timedelta(milliseconds=job.duration_ms - self._opened_from_ms)
            self._end(min(now, (self._begun_at or now) + left), reason="")
        elif state is PlaybackState.FAILED:
            self._playback = None
            self._fail(playback.reason(), now)

    def _announce(self, playback: Playback, now: datetime) -> None:
        played_ms = playback.position_ms() - self._opened_from_ms
        self._begun_at = now - timedelta(milliseconds=played_ms)
        event = Resumed if self._heard else Started
        self._events.append(event(self._begun_at, self._opened_from_ms))
        self._heard = True
        self._failure = ""

    def _fail(self, reason: str, now: datetime) -> None:
        if reason != self._failure:
            self._events.append(Failed(now, reason))
        self._failure = reason

    def _try_again(self, job: _Job, now: datetime) -> None:
        """Open again where the programme is by now, or end with it."""
        if now >= job.ends_at:
            self._end(job.ends_at, reason=self._failure)
        elif self._may_open_at(now) <= now < job.ends_at - _REOPEN_LEAD:
            self._open(job, max(job.at, now + _REOPEN_LEAD))

    def _may_open_at(self, now: datetime) -> datetime:
        return self._opened_at + _OPEN_EVERY if self._opened_at else now

    def _open(self, job: _Job, at: datetime) -> None:
        self._opened_at = self._clock.now()
        self._opened_from_ms = (at - job.zero) // _MS
        self._begun_at = None
        try:
            self._playback = self._output.play(
                job.audio, at=at, from_ms=self._opened_from_ms, duration_ms=job.duration_ms
            )
        except OutputError as error:
            self._fail(str(error), self._opened_at)

    def _end(self, at: datetime, *, reason: str) -> None:
        self._events.append(Ended(at, reason))
        self._playback = None
        self._job = None
