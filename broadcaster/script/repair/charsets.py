"""The encodings of Vietnam before Unicode, as they look where they are taken for Windows-1252.

Facts of tables only.  TCVN3 (ABC, fonts ``.Vn…``) is VN3 of TCVN 5712:1993; its capitals with
tones are the small letters of another font.  VNI is two letters for a vowel with a mark.  CP1258
is Microsoft's, with tones after their letters.  VIQR is RFC 1456.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.repair.mapped import Mapped, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Charset", "as_windows_1252", "charsets"]

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđ",
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae",
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
)
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_LETTERS = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_CP1258 = {
    **dict(zip("ÃãÐðÕõÝý", "ĂăĐđƠơƯư", strict=True)),
    **dict(zip("ÌìÒòÞþ", (_GRAVE, _ACUTE, _HOOK, _DOT, _TILDE, "₫"), strict=True)),
}
_VIQR_SHAPES = {"^": _CIRCUMFLEX, "(": _BREVE, "+": _HORN}
_VIQR_TONES = {"'": _ACUTE, "`": _GRAVE, "?": _HOOK, "~": _TILDE, ".": _DOT}


class Charset(NamedTuple):
    """``name`` is for people; every match of ``pattern`` is spelled in Unicode by ``spell``."""

    rule: str
    name: str
    pattern: re.Pattern[str]
    spell: Callable[[re.Match[str]], str]

    def convert(self, line: Mapped, start: int, end: int) -> Mapped:
        """``line`` with what stands from ``start`` to ``end`` in Unicode."""
        found = self.pattern.finditer(line.text, start, end)
        return line.rewrite(Span(*match.span(), self.spell(match)) for match in found)

    def decode(self, text: str) -> str:
        return unicodedata.normalize("NFC", self.pattern.sub(self.spell, text))


@cache
def charsets() -> tuple[Charset, ...]:
    """All of them; where two fit a text equally well, the earlier is taken."""
    return (
        Charset("repair.utf8", "UTF-8", _utf8_pattern(), _spell_utf8),
        _by_letter("repair.tcvn3", "TCVN3 (ABC)", _tcvn3_letters()),
        Charset("repair.vni", "VNI", _vni_pattern(), _spell_vni),
        _by_letter("repair.cp1258", "CP1258", _CP1258),
        Charset("repair.viqr", "VIQR", _viqr_pattern(), _spell_viqr),
    )


def _by_letter(rule: str, name: str, letters: Mapping[str, str]) -> Charset:
    pattern = re.compile(f"[{re.escape(''.join(letters))}]")
    return Charset(rule, name, pattern, lambda found: letters[found[0]])


def _tcvn3_letters() -> dict[str, str]:
    shapes, bytes_of_shapes, tones, bytes_of_tones = _TCVN3
    return dict(zip(bytes_of_shapes + bytes_of_tones, shapes + tones, strict=True))


# -- VNI ----------------------------------------------------------------------------------


def _vni_pattern() -> re.Pattern[str]:
    tones, hats, breves = "ùøûõï", "âáàåãä", "êéèúüë"
    pairs = (f"a[{tones}{hats}{breves}]", f"[eo][{tones}{hats}]", f"[uyôö][{tones}]")
    return re.compile("|".join((*pairs, "[" + "".join(_VNI_LETTERS) + "]")), re.IGNORECASE)


def _spell_vni(found: re.Match[str]) -> str:
    letter, mark = found[0][:1], found[0][1:].lower()
    base = _VNI_LETTERS.get(letter, letter)
    marks = _VNI_MARKS[mark] if mark else ""
    return unicodedata.normalize("NFC", base + marks)


# -- UTF-8 that was taken for Windows-1252 ---------------------------------------------------


def as_windows_1252(data: bytes) -> str:
    """Every byte as a letter: the five that Windows-1252 leaves out are those of Latin-1."""
    return data.decode("latin-1").translate(_windows_1252())


@cache
def _windows_1252() -> dict[int, str]:
    pairs = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: letter for byte, letter in pairs if letter}


def _utf8_pattern() -> re.Pattern[str]:
    """Two or three bytes of a letter; a no-break space or a soft hyphen may have been lost."""
    tail = "[\x80-\xbf" + "".join(_windows_1252().values()) + "]"
    return re.compile(f"[Â-ß]{tail}|[à-ï]{tail}{{2}}|ð{tail}{{3}}|Ã(?= )|Ã(?=[a-z])")


def _spell_utf8(found: re.Match[str]) -> str:
    if found[0] == "Ã":
        return "í" if found.string[found.end() : found.end() + 1].isalpha() else "à"
    back = {ord(letter): byte for byte, letter in _windows_1252().items()}
    try:
        return found[0].translate(back).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return found[0]


# -- VIQR -----------------------------------------------------------------------------------


def _viqr_pattern() -> re.Pattern[str]:
    """``.`` and ``?`` at the end of a sentence are no tones."""
    tone = r"['`~]|[.?](?=[a-z]|\s+[a-z\d(]|[,;:!?.)])"
    return re.compile(
        rf"dd|[ao]\^(?:{tone})?|[aou][(+](?:{tone})?|e\^(?:{tone})?|[aeiouy](?:{tone})",
        re.IGNORECASE,
    )


def _spell_viqr(found: re.Match[str]) -> str:
    letter, marks = found[0][:1], found[0][1:]
    if letter in "dD":
        return "đ" if letter == "d" else "Đ"
    if marks in {".", "?"} and _has_tone(found):
        return found[0]
    signs = "".join(_VIQR_SHAPES.get(mark) or _VIQR_TONES[mark] for mark in marks)
    return unicodedata.normalize("NFC", letter + signs)


def _has_tone(found: re.Match[str]) -> bool:
    """Whether the word has its tone already, and the mark ends a sentence (``lo^~i.``)."""
    before = found.string[max(0, found.start() - 8) : found.start()]
    return any(tone in before.rpartition(" ")[2] for tone in "'`?~")
