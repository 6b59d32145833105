"""Relays that end at a time of day, and those that must leave room for the rest of the slot.

It stands apart from the draft, which makes parts: how long a relay is depends on all of them.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import Programme, SegmentPlan
from broadcaster.playout import Reason
from broadcaster.programme import Level, cue_sheet, length_of
from broadcaster.schedule import relay_end_ms
from broadcaster.station.left_out import LeftOutError

if TYPE_CHECKING:
    from broadcaster.programme import Part
    from broadcaster.station.draft import Draft

__all__ = ["SHORTEST_MS", "stretch_relays"]

SHORTEST_MS = 10_000
"""A shorter relay is none."""


def stretch_relays(draft: Draft, limit_ms: int) -> None:
    """Give each relay of ``draft`` its length.

    One with ``until`` ends at that time of day; the last one gives way where ident, words and
    relays alone are longer than ``limit_ms``.  One that would be over before it begins is left
    out, and the draft says so.
    """
    lines = draft.occurrence.programme.segments
    relays = [n for n, row in sorted(draft.rows.items()) if lines[n].relay and row]
    for number in relays:
        if lines[number].until:
            _end_in_time(draft, number, lines[number])
    left = [number for number in relays if draft.rows[number]]
    if left:
        fixed = [p.segment for p in draft.parts if p.level in {Level.FRAME, Level.WORDS}]
        _set_length(draft, left[-1], most=_length(draft, left[-1]) + limit_ms - length_of(fixed))


def _end_in_time(draft: Draft, number: int, line: SegmentPlan) -> None:
    segments = [part.segment for part in draft.parts_through(number)]
    begins_ms, _end = cue_sheet(Programme("", "", tuple(segments))).spans_ms[-1]
    left_ms = relay_end_ms(line, draft.occurrence.starts_at) - begins_ms
    if left_ms < SHORTEST_MS:
        draft.rows[number] = []
        text = _("the time of the relay “{name}” is over before it begins").format(name=line.relay)
        draft.maker.note(LeftOutError(Reason("relay-over", text)))
        return
    _lengthen(draft, number, left_ms)


def _length(draft: Draft, number: int) -> int:
    return draft.rows[number][-1].segment.length_ms


def _set_length(draft: Draft, number: int, *, most: int) -> None:
    if SHORTEST_MS <= most < _length(draft, number):
        _lengthen(draft, number, most)


def _lengthen(draft: Draft, number: int, length_ms: int) -> None:
    draft.rows[number] = [_lasting(part, length_ms) for part in draft.rows[number]]


def _lasting(part: Part, length_ms: int) -> Part:
    return replace(part, segment=replace(part.segment, length_ms=length_ms))
