"""Bytes → text: the encodings that editors' machines write, and files that hold no text.

Apart from loading, because it guesses: a byte order mark decides, then UTF-8, then CP1258, which
Vietnamese Windows wrote before Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from gettext import gettext as _

from broadcaster.script.alphabet import LOWER, UPPER

__all__ = ["NotTextError", "decode"]

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
_VIETNAMESE = frozenset(LOWER + UPPER) - frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


class NotTextError(ValueError):
    """The bytes hold no text that can be read; the arguments are a sentence and a hint."""


def decode(data: bytes) -> str:
    """The text of a file in NFC, without a byte order mark; raises :class:`NotTextError`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
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


def _decode_unmarked(data: bytes) -> str:
    if encoding := _utf16_without_mark(data):
        return _decode_marked(data, encoding)
    if _BINARY.search(data):
        raise NotTextError(
            _("this is a binary file, not a text"), _("save the bulletin as plain text (UTF-8)")
        )
    try:
        return data.decode("utf-8")
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


def _decode_legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """CP1258 when that makes Vietnamese of it; else the copy of a UTF-8 file broke off."""
    if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
        raise NotTextError(_("the file ends in the middle of a letter"), _copy_again())
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    letters = [char for char in text[:5000] if char.isalpha()]
    accented = [char for char in letters if not char.isascii()]
    good = sum(char in _VIETNAMESE for char in accented)
    if accented and good >= 0.9 * len(accented) and len(accented) <= 0.6 * len(letters):
        return text
    message = _("the encoding of this file is not known (byte {number})")
    raise NotTextError(message.format(number=error.start + 1), _("save it as UTF-8"))


def _broken(encoding: str) -> str:
    return _("the file is damaged or half copied: it says {name} and is not").format(
        name=encoding.upper()
    )


def _copy_again() -> str:
    return _("copy the file again, and save it as UTF-8")
