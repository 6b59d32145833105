"""What the whole document says about its own spelling, before any line of it is read.

A number such as ``42.269`` cannot be decided alone; the rest of the text helps.  One pass with a
few patterns, so that time stays linear.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from broadcaster.script.alphabet import LETTER, UPPER
from broadcaster.script.regex import regex

__all__ = ["Facts", "gather_facts"]

_TOTALS = regex(
    r"[0-9]{1,4}/([0-9]{1,4})\s(?:huyện|xã|thôn|phường|tỉnh|chỉ|tiêu|lĩnh|đơn|cơ|hộ|trường|bản|ấp|khu|tổ|sở)(?!\w)"
)
_DEFINITION = regex(
    r"\((?:sau đây )?(?:(?:được )?(?:gọi|viết)(?: tắt| chung)? là:? ?)?\s?"
    rf"[“\"]?([{UPPER}]{{2,12}})[”\"]?\s?\)"
)
_DOT_DECIMALS = regex(r"[0-9](?<![0-9.].)[0-9]{0,2}\.[0-9]{1,2}\s?(?:điểm|%)")
_COMMA_THOUSANDS = regex(r"[0-9](?<![0-9].)[0-9]{0,2}(?:,[0-9]{3}){2,}(?![0-9])")


class Facts(NamedTuple):
    """``totals`` are numbers of which parts are told (``5/9 huyện``); ``defined`` are
    abbreviations that the text explains itself: ``Ban Quản lý rừng (BQLR)``."""

    totals: frozenset[int]
    defined: dict[str, str]
    comma_thousands: bool
    dot_decimals: bool
    """Points or per cent with a decimal point (``43.83 điểm``) stand somewhere."""

    small_romans: bool = False
    """Items are numbered (i), (ii), (iii), so that (i) is no letter."""

    one_line: bool = False
    """The text is a single line, such as a number that someone tries out."""

    def is_total(self, number: int) -> bool:
        return number in self.totals


def gather_facts(text: str) -> Facts:
    """Look through the folded text once."""
    return Facts(
        frozenset(int(found[1]) for found in _TOTALS.finditer(text)),
        _definitions(text),
        _COMMA_THOUSANDS.search(text) is not None,
        _DOT_DECIMALS.search(text) is not None,
        "ii)" in text,
        "\n" not in text.strip(),
    )


def _definitions(text: str) -> dict[str, str]:
    defined: dict[str, str] = {}
    for opening in _DEFINITION.finditer(text):
        before = text[max(0, opening.start() - 120) : opening.start()]
        words = re.findall(rf"{LETTER}+", before)
        if phrase := _initials_match(words, opening[1]):
            defined.setdefault(opening[1], phrase)
    return defined


def _initials_match(words: list[str], acronym: str) -> str:
    """The words at the end whose initials are ``acronym`` (small words may be skipped)."""
    letters = list(acronym)
    taken: list[str] = []
    for word in reversed(words):
        if not letters:
            break
        if word[0].upper() == letters[-1]:
            letters.pop()
            taken.append(word)
        elif word.lower() in {"và", "của", "các", "về", "cho"} and taken:
            taken.append(word)
        else:
            return ""
    return "" if letters else " ".join(reversed(taken)).lower()
