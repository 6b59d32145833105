"""What the rows of the log say: of an occurrence, its programme, its parts.

It stands apart from the log, which knows in which order they may follow each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from broadcaster.asrun.count import items_of
from broadcaster.asrun.row import Event, Row, row_hash
from broadcaster.asrun.store import storable
from broadcaster.clock import as_utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from broadcaster.model import AsRunSegment, Occurrence, PreparedProgramme

__all__ = ["Named", "as_json", "of_occurrence", "of_programme", "of_segment", "row_of"]


@dataclass(frozen=True, slots=True)
class Named:
    """What every row repeats of its occurrence."""

    occurrence: str
    slot: str
    title: str
    scheduled_at: str

    @classmethod
    def of(cls, occurrence: Occurrence, title: str) -> Self:
        """An occurrence under the ``title`` of what sounds, or should have."""
        planned = as_utc_text(occurrence.starts_at)
        return cls(occurrence.id, occurrence.slot.id, title, planned)


def row_of(named: Named, new: dict[str, Any], *, id: int, at: str, prev_hash: str) -> Row:  # noqa: A002
    """A whole row with its hash: ``new`` are the values that only this one has."""
    row = Row(
        **{
            "id": id,
            "at": at,
            "occurrence": named.occurrence,
            "slot": named.slot,
            "title": named.title,
            "scheduled_at": named.scheduled_at,
            "prev_hash": prev_hash,
            **new,
        }
    )
    row = Row._make(storable(value) if isinstance(value, str) else value for value in row)
    return row._replace(hash=row_hash(row))


def of_programme(
    programme: PreparedProgramme, at: datetime, output: str, own: Mapping[str, PreparedProgramme]
) -> dict[str, Any]:
    """What a start says of the sound that begins ``at`` an instant; ``own`` as in the log's
    ``started``."""
    details: dict[str, Any] = {
        "programme": programme.programme_id,
        "left_out": programme.left_out,
        "mp3_sha256": programme.mp3_sha256,
        "items": items_of([programme, *own.values()]),
    }
    if own:
        details["outputs"] = {
            name: {
                "programme": sound.programme_id,
                "audio_sha256": sound.audio_sha256,
                "mp3_sha256": sound.mp3_sha256,
            }
            for name, sound in own.items()
        }
    return {
        "reason": "; ".join(programme.left_out),
        "output": output,
        "voice": programme.voice,
        "audio_sha256": programme.audio_sha256,
        "started_at": as_utc_text(at),
        "details": details,
    }


def of_occurrence(occurrence: Occurrence) -> dict[str, Any]:
    """The details that a start and a miss keep of their slot."""
    details = {"priority": occurrence.slot.priority.name.lower()}
    return details | ({"replays": occurrence.replays.id} if occurrence.replays else {})


def as_json(details: dict[str, Any]) -> str:
    """The one way in which details are written, for they are hashed."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True)


def of_segment(segment: AsRunSegment) -> dict[str, Any]:
    """A part that was heard, with its approval."""
    return {
        "event": Event.SEGMENT,
        "title": segment.title,
        "kind": segment.kind,
        "bulletin_id": segment.bulletin_id,
        "voice": segment.voice,
        "script_sha256": segment.script_sha256,
        "output": segment.output,
        "started_at": as_utc_text(segment.started_at),
        "ended_at": as_utc_text(segment.ended_at),
        "details": _consent(segment),
    }


def _consent(segment: AsRunSegment) -> dict[str, Any]:
    """Why it could be heard; nothing where the station asks for no approval."""
    if not segment.approval:
        return {}
    return {
        "approval": segment.approval,
        "content_sha256": segment.content_sha256,
        "rendition_sha256": segment.rendition_sha256,
        "is_new_rendition": segment.is_new_rendition,
    }
