"""A table with a grid: its heading on each page, no row parted, sums in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from broadcaster.report.formats.word.paragraphs import (
    centre,
    first_line,
    set_widths,
    to_the_right,
    unbroken,
    write,
)
from broadcaster.report.formats.word.sheet import room_mm
from broadcaster.report.words import number, tidy

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

    from broadcaster.report.paper import Paper
    from broadcaster.report.tables import Cell, Table

__all__ = ["draw_table"]

_CELL_PT = 11
_KEPT_TOGETHER = 16
"""A table of so many rows stands on one page."""


def draw_table(document: Document, table: Table, paper: Paper) -> None:
    """``table`` as wide as the page of ``paper`` lets it be, and a gap under it."""
    drawn = document.add_table(rows=1, cols=len(table.headings))
    drawn.style, drawn.autofit = "Table Grid", False
    room = room_mm(paper)
    widths = [room * width / sum(table.widths) for width in table.widths]
    for cell, heading in zip(drawn.rows[0].cells, table.headings, strict=True):
        _cell_line(first_line(cell), heading, bold=True)
        centre(first_line(cell))
    _repeat_heading(drawn)
    is_short = len(table.rows) <= _KEPT_TOGETHER
    for n, row in enumerate(table.rows, 1):
        is_sum = table.has_sum and n == len(table.rows)
        _row(drawn, row, is_bold=is_sum)
        if is_short:
            _with_next(drawn.rows[n - 1])
    set_widths(drawn, [Mm(width) for width in widths])
    write(document.add_paragraph(), "", pt=6)


def _row(drawn: WordTable, row: tuple[Cell, ...], *, is_bold: bool) -> None:
    added: Any = drawn.add_row()  # type: ignore[no-untyped-call]
    cells = added.cells
    for cell, value in zip(cells, row, strict=True):
        text = tidy(value) if isinstance(value, str) else number(value)
        _cell_line(first_line(cell), text, bold=is_bold)
        if not isinstance(value, str):
            to_the_right(first_line(cell))
    unbroken(added)


def _cell_line(paragraph: Paragraph, text: str, *, bold: bool) -> None:
    write(paragraph, text, pt=_CELL_PT, bold=bold)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(1.5)


def _repeat_heading(drawn: WordTable) -> None:
    properties = drawn.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx cannot say it
    properties.append(OxmlElement("w:tblHeader"))
    unbroken(drawn.rows[0])


def _with_next(row: Any) -> None:
    for cell in row.cells:
        first_line(cell).paragraph_format.keep_with_next = True
