"""What a file is by its first bytes: a suffix is only what somebody called it.

Apart from the readers, because portals hand out web pages called ``.doc`` and offices rename
``.docx`` to ``.doc``.
"""

from __future__ import annotations

import io
import re
from enum import Enum, auto

__all__ = ["Kind", "kind_of"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORD = (b"\xdb\xa5", b"\x31\xbe\x00\x00")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|div|p|table)[\s>:]", re.IGNORECASE)
_OTHER = (b"<?xml", b"MIME-Version", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
_BEGINNING = 4096
_ODF_TEXT = b"application/vnd.oasis.opendocument.text"


class Kind(Enum):
    """The kinds that are told apart; LOCKED asks for a password, OTHER holds no bulletin."""

    DOCX = auto()
    ODT = auto()
    DOC = auto()
    RTF = auto()
    PDF = auto()
    HTML = auto()
    TEXT = auto()
    LOCKED = auto()
    DAMAGED = auto()
    OTHER = auto()


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its content alone."""
    beginning = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(_OLD_WORD):
        return Kind.DOC
    if beginning.startswith(b"{\\rtf"):
        return Kind.RTF
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return _marked_up(beginning)


def _marked_up(beginning: bytes) -> Kind:
    plain = beginning.replace(b"\x00", b"")  # UTF-16
    if _HTML.search(plain) and plain.lstrip(b"\xff\xfe").startswith(b"<"):
        return Kind.HTML
    return Kind.OTHER if beginning.startswith(_OTHER) else Kind.TEXT


def _compound(data: bytes) -> Kind:
    """The streams of an OLE file stand by name in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Kind.LOCKED
    return Kind.DOC if "WordDocument".encode("utf-16-le") in data else Kind.OTHER


def _packed(data: bytes) -> Kind:
    import zipfile  # noqa: PLC0415 - whoever reads text files must not pay for it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" not in names:
                return Kind.DOCX if any(name.startswith("word/") for name in names) else Kind.OTHER
            if "mimetype" not in names:
                return Kind.ODT
            with archive.open("mimetype") as file:
                return Kind.ODT if file.read(100).startswith(_ODF_TEXT) else Kind.OTHER
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        return Kind.DAMAGED
