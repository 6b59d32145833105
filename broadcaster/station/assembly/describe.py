"""What an assembled programme is called and made of, for the manifest and the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.model import PreparedProgramme, PreparedSegment, SegmentKind

if TYPE_CHECKING:
    from broadcaster.model import CueSheet, Programme

__all__ = ["Assembled", "describe"]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A programme with its sound, and a sentence for each part that is not in it."""

    programme: Programme
    left_out: tuple[str, ...]


def describe(assembled: Assembled, sheet: CueSheet) -> PreparedProgramme:
    """What the manifest and the log say of a programme, before its sound is mixed."""
    programme = assembled.programme
    segments = tuple(
        PreparedSegment(
            kind=segment.kind,
            title=segment.title,
            start_ms=start_ms,
            end_ms=end_ms,
            bulletin_id=segment.bulletin_id,
            voice=segment.voice,
            script_sha256=segment.script_sha256,
            content_sha256=segment.content_sha256,
            rendition_sha256=segment.rendition_sha256,
            relay=segment.relay,
            facts=segment.facts,
        )
        for segment, (start_ms, end_ms) in zip(programme.segments, sheet.spans_ms, strict=True)
        if segment.kind is not SegmentKind.SILENCE
    )
    return PreparedProgramme(
        programme_id=programme.id,
        title=programme.title,
        duration_ms=sheet.duration_ms,
        voice=",".join(dict.fromkeys(segment.voice for segment in segments if segment.voice)),
        segments=segments,
        left_out=assembled.left_out,
        marks_ms=_marks(sheet),
        said=tuple((cue.start_ms, cue.clip.text) for cue in sheet.cues if cue.clip.text),
    )


def _marks(sheet: CueSheet) -> tuple[int, ...]:
    """Where a part begins, and where a sentence does."""
    sentences = {cue.start_ms for cue in sheet.cues if cue.clip.text}
    return tuple(sorted(sentences | {start_ms for start_ms, _end_ms in sheet.spans_ms}))
