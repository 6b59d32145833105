"""Rows of the log → what became of each occurrence.

It stands apart because it is pure: the same rows always tell the same story.
"""

from __future__ import annotations

import json
from datetime import datetime
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.asrun.row import Event, Row
from broadcaster.clock import LOCAL, from_utc_text
from broadcaster.model import AiredSound, AsRunEntry, AsRunSegment, Outcome, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["damaged_reason", "first_instant", "fold"]

_STARTS = (Event.STARTED, Event.RESUMED)
_ENDS = (Event.ENDED, Event.MISSED)


def fold(rows: Iterable[Row]) -> list[AsRunEntry]:
    """An entry for each occurrence, in the order of its first row.

    ``rows`` are in the order of their ids within an occurrence.  An occurrence whose every start
    was retracted, and that has not ended, was never heard: it has no entry.
    """
    stories: dict[str, list[Row]] = {}
    for row in rows:
        stories.setdefault(row.occurrence, []).append(row)
    entries = (_told(story) for story in stories.values())
    return [entry for entry in entries if entry is not None]


def _told(story: list[Row]) -> AsRunEntry | None:
    try:
        return _entry(story)
    except (AttributeError, KeyError, TypeError, ValueError):
        return _damaged(story)


def _entry(story: list[Row]) -> AsRunEntry | None:
    unheard = {row.retracts for row in story if row.event == Event.RETRACTED}
    starts = [row for row in story if row.event in _STARTS and row.id not in unheard]
    end = next((row for row in story if row.event in _ENDS), None)
    if not starts and end is None:
        return None
    pauses = [row for row in story if row.event == Event.PAUSED]
    told = [*starts, *([end] if end else [])]
    explained = sorted([*told, *pauses], key=lambda row: row.id)
    return AsRunEntry(
        occurrence=told[0].occurrence,
        slot=told[0].slot,
        title=told[0].title,
        scheduled_at=from_utc_text(told[0].scheduled_at),
        starts=tuple(from_utc_text(row.started_at) for row in starts),
        ended_at=from_utc_text(end.ended_at) if end and end.ended_at else None,
        outcome=Outcome(end.outcome) if end else Outcome.ON_AIR,
        reason="; ".join(dict.fromkeys(row.reason for row in explained if row.reason)),
        output=_last(row.output for row in told),
        operator=_last(row.operator for row in told),
        voice=_last(row.voice for row in told),
        audio_sha256=_last(row.audio_sha256 for row in told),
        sounds=_sounds(json.loads(row.details) for row in starts),
        segments=tuple(_segment(row) for row in story if row.event == Event.SEGMENT),
        paused_at=from_utc_text(pauses[-1].ended_at) if pauses else None,
        resume_ms=int(json.loads(pauses[-1].details)["resume_ms"]) if pauses else 0,
    )


def _sounds(starts: Iterable[dict[str, Any]]) -> tuple[AiredSound, ...]:
    """Each MP3 once: the common ones in the order in which they began, then those of outputs."""
    common: dict[str, None] = {}
    own: dict[str, dict[str, None]] = {}
    for details in starts:
        common.setdefault(details.get("mp3_sha256", ""))
        for output, sound in details.get("outputs", {}).items():
            own.setdefault(sound.get("mp3_sha256", ""), {}).setdefault(output)
    sounds = dict.fromkeys(common, ()) | {
        sha256: tuple(outputs) for sha256, outputs in own.items() if sha256 not in common
    }
    return tuple(AiredSound(sha256, outputs) for sha256, outputs in sounds.items() if sha256)


def _damaged(story: list[Row]) -> AsRunEntry:
    """An entry for rows that were tampered with: over, so that nothing airs twice for it."""
    row = story[0]
    return AsRunEntry(
        occurrence=row.occurrence,
        slot=row.slot,
        title=row.title,
        scheduled_at=first_instant([*(r.scheduled_at for r in story), *(r.at for r in story)]),
        outcome=Outcome.FAILED,
        reason=damaged_reason(),
    )


def damaged_reason() -> str:
    """Why nothing can be said of an occurrence whose rows were tampered with."""
    return _("its rows in the log are damaged: see “broadcaster log verify”")


def first_instant(texts: Iterable[str]) -> datetime:
    """The first of ``texts`` that is an instant at all."""
    for text in texts:
        try:
            return from_utc_text(text)
        except ValueError:
            continue
    return datetime.fromtimestamp(0, LOCAL)


def _last(values: Iterable[str]) -> str:
    return next((value for value in reversed(list(values)) if value), "")


def _segment(row: Row) -> AsRunSegment:
    details = json.loads(row.details)
    return AsRunSegment(
        kind=SegmentKind(row.kind),
        title=row.title,
        started_at=from_utc_text(row.started_at),
        ended_at=from_utc_text(row.ended_at),
        bulletin_id=row.bulletin_id,
        voice=row.voice,
        script_sha256=row.script_sha256,
        output=row.output,
        content_sha256=str(details.get("content_sha256", "")),
        approval=str(details.get("approval", "")),
        rendition_sha256=str(details.get("rendition_sha256", "")),
        is_new_rendition=bool(details.get("is_new_rendition", False)),
    )
