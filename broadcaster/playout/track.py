"""One output of an occurrence, and what was heard there.

It stands apart from the :class:`~broadcaster.playout.player.Player`, which keeps one file
sounding, because only the log needs to know when that was, and of what.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from broadcaster.playout import reasons
from broadcaster.playout.player import Ended, Failed, Player, Resumed, Started

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import PreparedProgramme, PreparedSegment
    from broadcaster.playout.output import Output
    from broadcaster.playout.player import Event

__all__ = ["Live", "Track", "Zone"]

_Span = tuple["datetime", "datetime"]


def _no_remark() -> str:
    return ""


class Live(Protocol):
    """What replaces parts of a programme while it sounds: a relay."""

    def warm(self, zero: datetime) -> None:
        """Get ready for a programme that is to begin at ``zero``."""

    def begin(self, audio: Path, *, zero: datetime) -> Path:
        """What to play instead of ``audio``, whose beginning sounds at ``zero``; never waits."""

    def end(self) -> None:
        """It sounds no more there; once for each :meth:`begin`."""

    def remark(self) -> str:
        """What was not replaced, as sentences with their codes; "" for nothing."""

    def heard(self, parts: Sequence[PreparedSegment]) -> tuple[PreparedSegment, ...]:
        """``parts`` of the programme as they were heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One output as an occurrence uses it: its programme, ``delay_ms`` after the others.

    ``name`` is that of the station, "" where it has one output; ``is_common`` says that the
    programme is the slot's and not one for this output; ``live`` replaces parts of it on air.
    ``note`` says why it airs another programme than planned, and ``remark`` tells at the end
    what else was wrong there (the card was muted); "" where nothing was.
    """

    output: Output
    programme: PreparedProgramme
    name: str = ""
    delay_ms: int = 0
    is_common: bool = True
    note: str = ""
    remark: Callable[[], str] = _no_remark
    live: Live | None = None

    @property
    def title(self) -> str:
        """Its name for people."""
        return self.name or self.output.name

    def remarks(self) -> list[str]:
        """All that was wrong beside the sound itself."""
        live = self.live.remark() if self.live else ""
        return [*filter(None, [self.note, self.remark(), live])]

    @property
    def aired(self) -> PreparedProgramme:
        """The programme with the parts that were really heard in the place of live ones."""
        if self.live is None:
            return self.programme
        return replace(self.programme, segments=self.live.heard(self.programme.segments))


@dataclass(slots=True)
class Track:
    """The sound of one zone so far: ``zero`` is when the audio's beginning sounded there, or
    would have, and ``spans`` are the (first, last) instants of sound."""

    zone: Zone
    clock: Clock
    player: Player = field(init=False)
    zero: datetime | None = None
    since: datetime | None = None
    spans: list[_Span] = field(default_factory=list)
    failure: str = ""
    is_over: bool = True
    """Nothing is armed there, or it ended, or was stopped."""
    begins: datetime | None = None
    """When it was to sound, from where it was armed."""
    _is_live: bool = False
    _silent_since: datetime | None = None
    _silence: timedelta = timedelta()

    def __post_init__(self) -> None:
        self.player = Player(self.zone.output, self.clock)

    @property
    def is_silent(self) -> bool:
        """Whether its sound is gone, or could not begin, or is over."""
        return self.is_over or self._silent_since is not None

    def arm(self, *, at: datetime, from_ms: int) -> None:
        """Let it sound at ``at`` and its delay, unless the programme is over by then."""
        programme = self.zone.programme
        self.begins = begins = at + timedelta(milliseconds=self.zone.delay_ms)
        self.zero = begins - timedelta(milliseconds=from_ms)
        self.is_over = from_ms >= programme.duration_ms
        if not self.is_over:
            audio = self._with_live(programme.audio, self.zero)
            self.player.arm(audio, at=begins, from_ms=from_ms, duration_ms=programme.duration_ms)

    def _with_live(self, audio: Path | None, zero: datetime) -> Path | None:
        if self.zone.live is None or audio is None:
            return audio
        self._is_live = True
        return self.zone.live.begin(audio, zero=zero)

    def _end_live(self) -> None:
        if self._is_live and self.zone.live:
            self.zone.live.end()
        self._is_live = False

    def stop(self) -> None:
        """Silence; what was heard until now stays."""
        for event in self.player.tick():
            self.hear(event)
        self.player.stop()
        self._fall_silent(self.clock.now())
        self.is_over = True
        self._end_live()

    def troubles(self) -> list[str]:
        """What went wrong there, as sentences with their codes."""
        return [*filter(None, [self._break()]), *self.zone.remarks()]

    def _break(self) -> str:
        silence = self._silence
        if self._silent_since is not None:
            silence += max(timedelta(), self.clock.now() - self._silent_since)
        if self.failure and not self.spans:
            return str(reasons.output_silent(self.zone.title, self.failure))
        if self.failure:
            return str(reasons.output_broke(self.zone.title, self.failure, silence))
        return ""

    def hear(self, event: Event) -> None:
        """Take down what the player told."""
        match event:
            case Started(at) | Resumed(at):
                self._sound(at)
            case Failed(at, reason):
                self.failure = reason
                self._fall_silent(at)
                self._silent_since = self._silent_since or max(at, self.begins or at)
            case Ended(at):
                self.is_over = True
                self._end_live()
                self._fall_silent(at)
                self._count_silence(at)

    def _sound(self, at: datetime) -> None:
        self._count_silence(at)
        self.since = at

    def _count_silence(self, until: datetime) -> None:
        if self._silent_since is not None:
            self._silence += max(timedelta(), until - self._silent_since)
        self._silent_since = None

    def _fall_silent(self, at: datetime) -> None:
        if self.since is not None and at > self.since:
            self.spans.append((self.since, at))
        self.since = None
