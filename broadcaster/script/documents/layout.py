"""Paragraphs and tables → lines as an announcer would want them typed.

Apart from the readers, because every kind of document ends here: a line for each paragraph, a
heading with a blank line below it, a list item with its marker, a table row as a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Block", "Paragraph", "Table", "write"]

_SPACES = re.compile(r"[^\S\n]+")
_PRIVATE_BULLET = re.compile(r"^[\uf000-\uf0ff][^\S\n]*", re.MULTILINE)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_RULE = re.compile(r"[-–—‒―]{2,}")
_ORDINAL = re.compile(r"\d{1,3}\.?")
_COUNTING_HEADERS = {"stt", "tt", "số tt", "số thứ tự"}
_WIDEST_NAMED = 4
_LONGEST_HEADER = 60
_MOST_PARAGRAPHS = 3
"""A cell with more is a column of a page, not of a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``text`` has a newline where the editor broke the line by hand."""

    text: str
    marker: str = ""
    is_heading: bool = False

    @property
    def line(self) -> str:
        """As it is typed; empty where nothing stands in it."""
        text = _PRIVATE_BULLET.sub("" if self.marker else "- ", self.text)
        lines = (_SPACES.sub(" ", _PRIVATE.sub("", line)).strip() for line in text.split("\n"))
        text = "\n".join(lines).strip("\n")
        return f"{self.marker} {text}".strip() if text.strip() else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of blocks; a cell that spans columns is followed by empty ones.

    ``has_header`` says that the document itself calls the first row a header.
    """

    rows: tuple[tuple[tuple[Block, ...], ...], ...]
    has_header: bool = False


Block: TypeAlias = "Paragraph | Table"


def write(blocks: list[Block]) -> str:
    """The text of a document: the front matter first where ``---`` stands on top."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [block.line, ""] if block.is_heading and block.line else [block.line]
        else:
            lines += _table(block)
    return _mend_fences("\n".join(_without_gaps(lines)))


def _without_gaps(lines: list[str]) -> list[str]:
    """One blank line at most, none at either end."""
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return kept[:-1] if kept and not kept[-1] else kept


def _mend_fences(text: str) -> str:
    """Word makes dashes of hyphens, in the lines around a front matter too."""
    lines = text.split("\n")
    if not _RULE.fullmatch(lines[0]):
        return text
    closing = (n for n, line in enumerate(lines) if n and _RULE.fullmatch(line))
    if end := next(closing, 0):
        matter = [line for line in lines[1:end] if line]
        return "\n".join(["---", *matter, "---", *lines[end + 1 :]])
    return text


# -- tables -------------------------------------------------------------------------------


def _table(table: Table) -> list[str]:
    rows = [[_lines(cell) for cell in row] for row in table.rows]
    if _is_layout(rows):
        return [line for row in rows for cell in row for line in cell]
    texts = [[" ".join(cell) for cell in row] for row in rows]
    names = texts[0]
    named = table.has_header or _looks_like_header(texts)
    if named and sum(map(bool, names)) <= _WIDEST_NAMED:
        return [line for row in texts[1:] if (line := _named_row(names, row))]
    return [line for row in texts if (line := _row(row))]


def _lines(cell: tuple[Block, ...]) -> list[str]:
    written = ([block.line] if isinstance(block, Paragraph) else _table(block) for block in cell)
    return [line for lines in written for line in "\n".join(lines).split("\n") if line]


def _is_layout(rows: list[list[list[str]]]) -> bool:
    """Whether the table only puts things beside each other, as the head of a letter does."""
    filled = [[cell for cell in row if cell] for row in rows]
    filled = [row for row in filled if row]
    widest = max(map(len, filled), default=0)
    return (
        len(filled) < 2
        or widest < 2
        or any(len(cell) > _MOST_PARAGRAPHS for row in filled for cell in row)
    )


def _looks_like_header(rows: list[list[str]]) -> bool:
    """Names above, and below a column that has numbers in every row."""
    header, below = rows[0], rows[1:]
    if not all(_is_name(cell) for cell in header):
        return False
    columns = zip(*(row for row in below if len(row) == len(header)), strict=False)
    return any(all(cell[:1].isdigit() for cell in column) for column in columns)


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= _LONGEST_HEADER and not cell[0].isdigit() and cell[-1] not in ".;!?"


def _named_row(names: list[str], row: list[str]) -> str:
    if sum(map(bool, row)) < 2:
        return _row(row)
    number, parts = "", []
    for place, cell in enumerate(row):
        name = names[place].rstrip(": ") if place < len(names) else ""
        if name.lower() in _COUNTING_HEADERS and _ORDINAL.fullmatch(cell):
            number = f"{cell.rstrip('.')}. "
        elif cell:
            parts.append(f"{name}: {cell}" if name else cell)
    return number + _sentence(parts)


def _row(row: list[str]) -> str:
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and _ORDINAL.fullmatch(cells[0]) and not cells[1][:1].isdigit():
        return f"{cells[0].rstrip('.')}. {_sentence(cells[1:])}"
    return _sentence(cells)


def _sentence(cells: list[str]) -> str:
    text = ", ".join(cell.rstrip(",;") for cell in cells[:-1])
    text = f"{text}, {cells[-1]}" if text else "".join(cells)
    return text if not text or text[-1] in ".!?:;" else f"{text}."
