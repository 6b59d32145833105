"""Pieces of a line → sentences with their pauses.

Apart from reading, because where to breathe is a matter of voice and not of words.  Lengths are
what announcers on loudspeakers do: half a second after a sentence, more after a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model import Sentence
from broadcaster.script.clean import Block, BlockKind

if TYPE_CHECKING:
    from broadcaster.script.normalise import Piece

__all__ = ["PAUSES_MS", "make_sentences", "tidy"]

PAUSES_MS = {
    "clause": 220,
    "sentence": 450,
    BlockKind.ITEM: 500,
    BlockKind.PARAGRAPH: 700,
    BlockKind.HEADING: 900,
}
LONGEST = 220
"""Characters in one breath; longer sentences are split where a clause ends."""
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)]*(?=\s|$)")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r" ?[,.;:!?](?: ?[,.;:!?])*")
_CLAUSE = re.compile(r"[;:,]\s")
_LINK = re.compile(r"\s(?=(?:và|nhưng|để|nhằm|trong đó|đồng thời|do|vì|khi|nếu|tại|của|với|cho)\s)")


def tidy(spoken: str) -> str:
    """One space between words, one mark at a place, none at the start.

    Of several marks the strongest stays: ``, .`` → ``.``.
    """
    text = spoken.replace("…", ".").replace("\u2026", ".")
    text = _MARKS.sub(lambda found: _strongest(found[0]) + " ", _SPACES.sub(" ", text))
    text = _SPACES.sub(" ", text).strip()
    return text.lstrip(",.;:!? ").rstrip(",;: ").strip()


def _strongest(marks: str) -> str:
    return next(mark for mark in "?!.;:," if mark in marks)


def make_sentences(block: Block, pieces: list[Piece], where: Where) -> list[Sentence]:
    """The sentences of a block; ``where`` is the place of the text's first character."""
    sentences: list[Sentence] = []
    for spans in _split(pieces):
        spoken = tidy(" ".join(spoken for _start, _end, spoken in spans))
        if any(char.isalpha() for char in spoken):
            sentences += _breaths(block, (spans[0][0], spans[-1][1]), spoken, where=where)
    if sentences:
        sentences[-1] = replace(sentences[-1], pause_after_ms=PAUSES_MS[block.kind])
    return sentences


def _split(pieces: list[Piece]) -> list[list[tuple[int, int, str]]]:
    """Spans and words, a list for each sentence."""
    sentences: list[list[tuple[int, int, str]]] = [[]]
    for piece in pieces:
        if piece.rule:
            sentences[-1].append((piece.start, piece.end, f" {piece.spoken} "))
            if piece.spoken.endswith("."):
                sentences.append([])
            continue
        place = 0
        for found in _SENTENCE_END.finditer(piece.spoken):
            span = piece.start + place, piece.start + found.end()
            sentences[-1].append((*span, piece.spoken[place : found.end()]))
            sentences.append([])
            place = found.end()
        if place < len(piece.spoken):
            sentences[-1].append((piece.start + place, piece.end, piece.spoken[place:]))
    return [spans for spans in sentences if spans]


def _breaths(block: Block, span: tuple[int, int], spoken: str, *, where: Where) -> list[Sentence]:
    """One sentence, or several where it is longer than a breath; the first has the text."""
    parts = _split_long(spoken)
    line, column = block.place(min(span[0] + _indent(block.text, span), len(block.text)))
    place = Where(where.path, line + max(where.line, 1) - 1, column)
    text = block.text[slice(*span)].strip()
    return [
        Sentence(
            text if number == 0 else "",
            part,
            PAUSES_MS["sentence" if number == len(parts) - 1 else "clause"],
            place,
        )
        for number, part in enumerate(parts)
    ]


def _indent(text: str, span: tuple[int, int]) -> int:
    inside = text[slice(*span)]
    return len(inside) - len(inside.lstrip())


def _split_long(spoken: str) -> list[str]:
    parts: list[str] = []
    place = 0
    while len(spoken) - place > LONGEST:
        cut = place + _cut(spoken[place : place + LONGEST + 1])
        parts.append(spoken[place:cut])
        place = cut
    parts.append(spoken[place:])
    return [tidied for part in parts if (tidied := tidy(part))]


def _cut(window: str) -> int:
    """Where to breathe: a clause mark as late as fits, else a linking word, else a space."""
    for pattern in (_CLAUSE, _LINK):
        places = [found.end() for found in pattern.finditer(window) if found.end() > LONGEST // 3]
        if places:
            return places[-1]
    space = window.rfind(" ")
    return space if space > 0 else LONGEST
