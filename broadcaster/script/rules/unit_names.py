"""What units and currencies are called: rows of ``data/units.tsv``, and of ``per.tsv``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from broadcaster.script.lexicon import read_table

__all__ = ["Unit", "any_of", "other_spelling", "per_words", "units"]


class Unit(NamedTuple):
    """What a unit is called, and what it is."""

    spoken: str
    kind: str
    """``measure``, ``money`` or ``share``; ``alone`` may also stand without a number, ``glued``
    must not be parted from it."""


@cache
def units() -> dict[str, Unit]:
    """Every unit as it is written."""
    return {written: Unit(spoken, kind) for written, spoken, kind in read_table("units")}


@cache
def _in_small_letters() -> dict[str, Unit]:
    """The row that stands first wins: ``kb`` before ``Kb``."""
    known = [(written.lower(), unit) for written, unit in units().items()]
    return dict(reversed(known))


def other_spelling(written: str) -> Unit | None:
    """``hz`` and ``HZ`` for ``Hz``; but a single capital is no small letter: ``5M``."""
    if len(written) == 1 and written.isupper():
        return None
    return _in_small_letters().get(written.lower())


@cache
def per_words() -> dict[str, str]:
    """Words that can follow a slash in a rate, and how they are said."""
    return {row[0]: row[-1] for row in read_table("per")}


def any_of(words: list[str]) -> str:
    """A regular expression: one of ``words``, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
