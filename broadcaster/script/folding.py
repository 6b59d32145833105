"""Fold any Unicode into the alphabet of reading, and remember where each character came from.

Composed and decomposed letters, full-width forms, zero-width marks, look-alikes of other scripts
and the two places of a tone mark (``hòa``, ``hoà``) all become one spelling here, so that no rule
has to know about them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from broadcaster.script.alphabet import DIGITS, LOWER, SIGNS, UPPER
from broadcaster.script.regex import regex
from broadcaster.script.syllables import TONES

__all__ = ["Folded", "fold"]

_KNOWN = frozenset(LOWER + UPPER + DIGITS + SIGNS + " ")
_COMBINING = "\u0300-\u036f"
_INVISIBLE = "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_CLUSTER = regex(rf"[{_INVISIBLE}]+|.[{_COMBINING}{_INVISIBLE}]*", re.DOTALL)
_UNSEEN = regex(f"[{_INVISIBLE}]+")
# Marks that make another letter of a vowel; a tone comes after them.
_SHAPES = frozenset("\u0302\u0306\u031b")
_LATE_TONE = regex(
    "[oOuU](?<![qQ].)(?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])(?![^\\W\\d_])"
)
_NO_TONES = dict.fromkeys(map(ord, TONES))
_EARLY_TONE = regex(  # begins with a class of letters, in both cases: so it is scanned for quickly
    "[ìíỉĩịùúủũụừứửữựỳýỷỹỵòóỏõọÌÍỈĨỊÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴÒÓỎÕỌ]"
    "(?:(?<![òóỏõọÒÓỎÕỌ])[âêôơÂÊÔƠ]|(?<=[òóỏõọÒÓỎÕỌ])[aăeAĂE](?=[cimnoptuyCIMNOPTUY])"
    "|(?<=[ùúủũụÙÚỦŨỤ])[yY](?=[a-zA-Z])|(?<=[qQ][ùúủũụÙÚỦŨỤ])[aăeiyAĂEIY])"
)
_LOOK_ALIKES = dict(
    zip(
        "ƣƢÐðƉɖǎǍаеорсухіјѕАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıąęłøæœß",
        "ưƯĐđĐđăĂaeopcyxijsABEKMHOPCTYXIJSABEZHIKMNOPTYXoiaeloaoss",
        strict=False,
    )
)
_SAME_SIGN = {
    **dict.fromkeys("‐‑‒−﹣－", "-"),
    **dict.fromkeys("―─", "—"),
    **dict.fromkeys("„‟〝〞＂", '"'),
    **dict.fromkeys("‚‛`´ʼ′", "’"),
    **dict.fromkeys("·∙●○◦▪■□▫◆◇►▶‣⁃∗✓✔➢➤❖✦★☆", "•"),
    **dict.fromkeys("⁄∕÷", "/"),
    "º": "°",
    "˚": "°",
    "℃": "°C",
    "μ": "µ",
    "⇒": "→",
    "✕": "×",
    "⩾": "≥",
    "⩽": "≤",
    "∼": "~",
    **dict.fromkeys("Φϕφø⌀", "Ø"),  # the diameter of pipes and steel
    "№": "số",
    "㎡": "m²",
    "㎥": "m³",
    "㎞": "km",
    "㎏": "kg",
    "㏊": "ha",
    "〜": "~",
    "﹪": "%",
    "⁒": "%",
    "″": '"',
    # Word keeps the bullets of Wingdings and Symbol in the private area.
    **dict.fromkeys(
        "\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf06c\uf06e\uf06f\uf071\uf075\uf0d2", "•"
    ),
    "\uf02d": "-",
    **dict.fromkeys("\uf0e0\uf0e8\uf0f0", "→"),
}


class Folded(NamedTuple):
    """``text`` in the alphabet of reading; ``offsets`` says where each character began.

    ``offsets`` is None where nothing moved; ``unreadable`` holds (offset, character) of letters
    for which this alphabet has nothing.
    """

    text: str
    start: int
    offsets: tuple[int, ...] | None = None
    unreadable: tuple[tuple[int, str], ...] = ()

    def source(self, index: int) -> int:
        """The offset in the source of character ``index`` (or of the end)."""
        return self.start + (index if self.offsets is None else self.offsets[index])


@cache
def _strange() -> re.Pattern[str]:
    return re.compile("[^" + re.escape("".join(sorted(_KNOWN))) + "]")


def fold(text: str, start: int = 0) -> Folded:
    """Fold one line that begins at ``start`` of the source; tabs and the like become spaces."""
    if not _strange().search(text):
        return Folded(_place_tones(text), start)
    chars: list[str] = []
    offsets: list[int] = []
    unreadable: list[tuple[int, str]] = []
    for cluster in _CLUSTER.finditer(text):
        folded = _fold_cluster(cluster[0])
        if folded is None:
            unreadable.append((start + cluster.start(), cluster[0]))
            folded = " "
        chars.append(folded)
        offsets.extend([cluster.start()] * len(folded))
    return Folded(_place_tones("".join(chars)), start, (*offsets, len(text)), tuple(unreadable))


def _place_tones(text: str) -> str:
    """``hoà`` → ``hòa``, the commoner of two ways, and ``tòan`` → ``toàn``, letter for letter."""
    return _EARLY_TONE.sub(_exchange_tone, _LATE_TONE.sub(_exchange_tone, text))


def _exchange_tone(found: re.Match[str]) -> str:
    """The tone of one vowel on the other."""
    vowels = [unicodedata.normalize("NFD", vowel) for vowel in found[0]]
    tones = ["".join(mark for mark in vowel if mark in TONES) for vowel in vowels]
    return "".join(
        unicodedata.normalize("NFC", vowel.translate(_NO_TONES) + tone)
        for vowel, tone in zip(vowels, reversed(tones), strict=True)
    )


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str | None:
    """The folded form of a base character and its marks; None for an unreadable letter."""
    cluster = _UNSEEN.sub("", cluster)
    if not cluster:
        return ""
    composed = _compose(cluster)
    if len(composed) == 1 and composed in _KNOWN:
        return composed
    base = _fold_char(cluster[0])
    if not base or len(base) > 1:  # nothing, or words such as those of ``№``
        return base
    joined = _compose(base + cluster[1:])
    return "".join(char for char in joined if char in _KNOWN) or base


def _compose(cluster: str) -> str:
    """NFC, also where the tone was typed before the mark that makes the vowel."""
    composed = unicodedata.normalize("NFC", cluster)
    if len(composed) == 1:
        return composed
    parts = unicodedata.normalize("NFD", cluster)
    marks = sorted(dict.fromkeys(parts[1:]), key=lambda mark: mark not in _SHAPES)
    return unicodedata.normalize("NFC", parts[0] + "".join(marks))


def _fold_char(char: str) -> str | None:
    if char in _SAME_SIGN:
        return _SAME_SIGN[char]
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(char))
    return _fold_compatible(char, category)


def _fold_compatible(char: str, category: str) -> str | None:
    plain = unicodedata.normalize("NFKC", char)
    known = "".join(c for c in plain if c in _KNOWN)
    if not known.strip():
        stripped = unicodedata.normalize("NFKD", char)
        known = "".join(c for c in stripped if c in _KNOWN)
    if known:
        return known
    return None if category.startswith("L") else " "
