"""What was really broadcast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model.recipe import SegmentKind

__all__ = ["AiredSound", "AsRunEntry", "AsRunSegment", "Outcome"]


class Outcome(StrEnum):
    """How an occurrence ended; ON_AIR has not ended yet."""

    ON_AIR = "on-air"
    AIRED = "aired"
    CUT = "cut"
    MISSED = "missed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRunSegment:
    """A part of an occurrence that was heard, wholly or in part."""

    kind: SegmentKind
    title: str
    started_at: datetime
    ended_at: datetime
    bulletin_id: str = ""
    voice: str = ""
    script_sha256: str = ""
    output: str = ""
    """The outputs on which it was heard, joined with commas; "" where the station has one."""
    content_sha256: str = ""
    """What an approval binds of it."""
    approval: str = ""
    """Under what it was heard: a row of the register, ``class`` or ``order``; "" where the station
    asks for no approval."""
    rendition_sha256: str = ""
    """Which clips of sound were heard of it."""
    is_new_rendition: bool = False
    """Whether they are others than those that its approver heard, of the same words."""


@dataclass(frozen=True, slots=True)
class AiredSound:
    """An MP3 of what was on air, by its hash; ``outputs`` are those that aired it instead of the
    common sound."""

    mp3_sha256: str
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRunEntry:
    """What became of one occurrence (nhật ký phát), folded from its rows in the log."""

    occurrence: str
    slot: str
    title: str
    scheduled_at: datetime
    starts: tuple[datetime, ...] = ()
    ended_at: datetime | None = None
    outcome: Outcome
    reason: str = ""
    output: str = ""
    operator: str = ""
    voice: str = ""
    audio_sha256: str = ""
    sounds: tuple[AiredSound, ...] = ()
    segments: tuple[AsRunSegment, ...] = ()
    paused_at: datetime | None = None
    """When it was interrupted last, to go on later."""
    resume_ms: int = 0
    """Where in its sound it was to go on."""
