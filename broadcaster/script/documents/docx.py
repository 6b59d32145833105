"""Word's ``.docx`` (ECMA-376, Office Open XML) → blocks, as its author would have them printed.

Insertions are kept and deletions dropped; notes, comments, headers, hidden text and tables of
contents are left out; a text box is read once.  Names stand without namespaces, so that strict
files read like transitional ones.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import DEEPEST, Archive, attribute, local, whole
from broadcaster.script.documents.docx_numbering import Numbering
from broadcaster.script.documents.docx_parts import find_parts
from broadcaster.script.documents.docx_styles import Styles, child, is_on
from broadcaster.script.documents.extracted import Extracted, warning
from broadcaster.script.documents.layout import Paragraph, Table, write
from broadcaster.script.documents.refusals import damaged, macros, only_pictures, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from broadcaster.errors import Problem
    from broadcaster.script.documents.layout import Block

__all__ = ["read_docx"]

_DROPPED = {
    *("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "tblPr"),
    *("footnoteReference", "endnoteReference", "annotationRef", "commentReference", "rt"),
}
_LITERALS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ELSEWHERE = {"altChunk", "subDoc"}
_PICTURES = {"drawing", "pict", "object"}
_LONGEST_HEADING = 200
_WIDEST_SPAN = 64


def read_docx(data: bytes) -> Extracted:
    """The text of a ``.docx``; raises RefusedError."""
    archive = Archive(data)
    parts = find_parts(archive)
    root = archive.xml(parts.document)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise damaged()
    styles = Styles(archive.xml(parts.styles))
    reader = _Reader(styles, Numbering(archive.xml(parts.numbering)))
    text = write(list(reader.blocks(body, 0)))
    if not text.strip() and reader.has_pictures:
        raise only_pictures()
    return Extracted(text, tuple(_warnings(archive, reader)))


def _warnings(archive: Archive, reader: _Reader) -> Iterator[Problem]:
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        yield macros()
    if reader.points_elsewhere:
        message = _("a part of the document lies in another file and is not read")
        yield warning("document-part-missing", message, _("copy its text into the document"))


class _Reader:
    """Walks a body once, in order; lists count on from paragraph to paragraph."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._carried = ""
        self.has_pictures = False
        self.points_elsewhere = False

    def blocks(self, container: Element, depth: int) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box."""
        if depth > DEEPEST:
            raise too_deep()
        for element in _alternatives(container):
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth + 1)
            elif name == "tbl":
                yield self._table(element, depth + 1)
            elif name in _ELSEWHERE:
                self.points_elsewhere = True
            elif name not in _DROPPED and not _is_contents(element):
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        line = _Line(self._styles)
        line.walk(element, depth)
        self.has_pictures = self.has_pictures or line.has_pictures
        text, self._carried = self._carried + line.text, ""
        if child(child(properties, "rPr"), "del") is not None:
            self._carried = text  # its end was deleted: it goes on in the next one
        elif not self._styles.is_contents(style):
            marker = self._marker(properties, style) if text.strip() else ""
            heading = len(text) <= _LONGEST_HEADING and (
                self._styles.is_heading(style, properties) or line.is_title(properties)
            )
            yield Paragraph(text, marker, heading)
        for box in line.boxes:
            yield from self.blocks(box, depth)

    def _marker(self, properties: Element | None, style: str) -> str:
        number = self._styles.numbering(style, properties)
        return self._numbering.marker(*number) if number else ""

    def _table(self, element: Element, depth: int) -> Table:
        rows = [row for row in _through(element, "tr", depth) if not _is_deleted(row, "trPr")]
        marked = bool(rows) and is_on(child(rows[0], "trPr"), "tblHeader")
        return Table(tuple(tuple(self._cells(row, depth)) for row in rows), marked)

    def _cells(self, row: Element, depth: int) -> Iterator[tuple[Block, ...]]:
        for cell in _through(row, "tc", depth):
            properties = child(cell, "tcPr")
            yield tuple(self.blocks(cell, depth + 2))
            span = whole(attribute(child(properties, "gridSpan"), "val"), 1)
            yield from [()] * (min(span, _WIDEST_SPAN) - 1)


class _Line:
    """The text of one paragraph, and the text boxes that hang on it."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._pieces: list[str] = []
        self._bold = 0
        self.boxes: list[Element] = []
        self.has_pictures = False

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def is_title(self, properties: Element | None) -> bool:
        """Bold and in the middle: a title by hand, as most offices make it."""
        centred = attribute(child(properties, "jc"), "val") == "center"
        text = self.text.strip()
        all_bold = 0 < _letters(text) <= self._bold
        return centred and all_bold and text[-1] not in ".;,:"

    def walk(self, container: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise too_deep()
        for element in _alternatives(container):
            name = local(element)
            if name == "txbxContent":
                self.boxes.append(element)
            elif name == "r":
                self._run(element, depth + 1)
            elif name == "t":
                self._pieces.append(element.text or "")
            elif name == "sym":
                self._pieces.append(_symbol(element))
            elif name in _LITERALS:
                self._pieces.append(_LITERALS[name])
            elif name not in _DROPPED:
                self.has_pictures = self.has_pictures or name in _PICTURES
                self.walk(element, depth + 1)

    def _run(self, run: Element, depth: int) -> None:
        properties = child(run, "rPr")
        if self._styles.is_hidden(properties):
            return
        before = len(self._pieces)
        self.walk(run, depth)
        if is_on(properties, "b"):
            self._bold += sum(map(_letters, self._pieces[before:]))


def _letters(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _alternatives(container: Element) -> Iterator[Element]:
    """The children, of several versions of the same thing only the first."""
    for element in container:
        if local(element) != "AlternateContent":
            yield element
        elif len(element):
            yield from element[0]


def _through(container: Element, name: str, depth: int) -> Iterator[Element]:
    """Rows or cells, also those inside content controls and insertions."""
    if depth > DEEPEST:
        raise too_deep()
    for element in container:
        if local(element) == name:
            yield element
        elif local(element) not in _DROPPED | {"tbl", "p"}:
            yield from _through(element, name, depth + 1)


def _is_deleted(element: Element, properties: str) -> bool:
    return child(child(element, properties), "del") is not None


def _is_contents(element: Element) -> bool:
    """A content control that Word keeps a table of contents in."""
    gallery = child(child(child(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"


def _symbol(element: Element) -> str:
    """A character of a symbol font; those in the private area are bullets or nothing."""
    code = attribute(element, "char")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
