"""Letters that look right and are not: invisible ones inside words, look-alikes, ligatures.

Folding mends them without a word; here they are found, so that the editor can see where they are.
A soft hyphen inside a syllable is the ``ư`` of TCVN3, elsewhere it is what its name says.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from broadcaster.script.folding import fold
from broadcaster.script.repair.mapped import Span
from broadcaster.script.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["has_odd_letters", "odd_words", "soft_hyphens"]

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_START = r"(?<![^\W\d_])(?<![\u0300-\u036f])"
_SOFT = rf"{_START}{_LETTER}*(?:\xad{_LETTER}*)+"
_ODD = (
    "[ƣƢÐðƉɖǎǍıſ\xad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0370-\u03ff\u0400-\u04ff"
    "\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06]"
)
_ODD_WORD = rf"{_START}{_LETTER}*{_ODD}(?:{_LETTER}|{_ODD})*"
_LATIN = "[a-zA-Z\xc0-\u024f\u1e00-\u1eff\uff21-\uff5a]"


def has_odd_letters(text: str) -> bool:
    """Whether it is worth looking at the words."""
    return re.search(_ODD, text) is not None


def soft_hyphens(line: str) -> Iterator[Span]:
    """Words with soft hyphens that mean something: ``t-pháp``'s ``ư``, or a space."""
    for found in re.finditer(_SOFT, line):
        word = unicodedata.normalize("NFC", found[0])
        meant = word.replace("\xad", "ư")
        parts = word.split("\xad")
        if word.count("\xad") == 1 and is_syllable(meant):
            yield Span(*found.span(), meant)
        elif all(map(is_syllable, parts)) and not is_syllable("".join(parts)):
            yield Span(*found.span(), " ".join(parts))


def odd_words(line: str) -> Iterator[Span]:
    """Words of Latin letters with such a letter among them, as they are read."""
    for found in re.finditer(_ODD_WORD, line):
        text = fold(found[0]).text.strip()
        if re.search(_LATIN, found[0]) and text != unicodedata.normalize("NFC", found[0]):
            yield Span(*found.span(), text)
