"""What sounds now, and which parts of it were heard.

It stands apart from the desk because it is arithmetic on one time line: position 0 of the
programme lies at ``zero``, and sound was there in the spans between a start and a silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import AsRunSegment

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model import Occurrence, PreparedProgramme, PreparedSegment
    from broadcaster.playout import Player

__all__ = ["Heard", "Sounding"]

_Span = tuple["datetime", "datetime"]


@dataclass(slots=True)
class Heard:
    """The sound of one occurrence so far; ``zero`` is when its beginning sounded, or would have.

    ``spans`` are the (first, last) instants of sound, in order.
    """

    prepared: PreparedProgramme
    zero: datetime
    spans: list[_Span] = field(default_factory=list)

    @property
    def ends_at(self) -> datetime:
        """When the audio is over."""
        return self.zero + timedelta(milliseconds=self.prepared.duration_ms)

    @property
    def until(self) -> datetime | None:
        """The last instant of sound; None when there was none."""
        return self.spans[-1][1] if self.spans else None

    def segments(self) -> tuple[AsRunSegment, ...]:
        """Each part from its first to its last heard instant; none that was not heard."""
        parts = ((part, self._spans_in(part)) for part in self.prepared.segments)
        return tuple(_segment(part, spans) for part, spans in parts if spans)

    def _spans_in(self, part: PreparedSegment) -> list[_Span]:
        begins = self.zero + timedelta(milliseconds=part.start_ms)
        ends = self.zero + timedelta(milliseconds=part.end_ms)
        return [(max(a, begins), min(b, ends)) for a, b in self.spans if a < ends and b > begins]


def _segment(part: PreparedSegment, spans: list[_Span]) -> AsRunSegment:
    return AsRunSegment(
        kind=part.kind,
        title=part.title,
        started_at=spans[0][0],
        ended_at=spans[-1][1],
        bulletin_id=part.bulletin_id,
        voice=part.voice,
        script_sha256=part.script_sha256,
    )


@dataclass(slots=True)
class Sounding:
    """One occurrence on air, or armed.

    ``since`` is the start whose row stands in the log, None while there is silence;
    ``confirmed`` says that the output has told of its sound.
    """

    occurrence: Occurrence
    heard: Heard
    player: Player
    since: datetime | None
    confirmed: bool = False

    def sounds_from(self, at: datetime) -> None:
        """Sound is there again, from ``at`` on."""
        self.since, self.confirmed = at, True

    def was_unheard(self, at: datetime) -> bool:
        """Whether the start that stands in the log made no sound before the silence at ``at``."""
        return self.since is not None and at <= self.since

    def silent_from(self, at: datetime) -> None:
        """Sound is gone from ``at`` on, at the latest with the end of the audio."""
        last = min(at, self.heard.ends_at)
        if self.since is not None and last > self.since:
            self.heard.spans.append((self.since, last))
        self.since = None
