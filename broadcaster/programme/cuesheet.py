"""Programme → CueSheet (bảng dẫn): which sound starts when, to the millisecond.

Pure timing without a sample, so that the length of a programme is known before it is mixed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.model import Clip, Cue, CueSheet

if TYPE_CHECKING:
    from broadcaster.model import Programme, Segment

__all__ = ["GAP_MS", "cue_sheet", "silent_clip"]

GAP_MS = 400
"""The least silence between two segments that do not overlap."""


def silent_clip(length_ms: int) -> Clip:
    """Silence as a clip: no file, only the pause after it."""
    return Clip(path=Path(), duration_ms=0, pause_after_ms=length_ms)


def cue_sheet(programme: Programme) -> CueSheet:
    """Lay the segments of ``programme`` one after another.

    A segment starts `GAP_MS` after the one before it, or after that one's last pause if it is
    longer; with ``overlap_ms`` it starts that much before its end instead, though never before
    its start.  The pause after a segment's last sound belongs to no segment, but a segment that
    is nothing but silence keeps it.  The programme ends with its last sound.
    """
    layout = _Layout()
    for number, segment in enumerate(programme.segments):
        layout.append(segment, number)
    return CueSheet(
        title=programme.title,
        cues=tuple(sorted(layout.cues, key=lambda cue: cue.start_ms)),
        duration_ms=max((end for _start, end in layout.spans), default=0),
        spans_ms=tuple(layout.spans),
    )


@dataclass(slots=True)
class _Layout:
    """The sheet as it grows."""

    cues: list[Cue] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    pause_ms: int = 0

    def append(self, segment: Segment, number: int) -> None:
        start = now = self._start_of(segment)
        for place, clip in enumerate(segment.clips):
            if clip.duration_ms:
                self.cues.append(_cue(segment, place, number, now))
            now += clip.length_ms
        self._close(segment, start, now)

    def _start_of(self, segment: Segment) -> int:
        if not self.spans:
            return 0
        before_start, before_end = self.spans[-1]
        if segment.overlap_ms:
            return max(before_start, before_end - segment.overlap_ms)
        return before_end + (max(GAP_MS, self.pause_ms) if segment.clips else 0)

    def _close(self, segment: Segment, start: int, end: int) -> None:
        sounding = any(clip.duration_ms for clip in segment.clips)
        self.pause_ms = segment.clips[-1].pause_after_ms if sounding else 0
        self.spans.append((start, end - self.pause_ms))


def _cue(segment: Segment, place: int, number: int, start_ms: int) -> Cue:
    """The cue of the clip at ``place`` in ``segment``; the fades belong to the outer edges."""
    return Cue(
        start_ms=start_ms,
        clip=segment.clips[place],
        segment=number,
        gain_db=segment.gain_db,
        fade_in_ms=segment.fade_in_ms if place == 0 else 0,
        fade_out_ms=segment.fade_out_ms if place == len(segment.clips) - 1 else 0,
    )
