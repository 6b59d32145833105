"""Context conditions: when a row of the lexicon holds.

``TT`` is thông tư before a number, thị trấn before a name, trung tâm elsewhere; such knowledge
stands in the third column of a table, in this little language:

======== ====================================================================
``<a|b`` the word before is ``a`` or ``b`` (``_`` joins words: ``<công_ty``)
``>a|b`` the word after is ``a`` or ``b``
``~a|b`` ``a`` or ``b`` stands anywhere near
``<#``   a number stands before; ``>#`` a number follows (``#`` among words means one too)
``>A``   a word with a capital letter follows; ``>AA`` a word of capitals does
``>a``   a word in small letters follows (any word)
``>:``   a colon follows; ``>.`` a full stop follows
``^``    at the start of a line
``$``    at the end of a clause
``!``    before a condition: it must not hold
======== ====================================================================

All conditions of a row must hold; rows are tried from top to bottom.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    Condition = Callable[[str, int, int], bool]

__all__ = ["parse_conditions"]

_REACH = 40
"""How many characters of context a condition may look at."""
_NEAR = 120
"""How many characters on each side are near."""
_AFTER = {
    "#": r"\.?\s*\d",
    "A": rf"\.?\s*[{UPPER}][{LOWER}]",
    "AA": rf"\.?\s*[{UPPER}]{{2}}",
    "a": rf"\s+[{LOWER}]",
    ":": r"\s*:",
    ".": r"\.",
}
_BEFORE = {"#": r"\d\s*$", "A": rf"[{UPPER}][{LOWER}]*\s+$"}


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of a table's cell; raises ValueError for one that is not known."""
    return tuple(_parse(word) for word in text.split())


@cache
def _parse(word: str) -> Condition:
    if word.startswith("!") and len(word) > 1:
        inner = _parse(word[1:])
        return lambda text, start, end: not inner(text, start, end)
    if word == "^":
        return _line_start
    if word == "$":
        return _matcher_after(r"\s*(?:[,;.:!?)]|$)")
    if word[0] == ">" and len(word) > 1:
        return _matcher_after(_AFTER.get(word[1:]) or _words_after(word[1:]))
    if word[0] == "<" and len(word) > 1:
        return _matcher_before(_BEFORE.get(word[1:]) or _words_before(word[1:]))
    if word[0] == "~" and len(word) > 1:
        return _matcher_near(rf"(?<!{LETTER})(?i:{_alternatives(word[1:])})(?!{LETTER})")
    raise ValueError(word)


def _line_start(text: str, start: int, end: int) -> bool:  # noqa: ARG001
    return not text[max(0, start - _REACH) : start].strip(" -•+*")


def _alternatives(words: str) -> str:
    escaped = "|".join(map(re.escape, words.split("|")))
    return escaped.replace("_", r"\s+").replace(r"\#", r"\d[\d.,/]*")


def _words_after(words: str) -> str:
    return rf"[\s\"“(-]*(?i:{_alternatives(words)})(?!{LETTER})"


def _words_before(words: str) -> str:
    return rf"(?<!{LETTER})(?i:{_alternatives(words)})[\s\"“(,&–—-]*$"


def _matcher_after(pattern: str) -> Condition:
    found = regex(pattern)
    return lambda text, _start, end: found.match(text[end : end + _REACH]) is not None


def _matcher_before(pattern: str) -> Condition:
    found = regex(pattern)
    return lambda text, start, _end: found.search(text[max(0, start - _REACH) : start]) is not None


def _matcher_near(pattern: str) -> Condition:
    found = regex(pattern)
    return lambda text, start, end: (
        found.search(text[max(0, start - _NEAR) : end + _NEAR]) is not None
    )
