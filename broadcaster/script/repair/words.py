"""Words that lost a letter or took a wrong one: found and mended where only one repair is possible.

Apart from encodings, because here text is Unicode already.  A document that proves one accident
(``trởng`` can only be ``trưởng``) is believed to have others of its kind, so that ``ngời`` in it is
``người``; rows of ``data/repairs.tsv`` say where.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.conditions import parse_conditions
from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex
from broadcaster.script.repair.syllable_repairs import LONGEST, lost_letters, repairs
from broadcaster.script.syllables import is_syllable, split_tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.script.conditions import Condition

__all__ = ["Mended", "Words"]

_WORD = rf"(?<![\w@/.&-])(?<!\w[’']){LETTER}+(?![\w@/&]|[.’'-]\w|\+)"
# Letters and onsets of names and words from other languages.
_FOREIGN = (
    "[fjwz]|.đ|p(?!h|$)|k(?![hieêy])"
    "|^(?!(?:ngh?|nh|gh?|kh?|ph|qu|th?|tr|ch?|[bdđhlmnrsvx])?[aăâeêioôơuưy])"
)
_HIGHLAND = r"(?<!\w)(?:Đ[ăắ]k|Kon|Ia|Ea|Krông|Chư|Plei|Plơi|Buôn|Cư|Ya|Đạ|Y|A|H|Ayun|Kông|Rơ)[ -]$"
_PIECE = regex(rf"[{UPPER}]?[{LOWER}]+|[{UPPER}]+")
_GLUED = regex(rf"(?<!{LETTER}){LETTER}{{4,}}(?!{LETTER})")
_ONSETS = {"th", "ph", "kh", "tr"}
_REACH = 8
_SHORT = 40
"""Different words in a text so short that one of them proves what befell it."""
_SHOWN_AS_1252 = frozenset("ýõã")


class Row(NamedTuple):
    """A row of the table: in documents with this accident, ``written`` was ``meant``."""

    accident: str
    meant: str
    conditions: tuple[Condition, ...]


class Mended(NamedTuple):
    """A word of a line; ``meant`` is empty where nobody can know."""

    start: int
    end: int
    meant: str


@cache
def _rows() -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    for accident, written, meant, *conditions in read_table("repairs"):
        row = Row(accident, meant, parse_conditions("".join(conditions)))
        rows[written] = (*rows.get(written, ()), row)
    return rows


class Words:
    """What the distinct words of a document say about its accidents."""

    def __init__(self, distinct: set[str]) -> None:
        odd = {word for word in distinct if not _is_sound(word)}
        self._impossible = set(filter(_is_impossible, odd))
        self._glued = {word: parts for word in odd if (parts := _unglued(word))}
        self._accidents = frozenset({"always", *_accidents(distinct, self._impossible)})
        self._known = {
            word: rows
            for word in _rows().keys() & set(map(str.lower, odd))
            if (rows := [row for row in _rows()[word] if row.accident in self._accidents])
        }

    def find(self, line: str) -> Iterator[Mended]:
        """The damaged words of a folded line."""
        if not (self._impossible or self._known or self._glued):
            return
        found = [*self._mended(line), *self._parted(line)]
        yield from sorted(found) if self._glued else found

    def _mended(self, line: str) -> Iterator[Mended]:
        for found in re.finditer(_WORD, line):
            meant = self._meant(found)
            if meant is not None and meant != found[0]:
                yield Mended(*found.span(), meant)

    def _parted(self, line: str) -> Iterator[Mended]:
        for found in _GLUED.finditer(line) if self._glued else ():
            if parts := self._glued.get(found[0]):
                yield Mended(*found.span(), parts)

    def _meant(self, found: re.Match[str]) -> str | None:
        word = found[0]
        if row := self._row(found):
            return row.meant[0].upper() + row.meant[1:] if word[0].isupper() else row.meant
        if word in self._glued:
            return None
        before = found.string[max(0, found.start() - _REACH) : found.start()]
        if word not in self._impossible or re.search(_HIGHLAND, before):
            return None
        possible = self._possible(word)
        if len(possible) == 1 and self._is_believed(word):
            return possible[0]
        return "" if word.islower() else None

    def _row(self, found: re.Match[str]) -> Row | None:
        for row in self._known.get(found[0].lower(), ()):
            if all(condition(found.string, *found.span()) for condition in row.conditions):
                return row
        return None

    def _possible(self, word: str) -> tuple[str, ...]:
        """``thơng`` was thương in a text of TCVN3, thông in one with ``khơng``."""
        possible = repairs(word)
        if word.endswith("ơng") and "horn" in self._accidents:
            other = word.replace("ơng", "ông")
            return (other,) if "lost" not in self._accidents else possible
        return possible

    def _is_believed(self, word: str) -> bool:
        """A level tone proves less: a name may be of another language, and ``ơng`` may be ông."""
        if split_tone(word)[1] or self._accidents > {"always"}:
            return True
        return word.islower() and not word.endswith("ơng")


def _accidents(distinct: set[str], impossible: set[str]) -> Iterator[str]:
    if distinct & {"khơng", "Khơng"}:
        yield "horn"
    proofs = {word for word in impossible if len(lost_letters(word)) == 1 and split_tone(word)[1]}
    proofs |= distinct & {"nhng"}
    if len(proofs) > 1 or (proofs and len(distinct) < _SHORT):
        yield "lost"
    if any(set(word) & _SHOWN_AS_1252 and repairs(word) for word in impossible):
        yield "cp1258"


@lru_cache(maxsize=8_192)
def _is_sound(word: str) -> bool:
    """Nothing befell it in any document, as is true of nearly all words."""
    return not (_is_impossible(word) or _unglued(word) or word.lower() in _rows())


def _is_impossible(word: str) -> bool:
    """A Vietnamese word, to all appearances, that no syllable table has."""
    if not 2 < len(word) < LONGEST or word.isascii() or is_syllable(word):
        return False
    if not (word.islower() or word.istitle()) or not set(word.lower()) <= set(LOWER):
        return False
    plain = split_tone(word)[0]
    if re.search(_FOREIGN, plain):
        return False
    return bool(repairs(word)) or not _is_compound(word.lower())


def _unglued(word: str) -> str:
    """``thôngtin`` → ``thông tin``, ``hìnhTrung`` apart; ``""`` for a word that is whole."""
    if word.isascii() or is_syllable(word) or repairs(word):
        return ""
    pieces = _PIECE.findall(word)
    parted = [_parted(piece) or piece for piece in pieces]
    return " ".join(parted) if parted != pieces else ""


def _parted(word: str) -> str:
    """Two words that lost their space, if they can be no others.

    Short ones with a plain syllable may be loan words: ``hécta``, ``vắcxin``.
    """
    if is_syllable(word) or len(word) > 2 * LONGEST:
        return ""
    cuts = range(2, len(word) - 1)
    possible = [cut for cut in cuts if is_syllable(word[:cut]) and is_syllable(word[cut:])]
    if len(possible) > 1:  # no syllable ends in th, ph, kh or tr
        possible = [cut for cut in possible if word[cut - 1 : cut + 1] not in _ONSETS]
    if len(possible) != 1:
        return ""
    first, last = word[: possible[0]], word[possible[0] :]
    plain = first.isascii() or last.isascii()
    return "" if plain and len(word) < LONGEST else f"{first} {last}"


def _is_compound(word: str) -> bool:
    """Syllables of a loan word, written together: ``ôtô``, ``hécta``, ``kilômét``."""
    return any(
        is_syllable(word[:cut]) and (is_syllable(word[cut:]) or _is_compound(word[cut:]))
        for cut in range(1, len(word) - 1)
    )
