"""Occurrences and programmes for the tests of the log."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadcaster.clock import LOCAL
from broadcaster.model import (
    AsRunSegment,
    Occurrence,
    PreparedProgramme,
    ProgrammePlan,
    SegmentKind,
    Slot,
)

FIVE = datetime(2026, 11, 23, 5, 0, tzinfo=LOCAL)
SANG = PreparedProgramme(
    programme_id="sang",
    title="Chương trình sáng",
    duration_ms=900_000,
    audio_sha256="ab" * 32,
    voice="espeak:vi",
)


def occurrence(*, day: int = 0, slot: str = "sang") -> Occurrence:
    """The slot at five o'clock, ``day`` days after Monday 23 November 2026."""
    starts_at = FIVE + timedelta(days=day)
    plan = ProgrammePlan("sang", "Chương trình sáng", ())
    return Occurrence(
        Slot(id=slot, start=starts_at.time(), days=frozenset(range(7)), programme_id="sang"),
        starts_at,
        plan,
    )


def segment(number: int = 0) -> AsRunSegment:
    begins = FIVE + timedelta(minutes=number)
    return AsRunSegment(
        kind=SegmentKind.SPEECH,
        title=f"Bản tin {number}",
        started_at=begins,
        ended_at=begins + timedelta(minutes=1),
        bulletin_id=f"tin-{number}",
        voice="espeak:vi",
        script_sha256="cd" * 32,
    )
