"""What a relay's process told, as the log wants it: which parts were relayed, and why not all.

It stands apart from the feed because it is pure, and the log must claim nothing that was not so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import PreparedSegment, SegmentKind
from broadcaster.playout import reasons
from broadcaster.playout.relay.leg import BLOCK_MS, Leg, Switch
from broadcaster.playout.relay.watch import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.playout.actions import Reason

__all__ = ["Story"]

_NEAR_MS = 3_000  # pauses between bulletins belong to the relay that was heard over them
_WORTH_TELLING = 1_000 // BLOCK_MS
"""Blocks: a shorter gap, of a fade or of rounding, is none."""


@dataclass(slots=True)
class Story:
    """The switches of ``legs`` in order; ``until`` is the block before which all was over."""

    legs: Sequence[Leg]
    until: int = 0
    _switches: list[Switch] = field(default_factory=list)

    def add(self, switch: Switch) -> None:
        self._switches.append(switch)

    def name_at(self, number: int) -> str:
        """The relay that has block ``number``."""
        return next((leg.name for leg in self.legs if number < leg.last), "")

    def heard(self, parts: Sequence[PreparedSegment]) -> tuple[PreparedSegment, ...]:
        """``parts`` of the programme with each relay split into what was relayed, and not."""
        return tuple(_joined(piece for part in parts for piece in self._pieces(part)))

    def remark(self) -> str:
        """A sentence with its code for each relay that was not heard wholly; "" for none."""
        return "; ".join(filter(None, (self._remark(leg) for leg in self.legs)))

    def _pieces(self, part: PreparedSegment) -> Iterator[PreparedSegment]:
        leg = self._leg_of(part)
        if leg is None:
            yield part
            return
        for is_on, first, last in self._turns(leg):
            start_ms = part.start_ms if first == leg.first else first * BLOCK_MS
            end_ms = part.end_ms if last == leg.last else last * BLOCK_MS
            own = replace(
                part, start_ms=max(part.start_ms, start_ms), end_ms=min(part.end_ms, end_ms)
            )
            if own.end_ms <= own.start_ms:
                continue
            if is_on:
                yield _relayed(own, leg)
            elif part.bulletin_id and own.start_ms == part.start_ms:
                yield replace(own, relay="")
            elif own.end_ms - own.start_ms >= _WORTH_TELLING * BLOCK_MS:
                yield _music(own, leg)

    def _leg_of(self, part: PreparedSegment) -> Leg | None:
        named = (leg for leg in self.legs if leg.name == part.relay)
        return next((g for g in named if g.first <= -(-part.start_ms // BLOCK_MS) < g.last), None)

    def _remark(self, leg: Leg) -> str:
        stretches = list(self._stretches(leg, min(self.until, leg.last)))
        gaps = [(state, last - first) for state, first, last in stretches if not state.is_on]
        lost = sum(length for _state, length in gaps)
        if lost < _WORTH_TELLING:
            return ""
        total = sum(last - first for _state, first, last in stretches)
        relayed_of_ms = (total - lost) * BLOCK_MS, total * BLOCK_MS
        return reasons.relay_missed(leg.title or leg.name, relayed_of_ms, _whys(gaps))

    def _turns(self, leg: Leg) -> list[tuple[bool, int, int]]:
        """(whether it was relayed, first, last) in blocks, each different from the one before."""
        turns: list[tuple[bool, int, int]] = []
        for switch, first, last in self._stretches(leg, leg.last):
            if turns and turns[-1][0] == switch.is_on:
                turns[-1] = (switch.is_on, turns[-1][1], last)
            else:
                turns.append((switch.is_on, first, last))
        return turns

    def _stretches(self, leg: Leg, until: int) -> Iterator[tuple[Switch, int, int]]:
        """(state, first, last) in blocks, one after another, from the leg's beginning on."""
        state, place = Switch(leg.first, is_on=False), leg.first
        for switch in sorted(self._switches, key=lambda switch: switch.number):
            if switch.number >= until:
                break
            if switch.number > place:
                yield state, place, switch.number
                place = switch.number
            if switch.number >= leg.first:
                state = switch
        if until > place:
            yield state, place, until


def _whys(gaps: Sequence[tuple[Switch, int]]) -> list[Reason]:
    """What cost a second or more, in the order in which it came; the worst where nothing did.

    A server that dies refuses for a while when it is back: its end is the news, not the longest.
    """
    lost: Counter[Trouble] = Counter()
    details: dict[Trouble, str] = {}
    for state, length in gaps:
        trouble = state.trouble or Trouble.LATE
        lost[trouble] += length
        details[trouble] = details.get(trouble) or state.detail
    worst = max(lost.values())
    told = [why for why, length in lost.items() if length >= min(worst, _WORTH_TELLING)]
    return [reasons.relay_trouble(why, details[why]) for why in told]


def _relayed(part: PreparedSegment, leg: Leg) -> PreparedSegment:
    return _other(part, SegmentKind.RELAY, leg.title or part.title, relay=leg.name)


def _music(part: PreparedSegment, leg: Leg) -> PreparedSegment:
    title = _("local sound instead of “{name}”").format(name=leg.title or part.title)
    return _other(part, SegmentKind.MUSIC, title)


def _other(
    part: PreparedSegment, kind: SegmentKind, title: str, *, relay: str = ""
) -> PreparedSegment:
    """Something else than what ``part`` says, at its time."""
    return PreparedSegment(
        kind=kind, title=title, start_ms=part.start_ms, end_ms=part.end_ms, relay=relay
    )


def _joined(pieces: Iterable[PreparedSegment]) -> Iterator[PreparedSegment]:
    """Pieces of one relay, or of its music, that follow each other are one."""
    before: PreparedSegment | None = None
    for piece in pieces:
        if before and _is_same(before, piece):
            before = replace(before, end_ms=piece.end_ms)
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


def _is_same(one: PreparedSegment, other: PreparedSegment) -> bool:
    is_near = other.start_ms - one.end_ms < _NEAR_MS
    return is_near and bool(one.relay) and (one.title, one.relay) == (other.title, other.relay)
