"""The default wording of a line → the wording that the house chose.

It stands apart from the rules and comes after them: every choice changes words that were added
in reading, never words that the editor wrote.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LETTER, LETTER_NAMES, UPPER, spell_letters
from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.documents import say_symbol
from broadcaster.script.style import HOUSE_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadcaster.script.normalise import Piece
    from broadcaster.script.style import ReadingStyle

__all__ = ["reword", "say_short_year"]

_SOUNDED = {
    "b": "bờ",
    "c": "cờ",
    "d": "dờ",
    "đ": "đờ",
    "f": "phờ",
    "g": "gờ",
    "h": "hờ",
    "j": "gi",
    "k": "ca",
    "p": "pờ",
    "q": "quờ",
    "s": "sờ",
    "t": "tờ",
    "v": "vờ",
    "w": "vờ kép",
    "x": "xờ",
}
"""Letters named by their sound, as the first lessons in reading do."""
_RUN = regex(rf"{LETTER}+")
_YEAR = regex(r"(?<![\d.,])(?:19|20)\d\d(?![.,]?\d)")
_YEAR_BEFORE = regex(
    r"(?i:năm|năm học|niên khóa|giai đoạn|thời kỳ|nhiệm kỳ|khóa)\s*$"
    r"|(?:hai không|một chín)(?: \w+){1,2}\s*(?:đến|và|,)\s*$"
)
_SYMBOL = regex(rf"(?:[/-]|^)\s?([{UPPER}].*)$")
_SYMBOL_PART = regex(rf"[{UPPER}a-zđ]+|\d+|[-–/]")
_LINH = regex(r"(?<!\w)(trăm|nghìn|ngàn|triệu|tỷ) linh(?!\w)")
_THOUSAND = regex(r"(?<!\w)nghìn(?!\w)")
_REACH = 60
"""Characters said before that tell a year from a count."""


class _Spot(NamedTuple):
    """What the text says, which rule read it, and what was said before."""

    written: str
    rule: str
    before: str


def reword(text: str, pieces: list[Piece], style: ReadingStyle) -> list[Piece]:
    """``pieces`` of the line ``text`` in the words of ``style``."""
    return pieces if style == HOUSE_DEFAULT else [*_reworded(text, pieces, _changes(style))]


def _reworded(
    text: str, pieces: list[Piece], changes: tuple[Callable[[str, _Spot], str], ...]
) -> Iterator[Piece]:
    before = ""
    for piece in pieces:
        said = piece.spoken
        if piece.rule:
            spot = _Spot(text[piece.start : piece.end], piece.rule, before)
            for change in changes:
                said = change(said, spot)
        before = f"{before} {said}"[-_REACH:]
        yield piece._replace(spoken=said)


@cache
def _changes(style: ReadingStyle) -> tuple[Callable[[str, _Spot], str], ...]:
    """In this order, because each looks for the default words of what comes after it."""
    slash = {"pause": ","}.get(style.slash, style.slash)
    wanted: tuple[tuple[bool, Callable[[str, _Spot], str]], ...] = (
        (style.symbols == "spelled", _spelled_symbols),
        (style.letters == "bờ", _sounded_letters),
        (style.year == "short", _short_years),
        (style.slash != HOUSE_DEFAULT.slash, lambda said, spot: _slash(said, spot, slash)),
        (style.region == "south", lambda said, _spot: _LINH.sub(r"\1 lẻ", said)),
        (style.thousand == "ngàn", lambda said, _spot: _THOUSAND.sub("ngàn", said)),
    )
    return tuple(change for is_wanted, change in wanted if is_wanted)


def _spelled_symbols(said: str, spot: _Spot) -> str:
    """``KH-UBND`` → ``ca hát u bê en đê`` instead of its meaning."""
    symbol = _SYMBOL.search(spot.written) if spot.rule.startswith("documents.") else None
    if symbol is None:
        return said
    expanded = say_symbol(symbol[1])
    for words in (expanded, expanded.replace("gạch ngang ", "").replace("gạch chéo ", "")):
        if said.endswith(words):
            return said.removesuffix(words) + _spell_symbol(symbol[1])
    return said


def _spell_symbol(symbol: str) -> str:
    """Its parts are set apart by a short pause, as one reads out letters."""
    said = []
    for part in _SYMBOL_PART.findall(symbol):
        letters = spell_letters(part) if part[0].isalpha() else ","
        said.append(say_written(part) if part.isdigit() else letters)
    return " ".join(said)


def _sounded_letters(said: str, spot: _Spot) -> str:
    """Only what is the spelling of letters that are written there."""
    for run in _RUN.findall(spot.written):
        spelled = spell_letters(run)
        sounded = " ".join(_SOUNDED.get(char, LETTER_NAMES.get(char, char)) for char in run.lower())
        said = re.sub(rf"(?<!\w){re.escape(spelled)}(?!\w)", sounded, said)
    return said


def _short_years(said: str, spot: _Spot) -> str:
    """A year where ``năm`` or another year stands before it, or a document has it."""
    for year in _YEAR.findall(spot.written):
        words = say_integer(int(year))
        for lead in ("năm ", "gạch chéo ", "đến "):
            said = said.replace(lead + words, lead + say_short_year(year), 1)
        if said.startswith(words) and _YEAR_BEFORE.search(spot.before):
            said = said.replace(words, say_short_year(year), 1)
    return said


def say_short_year(year: str) -> str:
    """``2026`` → ``hai không hai sáu``, ``1985`` → ``một chín tám lăm``; 2000 stays whole."""
    century, rest = divmod(int(year), 100)
    if not rest:
        return say_integer(int(year))
    tail = say_integer(rest)
    if rest > 20 and rest % 10:
        tail = tail.replace(" mươi", "")
    opening = "hai không" if century == 20 else "một chín"
    return f"{opening} {'không ' if rest < 10 else ''}{tail}"


def _slash(said: str, spot: _Spot, slash: str) -> str:
    """In a document's number only; where it is a pause, the dash beside it is silent."""
    if not spot.rule.startswith("documents."):
        return said
    if slash == ",":
        said = said.replace(" gạch ngang", "").replace(" gạch chéo", ",")
    return said.replace("gạch chéo", slash)
