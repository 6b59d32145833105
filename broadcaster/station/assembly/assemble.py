"""A programme's recipe and a day → segments with their sound, as long as they should be.

The one place where script, speech and programme meet.  It stands apart from files and mixing so
that a simulation can run it with a speaker that only estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.model import Priority, Programme, SegmentKind
from broadcaster.playout import Reason
from broadcaster.programme import Level, filled, leave_out, length_of
from broadcaster.spelling import duration_text
from broadcaster.station.assembly.announcer import Announcer, opening_of
from broadcaster.station.assembly.describe import Assembled
from broadcaster.station.assembly.draft import Draft
from broadcaster.station.assembly.elastic import stretch_relays
from broadcaster.station.assembly.headlines import joined
from broadcaster.station.assembly.history import never_aired
from broadcaster.station.assembly.left_out import LeftOutError, left_out
from broadcaster.station.assembly.memory import Memory, remember
from broadcaster.station.assembly.parts import PartMaker
from broadcaster.station.settings.approval import ApprovalSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Bulletin, Clip, Occurrence, SegmentPlan
    from broadcaster.programme import Part
    from broadcaster.station.assembly.history import Aired

__all__ = ["Assembler"]


@dataclass(slots=True)
class Assembler(Announcer):
    """Makes programmes of one station's content.

    ``aired`` tells when each bulletin was last heard before an occurrence.
    """

    aired: Aired = never_aired

    def assemble(self, occurrence: Occurrence) -> Assembled:
        """The programme of ``occurrence``; what fails is left out, never the whole.

        It is fitted to its length, and never longer than its slot: the least important items are
        left out whole, and what is left is filled.  Raises SpeechError when words were planned
        and no voice could say any: music alone is no programme, and the last good one, or the
        fallback, says more.  Raises LeftOutError when the slot is too short for any of it.
        """
        limit_ms = _limit_ms(occurrence)
        memory = self._memory(occurrence)
        draft = whole = self._drafted(occurrence, memory)
        without: frozenset[str] = frozenset()
        while losers := leave_out(draft.parts, limit_ms):
            without |= losers
            draft = self._drafted(occurrence, memory, without)
        if whole.parts and not draft.parts:
            raise _too_short(occurrence, limit_ms)
        no_room = _left_out_for_time(whole.parts, without, limit_ms)
        programme = self._filled(occurrence, draft)
        return Assembled(programme, (*draft.maker.left_out, *no_room))

    def lengths(self, occurrence: Occurrence) -> tuple[int, int]:
        """Milliseconds of its programme (with all that it wants to air, without any bulletin)."""
        parts = self._drafted(occurrence, self._memory(occurrence)).parts
        wanted = [part for part in parts if part.level is not Level.FILLER]
        return _length(wanted), _length(p for p in wanted if p.level is not Level.ITEM)

    def alone(self, bulletin: Bulletin) -> Programme:
        """A programme of this one bulletin, to be listened to: before it is approved, too."""
        if against := self.cannot_be_made(bulletin):
            raise left_out(bulletin.title, against)
        return Programme(bulletin.id, bulletin.title, (self.as_segment(bulletin),))

    def _memory(self, occurrence: Occurrence) -> Memory:
        """A replay chooses as what it repeats did, which had heard less."""
        return remember(self.aired, occurrence.replays or occurrence, self.content)

    def _drafted(
        self,
        occurrence: Occurrence,
        memory: Memory,
        without: frozenset[str] = frozenset(),
    ) -> Draft:
        day = occurrence.starts_at.date()
        source = occurrence.replays
        pool = frozenset(self.aired.items_of(source)) if source else frozenset()
        maker = PartMaker(
            announcer=self._for(occurrence), day=day, memory=memory, without=without, pool=pool
        )
        draft = Draft(occurrence, maker)
        draft.make()
        stretch_relays(draft, _limit_ms(occurrence))
        unspoken = draft.maker.unspoken
        if unspoken and not any(part.segment.voice for part in draft.parts):
            raise unspoken
        return draft

    def _for(self, occurrence: Occurrence) -> Assembler:
        """An emergency is approved in the act, by who orders it."""
        if occurrence.slot.priority is not Priority.EMERGENCY:
            return self
        return replace(self, config=replace(self.config, approval=ApprovalSettings()))

    def _filled(self, occurrence: Occurrence, draft: Draft) -> Programme:
        """The programme of ``draft``, and what fills the time that is left."""
        plan = occurrence.programme
        segments = joined(part.segment for part in draft.parts)
        programme = Programme(plan.id, plan.title, tuple(segments))
        fills = [(n, line) for n, line in enumerate(plan.segments) if line.fills]
        if not fills or not plan.length_ms:
            return programme
        number, line = fills[0]
        before = joined(part.segment for part in draft.parts_through(number))
        return filled(
            programme,
            place=len(before),
            length_ms=_limit_ms(occurrence),
            music=self._fill_music(line, draft),
        )

    def _fill_music(self, line: SegmentPlan, draft: Draft) -> tuple[str, Clip] | None:
        if not line.asset:
            return None
        try:
            return line.asset, self.find_asset(line.asset)
        except BroadcasterError as error:
            draft.maker.note(error)
            return None


def _limit_ms(occurrence: Occurrence) -> int:
    """How long the programme may be: its own length, never more than its slot's."""
    longest = occurrence.slot.max_ms
    return min(occurrence.programme.length_ms or longest, longest)


def _length(parts: Iterable[Part]) -> int:
    return length_of(part.segment for part in parts)


def _left_out_for_time(
    parts: Iterable[Part], without: frozenset[str], limit_ms: int
) -> tuple[str, ...]:
    """A sentence for each item that had no room; fillers only fill, and are not missed."""
    lost = [
        part
        for part in parts
        if part.item in without
        and part.level is not Level.FILLER
        and part.segment.kind not in {SegmentKind.JINGLE, SegmentKind.SILENCE}
    ]
    text = _("there is no room for it in {length}").format(length=duration_text(limit_ms))
    why = Reason("no-room", text)
    titles = {part.item: _title(part) for part in lost}
    return tuple(str(left_out(title, why).reason) for title in dict.fromkeys(titles.values()))


def _title(part: Part) -> str:
    segment = part.segment
    return segment.title or opening_of(segment.clips[0].text)


def _too_short(occurrence: Occurrence, limit_ms: int) -> LeftOutError:
    text = _("{length} is too short for any part of “{title}”").format(
        length=duration_text(limit_ms), title=occurrence.programme.title
    )
    return LeftOutError(
        Reason("slot-too-short", text), hint=_("give the slot a longer “max”, or another programme")
    )
