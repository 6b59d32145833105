"""A web page that calls itself ``.doc``, as portals and old programs hand out → blocks.

Apart from the readers of documents, because it is only tags and text.  The tags are found here:
the standard library's parser takes minutes for 400 kB of ``<!--`` that is never closed.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from broadcaster.script.decoding import NotTextError, decode
from broadcaster.script.documents.extracted import Extracted
from broadcaster.script.documents.layout import Paragraph, Table, write
from broadcaster.script.documents.refusals import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.script.documents.layout import Block

__all__ = ["read_webpage"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]{0,19})")
_SILENT = {"script", "style", "title", "noscript", "template", "select", "del", "s"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BREAKS = {"p", "div", "br", "hr", "ul", "ol", "li", "table", "tr", "td", "th", "section"} | {
    *("article", "header", "footer", "nav", "main", "blockquote", "pre", "dt", "dd", "caption"),
    *("body", "html", *_HEADINGS),
}


def read_webpage(data: bytes) -> Extracted:
    """The text of a page; raises RefusedError where its bytes are no text."""
    reader = _Reader()
    for tag, text in _tokens(_without_comments(_decoded(data))):
        reader.take(tag, text)
    return Extracted(write(reader.finish()))


def _decoded(data: bytes) -> str:
    if (named := _CHARSET.search(data[:4096])) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass  # the page is wrong about itself; its bytes tell
    try:
        return decode(data)
    except NotTextError as error:
        raise damaged() from error


def _without_comments(page: str) -> str:
    """Without what stands between ``<!--`` and ``-->``; one that never ends is no comment."""
    kept, place = [], 0
    while (start := page.find("<!--", place)) >= 0 and (end := page.find("-->", start + 4)) >= 0:
        kept.append(page[place:start])
        place = end + 3
    return "".join([*kept, page[place:]])


def _tokens(page: str) -> Iterator[tuple[str, str]]:
    """Each tag (``p``, ``/p``, or nothing) and the text behind it."""
    first, *pieces = page.split("<")
    yield "", first
    for piece in pieces:
        if tag := _TAG.match(piece):
            yield tag[1] + tag[2].lower(), piece.partition(">")[2]
        else:
            yield "", piece.partition(">")[2] if piece.startswith(("!", "?", "/")) else "<" + piece


class _Reader:
    """Collects paragraphs and rows; a tag that is never closed ends with the page."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._rows: list[list[tuple[Block, ...]]] | None = None
        self._text: list[str] = []
        self._marker = ""
        self._lists: list[int | None] = []
        self._silent = ""

    def take(self, tag: str, text: str) -> None:
        """A tag, and the text behind it."""
        if self._silent:
            self._silent = "" if tag == f"/{self._silent}" else self._silent
        elif tag in _SILENT:
            self._silent = tag
        elif tag.startswith("/"):
            self._end(tag[1:])
        elif tag:
            self._begin(tag)
        if not self._silent:
            self._text.append(unescape(text))

    def _begin(self, tag: str) -> None:
        if tag not in _BREAKS:
            return
        self._flush("")
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "table":
            self._end_table()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])

    def _end(self, tag: str) -> None:
        if tag not in _BREAKS:
            return
        self._flush(tag)
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "table":
            self._end_table()

    def finish(self) -> list[Block]:
        """All blocks, when everything has been fed."""
        self._flush("")
        self._end_table()
        return self._blocks

    def _next_marker(self) -> str:
        if not self._lists or (count := self._lists[-1]) is None:
            return "-"
        self._lists[-1] = count + 1
        return f"{count + 1}."

    def _flush(self, tag: str) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        in_row = bool(self._rows)
        if in_row and self._rows and tag in {"td", "th"}:
            self._rows[-1].append((Paragraph(text),))
        elif text:
            paragraph = Paragraph(text, self._marker, tag in _HEADINGS)
            self._marker = ""
            if in_row and self._rows:
                self._rows[-1].append((paragraph,))
            else:
                self._blocks.append(paragraph)

    def _end_table(self) -> None:
        if self._rows:
            self._blocks.append(Table(tuple(map(tuple, self._rows))))
        self._rows = None
