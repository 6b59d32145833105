"""The last door before the air: nothing passes without an approval of exactly that content.

It stands apart from preparation, which leaves out what nobody approved: what makes the sound and
what lets it out must not be one.  Sounds that hold no bulletin pass as a class, an emergency in
the name of who ordered it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.approval import Refusal, approval_or_refusal
from broadcaster.clock import LOCAL
from broadcaster.errors import SoundError
from broadcaster.model import Priority, SegmentKind
from broadcaster.playout import Reason
from broadcaster.sound.fingerprint import fingerprint
from broadcaster.station.preparing.consent import approval_settings, decisions_in

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.approval import Decisions
    from broadcaster.model import Occurrence, PreparedProgramme, PreparedSegment
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.consent import Decided

__all__ = ["BY_CLASS", "BY_ORDER", "Door"]

BY_CLASS = "class"
"""Idents, jingles, music, relays from configured addresses, and the templates around bulletins."""
BY_ORDER = "order"
"""Approved in the act, by somebody with the role who ordered it."""

_SPOKEN_FOR = {SegmentKind.SPEECH, SegmentKind.RECORDING}
"""Somebody must stand for what is said in them; all other kinds are classes."""
_IN_THE_ACT = {Priority.EMERGENCY, Priority.LIVE}


@dataclass(frozen=True, slots=True)
class Door:
    """Of the station in ``folder``; ``decided`` is what a process that stays has read so far."""

    folder: StationFolder
    decided: Decided | None = None

    def examine(
        self, programme: PreparedProgramme, occurrence: Occurrence
    ) -> PreparedProgramme | Reason:
        """``programme``, each part with the approval under which it is heard, or why it may not be.

        Where the station asks for no approval, it passes as it is.
        """
        if not approval_settings(self.folder, self.decided).required:
            return programme
        if against := _replaced(programme):
            return against
        if occurrence.slot.priority in _IN_THE_ACT:
            segments = [replace(segment, approval=BY_ORDER) for segment in programme.segments]
            return replace(programme, segments=tuple(segments))
        signed = self._signed(programme, occurrence)
        against = next((found for found in signed if isinstance(found, Reason)), None)
        if against:
            return against
        parts = tuple(part for part in signed if not isinstance(part, Reason))
        return replace(programme, segments=parts)

    def wanting(self, estimate: PreparedProgramme, occurrence: Occurrence) -> list[Reason]:
        """What nobody stands for in what is planned, whoever will speak it."""
        voiceless = tuple(replace(segment, voice="") for segment in estimate.segments)
        signed = self._signed(replace(estimate, segments=voiceless), occurrence)
        return [found for found in signed if isinstance(found, Reason)]

    def _signed(
        self, programme: PreparedProgramme, occurrence: Occurrence
    ) -> list[PreparedSegment | Reason]:
        decisions = decisions_in(self.folder, self.decided)
        day = occurrence.starts_at.astimezone(LOCAL).date()
        return [_signed(segment, decisions, day) for segment in programme.segments]


def _replaced(programme: PreparedProgramme) -> Reason | None:
    """Whether the file is not the one that was mixed; an estimate has none."""
    if programme.audio is None:
        return None
    try:
        found = fingerprint(programme.audio)
    except SoundError as error:
        return Reason("sound-replaced", error.message)
    if found == programme.audio_sha256:
        return None
    text = _("its sound file is not the one that was made: somebody put another in its place")
    return Reason("sound-replaced", text)


def _signed(segment: PreparedSegment, decisions: Decisions, day: date) -> PreparedSegment | Reason:
    """``segment`` with its approval, or why it has none."""
    if segment.kind not in _SPOKEN_FOR and not segment.bulletin_id and not segment.content_sha256:
        return replace(segment, approval=BY_CLASS)
    subject = segment.bulletin_id or f"am-thanh/{segment.title}"
    voice = segment.voice if segment.kind is not SegmentKind.RECORDING else ""
    found = approval_or_refusal(decisions, subject, segment.content_sha256, day=day, voice=voice)
    if isinstance(found, Refusal):
        return Reason(found.code, f"“{segment.title}”: {found.text}")
    heard = found.heard_sha256
    is_new = bool(heard and segment.rendition_sha256 and heard != segment.rendition_sha256)
    return replace(segment, approval=str(found.id), is_new_rendition=is_new)
