"""The paper as a document of Word, block by block."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.shared import Mm, Pt

from broadcaster.report.formats.word.decree import frame, letterhead, signature
from broadcaster.report.formats.word.paragraphs import centre, justify, write
from broadcaster.report.formats.word.sheet import BODY_PT, set_up
from broadcaster.report.formats.word.table import draw_table
from broadcaster.report.paper import BlockKind

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from broadcaster.report.paper import Block, Paper

__all__ = ["draw"]

_HEAD = (BlockKind.TITLE, BlockKind.SUBJECT)


def draw(paper: Paper) -> bytes:
    """The .docx, with the instant at which it was packed."""
    document = docx.Document()
    set_up(document, paper)
    letterhead(document, paper)
    notices = list(paper.notices)
    for block in paper.blocks:
        if notices and block.kind not in _HEAD:
            frame(document, notices)
            notices = []
        _block(document, block, paper)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no page of a name alone
    signature(document, paper)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _block(document: Document, block: Block, paper: Paper) -> None:
    if block.table:
        if document.paragraphs[-1].text:  # the words that lead to it
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        draw_table(document, block.table, paper)
        return
    paragraph = document.add_paragraph()
    text = f"- {block.text}" if block.kind is BlockKind.ITEM else block.text
    is_bold = block.kind in {*_HEAD, BlockKind.HEADING}
    write(paragraph, text, pt=BODY_PT, bold=is_bold)
    if block.kind in _HEAD:
        centre(paragraph)
        paragraph.paragraph_format.space_before = Pt(12 if block.kind is BlockKind.TITLE else 0)
    else:
        _lay_out(paragraph, is_heading=block.kind is BlockKind.HEADING)
    if block.kind is BlockKind.SUBJECT:
        _underline(document)


def _lay_out(paragraph: Paragraph, *, is_heading: bool) -> None:
    layout = paragraph.paragraph_format
    layout.first_line_indent = Mm(10)
    layout.space_before, layout.space_after = Pt(3), Pt(3)
    layout.line_spacing = 1.15
    layout.keep_with_next = is_heading
    justify(paragraph)


def _underline(document: Document) -> None:
    """The line under the subject, which the decree asks for."""
    paragraph = document.add_paragraph()
    write(paragraph, "––––––––––", pt=8)
    centre(paragraph)
    paragraph.paragraph_format.space_after = Pt(8)
