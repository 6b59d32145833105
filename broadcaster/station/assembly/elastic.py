"""Relays that end at a time of day, and those that must leave room for the rest of the slot.

It stands apart from the draft, which makes parts: how long a relay is depends on all of them.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import SHORTEST_RELAY_MS, Programme, SegmentPlan
from broadcaster.playout import Reason
from broadcaster.programme import Level, cue_sheet, length_of
from broadcaster.schedule import relay_end_ms
from broadcaster.station.assembly.left_out import LeftOutError

if TYPE_CHECKING:
    from broadcaster.programme import Part
    from broadcaster.station.assembly.draft import Draft

__all__ = ["stretch_relays"]


def stretch_relays(draft: Draft, limit_ms: int) -> None:
    """Give each relay of ``draft`` its length.

    One with ``until`` ends at that time of day; the last one gives way where ident, words and
    relays alone are longer than ``limit_ms``.  One that would be over before it begins is left
    out, and the draft says so.
    """
    lines = draft.occurrence.programme.segments
    relays = [n for n, row in sorted(draft.rows.items()) if lines[n].relay and row]
    for number in relays:
        length_ms = _left_until(draft, number, lines[number]) or lines[number].length_ms
        if length_ms < SHORTEST_RELAY_MS:
            _leave_out(draft, number, lines[number].relay)
        else:
            _lengthen(draft, number, length_ms)
    left = [number for number in relays if draft.rows[number]]
    if left:
        fixed = [p.segment for p in draft.parts if p.level in {Level.FRAME, Level.WORDS}]
        begins_ms, _music_ms, ends_ms = _places(draft, left[-1])
        now_ms = ends_ms - begins_ms
        if SHORTEST_RELAY_MS <= (most := now_ms + limit_ms - length_of(fixed)) < now_ms:
            _lengthen(draft, left[-1], most)


def _left_until(draft: Draft, number: int, line: SegmentPlan) -> int | None:
    """How long a relay with ``until`` may be, at least 1; None for others."""
    if line.until is None:
        return None
    return max(1, relay_end_ms(line, draft.occurrence.starts_at) - _places(draft, number)[0])


def _leave_out(draft: Draft, number: int, name: str) -> None:
    draft.rows[number] = []
    text = _("the time of the relay “{name}” is over before it begins").format(name=name)
    draft.maker.note(LeftOutError(Reason("relay-over", text)))


def _places(draft: Draft, number: int) -> tuple[int, int, int]:
    """When the row begins, when its music does, and when it ends (milliseconds)."""
    segments = tuple(part.segment for part in draft.parts_through(number))
    spans = cue_sheet(Programme("", "", segments)).spans_ms
    return spans[-len(draft.rows[number])][0], *spans[-1]


def _lengthen(draft: Draft, number: int, length_ms: int) -> None:
    """Let the music take what whole bulletins leave; those without room go, the last one first."""
    while (
        len(row := draft.rows[number]) > 1
        and _music_ms(draft, number, length_ms) < SHORTEST_RELAY_MS
    ):
        draft.rows[number] = [*row[:-2], row[-1]]
    music = _lasting(row[-1], _music_ms(draft, number, length_ms))
    draft.rows[number] = [*row[:-1], music]


def _music_ms(draft: Draft, number: int, length_ms: int) -> int:
    begins_ms, music_ms, _ends_ms = _places(draft, number)
    return length_ms - (music_ms - begins_ms)


def _lasting(part: Part, length_ms: int) -> Part:
    return replace(part, segment=replace(part.segment, length_ms=length_ms))
