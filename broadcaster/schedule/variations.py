"""A programme as a single airing wants it: in another language, without music, once more.

Pure.  It stands apart from the rundown because these change recipes, not times.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.model import SegmentKind

if TYPE_CHECKING:
    from broadcaster.model import ProgrammePlan, SegmentPlan

__all__ = ["in_language", "once_more", "without_music"]

_REPLAYED = "phát lại"
_MUSIC = {SegmentKind.MUSIC, SegmentKind.JINGLE, SegmentKind.BED}


def in_language(programme: ProgrammePlan, language: str) -> ProgrammePlan:
    """``programme`` whose bulletins are those in ``language``; words around them stay."""
    return replace(
        programme, segments=tuple(_spoken_in(line, language) for line in programme.segments)
    )


def _spoken_in(line: SegmentPlan, language: str) -> SegmentPlan:
    if line.choice:
        return replace(line, choice=replace(line.choice, languages=(language,)))
    return replace(line, language=language) if line.bulletin_id else line


def without_music(programme: ProgrammePlan) -> ProgrammePlan:
    """``programme`` for a day of mourning: its idents stay, music, jingles and beds do not."""
    lines = (_unaccompanied(line) for line in programme.segments)
    return replace(programme, segments=tuple(line for line in lines if line))


def _unaccompanied(line: SegmentPlan) -> SegmentPlan | None:
    if line.kind in _MUSIC and not line.choice:
        return None
    choice = replace(line.choice, between="") if line.choice else None
    asset = "" if line.fills or line.relay else line.asset
    return replace(line, bed=None, choice=choice, asset=asset)


def once_more(programme: ProgrammePlan) -> ProgrammePlan:
    """``programme`` under a title that says so."""
    return replace(programme, title=f"{programme.title} ({_REPLAYED})")
