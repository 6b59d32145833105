"""Prefixes: the letters before a name or a number; rows of ``data/prefixes.tsv``."""

from __future__ import annotations

from functools import cache

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex

__all__ = ["NAME_BEFORE", "prefixes"]

NAME_BEFORE = regex(rf"(?:[{UPPER}][{LOWER}]+ ){{2}}$")
"""``Nguyễn Văn`` before ``H.``: an initial, no prefix."""


@cache
def prefixes(kind: str) -> dict[str, str]:
    """What each prefix of a kind (``place``, ``road``, ``office``, …) is called."""
    return {written: name for written, name, its_kind in read_table("prefixes") if its_kind == kind}
