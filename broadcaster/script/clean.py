"""Lines worth reading: furniture of web pages out, broken lines joined, headings and lists seen.

Reading rules know nothing of pages; this is the only place that does.  What it drops it reports
as changes that are spoken as nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.folding import Folded, fold
from broadcaster.script.lexicon import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Block", "BlockKind", "Dropped", "clean"]

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s+|>\s+)")
_ITEM = re.compile(rf"\s*(?:[-–—•+*]\s|\(?(?:\d{{1,2}}|[{LOWER}])[.)]\s|[IVX]{{1,5}}\.\s)")
_IMAGE = re.compile(r"\s*[\w() -]{1,80}\.(?:png|jpe?g|gif|webp|bmp)\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s*[\d.,:/\s]{1,20}")
_BYLINE = re.compile(rf"\s*(?:[{UPPER}][{LOWER}]+(?:\s|\.\s?|\s?[-–]\s?|$)){{2,5}}\s*")
_LONGEST_TITLE = 250
_SHORTEST_TITLE = 20
_LONGEST_FURNITURE = 200


def _ends(text: str, stops: str = ".!?;:…,/") -> bool:
    """Whether a sentence or a clause ends with this line."""
    return text.rstrip(' "”’)')[-1:] in tuple(stops)


class BlockKind(StrEnum):
    """What a block is to a listener; its pauses depend on it."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


class Dropped(NamedTuple):
    """A span of the source that is not read, and why."""

    start: int
    end: int
    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """A folded line and its place; ``after_gap`` says that a blank line stood before it."""

    folded: Folded
    number: int
    end: int
    after_gap: bool

    @property
    def text(self) -> str:
        return self.folded.text


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, as one text with a way back to the source."""

    kind: BlockKind
    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, kind: BlockKind, lines: list[Line]) -> Block:
        starts, length = [], 0
        for line in lines:
            starts.append(length)
            length += len(line.text) + 1
        return cls(kind, tuple(lines), " ".join(line.text for line in lines), tuple(starts))

    def source(self, index: int) -> int:
        """The offset in the source of a character of ``text``."""
        line = bisect_right(self.starts, index) - 1
        inside = min(index - self.starts[line], len(self.lines[line].text))
        return self.lines[line].folded.source(inside)

    def place(self, index: int) -> tuple[int, int]:
        """Line and column (from 1) of a character of ``text``."""
        line = self.lines[bisect_right(self.starts, index) - 1]
        return line.number, self.source(index) - line.folded.start + 1


def clean(
    source: str, fold_line: Callable[[str, int], Folded] = fold
) -> tuple[list[Block], list[Dropped]]:
    """The blocks of a text in order, and what was dropped."""
    lines = _fold_lines(source, fold_line)
    reasons = _furniture(lines)
    kept = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    dropped = [
        Dropped(line.folded.start, line.end, f"page.{reason}", line.number)
        for line, reason in zip(lines, reasons, strict=True)
        if reason
    ]
    return _blocks(kept), dropped


def _fold_lines(source: str, fold_line: Callable[[str, int], Folded]) -> list[Line]:
    lines: list[Line] = []
    number, place = 1, 0
    for found in _LINE.finditer(source):
        breaks = source[place : found.start()].replace("\r\n", "\n")
        number += len(breaks)
        place = found.end()
        folded = fold_line(found[0], found.start())
        if folded.text.strip():
            gap = not lines or number - lines[-1].number > 1
            lines.append(Line(folded, number, found.end(), gap))
    return lines


# -- furniture ----------------------------------------------------------------------------


@cache
def _phrases(strength: str) -> re.Pattern[str]:
    """All phrases of the table as one pattern; ``strong`` ones are furniture by themselves."""
    kinds = {"strong", "weak"} if strength == "any" else {strength}
    known = [pattern for kind, pattern in read_table("furniture") if kind in kinds]
    return re.compile("(?:" + "|".join(known) + ")", re.IGNORECASE)


def _furniture(lines: list[Line]) -> list[str]:
    """A reason for each line that is not to be read, ``""`` for the others."""
    reasons = [_strong_reason(line.text) for line in lines]
    _spread(lines, reasons)
    _drop_sections(lines, reasons)
    _drop_repeats(lines, reasons)
    _drop_captions(lines, reasons)
    _drop_recipients(lines, reasons)
    _drop_byline(lines, reasons)
    return reasons


def _strong_reason(text: str) -> str:
    if len(text) > _LONGEST_FURNITURE:
        return ""
    if _IMAGE.fullmatch(text):
        return "image"
    return "furniture" if _is_all(text, "strong") else ""


def _is_all(text: str, strength: str) -> bool:
    """Whether nothing but furniture, numbers and marks stands in the line."""
    if not _phrases(strength).search(text):
        return False
    rest = _phrases("any").sub(" ", text)
    return not re.search(rf"[{LOWER}{UPPER}]{{2}}", rest)


def _spread(lines: list[Line], reasons: list[str]) -> None:
    """Weak phrases and bare numbers are furniture beside furniture."""
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            text = lines[index].text
            if (
                reasons[index]
                or reasons[index + step] != "furniture"
                or len(text) > _LONGEST_FURNITURE
            ):
                continue
            if _is_all(text, "any") or _BARE_NUMBER.fullmatch(text):
                reasons[index] = "furniture"


def _drop_sections(lines: list[Line], reasons: list[str]) -> None:
    """The name of a portal's section right above a title: lines that end in no stop."""
    for index, (line, title) in enumerate(pairwise(lines)):
        last = index + 2 == len(lines)
        above_title = not title.after_gap and not last and lines[index + 2].after_gap
        if above_title and not _ends(title.text) and len(title.text) > _SHORTEST_TITLE:
            words = line.text.strip()
            if not reasons[index] and len(words) < 60 and _phrases("section").fullmatch(words):
                reasons[index] = "section"


def _drop_repeats(lines: list[Line], reasons: list[str]) -> None:
    """A title that stands twice is read once; a lone number between two lines is a counter."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        text = " ".join(line.text.split())
        if reasons[index]:
            continue
        if (
            text in seen
            and len(text) <= _LONGEST_TITLE
            and len(text.split()) > 3
            and not _ITEM.match(text)
        ):
            reasons[index] = "repeated"
        elif len(lines) > 1 and text.isdigit():
            reasons[index] = "counter"
        seen.add(text)


def _drop_captions(lines: list[Line], reasons: list[str]) -> None:
    """The line below a picture is its caption unless it ends as a sentence does."""
    for index in range(1, len(lines)):
        after_image = reasons[index - 1] == "image" and not reasons[index]
        alone = index + 1 == len(lines) or lines[index + 1].after_gap
        if after_image and alone and not _ends(lines[index].text):
            reasons[index] = "caption"


def _drop_recipients(lines: list[Line], reasons: list[str]) -> None:
    """``Nơi nhận:`` and its list at the foot of an official letter."""
    inside = False
    for index, line in enumerate(lines):
        text = line.text.strip().casefold()
        inside = text.startswith("nơi nhận:") or (inside and bool(_ITEM.match(line.text)))
        if inside and not reasons[index]:
            reasons[index] = "recipients"


def _drop_byline(lines: list[Line], reasons: list[str]) -> None:
    """The author's name at the end, with or without a portal's words glued to it."""
    left = [index for index, reason in enumerate(reasons) if not reason]
    if len(left) < 3:
        return
    for index in left[-1:]:
        text = _phrases("any").sub(" ", lines[index].text).strip()
        if len(text) < 40 and _BYLINE.fullmatch(text) and not _ends(text):
            reasons[index] = "byline"


# -- blocks -------------------------------------------------------------------------------


def _blocks(lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            blocks.append(_block(group, line))
            group = []
        group.append(line)
    if group:
        blocks.append(_block(group, None))
    return blocks


def _continues(before: Line, line: Line) -> bool:
    """A line that was broken by the width of a window goes on in small letters."""
    text = line.text.lstrip()
    return (
        not line.after_gap
        and len(before.text) > 40
        and not _ends(before.text, ".!?;:…")
        and text[:1].islower()
        and not _ITEM.match(text)
    )


def _block(lines: list[Line], following: Line | None) -> Block:
    text = lines[0].text
    if _ITEM.match(text):
        return Block.of(BlockKind.ITEM, lines)
    marked = _MARKDOWN.match(text) is not None
    last = lines[-1].text
    short = len(lines) == 1 and len(last) <= _LONGEST_TITLE and not _ends(last)
    return Block.of(
        BlockKind.HEADING if marked or (short and following) else BlockKind.PARAGRAPH, lines
    )
