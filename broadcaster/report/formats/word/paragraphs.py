"""Lines, their alignment, and tables without a grid: what every part of the document is made of.

It stands apart because letterhead, text and tables all write lines, and none of them knows another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

__all__ = [
    "centre",
    "first_line",
    "justify",
    "next_line",
    "set_widths",
    "to_the_right",
    "two_columns",
    "unbroken",
    "write",
]


def write(
    paragraph: Paragraph, text: str, *, pt: int, bold: bool = False, italic: bool = False
) -> None:
    """Add ``text`` to ``paragraph``, in letters of ``pt`` points."""
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(pt), bold, italic
    paragraph.paragraph_format.space_after = Pt(0)


def first_line(cell: _Cell) -> Paragraph:
    """The one that every cell has."""
    first: Paragraph = cell.paragraphs[0]
    return first


def next_line(cell: _Cell) -> Paragraph:
    """The first paragraph while it is empty, then a new one."""
    first = first_line(cell)
    return first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()


def centre(paragraph: Paragraph) -> None:
    """Names and headings."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def to_the_right(paragraph: Paragraph) -> None:
    """Numbers."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def justify(paragraph: Paragraph) -> None:
    """Text."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def two_columns(document: Document, widths: tuple[int, int]) -> tuple[_Cell, _Cell]:
    """Two cells beside each other, ``widths`` in millimetres, without a grid."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    set_widths(table, [Mm(width) for width in widths])
    unbroken(table.rows[0])
    return left, right


def set_widths(drawn: WordTable, widths: Sequence[Length]) -> None:
    """Of the columns, which LibreOffice looks at, and of every cell, which Word looks at."""
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for row in drawn._tbl.tr_lst:  # noqa: SLF001 - row.cells would look each cell up again
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def unbroken(row: Any) -> None:
    """No row is parted between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx cannot say it
