"""How the words of a plan are compared: as people write them, with any dash and in any case.

It stands apart because a plan, a bulletin and a row of the log of years ago spell the same word
each in their way.  What was compared once is remembered: ten years of log hold the same few words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.spelling import without_marks

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.yamlmark import Mark

__all__ = ["is_language", "plain", "read_days", "read_name", "words_of"]

_DASHES = re.compile(r"\s*[-‐‑‒–—]\s*")
_NAME = re.compile(r"\w[\w.-]{0,63}")
_KEYS = ("from", "until")


@cache
def plain(word: str) -> str:
    """``word`` for comparing: “Hỏi – đáp” is “hỏi-đáp”."""
    return _DASHES.sub("-", unicodedata.normalize("NFC", word).casefold().strip())


@cache
def words_of(text: str) -> frozenset[str]:
    """The words of a list such as “người dân, doanh nghiệp”, for comparing."""
    return frozenset(plain(word) for word in re.split(r"[,;]", text) if word.strip())


def is_language(one: str, other: str) -> bool:
    """Whether both name one language: “Ra-glai” is raglai."""
    return _letters(one) == _letters(other)


@cache
def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, without_marks(word)))


def read_name(mark: Mark, name: str) -> str | None:
    """``name`` of a key where it is fit for logs; None after a problem."""
    if _NAME.fullmatch(name):
        return unicodedata.normalize("NFC", name)
    mark.bad_value("bad-id", _("use at most 64 letters, digits, “-”, “_” and “.”, without spaces"))
    return None


def read_days(values: dict[str, Mark]) -> tuple[date | None, date | None] | None:
    """``from`` and ``until``, both included, None being open; None after a problem."""
    found = {key: values[key].date() if key in values else None for key in _KEYS}
    if any(key in values and found[key] is None for key in _KEYS):
        return None
    first, last = found["from"], found["until"]
    if first and last and last < first:
        message = _("the last day, {last}, is before the first day, {first}")
        message = message.format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
        values["until"].complain("dates-reversed", message, _("exchange the two dates"))
        return None
    return first, last
