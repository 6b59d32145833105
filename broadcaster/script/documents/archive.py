"""The parts of a packed document (OOXML, ODF), opened as a guard opens a parcel.

Apart from both readers, because what protects them is the same: limits on what is unpacked,
counted while it is unpacked; no DTD and no entities; nothing is ever fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from gettext import gettext as _
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from broadcaster.script.documents.extracted import refused
from broadcaster.script.documents.refusals import damaged, locked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from broadcaster.script.documents.extracted import RefusedError

__all__ = ["DEEPEST", "Archive", "attribute", "local", "whole"]

_LARGEST_PART = 20_000_000
"""Bytes of one XML part; a book of 500 pages has less."""
_LARGEST_TOTAL = 1_000_000_000
_MOST_PARTS = 10_000
_HIGHEST_RATIO = 200
_SUSPICIOUS = 2_000_000
"""Below this many bytes no ratio matters."""
DEEPEST = 200
"""Elements inside elements; each table in a table takes three."""
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


class Archive:
    """A packed document; every method raises RefusedError where it should not be read."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged() from error
        parts = self._zip.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_TOTAL:
            raise _bomb()
        self.names = frozenset(part.filename for part in parts)

    def xml(self, name: str) -> Element | None:
        """The root of a part, or None where the document has no such part."""
        if name not in self.names:
            return None
        try:
            root: Element = fromstring(self._unpack(name), forbid_dtd=True)
        except DefusedXmlException as error:
            raise refused(
                "document-unsafe",
                _("the document declares XML entities, as no word processor does"),
                _("do not open it; ask who sent it, and type the bulletin"),
            ) from error
        except (ParseError, LookupError, ValueError) as error:
            raise damaged() from error
        return root

    def _unpack(self, name: str) -> bytes:
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise locked()
        if info.compress_type not in _METHODS:
            raise damaged()
        try:
            with self._zip.open(info) as part:
                data = part.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise damaged() from error
        ratio = len(data) / max(info.compress_size, 1)
        if len(data) > _LARGEST_PART or (len(data) > _SUSPICIOUS and ratio > _HIGHEST_RATIO):
            raise _bomb()
        return data


def local(element: Element) -> str:
    """The name without its namespace: transitional and strict OOXML differ in nothing else."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute in whatever namespace; ``""`` where it is missing."""
    if element is None:
        return ""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def whole(text: str, default: int = 0) -> int:
    """A number in an attribute; ``default`` where none, or none that a list could reach."""
    return int(text) if text.isdecimal() and len(text) < 6 else default


def _bomb() -> RefusedError:
    return refused(
        "document-too-large",
        _("the document would unpack to an enormous size"),
        _("do not open it; ask who sent it, or split it into bulletins"),
    )
