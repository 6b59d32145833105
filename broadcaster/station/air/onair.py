"""What sounds now, and which parts of it were heard.

It stands apart from the desk because it is arithmetic on one time line: position 0 of the
programme lies at ``zero``, and sound was there in the spans between a start and a silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import AsRunSegment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadcaster.model import Occurrence, PreparedProgramme, PreparedSegment
    from broadcaster.playout import Zones

__all__ = ["Heard", "Sounding", "marks_of"]

_Span = tuple["datetime", "datetime"]
_Part = tuple[str, str, int, str]
"""A part of one sound: its programme and hash, where the part begins, its title."""


def marks_of(programme: PreparedProgramme) -> tuple[int, ...]:
    """Where it may go on: at its sentences, or where those are not known, at its parts."""
    return programme.marks_ms or tuple(segment.start_ms for segment in programme.segments)


@dataclass(slots=True)
class Heard:
    """The sound of one occurrence so far; ``zero`` is when its beginning sounded, or would have.

    ``spans`` are the (first, last) instants of sound, in order.  ``length_ms`` is how long it
    lasts where outputs differ; 0 is as long as the programme.  ``told_until`` is the end of what
    the log holds already, of before an interrupt.
    """

    prepared: PreparedProgramme
    zero: datetime
    spans: list[_Span] = field(default_factory=list)
    length_ms: int = 0
    told_until: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When the audio is over."""
        return self.zero + timedelta(milliseconds=self.length_ms or self.prepared.duration_ms)

    @property
    def until(self) -> datetime | None:
        """The last instant of sound; None when there was none."""
        return self.spans[-1][1] if self.spans else self.told_until

    def item_ends_at(self, now: datetime) -> datetime | None:
        """When the part that sounds at ``now`` is over."""
        ends = (self.zero + timedelta(milliseconds=part.end_ms) for part in self.prepared.segments)
        return min((end for end in ends if end > now), default=None)

    def segments(self) -> tuple[AsRunSegment, ...]:
        """Each part from its first to its last heard instant; none that was not heard."""
        return tuple(_segment(part, spans) for part, spans in self._heard_parts())

    def segments_on(self, output: str) -> dict[_Part, AsRunSegment]:
        """The same by part, heard on ``output``."""
        sound = (self.prepared.programme_id, self.prepared.audio_sha256)
        return {
            (*sound, part.start_ms, part.title): replace(_segment(part, spans), output=output)
            for part, spans in self._heard_parts()
        }

    def _heard_parts(self) -> Iterator[tuple[PreparedSegment, list[_Span]]]:
        parts = ((part, self._spans_in(part)) for part in self.prepared.segments)
        return ((part, spans) for part, spans in parts if spans)

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
        content_sha256=part.content_sha256,
        approval=part.approval,
        rendition_sha256=part.rendition_sha256,
        is_new_rendition=part.is_new_rendition,
    )


def _joined(one: AsRunSegment, other: AsRunSegment) -> AsRunSegment:
    """A part that two outputs aired: from the first sound of it to the last."""
    return replace(
        one,
        started_at=min(one.started_at, other.started_at),
        ended_at=max(one.ended_at, other.ended_at),
        output=f"{one.output}, {other.output}",
    )


@dataclass(slots=True)
class Sounding:
    """One occurrence on air, or armed.

    ``since`` is the start whose row stands in the log, None while there is silence;
    ``confirmed`` says that the output has told of its sound.
    """

    occurrence: Occurrence
    heard: Heard
    zones: Zones
    since: datetime | None
    confirmed: bool = False
    before: tuple[_Span, ...] = field(init=False)
    """What was heard in an earlier life of the daemon."""

    def __post_init__(self) -> None:
        self.before = tuple(self.heard.spans)

    def segments(self) -> tuple[AsRunSegment, ...]:
        """The parts that were heard, and where there are several outputs, on which."""
        tracks = self.zones.tracks
        if len(tracks) == 1:
            return replace(self.heard, prepared=tracks[0].zone.aired).segments()
        told: dict[_Part, AsRunSegment] = {}
        for track in tracks:
            if track.zero is not None and track.spans:
                heard = Heard(track.zone.aired, track.zero, [*self.before, *track.spans])
                for part, segment in heard.segments_on(track.zone.title).items():
                    told[part] = _joined(told[part], segment) if part in told else segment
        return tuple(sorted(told.values(), key=lambda segment: segment.started_at))

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
