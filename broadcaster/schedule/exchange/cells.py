"""A timetable as rows of cells, wherever it came from; each cell knows its place.

It stands apart because text, CSV and Excel become the same rows, and everything that understands
a timetable sees only these.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.errors import Where

__all__ = ["Cell", "Row", "Sheet", "cleaned", "source_line"]

_LONGEST = 2_000
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")


def cleaned(text: str) -> str:
    """``text`` in composed letters, without control characters, spaces single, lines kept."""
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text[:_LONGEST]))
    shown = (c for c in lines if c in "\n\t" or unicodedata.category(c)[0] != "C")
    parts = (_SPACES.sub(" ", line).strip() for line in "".join(shown).split("\n"))
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``covered`` is part of a merged range whose first cell holds its text.

    ``below`` and ``beside`` say where in the range it lies (0, 0 is the first cell).
    """

    text: str
    where: Where
    below: int = 0
    beside: int = 0

    @property
    def covered(self) -> bool:
        return bool(self.below or self.beside)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet of a workbook, or of a text (its name is then empty)."""

    name: str
    rows: tuple[Row, ...]


def source_line(row: Sequence[Cell]) -> str:
    """The row as one line, for a comment beside what it became."""
    texts = (" / ".join(cell.text.split("\n")) for cell in row if not cell.covered)
    return " | ".join(text for text in texts if text)
