"""PDF files that have text in them, by poppler's ``pdftotext``.

Apart from the lines of its pages, because only this knows the program and what it complains of.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.script.documents.convert import Converter, convert
from broadcaster.script.documents.extracted import Extracted, refused, warning
from broadcaster.script.documents.pdf_lines import join_pages
from broadcaster.script.documents.refusals import damaged, locked, only_pictures

if TYPE_CHECKING:
    from broadcaster.errors import Problem

__all__ = ["read_pdf"]

_PDFTOTEXT = Converter(
    "pdftotext", "poppler-utils", ("-layout", "-enc", "UTF-8", "-l", "500", "{source}", "-"), 60
)
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MOST_UNREADABLE = 0.05
_LISTED = 5


def read_pdf(data: bytes) -> Extracted:
    """The text of a ``.pdf``; raises RefusedError."""
    if not _PDFTOTEXT.is_found():
        message = _("PDF files are read with pdftotext, which is not installed")
        hint = _("ask for the Word file, or install it: apt-get install poppler-utils")
        raise refused("no-converter", message, hint)
    converted = convert(data, _PDFTOTEXT, name="document.pdf")
    if "password" in converted.complaint.lower():
        raise locked()
    text = converted.data.decode("utf-8", "replace")
    if not text:
        raise damaged()
    pages = text.removesuffix("\f").split("\f")
    empty = [n for n, page in enumerate(pages, 1) if not any(map(str.isalnum, page))]
    if len(empty) == len(pages):
        raise only_pictures()
    if len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        raise refused(
            "document-garbled",
            _("the letters of this PDF cannot be told from each other"),
            _("ask for the file that it was printed from (Word), or type the bulletin"),
        )
    problems = (_scanned(empty),) if empty else ()
    return Extracted(join_pages(pages), problems)


def _scanned(pages: list[int]) -> Problem:
    shown = ", ".join(map(str, pages[:_LISTED])) + ("…" if len(pages) > _LISTED else "")
    message = _("these pages have no text and are not read: {pages}").format(pages=shown)
    return warning("document-pages-empty", message, _("type what they say, or leave them"))
