"""Lines worth reading: furniture of web pages out, broken lines joined, headings and lists seen.

Reading rules know nothing of pages; this is the only place that does.  What it drops it reports
as changes that are spoken as nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.folding import Folded, fold
from broadcaster.script.furniture import find_furniture
from broadcaster.script.page_cuts import cut_lines
from broadcaster.script.page_lines import ITEM, LONGEST_TITLE, Dropped, Line, ends
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Block", "BlockKind", "Dropped", "clean"]

_LINE = regex(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_SHORTEST_WRAPPED = 28
# What no line ends with, and what none begins with, unless a window broke it.
_GOES_ON = regex(
    r"\s(?:và|của|các|những|tại|hoặc|(?:định|quyết|thị|hoạch|văn|báo|trình|tư|luận) số"
    r"|(?:của|tại|theo) (?:Bộ|Sở|Tờ|Ban|Ủy|Chính|Thủ|Hội|Quốc|Văn|Cục))$"
)
_DATE_BROKEN = regex(r"\s(?:ngày|tháng|năm)$")
_LEANS = regex(r"\s(?:số|về|với|cho|theo|trong|trên|thuộc|bởi|để|là|được|do)$")
_TAIL = 16
_LONG = 60
_COMES = regex(r"(?:và|của|hoặc|nhằm|về việc) |(?:ngày|tháng|năm) \d")
_SHORTEST_BROKEN = 15
_MARKDOWN = regex(r"\s*(?:#{1,6}\s+|>\s+)")


class BlockKind(StrEnum):
    """What a block is to a listener; its pauses depend on it."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


class Block(NamedTuple):
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
    reasons = find_furniture(lines)
    kept = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    dropped = [
        Dropped(line.folded.start, line.end, f"page.{reason}", line.number)
        for line, reason in zip(lines, reasons, strict=True)
        if reason
    ]
    dropped += cut_lines(kept)
    return _blocks(kept), sorted(dropped)


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
    if line.after_gap or ends(before.text, ".!?;:…") or ITEM.match(text):
        return False
    length = len(before.text)
    wrapped = length > _SHORTEST_WRAPPED and text[:1].islower()
    broken = length > _SHORTEST_BROKEN and _COMES.match(text) is not None
    tail = before.text[-_TAIL:]
    leans = length > _LONG and _LEANS.search(tail) is not None
    dated = text[:1].isdigit() and _DATE_BROKEN.search(tail) is not None
    return wrapped or broken or leans or dated or _GOES_ON.search(tail) is not None


def _block(lines: list[Line], following: Line | None) -> Block:
    text = lines[0].text
    if ITEM.match(text):
        return Block.of(BlockKind.ITEM, lines)
    marked = _MARKDOWN.match(text) is not None
    last = lines[-1].text
    short = len(lines) == 1 and len(last) <= LONGEST_TITLE and not ends(last)
    return Block.of(
        BlockKind.HEADING if marked or (short and following) else BlockKind.PARAGRAPH, lines
    )
