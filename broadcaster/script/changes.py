"""What became of each span of a text: the changes behind a reading, made when they are asked for.

Apart from reading, because the voices need sentences only; the list of changes is for editors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadcaster.errors import Where
from broadcaster.script.reading import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.script.clean import Block, Dropped
    from broadcaster.script.normalise import Piece
    from broadcaster.script.repair import Mender
    from broadcaster.script.rules.rule import Doubt

__all__ = ["ReadLine", "list_changes", "place_from"]

_DOUBTED, _MENDED = 0.5, 0.8
"""Confidence where the neighbours of a span did not decide, and in a word that was mended."""


class ReadLine(NamedTuple):
    """A block, what it is read as, and where that is doubtful."""

    block: Block
    pieces: list[Piece]
    doubts: list[Doubt]


def list_changes(
    text: str,
    where: Where,
    *,
    dropped: Iterable[Dropped],
    mender: Mender,
    lines: Iterable[ReadLine],
) -> tuple[Change, ...]:
    """All changes in the order of ``text``, whose first character is at ``where``."""
    found = [
        *(
            Change(start, end, text[start:end], "", rule, place_from(where, line, 1))
            for start, end, rule, line in dropped
        ),
        *_repairs(text, where, mender),
        *(change for line in lines for change in _spoken(text, where, line)),
    ]
    return tuple(sorted(found, key=lambda change: (change.start, change.end)))


def place_from(where: Where, line: int, column: int) -> Where:
    """A line and column of a text that begins at ``where``."""
    return Where(where.path, line + max(where.line, 1) - 1, column)


def _repairs(text: str, where: Where, mender: Mender) -> Iterator[Change]:
    for start, end, meant, rule in mender.repairs:
        sure = _MENDED if rule == "repair.word" else 1.0
        yield Change(start, end, text[start:end], meant, rule, mender.place(start, where), sure)


def _spoken(text: str, where: Where, line: ReadLine) -> Iterator[Change]:
    block, pieces, doubts = line
    doubtful = [doubt.start for doubt in doubts]
    for piece in pieces:
        if piece.rule:
            start, end = block.source(piece.start), block.source(piece.end)
            place = place_from(where, *block.place(piece.start))
            unsure = any(piece.start <= doubt < piece.end for doubt in doubtful)
            sure = _DOUBTED if unsure else 1.0
            yield Change(start, end, text[start:end], piece.spoken.strip(), piece.rule, place, sure)
