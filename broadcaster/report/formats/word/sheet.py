"""The sheet that the decree asks for: size, margins, fonts, page numbers."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from broadcaster.report.formats.word.paragraphs import centre

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

    from broadcaster.report.paper import Paper

__all__ = ["BODY_PT", "room_mm", "set_up"]

BODY_PT = 14
_FONT = "Times New Roman"
_A4_MM = (210, 297)
_TOP_MM, _LEFT_MM, _RIGHT_MM = 20, 30, 15


def room_mm(paper: Paper) -> int:
    """How wide a line may be."""
    return _A4_MM[paper.is_landscape] - _LEFT_MM - _RIGHT_MM


def set_up(document: Document, paper: Paper) -> None:
    """Before anything is written into ``document``."""
    _describe(document, paper)
    _set_font(document)
    _lay_out(document.sections[0], paper)
    number_line = document.sections[0].header.paragraphs[0]
    centre(number_line)
    _page_number(number_line)


def _describe(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author = paper.title, paper.head.issuer
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = datetime.combine(paper.made_on, time())


def _set_font(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(BODY_PT)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)


def _lay_out(section: Section, paper: Paper) -> None:
    width, height = _A4_MM[::-1] if paper.is_landscape else _A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin = section.bottom_margin = Mm(_TOP_MM)
    section.left_margin, section.right_margin = Mm(_LEFT_MM), Mm(_RIGHT_MM)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields
