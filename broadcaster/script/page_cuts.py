"""Furniture inside a line that is read: what a browser or a chat glues to a sentence.

Apart from whole lines, because here only a span goes and the rest of the line stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.bylines import cut_byline
from broadcaster.script.page_letterheads import cut_letterheads
from broadcaster.script.page_lines import Dropped, Line
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cut_lines"]

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_DAY = r"\d{1,2}/\d{1,2}(?:/\d{2,4})?"
_CHAT = regex(
    rf"\s*(?:\[(?:{_CLOCK},? {_DAY}|{_DAY},? {_CLOCK})\]\s[^:\[\]]{{2,50}}:"
    rf"|[^:\[\]]{{2,50}}, \[{_DAY},? {_CLOCK}(?: (?:SA|CH))?\]:?)"
    r"(?:\s*\[(?:Hình ảnh|Ảnh|File|Tệp|Video|Sticker|Nhãn dán)\].*)?\s*"
)
_NAME = rf"[{UPPER}][{LOWER}]+"
_CAPTION = regex(rf".{{10,200}}\WẢnh: {_NAME}(?: {_NAME}){{1,3}}(?=[{UPPER}][{LOWER}]+ [{LOWER}])")

# A sign that such a beginning cannot lack, the beginning itself, and why it is not read.
_BEGINNINGS = (("]", _CHAT, "page.furniture"), ("Ảnh: ", _CAPTION, "page.caption"))


def cut_lines(kept: list[Line]) -> list[Dropped]:
    """Cut ``kept`` in place, and say what went; a line of which nothing is left goes whole."""
    dropped = [*cut_letterheads(kept), *_cut_beginnings(kept)]
    kept[:] = [line for line in kept if line.text.strip()]
    byline = cut_byline(kept)
    return [*dropped, byline] if byline else dropped


def _cut_beginnings(kept: list[Line]) -> Iterator[Dropped]:
    for index, line in enumerate(kept):
        for sign, pattern, rule in _BEGINNINGS:
            if sign in line.text and (found := pattern.match(line.text)):
                kept[index] = _without_beginning(line, found.end())
                start, end = line.folded.start, line.folded.source(found.end())
                yield Dropped(start, end, rule, line.number)
                break


def _without_beginning(line: Line, length: int) -> Line:
    """The line from character ``length`` on, each character still knowing its source."""
    folded = line.folded
    offsets = folded.offsets or range(len(folded.text) + 1)
    rest = folded._replace(text=folded.text[length:], offsets=tuple(offsets[length:]))
    return line._replace(folded=rest)
