"""Read a line: walk along it once, and at each place let the first rule that knows it speak.

Rules always look at the text as it is written, never at each other's output; so their order is
easy to reason about, offsets are exact, and the walk is linear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import (
    CONSONANTS,
    DIGITS,
    LETTER,
    LOWER,
    UPPER,
    VOWELS,
    say_word,
)
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import Said, Scene
from broadcaster.script.stages import stages
from broadcaster.script.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.script.facts import Facts
    from broadcaster.script.lexicon import Lexicon

__all__ = ["Piece", "read_line"]

# Words as they stand: small letters, or a capital and small letters, with a vowel in them, and
# nothing glued to them that could make them an address, a rate or an abbreviation; not ``ix``.
# Most are followed by a space and a letter, which says all of that at once.
_FREE = (
    rf" (?=[{LOWER}{UPPER}](?<!x))"
    rf"|(?![{UPPER}\d@_])(?!\s?/\s?\w)(?!-?[\w-]{{0,40}}[.@]\w)(?!['’]\w)"
)
_TONED = "ÀÁẢÃẠẮẰẲẴẶẤẦẨẪẬÈÉẺẼẸẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌỐỒỔỖỘỚỜỞỠỢÙÚỦŨỤỨỪỬỮỰỲÝỶỸỴÊÔƠƯ"
_PLAIN = regex(
    rf"(?:(?![ivxl]{{1,15}}(?!{LETTER}))"
    rf"(?:[{VOWELS.upper()}]|[{UPPER}]?(?=[{CONSONANTS}]*[{VOWELS}]))[{LOWER}]++(?:{_FREE})"
    rf"|[{_TONED}](?=[,;:!?]?\s[{LOWER}])"
    r"|[ \t]++(?![-–—(/~→>x×*])|[,;:!?]|\.(?![\d\w/.]))++"
)


_LETTERS = frozenset(LOWER + UPPER)
_CAPITALS = regex(rf"[{UPPER}](?<!{LETTER}.)[{UPPER}]{{1,7}}(?!{LETTER})")
_WORDS = regex(rf"{LETTER}+")
_WORD = regex(rf"[{UPPER}]?[{LOWER}]+| +(?= )")


class Piece(NamedTuple):
    """A span of the line and its words; ``rule`` is empty for what is read as it stands."""

    start: int
    end: int
    spoken: str
    rule: str = ""


def _kind(char: str) -> str:
    if char in DIGITS:
        return "0"
    return "a" if char in _LETTERS else " " if char == " " else "."


def read_line(text: str, lexicon: Lexicon, facts: Facts) -> tuple[list[Piece], Scene]:
    """The pieces of a folded line from its first character to its last, and the scene with the
    doubts that arose."""
    scene = Scene(
        text,
        lexicon,
        facts,
        shouted=_is_shouted(text),
        first_word=len(text) - len(text.lstrip(" -–—•+*#>(→§")),
    )
    pieces: list[Piece] = []
    for piece in _walk(text, scene):
        pieces.append(piece)
        scene.said.append(piece.spoken)
    return pieces, scene


def _walk(text: str, scene: Scene) -> Iterator[Piece]:
    place = 0
    while place < len(text):
        if plain := _PLAIN.match(text, place):
            end = scene.lexicon.next_plain(text, place, plain.end())
            if end > place:
                yield Piece(place, end, text[place:end])
                place = end
                continue
        piece = _read_at(text, place, scene)
        yield piece
        place = piece.end


def _read_at(text: str, place: int, scene: Scene) -> Piece:
    for stage in stages(_kind(text[place])):
        for rule, pattern in stage.candidates(text, place):
            match = pattern.match(text, place)
            said = rule.read(match, scene) if match else None
            if match is None or said is None:
                continue
            end = said.end if isinstance(said, Said) else match.end()
            if end > place:
                if rule.quantity:
                    scene.quantity_end = end
                return Piece(place, end, said.text if isinstance(said, Said) else said, rule.name)
    word = _WORD.match(text, place)
    end = word.end() if word else place + 1
    return Piece(place, end, _as_it_stands(text[place:end]))


def _as_it_stands(text: str) -> str:
    """A word that no rule took, or a mark of pause; nothing that cannot be said."""
    if text[0] in _LETTERS:
        return text if len(text) > 1 and text.lower() == say_word(text) else say_word(text)
    return text if text[0] in " .,;:!?" else ""


def _is_shouted(text: str) -> bool:
    """A heading in capitals: most of its words are syllables in capitals."""
    capitals = [word for word in _CAPITALS.findall(text) if is_syllable(word)]
    if all(map(str.isascii, capitals)):
        return False
    return len(capitals) * 2 > len(_WORDS.findall(text))
