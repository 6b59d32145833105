"""A paper as a Word document, laid out as Nghị định 30/2020/NĐ-CP (phụ lục I) asks.

A4; margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman 13–14; page numbers in
the middle of the top margin, from the second page on.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from broadcaster.report.paper import BlockKind
from broadcaster.report.text import MissingLibraryError
from broadcaster.report.words import number, place_and_date, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.shared import Length
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from broadcaster.report.paper import Block, Paper
    from broadcaster.report.tables import Cell, Table

__all__ = ["as_word"]

_FONT = "Times New Roman"
_BODY_PT, _SMALL_PT, _CELL_PT = 14, 11, 11
_A4_MM = (210, 297)
_TOP_MM, _LEFT_MM, _RIGHT_MM = 20, 30, 15
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_KEPT_TOGETHER = 16
"""A table of so many rows stands on one page."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_word(paper: Paper) -> bytes:
    """The .docx; the same paper gives the same bytes.  Raises MissingLibraryError."""
    try:
        import docx  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise MissingLibraryError("python-docx") from error
    document = docx.Document()
    _set_up(document, paper)
    _letterhead(document, paper)
    notices = list(paper.notices)
    for block in paper.blocks:
        if notices and block.kind not in {BlockKind.TITLE, BlockKind.SUBJECT}:
            _frame(document, notices)
            notices = []
        _block(document, block, paper)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no page of a name alone
    _signature(document, paper)
    for line in paper.seal:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        _line(document.add_paragraph(), line, pt=_SMALL_PT, italic=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _set_up(document: Document, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - heavy, and an extra
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy, and an extra
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy, and an extra

    made = datetime.combine(paper.made_on, time())
    properties = document.core_properties
    properties.title, properties.author = paper.title, paper.head.issuer
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = made
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_BODY_PT)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    section = document.sections[0]
    width, height = _A4_MM[::-1] if paper.is_landscape else _A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = section.bottom_margin = Mm(_TOP_MM)
    section.left_margin, section.right_margin = Mm(_LEFT_MM), Mm(_RIGHT_MM)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number_line = section.header.paragraphs[0]
    _centre(number_line)
    _page_number(number_line)


def _page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, and an extra
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy, and an extra

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


# -- the parts that the decree names --------------------------------------------------------


def _letterhead(document: Document, paper: Paper) -> None:
    head = paper.head
    left, right = _two_columns(document, (66, 99) if not paper.is_landscape else (115, 137))
    if head.authority:
        _line(_only(left), head.authority.upper(), pt=12)
    _line(_next(left), head.issuer.upper(), pt=12, bold=True)
    _rule(left, "––––––––")
    _line(_next(left), f"Số:        {head.number}", pt=13)
    _line(_only(right), _NATION, pt=12, bold=True)
    _line(_next(right), _MOTTO, pt=13, bold=True)
    _rule(right, "–––––––––––––––––––––––")
    _line(_next(right), place_and_date(head.place, paper.made_on), pt=13, italic=True)
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            _centre(paragraph)


def _signature(document: Document, paper: Paper) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - heavy, and an extra

    head = paper.head
    left, right = _two_columns(document, (80, 80))
    _line(_only(left), "Nơi nhận:", pt=12, bold=True, italic=True)
    for recipient in [*(f"- {name};" for name in head.recipients), "- Lưu: VT."]:
        _line(_next(left), recipient, pt=_SMALL_PT)
    _line(_only(right), head.signer_title.upper(), pt=14, bold=True)
    name = _next(right)
    name.paragraph_format.space_before = Pt(56)
    _line(name, head.signer, pt=14, bold=True)
    for paragraph in right.paragraphs:
        _centre(paragraph)
    for paragraph in [*left.paragraphs, *right.paragraphs]:  # the seal stays with them
        paragraph.paragraph_format.keep_with_next = True


def _frame(document: Document, notices: list[str]) -> None:
    table = document.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    cell = table.cell(0, 0)
    for n, notice in enumerate(notices):
        _line(_next(cell) if n else _only(cell), notice, pt=13, bold=True)
    _line(document.add_paragraph(), "", pt=4)


# -- blocks ---------------------------------------------------------------------------------


def _block(document: Document, block: Block, paper: Paper) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy, and an extra

    if block.table:
        _table(document, block.table, paper)
        return
    paragraph = document.add_paragraph()
    is_head = block.kind in {BlockKind.TITLE, BlockKind.SUBJECT}
    is_bold = is_head or block.kind is BlockKind.HEADING
    text = f"- {block.text}" if block.kind is BlockKind.ITEM else block.text
    _line(paragraph, text, pt=_BODY_PT, bold=is_bold)
    layout = paragraph.paragraph_format
    if is_head:
        _centre(paragraph)
        layout.space_before = Pt(12 if block.kind is BlockKind.TITLE else 0)
    if block.kind is BlockKind.SUBJECT:
        rule = document.add_paragraph()
        _line(rule, "––––––––––", pt=8)
        _centre(rule)
        rule.paragraph_format.space_after = Pt(8)
    if not is_head:
        layout.first_line_indent = Mm(10)
        layout.space_before, layout.space_after = Pt(3), Pt(3)
        layout.line_spacing = 1.15
        layout.keep_with_next = block.kind is BlockKind.HEADING
        _justify(paragraph)


def _table(document: Document, table: Table, paper: Paper) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - heavy, and an extra

    drawn = document.add_table(rows=1, cols=len(table.headings))
    drawn.style, drawn.autofit = "Table Grid", False
    room = _A4_MM[paper.is_landscape] - _LEFT_MM - _RIGHT_MM
    widths = [room * width / sum(table.widths) for width in table.widths]
    for cell, heading in zip(drawn.rows[0].cells, table.headings, strict=True):
        _cell_line(_only(cell), heading, bold=True)
        _centre(_only(cell))
    _repeat_heading(drawn)
    is_short = len(table.rows) <= _KEPT_TOGETHER
    for n, row in enumerate(table.rows, 1):
        is_sum = table.has_sum and n == len(table.rows)
        _row(drawn, row, is_bold=is_sum)
        if is_short:
            _with_next(drawn.rows[n - 1])
    _set_widths(drawn, [Mm(width) for width in widths])
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    _line(gap, "", pt=6)


def _row(drawn: WordTable, row: tuple[Cell, ...], *, is_bold: bool) -> None:
    added: Any = drawn.add_row()  # type: ignore[no-untyped-call]
    cells = added.cells
    for cell, value in zip(cells, row, strict=True):
        text = tidy(value) if isinstance(value, str) else number(value)
        _cell_line(_only(cell), text, bold=is_bold)
        if not isinstance(value, str):
            _right(_only(cell))
    _unbroken(added)


def _cell_line(paragraph: Paragraph, text: str, *, bold: bool) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - heavy, and an extra

    _line(paragraph, text, pt=_CELL_PT, bold=bold)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(1.5)


def _set_widths(drawn: WordTable, widths: Sequence[Length]) -> None:
    """Of the columns, which LibreOffice looks at, and of every cell, which Word looks at."""
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    for row in drawn._tbl.tr_lst:  # noqa: SLF001 - row.cells would look each cell up again
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _repeat_heading(drawn: WordTable) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, and an extra

    properties = drawn.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx cannot say it
    properties.append(OxmlElement("w:tblHeader"))
    _unbroken(drawn.rows[0])


def _with_next(row: Any) -> None:
    for cell in row.cells:
        _only(cell).paragraph_format.keep_with_next = True


def _unbroken(row: Any) -> None:
    """No row is parted between two pages."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, and an extra

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above


# -- paragraphs -----------------------------------------------------------------------------


def _two_columns(document: Document, widths: tuple[int, int]) -> tuple[_Cell, _Cell]:
    from docx.shared import Mm  # noqa: PLC0415 - heavy, and an extra

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    _set_widths(table, [Mm(width) for width in widths])
    _unbroken(table.rows[0])
    return left, right


def _only(cell: _Cell) -> Paragraph:
    first: Paragraph = cell.paragraphs[0]
    return first


def _next(cell: _Cell) -> Paragraph:
    """The first paragraph while it is empty, then a new one."""
    first = _only(cell)
    return first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()


def _line(
    paragraph: Paragraph, text: str, *, pt: int, bold: bool = False, italic: bool = False
) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - heavy, and an extra

    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(pt), bold, italic
    paragraph.paragraph_format.space_after = Pt(0)


def _rule(cell: _Cell, dashes: str) -> None:
    """The line under a name, which the decree asks for."""
    paragraph = _next(cell)
    _line(paragraph, dashes, pt=8)


def _centre(paragraph: Paragraph) -> None:
    _align(paragraph, "CENTER")


def _right(paragraph: Paragraph) -> None:
    _align(paragraph, "RIGHT")


def _justify(paragraph: Paragraph) -> None:
    _align(paragraph, "JUSTIFY")


def _align(paragraph: Paragraph, how: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy, and an extra

    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, how)


def _undated(data: bytes) -> bytes:
    """The same parts without the instant at which they were packed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(part, packed.read(name))
    return buffer.getvalue()
