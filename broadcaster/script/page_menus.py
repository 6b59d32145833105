"""Menus above a title: crowds of short lines, each of which could be a heading elsewhere.

Apart from the phrases, because a menu's words are as many as there are portals; what tells it is
its shape and its place: short lines in a row, above a longer title, on a page with furniture.
"""

from __future__ import annotations

from broadcaster.script.page_lines import ITEM, SHORTEST_TITLE, Line, ends
from broadcaster.script.page_phrases import is_phrase

__all__ = ["menus"]

_LONGEST_ITEM = 40
_SHORTEST_MENU = 4
_SURELY_MENU = 6
_SHORTEST_HEADLINE = 30
_ARROWS = {"-", "->", "→", ">", "»", "›"}


def menus(lines: list[Line], reasons: list[str], head: range) -> list[int]:
    """The lines of ``head`` that stand in a menu; the title and the ``Thông báo`` above it stay."""
    title = _title(lines, reasons, head)
    if title and is_phrase(lines[title - 1].text, "paper"):
        title -= 1
    found, row = [], list[int]()
    end = min(title, _letterhead(lines, head))
    for index in range(title + 1):
        if index < end and (reasons[index] or _is_item(lines[index].text)):
            row.append(index)
            continue
        if len(row) >= _SHORTEST_MENU and _is_of_page(lines, reasons, row):
            found += [place for place in row if not reasons[place]]
        row = []
    return found


def _letterhead(lines: list[Line], head: range) -> int:
    """Where the office stands that writes a letter, in capitals above the nation and its motto."""
    texts = [lines[index].text for index in head]
    start = next((i for i, text in enumerate(texts) if "CỘNG HÒA XÃ HỘI" in text), len(lines))
    while 0 < start < len(lines) and texts[start - 1] == texts[start - 1].upper():
        start -= 1
    return start


def _title(lines: list[Line], reasons: list[str], head: range) -> int:
    """The longest line that could be the title; 0 when none is long enough."""
    long = [index for index in head if not reasons[index] and _is_headline(lines[index].text)]
    return max(long, key=lambda index: len(lines[index].text), default=0)


def _is_headline(text: str) -> bool:
    return len(text) >= max(_SHORTEST_HEADLINE, SHORTEST_TITLE) and not ends(text, ".;:,/")


def _is_item(text: str) -> bool:
    """A short line without figures: a price list is no menu."""
    short = len(text) <= _LONGEST_ITEM and not ends(text) and not any(map(str.isdigit, text))
    return short and not ITEM.match(text)


def _is_of_page(lines: list[Line], reasons: list[str], row: list[int]) -> bool:
    """Whether the row is long, or furniture, a section's name or an arrow stands in it."""
    texts = [lines[index].text.strip() for index in row]
    known = any(text in _ARROWS or is_phrase(text, "head") for text in texts)
    known = known or len(row) >= _SURELY_MENU
    return known or "furniture" in [reasons[index] for index in row]
