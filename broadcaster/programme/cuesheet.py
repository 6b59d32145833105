"""Programme → CueSheet (bảng dẫn): which sound starts when, to the millisecond.

Pure timing without a sample, so that the length of a programme is known before it is mixed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.model import Clip, Cue, CueSheet
from broadcaster.programme.bed import LEAD_MS, TAIL_MS, bed_cue

if TYPE_CHECKING:
    from broadcaster.model import Bed, Programme, Segment

__all__ = ["GAP_MS", "cue_sheet", "silent_clip"]

GAP_MS = 400
"""The least silence between two segments that do not overlap."""


def silent_clip(length_ms: int) -> Clip:
    """Silence as a clip: no file, only the pause after it."""
    return Clip(path=Path(), duration_ms=0, pause_after_ms=length_ms)


def cue_sheet(programme: Programme) -> CueSheet:
    """Lay the segments of ``programme`` one after another, and their beds under them.

    A segment starts `GAP_MS` after the one before it, or after that one's last pause if it is
    longer; with ``overlap_ms`` it starts that much before its end instead, though never before
    its start.  The pause after a segment's last sound belongs to no segment, but a segment that
    is nothing but silence keeps it.  A bed begins before its first segment, which waits for it,
    and ends before the next one without it.  The programme ends with its last sound, or when its
    own length is over.
    """
    layout = _Layout()
    for number, segment in enumerate(programme.segments):
        layout.append(segment, number)
    layout.end_bed()
    ends = [programme.length_ms, layout.bed_end_ms, *(end for _start, end in layout.spans)]
    return CueSheet(
        title=programme.title,
        cues=tuple(sorted(layout.cues, key=lambda cue: cue.start_ms)),
        duration_ms=max(ends),
        spans_ms=tuple(layout.spans),
    )


@dataclass(slots=True)
class _Run:
    """Neighbouring segments over one bed."""

    bed: Bed
    start_ms: int
    segment: int
    words: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Layout:
    """The sheet as it grows."""

    cues: list[Cue] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    pause_ms: int = 0
    bed_end_ms: int = 0
    run: _Run | None = None

    def append(self, segment: Segment, number: int) -> None:
        if self.run and segment.bed != self.run.bed:
            self.end_bed()
        start = now = self._start_of(segment)
        if segment.bed and not self.run and _sounds(segment):
            self.run = _Run(segment.bed, start, number)
            start = now = start + LEAD_MS
        for place, clip in enumerate(segment.clips):
            if clip.duration_ms:
                cue = _cue(segment, place, number, now)
                self.cues.append(cue)
                if self.run:
                    self.run.words.append((cue.start_ms, cue.end_ms))
            now += segment.length_ms or clip.length_ms
        self._close(segment, start, now)

    def end_bed(self) -> None:
        """Let the bed that plays fade out after the last word."""
        if self.run:
            cue = bed_cue(self.run.bed, self.run.start_ms, self.run.words, segment=self.run.segment)
            self.cues.append(cue)
            self.bed_end_ms = self.run.words[-1][1] + TAIL_MS
            self.run = None

    def _start_of(self, segment: Segment) -> int:
        if not self.spans:
            return 0
        before_start, before_end = self.spans[-1]
        if segment.overlap_ms:
            return max(before_start, before_end - segment.overlap_ms)
        if not segment.clips:
            return before_end
        return max(before_end + max(GAP_MS, self.pause_ms), self.bed_end_ms)

    def _close(self, segment: Segment, start: int, end: int) -> None:
        self.pause_ms = 0
        if _sounds(segment) and not segment.length_ms:
            self.pause_ms = segment.clips[-1].pause_after_ms
        self.spans.append((start, end - self.pause_ms))


def _sounds(segment: Segment) -> bool:
    return any(clip.duration_ms for clip in segment.clips)


def _cue(segment: Segment, place: int, number: int, start_ms: int) -> Cue:
    """The cue of the clip at ``place`` in ``segment``; the fades belong to the outer edges."""
    return Cue(
        start_ms=start_ms,
        clip=segment.clips[place],
        segment=number,
        gain_db=segment.gain_db,
        fade_in_ms=segment.fade_in_ms if place == 0 else 0,
        fade_out_ms=segment.fade_out_ms if place == len(segment.clips) - 1 else 0,
        length_ms=segment.length_ms,
    )
