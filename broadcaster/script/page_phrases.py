"""The phrases of ``data/furniture.tsv`` as patterns.

Apart, because the middle, the head and the foot of a page and the names of authors all ask them.
"""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex

__all__ = ["LONGEST_FURNITURE", "is_all", "is_phrase", "phrases"]

LONGEST_FURNITURE = 300
_FAMILIES = {
    "strong": {"strong", "stamp", "path"},
    "any": {"strong", "stamp", "path", "weak"},
    "above": {"section", "desk"},
    "head": {"head", "section", "weak"},
}
_WORD = regex(rf"[{LOWER}{UPPER}]{{2}}")
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_FIGURES = (
    r"(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2} ?- ?\d{1,2} ?- ?\d{4}"
    r"|\d{4}-\d\d-\d\d)"
)
_MONTH = r"(?:\d{1,2}|giêng|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?)"
_CLOCK = r"(?:\d{1,2}:\d\d(?::\d\d)?'?(?: ?(?:am|pm|sa|ch|h))?|\d{1,2}h\d\d)"
_MACROS = {
    "{UPPER}": f"(?-i:[{UPPER}])",
    "{DATED}": rf"{_WEEKDAY}\s*[,–-]?\s*"
    rf"(?:(?:ngày\s*)?{_FIGURES}|\d{{1,2}} tháng \d{{1,2}} \d{{4}})",
    "{DAY}": rf"(?:{_WEEKDAY}\s*[,–-]?\s*(?:ngày\s*)?)?"
    rf"(?:{_FIGURES}|\d{{1,2}} tháng {_MONTH},?(?: năm)? \d{{4}})",
    "{CLOCK}": _CLOCK,
    "{ZONE}": r"(?:\s*[\[(]?gmt ?\+ ?0?7(?::00)?[\])]?)?",
}


@cache
def phrases(kind: str) -> re.Pattern[str]:
    """All phrases of a kind as one pattern; families stand for several kinds."""
    kinds = _FAMILIES.get(kind, {kind})
    known = [pattern for strength, pattern in read_table("furniture") if strength in kinds]
    source = "(?:" + "|".join(known) + ")"
    for macro, pattern in _MACROS.items():
        source = source.replace(macro, pattern)
    return re.compile(source, re.IGNORECASE)


def is_phrase(text: str, kind: str) -> bool:
    """Whether the line is one phrase of this kind, bullets and arrows aside."""
    return phrases(kind).fullmatch(text.strip(" •:»>")) is not None


def is_all(text: str, kind: str) -> bool:
    """Whether nothing but furniture, numbers and marks stands in the line."""
    if len(text) > LONGEST_FURNITURE:
        return False
    place = 0
    while word := _WORD.search(text, place):
        found = _phrase_over(word, place)
        if not found:
            return False
        place = found.end()
    return phrases(kind).search(text) is not None


def _phrase_over(word: re.Match[str], start: int) -> re.Match[str] | None:
    """The first phrase from ``start`` on that covers one of the first two letters of a word."""
    tried = (phrases("any").match(word.string, place) for place in range(start, word.end()))
    return next(filter(None, tried), None)
