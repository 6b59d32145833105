"""Cues: the words before a number that say what it is; rows of ``data/cues.tsv``."""

from __future__ import annotations

from functools import cache

from broadcaster.script.lexicon import read_table

__all__ = ["cue_words"]


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split("|")) for name, words in read_table("cues")}


def cue_words(name: str) -> tuple[str, ...]:
    """The words, in small letters, of one cue."""
    return _cues()[name]
