"""A paper as one HTML page, complete in itself, that prints on A4; and that page as a PDF."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from broadcaster.report.paper import BlockKind
from broadcaster.report.text import MissingLibraryError
from broadcaster.report.words import number, place_and_date, tidy

if TYPE_CHECKING:
    from broadcaster.report.paper import Paper

__all__ = ["as_page", "as_pdf"]

_OPENING = (BlockKind.TITLE, BlockKind.SUBJECT)


def as_page(paper: Paper) -> bytes:
    """The .html; it loads nothing from anywhere.  Raises MissingLibraryError."""
    try:
        from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingLibraryError("Jinja2") from error
    environment = Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"so": number, "tidy": tidy}
    source = files("broadcaster.report") / "templates" / "trang.html"
    page = environment.from_string(source.read_text(encoding="utf-8"))
    return page.render(
        paper=paper,
        date=place_and_date(paper.head.place, paper.made_on),
        opening=[block for block in paper.blocks if block.kind in _OPENING],
        body=[block for block in paper.blocks if block.kind not in _OPENING],
    ).encode()


def as_pdf(paper: Paper) -> bytes:
    """The page on A4 sheets; the same paper gives the same bytes.  Raises MissingLibraryError."""
    page = as_page(paper)
    try:
        from weasyprint import HTML  # noqa: PLC0415 - heavy, and an extra
    except (ImportError, OSError) as error:  # it wants libpango of the system
        raise MissingLibraryError("WeasyPrint") from error
    identifier = hashlib.sha256(page).digest()[:16]
    made: bytes = HTML(string=page.decode()).write_pdf(pdf_identifier=identifier)
    return made
