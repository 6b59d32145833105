"""A programme that ends on time: what is left out, and what fills the rest.  Pure.

It stands apart from assembling because it knows only lengths and ranks, so that the simulation
and the check use it with estimates, and a property test can try a thousand programmes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from broadcaster.model import Clip, Programme, Segment, SegmentKind
from broadcaster.programme.cuesheet import cue_sheet, silent_clip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["Level", "Part", "Rank", "filled", "leave_out", "length_of"]

Rank = tuple[int, ...]
"""How important an item is among those of its level: greater is more important."""

_LEAST_MUSIC_MS = 3_000  # less of it sounds like a mistake; a pause does not
_LONGEST_REST_MS = 5_000  # silence after the end that is not worth an item
_FADE_IN_MS, _FADE_OUT_MS = 500, 2_000


class Level(IntEnum):
    """What is given up first when time is short; FRAME and WORDS only when nothing else helps.

    FILLER is there only for the time that is left; FRAME is ident, signature, jingle, music;
    WORDS are greeting and closing; an ITEM is what people listen for.
    """

    FILLER = 0
    FRAME = 1
    WORDS = 2
    ITEM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A segment and what it stays or goes with: parts with one ``item`` are one whole."""

    segment: Segment
    item: str
    level: Level = Level.FRAME
    rank: Rank = ()


def length_of(segments: Iterable[Segment]) -> int:
    """Milliseconds of a programme of these segments."""
    return cue_sheet(Programme("", "", tuple(segments))).duration_ms


def leave_out(parts: Sequence[Part], limit_ms: int) -> frozenset[str]:
    """The items without which the rest is at most ``limit_ms`` long.

    What is fixed (FRAME, WORDS) stays, and of the items, the most important first, each that
    still has room.  So nothing is left out while something less important, and at least as long,
    stays.  Where the fixed parts alone are too long they compete too, and come after the items.
    """
    everything = {part.item for part in parts}
    if _length(parts, everything) <= limit_ms:
        return frozenset()
    fixed = {part.item for part in parts if part.level in {Level.FRAME, Level.WORDS}}
    kept = fixed if _length(parts, fixed) <= limit_ms else set()
    for item in _by_importance(parts):
        if item not in kept and _length(parts, {*kept, item}) <= limit_ms:
            kept = {*kept, item}
    return frozenset(everything - kept)


def _length(parts: Iterable[Part], kept: Collection[str]) -> int:
    return length_of(part.segment for part in parts if part.item in kept)


def _by_importance(parts: Iterable[Part]) -> list[str]:
    """Each item once, the most important first; of equals the first in the programme."""
    best: dict[str, tuple[Level, Rank]] = {}
    for part in parts:
        best[part.item] = max((part.level, part.rank), best.get(part.item, (Level.FILLER, ())))
    return sorted(best, key=lambda item: best[item], reverse=True)


def filled(
    programme: Programme, *, place: int, length_ms: int, music: tuple[str, Clip] | None
) -> Programme:
    """``programme`` with something before segment ``place``, so that it lasts ``length_ms``.

    ``music`` (its name and clip) is repeated or broken off to the millisecond; where only a
    moment is left, a pause stands for it.  Without music some seconds of silence at the end may
    make up for what is missing, and a programme that is shorter by more ends early.
    """
    if music:
        one_ms = _inserted(programme, place, _pause(1))
        left_ms = length_ms - cue_sheet(one_ms).duration_ms + 1
        if left_ms >= _LEAST_MUSIC_MS:
            return _inserted(programme, place, _music(*music, left_ms))
        if left_ms > 0:
            return _inserted(programme, place, _pause(left_ms))
    if 0 <= length_ms - cue_sheet(programme).duration_ms <= _LONGEST_REST_MS:
        return Programme(programme.id, programme.title, programme.segments, length_ms)
    return programme


def _inserted(programme: Programme, place: int, segment: Segment) -> Programme:
    segments = (*programme.segments[:place], segment, *programme.segments[place:])
    return Programme(programme.id, programme.title, segments)


def _music(name: str, clip: Clip, length_ms: int) -> Segment:
    return Segment(
        kind=SegmentKind.MUSIC,
        title=name,
        clips=(clip,),
        length_ms=length_ms,
        fade_in_ms=_FADE_IN_MS,
        fade_out_ms=min(_FADE_OUT_MS, length_ms // 2),
    )


def _pause(length_ms: int) -> Segment:
    return Segment(kind=SegmentKind.SILENCE, title="", clips=(silent_clip(length_ms),))
