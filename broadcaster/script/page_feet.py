"""What is left below the last sentence of a page, when furniture stands there.

Apart from the tails and feet that have a heading of their own: portals call them by many names,
so here only the place counts, and only on a page that shows furniture twice down there.
"""

from __future__ import annotations

from broadcaster.script.page_lines import ITEM, Line, ends
from broadcaster.script.page_phrases import is_phrase
from broadcaster.script.regex import regex

__all__ = ["drop_leftovers"]

_FURNITURE = 2
_LONGEST_TITLE = 150
_ANNOUNCED = regex(
    r"[^:]{2,60}:\s?[^:]{0,80}\d\s?"
    r"(?:nghìn|triệu|tỷ|đồng|đ|kg|tấn|giờ(?! trước)|h|h\d\d|m|m2|ha|người|hộ|ngày(?! trước))(?!\w)"
)
"""``Rau cải: 12.000 đồng/kg``, ``Thôn Bãi: từ 7h``: what a notice tells; counters have no unit."""


def drop_leftovers(lines: list[Line], reasons: list[str]) -> None:
    """All from the first furniture on that stands below the last sentence; names above it stay."""
    last = _last_sentence(lines, reasons)
    below = [i for i in range(last + 1, len(lines)) if reasons[i] == "furniture"]
    if last < 0 or len(below) < _FURNITURE:
        return
    reasons[below[0] :] = [reason or "furniture" for reason in reasons[below[0] :]]


def _last_sentence(lines: list[Line], reasons: list[str]) -> int:
    """The last line that ends as a sentence does, is an item or tells an amount; -1 for none."""
    last, listed = -1, False
    for index, line in enumerate(lines):
        if reasons[index]:
            continue
        item = listed and ITEM.match(line.text) is not None
        listed = item or ends(line.text, ":")
        ended = ends(line.text, ".!;:…/") and not is_phrase(line.text, "label")
        told = _ANNOUNCED.match(line.text) is not None
        if item or ended or told or len(line.text) > _LONGEST_TITLE:
            last = index
    return last
