"""One line of a recipe → its parts: a bulletin, those that are chosen, a text, a sound, a pause.

It stands apart from `draft`, which knows the order of lines and what they say of each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, SpeechError
from broadcaster.model import Bed, BulletinChoice, Priority, Segment, SegmentKind
from broadcaster.playout import Reason
from broadcaster.programme import Level, Part, choose, is_of_share, silent_clip, speaks
from broadcaster.station.assembly.left_out import LeftOutError, no_voice, reason_of, why_not_valid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from broadcaster.model import BedPlan, Bulletin, SegmentPlan
    from broadcaster.programme import Rank
    from broadcaster.station.assembly.announcer import Announcer
    from broadcaster.station.assembly.memory import Memory

__all__ = ["PartMaker"]

_BUILT_IN, _SOLEMN = "nhac-nen", "nhac-hieu"
"""What is heard instead of a relay; the latter on days without music, which keep their ident."""
_NAMED, _OF_SHARE, _CHOSEN = 2, 1, 0
"""Among items of one priority: what the week names outranks what a share asks for, and that what
is merely chosen."""


@dataclass(slots=True, kw_only=True)
class PartMaker:
    """Makes the parts of a programme on ``day``; ``without`` are the items that are not wanted.

    A replay chooses from its ``pool``, what was heard the first time, unless that is empty.
    ``used`` holds the bulletins that are spoken for, ``left_out`` a sentence for each part that
    could not be made; ``unspoken`` is why a text found no voice.
    """

    announcer: Announcer
    day: date
    memory: Memory
    without: Collection[str] = ()
    pool: Collection[str] = ()
    used: set[str] = field(default_factory=set)
    left_out: list[str] = field(default_factory=list)
    unspoken: SpeechError | None = None
    _beds: dict[BedPlan, Bed | None] = field(default_factory=dict)

    def named(self, line: SegmentPlan) -> list[Part]:
        """The bulletin that ``line`` names."""
        bulletin = self._find(line)
        rank = (bulletin.priority if bulletin else Priority.ROUTINE, _NAMED)
        make = partial(self._named, line, bulletin)
        return self.part(make, line, item=line.bulletin_id, level=Level.ITEM, rank=rank)

    def _named(self, line: SegmentPlan, bulletin: Bulletin | None) -> Segment:
        if bulletin is None:
            text = _("there is no bulletin “{id}”").format(id=line.bulletin_id)
            raise LeftOutError(Reason("missing-bulletin", text))
        if not bulletin.is_valid_on(self.day):
            raise LeftOutError(why_not_valid(bulletin, self.day))
        if line.language and not speaks(bulletin, (line.language,)):
            text = _("“{title}” is not there in “{language}”")
            text = text.format(title=bulletin.title, language=line.language)
            raise LeftOutError(Reason("not-in-language", text))
        return self.announcer.bulletin_segment(bulletin, line=line, day=self.day)

    def names_in(self, lines: Iterable[SegmentPlan]) -> set[str]:
        """The ids of bulletins that ``lines`` name, and of their translations that are heard."""
        named = [line for line in lines if line.bulletin_id]
        found = [bulletin.id for line in named if (bulletin := self._find(line))]
        return {line.bulletin_id for line in named} | set(found)

    def _find(self, line: SegmentPlan) -> Bulletin | None:
        """The bulletin of ``line`` in its language, or in its own where it is not translated."""
        bulletins = self.announcer.content.bulletins
        own = bulletins.get(line.bulletin_id)
        if own is None or not line.language or speaks(own, (line.language,)):
            return own
        translations = (b for b in bulletins.values() if b.id == f"{own.id}.{b.language}")
        return next((b for b in translations if speaks(b, (line.language,))), own)

    def chosen(self, line: SegmentPlan) -> Iterator[Part]:
        """The chosen bulletins with a jingle between two; a broken one is told and passed over."""
        choice = self.with_parts(line.choice or BulletinChoice())
        self._tell_of_broken(choice)
        heard = 0
        for place, bulletin in enumerate(self._choose(choice)):
            self.used.add(bulletin.id)
            voice = choice.voices[heard % len(choice.voices)] if choice.voices else ""
            make = partial(
                self.announcer.bulletin_segment, bulletin, line=line, voice=voice, day=self.day
            )
            weight = _OF_SHARE if is_of_share(bulletin, choice) else _CHOSEN
            rank = (bulletin.priority, weight, -place)
            row = self.part(make, line, item=bulletin.id, level=Level.ITEM, rank=rank)
            if row and heard and choice.between:
                yield from self._jingle(choice.between, line, bulletin.id)
            yield from row
            heard += bool(row)

    def with_parts(self, choice: BulletinChoice) -> BulletinChoice:
        """``choice``, whose topics bring along those below them in the tree of the plan."""
        share = choice.share
        return replace(
            choice,
            topics=self._with_parts(choice.topics),
            share=share and replace(share, topics=self._with_parts(share.topics)),
        )

    def _with_parts(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        tree = self.announcer.content.plan.topics
        return tuple(sorted({name for t in topics for name in tree.within(t, self.day)}))

    def _choose(self, choice: BulletinChoice) -> list[Bulletin]:
        everything = self.announcer.content.bulletins.values()
        able = [b for b in everything if not self.pool or b.id in self.pool]
        ready = [b for b in able if self.announcer.reason_against(b, self.day) is None]
        memory = self.memory
        return choose(
            choice,
            ready,
            day=self.day,
            exclude=self.used,
            aired=memory.aired,
            behind=memory.behind,
        )

    def _tell_of_broken(self, choice: BulletinChoice) -> None:
        everything = self.announcer.content.bulletins.values()
        broken = [b for b in everything if b.sha256 in self.announcer.set_aside]
        for bulletin in choose(choice, broken, day=self.day, exclude=self.used):
            try:
                self.announcer.bulletin_segment(bulletin)
            except BroadcasterError as error:
                self.note(error)

    def _jingle(self, name: str, line: SegmentPlan, item: str) -> list[Part]:
        """It comes and goes with the bulletin after it, and lies over no bed."""
        make = partial(self.announcer.sound_segment, SegmentKind.JINGLE, name)
        return self.part(make, replace(line, bed=None), item=item, level=Level.ITEM)

    def fillers(self, line: SegmentPlan, choice: BulletinChoice) -> Iterator[Part]:
        """Whole bulletins for the time that may be left."""
        for place, bulletin in enumerate(self._choose(self.with_parts(choice))):
            make = partial(self.announcer.bulletin_segment, bulletin, line=line, day=self.day)
            rank = (bulletin.priority, -place)
            yield from self.part(make, line, item=bulletin.id, level=Level.FILLER, rank=rank)

    def sound(self, line: SegmentPlan, *, item: str) -> list[Part]:
        """The asset of ``line``; a signature is called after its feature."""
        title = line.feature.title if line.feature else ""

        def make() -> Segment:
            segment = self.announcer.sound_segment(line.kind, line.asset, gain_db=line.gain_db)
            is_signature = line.kind is SegmentKind.SIGNATURE and title
            return replace(segment, title=title) if is_signature else segment

        return self.part(make, line, item=item, level=Level.FRAME)

    def relay(self, line: SegmentPlan, length_ms: int, *, item: str) -> list[Part]:
        """What is heard of a relay where it is not good: whole bulletins, then music."""
        local = [part.segment for part in self.chosen(line)] if line.choice else []
        try:
            music = self._instead_of(line, length_ms)
        except BroadcasterError as error:
            self.note(error)
            return []
        title = next((r.title for r in self.announcer.config.relays if r.name == line.relay), "")
        if title:
            local = [replace(segment, relay=line.relay) for segment in local]
            music = replace(music, kind=SegmentKind.RELAY, title=title, relay=line.relay)
        else:
            text = _("the station has no relay named “{name}”").format(name=line.relay)
            self.note(LeftOutError(Reason("unknown-relay", text)))
        return [Part(segment=s, item=item, level=Level.FRAME) for s in (*local, music)]

    def _instead_of(self, line: SegmentPlan, length_ms: int) -> Segment:
        """Its music, repeated or broken off; a built-in one where that is not to be had."""
        try:
            found = self.announcer.sound_segment(SegmentKind.MUSIC, line.asset or _SOLEMN)
        except BroadcasterError as error:
            self.note(error)
            found = self.announcer.sound_segment(SegmentKind.MUSIC, _BUILT_IN)
        return replace(
            found, length_ms=length_ms, gain_db=line.gain_db, fade_in_ms=500, fade_out_ms=1_000
        )

    def silence(self, line: SegmentPlan, *, item: str) -> list[Part]:
        pause = Segment(kind=line.kind, title="", clips=(silent_clip(line.length_ms),))
        return self.part(lambda: pause, line, item=item, level=Level.FRAME)

    def part(
        self,
        make: Callable[[], Segment],
        line: SegmentPlan,
        *,
        item: str,
        level: Level,
        rank: Rank = (),
    ) -> list[Part]:
        """The segment that ``make`` gives, over its bed; if none, ``left_out`` has the reason."""
        if item in self.without:
            return []
        try:
            segment = make()
        except BroadcasterError as error:
            self.note(error)
            return []
        return [Part(segment=self.over_bed(segment, line), item=item, level=level, rank=rank)]

    def note(self, error: BroadcasterError) -> None:
        """Remember once why something is missing."""
        sentence = str(reason_of(error))
        if sentence not in self.left_out:
            self.left_out.append(sentence)
        self.unspoken = no_voice(error) or self.unspoken

    def over_bed(self, segment: Segment, line: SegmentPlan) -> Segment:
        """A bed that cannot be found costs the bed; a recording has its own sound."""
        if line.bed is None or segment.kind is SegmentKind.RECORDING:
            return segment
        if line.bed not in self._beds:
            self._beds[line.bed] = self._bed(line.bed)
        return replace(segment, bed=self._beds[line.bed])

    def _bed(self, plan: BedPlan) -> Bed | None:
        try:
            return Bed(self.announcer.find_asset(plan.asset), plan.level_db)
        except BroadcasterError as error:
            self.note(error)
            return None
