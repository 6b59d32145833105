"""A recipe and a day → the parts of a programme, before it is known whether they fit.

It stands apart from `assemble`, which drafts again when something has to be left out for time:
then headlines, authors, jingles and voices in turn are right by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.model import SHORTEST_RELAY_MS, SegmentKind
from broadcaster.programme import Level, Part
from broadcaster.schedule import placeholders_of
from broadcaster.station.assembly.headlines import headline_segments, headlined
from broadcaster.station.assembly.wording import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model import Bulletin, Occurrence, SegmentPlan
    from broadcaster.station.assembly.parts import PartMaker

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """The lines of ``occurrence``'s programme by number, each with its parts."""

    occurrence: Occurrence
    maker: PartMaker
    rows: dict[int, list[Part]] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        """Every part in the order of the programme."""
        return [part for _number, row in sorted(self.rows.items()) for part in row]

    def parts_through(self, number: int) -> list[Part]:
        """Those of the lines up to ``number``, this one too."""
        return [part for n, row in sorted(self.rows.items()) if n <= number for part in row]

    @property
    def _lines(self) -> Sequence[SegmentPlan]:
        return self.occurrence.programme.segments

    def make(self) -> None:
        """Make every part: first what airs, then what fills, then the words that speak of it."""
        self.maker.used |= self.maker.names_in(self._lines)
        for is_wanted in (_airs, _fills, _speaks_of_others):
            for number, line in enumerate(self._lines):
                if is_wanted(line):
                    self.rows[number] = self._row(f"#{number}", line)
            self._drop_what_announces_nothing()

    def _row(self, own: str, line: SegmentPlan) -> list[Part]:
        """What one line of the recipe stands for; ``own`` is its name where it has no bulletin."""
        if line.fills:
            return self._fillers(line)
        if line.relay:
            return self.maker.relay(line, line.length_ms or SHORTEST_RELAY_MS, item=own)
        if line.choice:
            is_headlines = line.kind is SegmentKind.HEADLINES
            chosen = self._headlines(own, line) if is_headlines else self.maker.chosen(line)
            return list(chosen)
        if line.bulletin_id:
            return self.maker.named(line)
        return self._frame(own, line)

    def _frame(self, own: str, line: SegmentPlan) -> list[Part]:
        """Words, sounds and pauses around the bulletins."""
        if line.text:
            text = self._filled_in(line.text)
            make = partial(self.maker.announcer.text_segment, line, text)
            return self.maker.part(make, line, item=own, level=Level.WORDS)
        if line.asset:
            return self.maker.sound(line, item=own)
        return self.maker.silence(line, item=own)

    def _filled_in(self, text: str) -> str:
        authors = [bulletin.author for bulletin in self._items() if bulletin.author]
        return fill(text, self.maker.announcer.config, self.occurrence, authors=authors)

    def _fillers(self, line: SegmentPlan) -> list[Part]:
        """Nothing where nobody asks for a length, or another line fills already."""
        is_first = line is next(other for other in self._lines if other.fills)
        if not self.occurrence.programme.length_ms or not line.choice or not is_first:
            return []
        return list(self.maker.fillers(line, line.choice))

    def _headlines(self, own: str, line: SegmentPlan) -> list[Part]:
        """The introduction is dropped with the last of its titles."""
        choice = line.choice and self.maker.with_parts(line.choice)
        bulletins = headlined(choice, self._items()) if choice else []
        if not bulletins or own in self.maker.without:
            return []
        intro = self._filled_in(line.text)
        try:
            found = headline_segments(self.maker.announcer, line, intro, bulletins)
        except BroadcasterError as error:
            self.maker.note(error)
            return []
        return [
            Part(
                segment=self.maker.over_bed(segment, line),
                item=name or own,
                level=Level.ITEM if name else Level.WORDS,
            )
            for name, segment in found
        ]

    def _items(self) -> list[Bulletin]:
        """The bulletins that are in, in their order, each once."""
        items = (p for p in self.parts if p.segment.bulletin_id and p.level is Level.ITEM)
        names = dict.fromkeys(part.segment.bulletin_id for part in items)
        return [self.maker.announcer.content.bulletins[name] for name in names]

    def _drop_what_announces_nothing(self) -> None:
        """A feature without its bulletins, and a jingle before a line that has none."""
        for feature in {line.feature for line in self._lines if line.feature}:
            own = [n for n, line in enumerate(self._lines) if line.feature == feature]
            items = [number for number in own if _has_items(self._lines[number])]
            if items and not any(self.rows.get(number) for number in items):
                self.rows |= {number: [] for number in own}
        for number, line in enumerate(self._lines[1:], 1):
            before = self._lines[number - 1]
            if _has_items(line) and not self.rows[number] and before.kind is SegmentKind.JINGLE:
                self.rows[number - 1] = []


def _fills(line: SegmentPlan) -> bool:
    """Whether it takes only what no other line airs."""
    return line.fills or bool(line.relay)


def _speaks_of_others(line: SegmentPlan) -> bool:
    """Whether its words depend on what else is in the programme."""
    return line.kind is SegmentKind.HEADLINES or "authors" in placeholders_of(line.text)


def _airs(line: SegmentPlan) -> bool:
    return not _fills(line) and not _speaks_of_others(line)


def _has_items(line: SegmentPlan) -> bool:
    return line.kind is SegmentKind.SPEECH
