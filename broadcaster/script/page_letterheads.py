"""The nation and its motto above a letter: alone, beside the office that writes, or in a table.

Apart from other furniture, because no portal prints it, and what stands beside it in the same line
(the office, the place and the day) is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.page_lines import Dropped, Line
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["cut_letterheads"]

_BEGINNING = "CỘNG"
_MOST_LINES = 4
_LINE = regex(r".*")
_NATION = r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = r"(?i:Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc)"
_RULE = r"[\s|*_-]{0,60}"
_WHOLE = regex(
    rf"(?:^|[|\s]){_RULE}{_NATION}{_RULE}{_MOTTO}{_RULE}|\|{_RULE}{_NATION}{_RULE}$|^{_RULE}{_NATION}\s?\|{_RULE}"
)
_NATION_AT_END = regex(rf"(?:^|\s){_NATION}{_RULE}$")
_MOTTO_AT_END = regex(rf"(?:^|\s){_MOTTO}{_RULE}$")
_BROKEN = regex(rf"{_NATION}(?: {_MOTTO})?")


def cut_letterheads(kept: list[Line]) -> Iterator[Dropped]:
    """Cut the letterheads of ``kept`` in place, and say what went."""
    for index in [i for i, line in enumerate(kept) if _BEGINNING in line.text]:
        for place, found in _letterhead([line.text for line in kept[index : index + _MOST_LINES]]):
            yield _cut(kept, index + place, found)


def _letterhead(texts: list[str]) -> list[tuple[int, re.Match[str]]]:
    """What of these lines is a letterhead that begins in the first."""
    joined = [" ".join(text.strip(" |*_-") for text in texts[:count]) for count in (4, 3, 2)]
    for count, text in zip((4, 3, 2), joined, strict=True):
        if len(texts) >= count and _BROKEN.fullmatch(text):
            whole = [_LINE.fullmatch(line) for line in texts[:count]]
            return [(place, found) for place, found in enumerate(whole) if found]
    motto = _MOTTO_AT_END.search(texts[1]) if len(texts) > 1 else None
    nation = _WHOLE.search(texts[0]) or (motto and _NATION_AT_END.search(texts[0]))
    return [(place, found) for place, found in enumerate((nation, motto)) if nation and found]


def _cut(kept: list[Line], index: int, found: re.Match[str]) -> Dropped:
    """Take a span out of a line, each character that is left still knowing its source."""
    line = kept[index]
    folded = line.folded
    text, offsets = folded.text, folded.offsets or tuple(range(len(folded.text) + 1))
    start, end = found.span()
    space = " " if text[:start].strip() and text[end:].strip() else ""
    left = text[:start] + space + text[end:]
    places = (*offsets[:start], *offsets[start : start + len(space)], *offsets[end:])
    kept[index] = line._replace(folded=folded._replace(text=left, offsets=places))
    return Dropped(folded.source(start), folded.source(end), "page.letterhead", line.number)
