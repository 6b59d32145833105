"""Bytes → text: the encodings that editors' machines write, and files that hold no text.

Apart from loading, because it guesses: a byte order mark decides, then UTF-8, then whichever of
the encodings of Vietnam before Unicode makes syllables of it (TCVN3, VNI, CP1258).
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import NamedTuple

from broadcaster.script.repair.charsets import as_windows_1252
from broadcaster.script.repair.detect import best_charset

__all__ = ["Decoded", "NotTextError", "decode", "recognise"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PACKED = {
    b"PK\x03\x04": "docx, odt, xlsx",
    b"\xd0\xcf\x11\xe0": "doc, xls",
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"ID3": "mp3",
    b"RIFF": "wav",
}


class NotTextError(ValueError):
    """The bytes hold no text that can be read; the arguments are a sentence and a hint."""


class Decoded(NamedTuple):
    """A text without byte order mark; ``old`` names its encoding where that is not Unicode."""

    text: str
    old: str = ""


def decode(data: bytes) -> str:
    """The text of a file; raises :class:`NotTextError`."""
    return recognise(data).text


def recognise(data: bytes) -> Decoded:
    """The text of a file, and what it was written in; raises :class:`NotTextError`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_marked(data[len(mark) :], encoding))
    for magic, names in _PACKED.items():
        if data.startswith(magic):
            message = _("this is not a text file but one of these kinds: {names}")
            raise NotTextError(
                message.format(names=names), _("save it as plain text (.txt, UTF-8)")
            )
    return _decode_unmarked(data)


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(_broken(encoding), _copy_again()) from error


def _decode_unmarked(data: bytes) -> Decoded:
    if encoding := _utf16_without_mark(data):
        return Decoded(_decode_marked(data, encoding))
    if _BINARY.search(data):
        raise NotTextError(
            _("this is a binary file, not a text"), _("save the bulletin as plain text (UTF-8)")
        )
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error)


def _utf16_without_mark(data: bytes) -> str:
    """Every second byte of Latin text in UTF-16 is nearly always 0 or 1 or 0x1E."""
    if len(data) < 8 or len(data) % 2:
        return ""
    sample = data[:2000]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(byte in (0, 1, 0x1E) for byte in high) > 0.95 * len(high) and 0 in high:
            return encoding
    return ""


def _decode_legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """An old encoding that makes Vietnamese of it; else the copy of a UTF-8 file broke off."""
    if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
        raise NotTextError(_("the file ends in the middle of a letter"), _copy_again())
    text = as_windows_1252(data)
    if charset := best_charset(text):
        return Decoded(charset.decode(text), charset.name)
    message = _("the encoding of this file is not known (byte {number})")
    raise NotTextError(message.format(number=error.start + 1), _("save it as UTF-8"))


def _broken(encoding: str) -> str:
    return _("the file is damaged or half copied: it says {name} and is not").format(
        name=encoding.upper()
    )


def _copy_again() -> str:
    return _("copy the file again, and save it as UTF-8")
