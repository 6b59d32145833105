"""Pieces of a line → sentences with their pauses.

Apart from reading, because where to breathe is a matter of voice and not of words.  Lengths are
what announcers on loudspeakers do: half a second after a sentence, more after a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.script.breaths import GLUE, LONGEST, split_breaths
from broadcaster.script.clean import Block, BlockKind
from broadcaster.script.normalise import Piece
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    import re

    from broadcaster.model import Sentence

__all__ = ["PAUSES_MS", "make_sentences", "tidy"]

PAUSES_MS = {
    "sentence": 450,
    BlockKind.ITEM: 500,
    BlockKind.PARAGRAPH: 700,
    BlockKind.HEADING: 900,
}
_SENTENCE_END = regex(r"[.!?…]+[\"”’)]*(?=\s|$)")
_INSIDE = regex(r"(?<=\w) (?=\w)")
_MARKS = regex(r"[,.;:!?](?:[\s,.;:!?]*[,.;:!?]|(?=\S))")
_STRENGTH = "?!.;:,"


def tidy(spoken: str) -> str:
    """One space between words, one mark at a place, none at the start.

    Of several marks the strongest stays: ``, .`` → ``.``.
    """
    text = _MARKS.sub(_strongest, spoken.replace("…", "."))
    text = " ".join(text.split())
    for mark in _STRENGTH:
        text = text.replace(f" {mark}", mark)
    return text.lstrip(",.;:!? ").rstrip(",;: ").strip()


def _strongest(found: re.Match[str]) -> str:
    return next(mark for mark in _STRENGTH if mark in found[0]) + " "


def make_sentences(block: Block, pieces: list[Piece], where: Where) -> list[Sentence]:
    """The sentences of a block; ``where`` is the place of the text's first character."""
    said = [(sentence, spoken) for sentence in _split(pieces) if (spoken := _say(sentence))]
    sentences: list[Sentence] = []
    for number, (sentence, spoken) in enumerate(said, start=1):
        span = sentence[0].start, sentence[-1].end
        pause_ms = PAUSES_MS[block.kind if number == len(said) else "sentence"]
        sentences += _breaths(block, span, spoken, where=where, pause_ms=pause_ms)
    return sentences


def _say(sentence: list[Piece]) -> str:
    """The words of a sentence, held together if it is longer than a breath; ``""`` for none."""
    spoken = tidy(" ".join([piece.spoken for piece in sentence]))
    if len(spoken) > LONGEST:
        spoken = tidy(" ".join(map(_held_together, sentence)))
    return spoken if any(map(str.isalpha, spoken)) else ""


def _held_together(piece: Piece) -> str:
    """The words that were read for one number or abbreviation are said in one breath."""
    return _INSIDE.sub(GLUE, piece.spoken) if piece.rule else piece.spoken


def _split(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of each sentence; one that holds the end of a sentence is divided."""
    sentences: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.rule:
            sentences[-1].append(piece)
            if piece.spoken.endswith("."):
                sentences.append([])
            continue
        place = 0
        for found in _SENTENCE_END.finditer(piece.spoken):
            sentences[-1].append(_part(piece, place, found.end()))
            sentences.append([])
            place = found.end()
        if place < len(piece.spoken) or not place:
            sentences[-1].append(_part(piece, place, len(piece.spoken)) if place else piece)
    return [sentence for sentence in sentences if sentence]


def _part(piece: Piece, start: int, end: int) -> Piece:
    """Characters of a piece that is read as it stands."""
    return Piece(piece.start + start, piece.start + end, piece.spoken[start:end])


def _breaths(
    block: Block, span: tuple[int, int], spoken: str, *, where: Where, pause_ms: int
) -> list[Sentence]:
    """One sentence, or several where it is longer than a breath; the first has the text."""
    from broadcaster.model import Sentence  # noqa: PLC0415 - two dozen classes, late

    text = block.text[slice(*span)].lstrip()
    line, column = block.place(span[1] - len(text))
    place = Where(where.path, line + max(where.line, 1) - 1, column)
    first, *others = split_breaths(spoken)
    return [
        Sentence(text.rstrip(), first.text, first.pause_after_ms or pause_ms, place),
        *(Sentence("", text, pause or pause_ms, place) for text, pause in others),
    ]
