"""A text file and how it was stored, so that what is changed in it is stored the same way.

It stands apart because reading forgets the byte order mark and the kind of line ends, and an
editor on another system would show a file that lost them as changed from top to bottom.
"""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Where
from broadcaster.script.decoding import NotTextError, decode

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["TextFile", "fingerprint_of", "new_text_file", "read_text_file"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """``text`` keeps its line ends; ``data`` is what lies on the disk, None before it does."""

    path: Path
    text: str
    data: bytes | None
    mark: bytes = b""
    encoding: str = "utf-8"

    @property
    def fingerprint(self) -> str:
        """Another one for every other content; empty for a file that is not there."""
        return fingerprint_of(self.data)

    @property
    def newline(self) -> str:
        """The line end that most lines have."""
        return "\r\n" if self.text.count("\r\n") * 2 > self.text.count("\n") else "\n"

    def lines_as_here(self, text: str) -> str:
        """``text``, which a browser sends with CRLF, with the line ends of this file."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return plain.replace("\n", self.newline)

    def with_text(self, text: str) -> TextFile:
        """The same file on the disk, with another text to be written."""
        return replace(self, text=text)

    def encoded(self) -> bytes:
        """:attr:`text` as it is to be stored."""
        return self.mark + self.text.encode(self.encoding, "surrogatepass")


def fingerprint_of(data: bytes | None) -> str:
    """The fingerprint of a file that holds ``data``; None is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def new_text_file(path: Path) -> TextFile:
    """A file that is not there yet."""
    return TextFile(path, "", None)


def read_text_file(path: Path) -> TextFile:
    """The file at ``path``; one in an old Vietnamese encoding will be stored as UTF-8.

    Raises ContentError for what cannot be read or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("the file cannot be read: {reason}").format(reason=error.strerror)
        raise ContentError([Problem(Where(path), "unreadable-file", message)]) from error
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return TextFile(path, _decoded(path, data, mark, encoding), data, mark, encoding)
    try:
        return TextFile(path, data.decode("utf-8"), data)
    except UnicodeDecodeError:
        return TextFile(path, _old(path, data), data)


def _decoded(path: Path, data: bytes, mark: bytes, encoding: str) -> str:
    try:
        return data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        raise ContentError([_no_text(path, str(error.reason))]) from error


def _old(path: Path, data: bytes) -> str:
    try:
        return decode(data)
    except NotTextError as error:
        raise ContentError([_no_text(path, str(error.args[0]))]) from error


def _no_text(path: Path, reason: str) -> Problem:
    return Problem(Where(path), "not-text", reason, _("save it as UTF-8 in a text editor"))
