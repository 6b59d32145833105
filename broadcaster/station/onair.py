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

    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.playout import Player

__all__ = ["Sounding", "heard_segments"]


@dataclass(slots=True)
class Sounding:
    """One occurrence with its player; ``zero`` is when its beginning sounded, or would have."""

    occurrence: Occurrence
    prepared: PreparedProgramme
    zero: datetime
    player: Player
    since: datetime | None = None
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)

    @property
    def ends_at(self) -> datetime:
        """When its audio is over."""
        return self.zero + timedelta(milliseconds=self.prepared.duration_ms)

    def sounds_from(self, at: datetime) -> None:
        """Sound begins at ``at``."""
        self.silent_from(at)
        self.since = at

    def silent_from(self, at: datetime) -> None:
        """Sound is gone from ``at`` on."""
        if self.since is not None and at > self.since:
            self.spans.append((self.since, at))
        self.since = None

    @property
    def was_heard(self) -> bool:
        return bool(self.spans) or self.since is not None

    def segments(self) -> tuple[AsRunSegment, ...]:
        """The parts that were heard, wholly or in part, once silence has come."""
        return heard_segments(self.prepared, self.zero, self.spans)


def heard_segments(
    prepared: PreparedProgramme, zero: datetime, spans: list[tuple[datetime, datetime]]
) -> tuple[AsRunSegment, ...]:
    """Each part of ``prepared`` from its first to its last heard instant within ``spans``."""
    found = []
    for part in prepared.segments:
        begins = zero + timedelta(milliseconds=part.start_ms)
        ends = zero + timedelta(milliseconds=part.end_ms)
        heard = [(max(a, begins), min(b, ends)) for a, b in spans if a < ends and b > begins]
        if heard:
            found.append(
                AsRunSegment(
                    kind=part.kind,
                    title=part.title,
                    started_at=heard[0][0],
                    ended_at=heard[-1][1],
                    bulletin_id=part.bulletin_id,
                    voice=part.voice,
                    script_sha256=part.script_sha256,
                )
            )
    return tuple(found)
