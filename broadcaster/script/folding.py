"""Fold any Unicode into the alphabet of reading, and remember where each character came from.

Composed and decomposed letters, full-width forms, zero-width marks and look-alikes of other
scripts all become one spelling here, so that no rule has to know about them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from broadcaster.script.alphabet import DIGITS, LOWER, SIGNS, UPPER

__all__ = ["Folded", "fold"]

_KNOWN = frozenset(LOWER + UPPER + DIGITS + SIGNS + " ")
_COMBINING = "\u0300-\u036f"
_CLUSTER = re.compile(rf".[{_COMBINING}]*", re.DOTALL)
_LOOK_ALIKES = dict(
    zip(
        "ƣƢÐðƉɖаеорсухіјѕАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıąęłøæœß",
        "ưƯĐđĐđaeopcyxijsABEKMHOPCTYXIJSABEZHIKMNOPTYXoiaeloaoss",
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
}


@dataclass(frozen=True, slots=True)
class Folded:
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
        return Folded(text, start)
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
    return Folded("".join(chars), start, (*offsets, len(text)), tuple(unreadable))


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str | None:
    """The folded form of a base character and its marks; None for an unreadable letter."""
    composed = unicodedata.normalize("NFC", cluster)
    if len(composed) == 1 and composed in _KNOWN:
        return composed
    base = _fold_char(cluster[0])
    if base is None or not base:
        return base
    joined = unicodedata.normalize("NFC", base + cluster[1:])
    return "".join(char for char in joined if char in _KNOWN) or " "


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
