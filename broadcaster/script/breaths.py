"""A sentence longer than a breath → parts of about the same length, cut where a clause begins.

Apart from sentences, because where to breathe in the middle of one is weighed, not found: every
border has a price, and the cheapest way through the sentence is taken (as lines of a paragraph
are broken, Knuth and Plass 1981).  Work grows with the length: a part is never longer than LONGEST.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GLUE", "LONGEST", "Breath", "split_breaths"]

LONGEST = 200
"""Characters that one says in a breath, some twelve seconds."""

GLUE = "_"
"""Stands for a space where no breath may be taken; nothing that is spoken has this sign."""

_PAUSES_MS = {";": 320, ":": 320, ",": 220, "": 150}
_SEMICOLON, _COLON, _CLAUSE, _COMMA, _FREE, _SPACE, _NEVER = 0.0, 3.0, 4.0, 10.0, 28.0, 80.0, 1e6
_UNINVITED = 130.0
_UNREACHED = float("inf")
_SHORT_CLAUSE = 25.0
_STUB = 60.0
_PER_PART = 12.0
_BALANCE = 30.0
_FEW_WORDS = 4
_WORD = regex(rf"\S{{1,{LONGEST - 1}}}")


class Breath(NamedTuple):
    """What is said at once, and the pause after it; the sentence's own pause follows the last."""

    text: str
    pause_after_ms: int


class _Border(NamedTuple):
    """Where a breath could be taken: the words before it, and its price."""

    words: int
    end: int
    price: float


def split_breaths(spoken: str) -> list[Breath]:
    """``spoken`` whole if it is short, else in parts of at most LONGEST characters.

    Words joined by GLUE stay together.  A part keeps its last comma, so that a voice does not end
    as at a full stop; no word is lost.
    """
    if len(spoken) <= LONGEST:
        return [Breath(spoken.replace(GLUE, " "), 0)]
    words = [part for word in spoken.split() for part in _fitting(word)]
    known = _Words(words, [word.lower().rstrip(",.;:!?") for word in words], _clauses(words))
    inviting = [border for border in _borders(known, _inviting(known)) if border.price < _SPACE]
    everywhere = range(1, len(words) + 1)
    cuts = [0, *(_cheapest(inviting) or _cheapest(_borders(known, everywhere)))]
    return [_breath(words[start:end], is_last=end == len(words)) for start, end in pairwise(cuts)]


def _fitting(word: str) -> list[str]:
    """``word`` whole, unless what is held together is too long for any breath."""
    if len(word) <= LONGEST // 2:
        return [word]
    return [cut for part in word.split(GLUE) for cut in _WORD.findall(part)]


def _breath(words: list[str], *, is_last: bool) -> Breath:
    text = " ".join(words).replace(GLUE, " ")
    if is_last:
        return Breath(text, 0)
    mark = _mark(words[-1])
    return Breath(f"{text[: len(text) - len(mark)]},", _PAUSES_MS[mark])


def _mark(word: str) -> str:
    return word[-1] if word[-1] in ",;:" else ""


# -- borders --------------------------------------------------------------------------------


class _Words(NamedTuple):
    """A sentence in words: as written, and in small letters without marks."""

    written: list[str]
    bare: list[str]
    clauses: list[int]
    """For each word, how many syllables stand between the marks around it."""


def _inviting(words: _Words) -> list[int]:
    """After how many words a mark or a connective stands, and the end."""
    openers, count = _connectives(), len(words.written)
    found = [
        number
        for number in range(1, count)
        if words.bare[number] in openers or _mark(words.written[number - 1])
    ]
    return [*found, count]


def _borders(words: _Words, places: Iterable[int]) -> list[_Border]:
    """After each of so many words; the last one costs nothing."""
    ends = [*accumulate(len(word) + 1 for word in words.written)]
    last = len(words.written)
    return [
        _Border(number, ends[number - 1] - 1, _price(words, number) if number < last else 0.0)
        for number in places
    ]


def _clauses(words: list[str]) -> list[int]:
    lengths: list[int] = []
    start = syllables = 0
    for number, word in enumerate(words, start=1):
        syllables += 1 + word.count(GLUE)
        if _mark(word) or number == len(words):
            lengths += [syllables] * (number - start)
            start, syllables = number, 0
    return lengths


def _price(words: _Words, after: int) -> float:
    last, following = words.bare[after - 1], words.bare[after]
    if _is_number(last, -1) and _is_number(following, 0):
        return _NEVER
    if following in _joined().get(last, ()):
        return 2 * _SPACE
    opener = _opens(words.bare, after)
    if mark := _mark(words.written[after - 1]):
        return _price_of_mark(mark, words.clauses[after - 1], words.clauses[after], opener=opener)
    return _price_of_space(words, after, is_free=opener == "free")


def _price_of_mark(mark: str, before: int, after: int, *, opener: str) -> float:
    """Dearer between short clauses: after “đồng thời,” and in “cán bộ, công chức”."""
    price = {";": _SEMICOLON, ":": _COLON}.get(mark, _CLAUSE if opener else _COMMA)
    if before < _FEW_WORDS:
        price += _SHORT_CLAUSE
    if mark == "," and not opener and after < _FEW_WORDS:
        price += _SHORT_CLAUSE
    return price


def _price_of_space(words: _Words, after: int, *, is_free: bool) -> float:
    """Dear, and dearest inside a name, beside a number, or after a word that leans on the next."""
    last, following = words.bare[after - 1], words.bare[after]
    inside_name = words.written[after - 1][0].isupper() and after > 1
    beside_number = _is_number(last, -1) or _is_number(following, 0)
    yields = following.split(GLUE, 1)[0] in _words_that("yielding")
    if inside_name or (beside_number and not yields) or last in _words_that("leaning"):
        return 4 * _SPACE
    return _FREE if is_free else _SPACE if yields else _UNINVITED


def _is_number(word: str, end: int) -> bool:
    """Whether the first (0) or last (-1) of words that are held together is part of a number."""
    return (word.split(GLUE)[end] if GLUE in word else word) in _numbers()


def _opens(bare: list[str], start: int) -> str:
    """``comma`` or ``free`` where a connective of the table begins, else ``""``."""
    for phrase, kind in _connectives().get(bare[start], ()):
        if bare[start : start + len(phrase)] == phrase:
            return kind
    return ""


@cache
def _numbers() -> frozenset[str]:
    """Words that numbers consist of."""
    return frozenset(row[1] for row in read_table("connectives") if row[0] == "number")


@cache
def _connectives() -> dict[str, list[tuple[list[str], str]]]:
    """By first word: the words of a connective and its kind, the longest first."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for kind, phrase, *_rest in read_table("connectives"):
        if kind in {"comma", "free"}:
            found.setdefault(phrase.split()[0], []).append((phrase.split(), kind))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}


@cache
def _words_that(kind: str) -> frozenset[str]:
    """Words of a kind: ``leaning`` on the next one, or ``yielding`` a breath before them."""
    return frozenset(row[1] for row in read_table("connectives") if row[0] == kind)


@cache
def _joined() -> dict[str, set[str]]:
    """What a comma does not part from a word: ``xã, phường``."""
    found: dict[str, set[str]] = {}
    for kind, *pair in read_table("connectives"):
        if kind == "joined":
            found.setdefault(pair[0], set()).add(pair[1])
    return found


# -- the way through ------------------------------------------------------------------------


def _cheapest(borders: list[_Border]) -> list[int]:
    """The counts of words at which to cut, the last border included; none where two borders
    stand too far apart."""
    points = [_Border(0, -1, 0.0), *borders]
    costs, origins = [0.0], [0]
    for place, (words, end, price) in enumerate(points[1:], start=1):
        best, origin = _UNREACHED, -1
        for earlier in range(place - 1, -1, -1):
            length = end - points[earlier].end - 1
            if length >= LONGEST:  # a comma may be added
                break
            cost = costs[earlier] + _part_cost(length, words - points[earlier].words)
            if cost < best:
                best, origin = cost, earlier
        costs.append(best + price)
        origins.append(origin)
    return _walk_back(points, origins) if costs[-1] < _UNREACHED else []


def _part_cost(length: int, words: int) -> float:
    stub = _STUB if words <= _FEW_WORDS else 0.0
    return _PER_PART + _BALANCE * (length / LONGEST) ** 2 + stub


def _walk_back(points: list[_Border], origins: list[int]) -> list[int]:
    cuts = []
    place = len(points) - 1
    while place:
        cuts.append(points[place].words)
        place = origins[place]
    return cuts[::-1]
