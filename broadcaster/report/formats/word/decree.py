"""The parts that Nghị định 30/2020/NĐ-CP names, and the frame of what must be read first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.shared import Pt

from broadcaster.report.formats.word.paragraphs import (
    centre,
    next_line,
    two_columns,
    unbroken,
    write,
)
from broadcaster.report.formats.word.sheet import room_mm
from broadcaster.report.words import place_and_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell

    from broadcaster.report.paper import Paper

__all__ = ["frame", "letterhead", "signature"]

_SMALL_PT = 11
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


def letterhead(document: Document, paper: Paper) -> None:
    """Who writes, the nation and its motto, number, place and date."""
    head = paper.head
    left, right = two_columns(document, (66, 99) if not paper.is_landscape else (115, 137))
    if head.authority:
        write(next_line(left), head.authority.upper(), pt=12)
    write(next_line(left), head.issuer.upper(), pt=12, bold=True)
    _underline(left, "––––––––")
    write(next_line(left), f"Số:        {head.number}", pt=13)
    write(next_line(right), _NATION, pt=12, bold=True)
    write(next_line(right), _MOTTO, pt=13, bold=True)
    _underline(right, "–––––––––––––––––––––––")
    write(next_line(right), place_and_date(head.place, paper.made_on), pt=13, italic=True)
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            centre(paragraph)


def signature(document: Document, paper: Paper) -> None:
    """Who gets it, and who signs; under them, on the same page, the seal of the log."""
    head = paper.head
    half = room_mm(paper) // 2
    left, right = two_columns(document, (half, half))
    write(next_line(left), "Nơi nhận:", pt=12, bold=True, italic=True)
    for recipient in [*(f"- {name};" for name in head.recipients), "- Lưu: VT."]:
        write(next_line(left), recipient, pt=_SMALL_PT)
    write(next_line(right), head.signer_title.upper(), pt=14, bold=True)
    name = next_line(right)
    name.paragraph_format.space_before = Pt(56)
    write(name, head.signer, pt=14, bold=True)
    for paragraph in right.paragraphs:
        centre(paragraph)
    if paper.seal:
        for paragraph in [*left.paragraphs, *right.paragraphs]:
            paragraph.paragraph_format.keep_with_next = True
        _seal(document.tables[-1], paper.seal)


def _seal(signed: WordTable, lines: Sequence[str]) -> None:
    """A row of the table that is signed: LibreOffice keeps rows on one page, but no table with
    the paragraph behind it."""
    row: Any = signed.add_row()  # type: ignore[no-untyped-call]
    unbroken(row)
    cell = row.cells[0].merge(row.cells[1])
    for line in lines:
        write(next_line(cell), line, pt=_SMALL_PT, italic=True)


def frame(document: Document, notices: list[str]) -> None:
    """``notices`` where nobody overlooks them."""
    table = document.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    cell = table.cell(0, 0)
    for notice in notices:
        write(next_line(cell), notice, pt=13, bold=True)
    write(document.add_paragraph(), "", pt=4)


def _underline(cell: _Cell, dashes: str) -> None:
    """The line under a name, which the decree asks for."""
    write(next_line(cell), dashes, pt=8)
