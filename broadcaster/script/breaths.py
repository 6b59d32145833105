"""A sentence longer than a breath → parts of about the same length, cut where a clause begins.

Apart from sentences, because where to breathe in the middle of one is weighed, not found: every
border has a price, and the cheapest way through the sentence is taken (as lines of a paragraph
are broken, Knuth and Plass 1981).  Work grows with the length: a part is never longer than LONGEST.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex

__all__ = ["GLUE", "LONGEST", "Breath", "split_breaths"]

LONGEST = 200
"""Characters that one says in a breath, some twelve seconds."""

GLUE = "_"
"""Stands for a space where no breath may be taken; nothing that is spoken has this sign."""

_PAUSES_MS = {";": 320, ":": 320, ",": 220, "": 150}
_SEMICOLON, _COLON, _CLAUSE, _COMMA, _FREE, _SPACE, _NEVER = 0.0, 3.0, 4.0, 10.0, 28.0, 80.0, 1e6
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
    words = [part for word in spoken.split(" ") for part in _fitting(word)]
    cuts = [0, *_cheapest(_borders(words))]
    return [_breath(words[start:end], is_last=end == len(words)) for start, end in pairwise(cuts)]


def _fitting(word: str) -> list[str]:
    """``word`` whole, unless what is held together is too long for any breath."""
    parts = word.split(GLUE) if len(word) > LONGEST // 2 else [word]
    return [cut for part in parts for cut in _WORD.findall(part)]


def _breath(words: list[str], *, is_last: bool) -> Breath:
    text = " ".join(words).replace(GLUE, " ")
    if is_last:
        return Breath(text, 0)
    mark = _mark(words[-1])
    return Breath(f"{text[: len(text) - len(mark)]},", _PAUSES_MS[mark])


def _mark(word: str) -> str:
    return word[-1] if word[-1] in ",;:" else ""


# -- borders --------------------------------------------------------------------------------


def _borders(words: list[str]) -> list[_Border]:
    """After each word, the last one too, which costs nothing."""
    clauses = _clause_lengths(words)
    borders, end = [], -1
    for number, word in enumerate(words, start=1):
        end += 1 + len(word)
        price = _price(words, number, clauses) if number < len(words) else 0.0
        borders.append(_Border(number, end, price))
    return borders


def _clause_lengths(words: list[str]) -> list[int]:
    """For each word, how many words stand between the marks around it."""
    lengths: list[int] = []
    start = 0
    for number, word in enumerate(words, start=1):
        if _mark(word) or number == len(words):
            syllables = sum(1 + word.count(GLUE) for word in words[start:number])
            lengths += [syllables] * (number - start)
            start = number
    return lengths


def _price(words: list[str], after: int, clauses: list[int]) -> float:
    last, following = words[after - 1], words[after]
    if _is_number(last, -1) and _is_number(following, 0):
        return _NEVER
    if (_bare(last), _bare(following)) in _joined():
        return 2 * _SPACE
    opener = _opens(words, after)
    mark = _mark(last)
    if not mark:
        return _price_without_mark(last, following, is_free=opener == "free")
    price = {";": _SEMICOLON, ":": _COLON}.get(mark, _CLAUSE if opener else _COMMA)
    if clauses[after - 1] < _FEW_WORDS:  # "đồng thời, …": one goes on after a short opening
        price += _SHORT_CLAUSE
    if mark == "," and not opener and clauses[after] < _FEW_WORDS:  # "cán bộ, công chức"
        price += _SHORT_CLAUSE
    return price


def _price_without_mark(last: str, following: str, *, is_free: bool) -> float:
    """Dear, and dearest inside a number or a name."""
    inside_name = last[0].isupper() and following[0].isupper()
    if inside_name or _is_number(last, -1) or _is_number(following, 0) or _bare(last) in _leaning():
        return 4 * _SPACE
    return _FREE if is_free else _SPACE


def _is_number(word: str, end: int) -> bool:
    """Whether the first (0) or last (-1) of words that are held together is part of a number."""
    return _bare(word).split(GLUE)[end] in _numbers()


def _bare(word: str) -> str:
    return word.lower().rstrip(",.;:!?")


def _opens(words: list[str], start: int) -> str:
    """``comma`` or ``free`` where a connective of the table begins, else ``""``."""
    table = _connectives()
    phrases = (" ".join(map(_bare, words[start : start + count])) for count in (3, 2, 1))
    return next((table[phrase] for phrase in phrases if phrase in table), "")


@cache
def _numbers() -> frozenset[str]:
    """Words that numbers consist of."""
    return frozenset(row[1] for row in read_table("connectives") if row[0] == "number")


@cache
def _connectives() -> dict[str, str]:
    return {row[1]: row[0] for row in read_table("connectives") if row[0] in {"comma", "free"}}


@cache
def _leaning() -> frozenset[str]:
    """Words that lean on the next one."""
    return frozenset(row[1] for row in read_table("connectives") if row[0] == "leaning")


@cache
def _joined() -> frozenset[tuple[str, str]]:
    """Pairs that a comma does not part: ``xã, phường``."""
    rows = (row for row in read_table("connectives") if row[0] == "joined")
    return frozenset((row[1], row[2]) for row in rows)


# -- the way through ------------------------------------------------------------------------


def _cheapest(borders: list[_Border]) -> list[int]:
    """The counts of words at which to cut, the last border included."""
    start = _Border(0, -1, 0.0)
    points = [start, *borders]
    costs = [0.0]
    came_from = [0]
    for place, point in enumerate(points[1:], start=1):
        best, origin = float("inf"), place - 1
        for earlier in range(place - 1, -1, -1):
            length = point.end - points[earlier].end - 1
            if length >= LONGEST:  # a comma may be added
                break
            cost = costs[earlier] + _part_cost(length, point.words - points[earlier].words)
            if cost < best:
                best, origin = cost, earlier
        costs.append(best + point.price)
        came_from.append(origin)
    return _walk_back(points, came_from)


def _part_cost(length: int, words: int) -> float:
    stub = _STUB if words <= _FEW_WORDS else 0.0
    return _PER_PART + _BALANCE * (length / LONGEST) ** 2 + stub


def _walk_back(points: list[_Border], came_from: list[int]) -> list[int]:
    cuts = []
    place = len(points) - 1
    while place:
        cuts.append(points[place].words)
        place = came_from[place]
    return cuts[::-1]
