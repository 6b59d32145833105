"""Bytes of a document → :class:`Extracted`: the one door, and it never raises.

Apart from the readers, because it chooses among them by what the file is, not by its name.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.script.decoding import NotTextError, decode
from broadcaster.script.documents.extracted import Extracted, RefusedError, refused
from broadcaster.script.documents.kinds import Kind, kind_of
from broadcaster.script.documents.refusals import damaged, locked

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LARGEST", "SUFFIXES", "extract"]

SUFFIXES = frozenset({".docx", ".odt", ".doc", ".pdf"})
LARGEST = 40_000_000
"""Bytes of a file; pictures make documents large, and are never unpacked."""


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the document whose bytes are ``data``; ``path`` only names it in problems.

    A refused document has no text and one error.  Lines of the text are paragraphs.
    """
    try:
        extracted = _extract(data)
    except RefusedError as error:
        extracted = Extracted(problems=(error.problem,))
    named = (problem._replace(where=Where(path)) for problem in extracted.problems)
    return replace(extracted, problems=tuple(named))


def _extract(data: bytes) -> Extracted:
    if not data.strip():
        message = _("the file is empty")
        raise refused("empty-file", message, _("write the bulletin into it"))
    if len(data) > LARGEST:
        message = _("the file is larger than {size} MB").format(size=LARGEST // 1_000_000)
        raise refused("file-too-large", message, _("split it into bulletins"))
    return _read(kind_of(data), data)


def _read(kind: Kind, data: bytes) -> Extracted:
    """Readers are imported when a file needs them; most stations have text files only."""
    # ruff: noqa: PLC0415
    match kind:
        case Kind.DOCX:
            from broadcaster.script.documents.docx import read_docx

            return read_docx(data)
        case Kind.ODT:
            from broadcaster.script.documents.odt import read_odt

            return read_odt(data)
        case Kind.PDF:
            from broadcaster.script.documents.pdf import read_pdf

            return read_pdf(data)
        case Kind.DOC | Kind.RTF:
            from broadcaster.script.documents.doc import read_doc

            return read_doc(data, kind)
        case Kind.HTML:
            from broadcaster.script.documents.webpage import read_webpage

            return read_webpage(data)
        case Kind.TEXT:
            return _read_text(data)
    raise {Kind.LOCKED: locked(), Kind.DAMAGED: damaged()}.get(kind, _other_kind())


def _read_text(data: bytes) -> Extracted:
    try:
        return Extracted(decode(data))
    except NotTextError as error:
        raise _other_kind() from error


def _other_kind() -> RefusedError:
    return refused(
        "document-other-kind",
        _("the file's name says that it is a document, and its content is something else"),
        _("open it and save it as .docx or .odt, or as plain text"),
    )
