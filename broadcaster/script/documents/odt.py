"""LibreOffice's ``.odt`` (OpenDocument 1.3) → blocks, as its author would have them printed.

What was deleted under change tracking lies in ``text:tracked-changes`` and is not read; notes,
annotations, indexes and hidden text are left out; a text box follows its paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import DEEPEST, Archive, attribute, local, whole
from broadcaster.script.documents.extracted import Extracted
from broadcaster.script.documents.layout import Paragraph, Table, write
from broadcaster.script.documents.odt_lists import Lists
from broadcaster.script.documents.odt_styles import OdtStyles
from broadcaster.script.documents.refusals import (
    damaged,
    locked,
    macros,
    only_pictures,
    too_deep,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from broadcaster.script.documents.layout import Block

__all__ = ["read_odt"]

_DROPPED = {
    *("tracked-changes", "note", "annotation", "annotation-end", "hidden-text", "ruby-text"),
    *("hidden-paragraph", "table-of-content", "illustration-index", "table-index", "object-index"),
    *("user-index", "alphabetical-index", "bibliography", "forms", "sequence-decls", "title"),
    *("desc", "variable-decls", "user-field-decls", "script", "event-listeners"),
}
_MACROS = ("Basic/", "Scripts/")
_MOST_SPACES = 100
_LONGEST_HEADING = 200
_WIDEST_SPAN = 64
_MOST_ROWS = 1000


def read_odt(data: bytes) -> Extracted:
    """The text of an ``.odt``; raises RefusedError."""
    archive = Archive(data)
    manifest = archive.xml("META-INF/manifest.xml")
    if any(local(e) == "encryption-data" for e in (() if manifest is None else manifest.iter())):
        raise locked()
    root = archive.xml("content.xml")
    if root is None:
        raise damaged()
    styles = [root, archive.xml("styles.xml")]
    known = [element for part in styles if part is not None for element in part.iter()]
    reader = _Reader(Lists(known), OdtStyles(known))
    bodies = [element for element in root.iter() if local(element) == "body"]
    text = write([block for body in bodies for block in reader.blocks(body, 0)])
    if not text.strip() and any(local(element) == "image" for element in root.iter()):
        raise only_pictures()
    has_macros = any(name.startswith(_MACROS) for name in archive.names)
    return Extracted(text, (macros(),) if has_macros else ())


class _Reader:
    """Walks a body once, in order."""

    def __init__(self, lists: Lists, styles: OdtStyles) -> None:
        self._lists = lists
        self._styles = styles

    def blocks(self, container: Element, depth: int) -> Iterator[Block]:
        """The blocks of a body, a section, a cell or a text box."""
        if depth > DEEPEST:
            raise too_deep()
        for element in container:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, depth + 1)
            elif name == "list":
                yield from self._list(element, depth + 1)
            elif name == "table":
                yield self._table(element, depth + 1)
            elif name not in _DROPPED and attribute(element, "display") != "none":
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: Element, depth: int, marker: str = "") -> Iterator[Block]:
        pieces: list[str] = []
        boxes: list[Element] = []
        if not self._styles.is_hidden(element):
            self._walk(element, depth, pieces=pieces, boxes=boxes)
        text = "".join(pieces)
        is_heading = local(element) == "h" or self._styles.is_heading(element)
        yield Paragraph(text, marker, is_heading and len(text) <= _LONGEST_HEADING)
        for box in boxes:
            yield from self.blocks(box, depth)

    def _walk(
        self, element: Element, depth: int, *, pieces: list[str], boxes: list[Element]
    ) -> None:
        if depth > DEEPEST:
            raise too_deep()
        pieces.append(_typed(element.text))
        for inner in element:
            name = local(inner)
            if name == "text-box":
                boxes.append(inner)
            elif name in {"s", "tab", "line-break"}:
                pieces.append(_space(inner))
            elif name not in _DROPPED and not self._styles.is_hidden(inner):
                self._walk(inner, depth + 1, pieces=pieces, boxes=boxes)
            pieces.append(_typed(inner.tail))

    def _list(self, element: Element, depth: int) -> Iterator[Block]:
        self._lists.enter(element)
        for item in element:
            if depth > DEEPEST:
                raise too_deep()
            if local(item) in {"list-item", "list-header"}:
                yield from self._item(item, depth)
        self._lists.leave()

    def _item(self, item: Element, depth: int) -> Iterator[Block]:
        """Only the first paragraph of an item has the marker."""
        marker = self._lists.marker(item) if local(item) == "list-item" else ""
        for element in item:
            if local(element) in {"p", "h"}:
                yield from self._paragraph(element, depth + 1, marker)
                marker = ""
            elif local(element) == "list":
                yield from self._list(element, depth + 2)
            elif local(element) not in _DROPPED:
                yield from self.blocks(element, depth + 2)

    def _table(self, element: Element, depth: int) -> Table:
        rows = list(_through(element, "table-row", depth))[:_MOST_ROWS]
        header = next((e for e in element if local(e) == "table-header-rows"), None)
        return Table(tuple(tuple(self._cells(row, depth)) for row in rows), header is not None)

    def _cells(self, row: Element, depth: int) -> Iterator[tuple[Block, ...]]:
        for cell in row:
            if local(cell) in {"table-cell", "covered-table-cell"}:
                blocks = tuple(self.blocks(cell, depth + 2))
                repeated = whole(attribute(cell, "number-columns-repeated"), 1)
                yield from [blocks] * min(repeated, _WIDEST_SPAN)


def _through(container: Element, name: str, depth: int) -> Iterator[Element]:
    if depth > DEEPEST:
        raise too_deep()
    for element in container:
        if local(element) == name:
            yield element
        elif local(element) != "table":
            yield from _through(element, name, depth + 1)


def _typed(text: str | None) -> str:
    """White space of the file is one space (OpenDocument 1.3 part 3, 6.1.2)."""
    return "" if not text else text.replace("\n", " ").replace("\r", " ")


def _space(element: Element) -> str:
    if local(element) == "line-break":
        return "\n"
    return " " * min(whole(attribute(element, "c"), 1), _MOST_SPACES)
