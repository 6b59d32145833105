"""Rows of the log → what plans and reports count: broadcasts, and the bulletins in them.

It stands apart from the fold, which tells one start in full, because a report of ten years reads
150,000 rows: it asks for few columns, and leaves out what is not counted.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from broadcaster.asrun.fold import damaged_reason, first_instant
from broadcaster.asrun.row import Event
from broadcaster.clock import from_utc_text
from broadcaster.model import Airing, Broadcast, BulletinFacts, Outcome, Priority

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.model import PreparedProgramme, PreparedSegment

__all__ = ["CLOCK_DOUBTED", "PARTS", "STORIES", "count", "items_of"]

CLOCK_DOUBTED = "clock_doubted"
"""Stands in the details of a row that was written while nobody knew the time."""

STORIES = """
    SELECT id, occurrence, slot, title, scheduled_at, event, outcome, reason, operator,
           started_at, ended_at, retracts, details
    FROM asrun WHERE scheduled_at BETWEEN ? AND ? AND event <> 'segment' ORDER BY scheduled_at, id
"""
PARTS = """
    SELECT occurrence, bulletin_id, title, started_at, ended_at
    FROM asrun WHERE scheduled_at BETWEEN ? AND ? AND event = 'segment' ORDER BY scheduled_at, id
"""
_MS = timedelta(milliseconds=1)
_TO_ITS_END_MS = 1_000
"""A bulletin that lacks less than this was heard to its end: instants are rounded."""


class _Row(NamedTuple):
    """The columns of :data:`STORIES`."""

    id: int
    occurrence: str
    slot: str
    title: str
    scheduled_at: str
    event: str
    outcome: str
    reason: str
    operator: str
    started_at: str
    ended_at: str
    retracts: int | None
    details: str


_Part = tuple[str, str, str, str, str]
"""The columns of :data:`PARTS`."""
_Span = tuple[datetime, datetime]
_STARTS = frozenset((Event.STARTED, Event.RESUMED))
_ENDS = frozenset((Event.ENDED, Event.MISSED))


def items_of(programmes: Sequence[PreparedProgramme]) -> list[dict[str, Any]]:
    """Each bulletin of ``programmes`` once, with its facts, for the details of a row.

    ``length_ms`` is how long it sounds in the programme in which it is shortest.
    """
    items: dict[str, dict[str, Any]] = {}
    for programme in programmes:
        own: dict[str, dict[str, Any]] = {}
        for part in programme.segments:
            if part.bulletin_id:
                item = own.setdefault(part.bulletin_id, _item(part))
                item["length_ms"] += part.end_ms - part.start_ms
        for name, item in own.items():
            known = items.setdefault(name, item)
            known["length_ms"] = min(known["length_ms"], item["length_ms"])
    return list(items.values())


def _item(part: PreparedSegment) -> dict[str, Any]:
    facts = {"facts": part.facts.as_dict()} if part.facts else {}
    return {"bulletin_id": part.bulletin_id, "title": part.title, "length_ms": 0} | facts


def count(stories: Iterable[tuple[Any, ...]], parts: Iterable[tuple[Any, ...]]) -> list[Broadcast]:
    """A broadcast for each occurrence, in the order of ``stories``, the rows of :data:`STORIES`;
    ``parts`` are those of :data:`PARTS`.

    One whose every start was retracted, and that has not ended, was never heard: it is not
    counted.
    """
    told: dict[str, list[_Row]] = {}
    for values in stories:
        row = _Row._make(values)
        told.setdefault(row.occurrence, []).append(row)
    heard: dict[str, list[_Part]] = {}
    for part in parts:
        heard.setdefault(part[0], []).append(part)
    facts = _Facts()
    broadcasts = (_told(story, heard.get(name, []), facts) for name, story in told.items())
    return [broadcast for broadcast in broadcasts if broadcast is not None]


class _Facts(dict[tuple[tuple[str, str], ...], BulletinFacts]):
    """The few facts that thousands of airings share, each made once."""

    def __missing__(self, values: tuple[tuple[str, str], ...]) -> BulletinFacts:
        self[values] = BulletinFacts.from_dict(dict(values))
        return self[values]


def _told(story: list[_Row], parts: list[_Part], facts: _Facts) -> Broadcast | None:
    try:
        return _broadcast(story, parts, facts)
    except (AttributeError, KeyError, TypeError, ValueError):
        row = story[0]
        return Broadcast(
            occurrence=row.occurrence,
            slot=row.slot,
            title=row.title,
            scheduled_at=first_instant(r.scheduled_at for r in story),
            outcome=Outcome.FAILED,
            reason=damaged_reason(),
        )


def _broadcast(story: list[_Row], parts: list[_Part], facts: _Facts) -> Broadcast | None:
    unheard = {row.retracts for row in story if row.event == Event.RETRACTED}
    told = [row for row in story if row.event != Event.RETRACTED and row.id not in unheard]
    starts = [row for row in told if row.event in _STARTS]
    end = next((row for row in told if row.event in _ENDS), None)
    if not starts and end is None:
        return None
    outcome = Outcome(end.outcome) if end else Outcome.ON_AIR
    details = [json.loads(row.details) for row in story if row.details != "{}"]
    first: dict[str, Any] = next((one for one in details if "priority" in one), {})
    begun = from_utc_text(starts[0].started_at) if starts else None
    ended = from_utc_text(end.ended_at) if end and end.ended_at else None
    spans = [_span(part) for part in parts]
    return Broadcast(
        occurrence=told[0].occurrence,
        slot=told[0].slot,
        title=told[0].title,
        scheduled_at=from_utc_text(told[0].scheduled_at),
        outcome=outcome,
        started_at=begun,
        ended_at=ended,
        heard_ms=_length_ms(spans or ([(begun, ended)] if begun and ended else [])),
        reason="; ".join(dict.fromkeys(row.reason for row in told if row.reason)),
        operator=next((row.operator for row in reversed(told) if row.operator), ""),
        priority=Priority[first["priority"].upper()] if "priority" in first else None,
        is_replay="replays" in first,
        clock_doubted=any(CLOCK_DOUBTED in one for one in details),
        airings=tuple(_airings(details, parts, spans, outcome, facts)),
    )


def _airings(
    details: list[dict[str, Any]],
    parts: list[_Part],
    spans: list[_Span],
    outcome: Outcome,
    facts: _Facts,
) -> Iterator[Airing]:
    """What was to be heard as the rows of the starts say it, then what the parts alone know."""
    items = {item["bulletin_id"]: item for one in details for item in one.get("items", ())}
    heard: dict[str, list[_Span]] = {}
    for part, span in zip(parts, spans, strict=True):
        heard.setdefault(part[1], []).append(span)
    heard.pop("", None)
    for name, item in items.items():
        heard_ms = _length_ms(heard.pop(name, ()))
        yield Airing(
            bulletin_id=name,
            title=item["title"],
            outcome=_outcome(outcome, heard_ms, item["length_ms"]),
            heard_ms=heard_ms,
            facts=facts[tuple(item["facts"].items())] if "facts" in item else None,
        )
    last = parts[-1][1] if parts else ""
    for name, own in heard.items():
        broken_off = outcome is Outcome.CUT and name == last
        yield Airing(
            bulletin_id=name,
            title=next(part[2] for part in reversed(parts) if part[1] == name),
            outcome=Outcome.CUT if broken_off else Outcome.AIRED,
            heard_ms=_length_ms(own),
        )


def _outcome(whole: Outcome, heard_ms: int, length_ms: int) -> Outcome:
    """Of one bulletin in a broadcast with the outcome ``whole``."""
    if whole is Outcome.ON_AIR:
        return whole
    if heard_ms:
        return Outcome.AIRED if heard_ms > length_ms - _TO_ITS_END_MS else Outcome.CUT
    return Outcome.MISSED if whole is Outcome.AIRED or whole is Outcome.CUT else whole


def _span(part: _Part) -> _Span:
    return datetime.fromisoformat(part[3]), datetime.fromisoformat(part[4])


def _length_ms(spans: Sequence[_Span]) -> int:
    """How long there was sound in any of ``spans``."""
    if len(spans) == 1:
        return (spans[0][1] - spans[0][0]) // _MS
    total, until = timedelta(), None
    for begin, end in sorted(spans):
        if until is None or begin >= until:
            total += end - begin
            until = end
        elif end > until:
            total += end - until
            until = end
    return total // _MS
