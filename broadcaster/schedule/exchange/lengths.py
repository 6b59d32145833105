"""How long an item lasts, as timetables say it: ``15 phút``, ``15'``, ``+10..15ph``, ``<=45ph``.

Pure, and apart from :mod:`broadcaster.spelling`, because a timetable gives ranges and limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Length", "read_length", "take_length"]

_MINUTE_MS = 60_000
_UNIT = r"(?:giờ|tiếng|h|phút|phut|ph|p|['’′]|giây|s)"
_AMOUNT = r"\d+(?:[.,]\d+)?"
_ONE = rf"{_AMOUNT}\s*{_UNIT}(?:\s*(?:\d+\s*(?:phút|ph|p|['’′])?|rưỡi))?|nửa (?:giờ|tiếng)"
_LENGTH = re.compile(
    r"(?P<limit><=|≤|<|tối đa|không quá|dưới)?\s*\+?\s*(?:khoảng|chừng|từ|~|≈)?\s*"
    rf"(?:(?P<low>{_AMOUNT})\s*{_UNIT}?\s*(?:\.\.+|-|–|—|đến|tới)\s*)?(?P<high>{_ONE})"
    r"(?:\s*/\s*(?:buổi|lần|ngày|số|chương trình))?(?:\s*\(?(?:bao )?(?:gồm|kể) .*)?"
)
_BARE = re.compile(r"\d{1,4}(?:[.,]0+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_IN_BRACKETS = re.compile(
    r"\s*[(\[]([^()\[\]]*)[)\]]|\s+((?:\d+\s*[-–]\s*)?\d+\s*(?:phút|ph|['’′]))\s*$"
)
_LONGEST_MS = 24 * 60 * _MINUTE_MS


@dataclass(frozen=True, slots=True)
class Length:
    """At most ``ms`` milliseconds; ``low_ms`` where the source gives a range, ``limit`` a limit."""

    ms: int
    low_ms: int = 0
    limit: bool = False


def read_length(text: str) -> Length | None:
    """The length that ``text`` says; bare numbers are minutes.  None where it says none."""
    folded = " ".join(text.casefold().split()).strip(" .")
    if _BARE.fullmatch(folded):
        return _checked(int(float(folded.replace(",", "."))) * _MINUTE_MS)
    if match := _CLOCK.fullmatch(folded):
        return _checked(_of_clock(match))
    if match := _LENGTH.fullmatch(folded):
        low = float(match["low"].replace(",", ".")) if match["low"] else 0
        high = _of_words(match["high"])
        low_ms = round(low * (3_600_000 if _is_hours(match["high"]) else _MINUTE_MS))
        return _checked(high, low_ms, limit=bool(match["limit"]))
    return None


def take_length(text: str, *, at_end: bool = True) -> tuple[str, Length | None]:
    """``text`` without the length in brackets (``Ca nhạc (15 phút)``) or ``at_end``, and it."""
    for match in _IN_BRACKETS.finditer(text):
        if match[1] is None and not at_end:
            continue
        said = match[1] if match[1] is not None else match[2]
        found = read_length(said) if not said.strip().isdigit() else None
        if found:
            return (text[: match.start()] + text[match.end() :]).strip(" -–:"), found
    return text, None


def _checked(ms: int, low_ms: int = 0, *, limit: bool = False) -> Length | None:
    return Length(ms, low_ms, limit) if 0 < ms <= _LONGEST_MS else None


def _of_clock(match: re.Match[str]) -> int:
    """``1:30:00`` and ``0:15`` are hours and minutes; ``15:00`` alone is fifteen minutes."""
    first, second, third = (int(part or 0) for part in match.groups())
    if match[3] or first <= 3:
        return ((first * 60 + second) * 60 + third) * 1000
    return (first * 60 + second) * 1000


def _is_hours(text: str) -> bool:
    return bool(re.match(rf"{_AMOUNT}\s*(?:giờ|tiếng|h)", text))


def _of_words(text: str) -> int:
    if text.startswith("nửa"):
        return 30 * _MINUTE_MS
    amount, unit, more = re.match(rf"({_AMOUNT})\s*({_UNIT})\s*(.*)", text).groups()  # type: ignore[union-attr]
    number = float(amount.replace(",", "."))
    if unit in {"giây", "s"}:
        return round(number * 1000)
    if unit in {"giờ", "tiếng", "h"}:
        extra = 30 if more == "rưỡi" else int(re.sub(r"\D", "", more) or 0)
        return round(number * 60 + extra) * _MINUTE_MS
    return round(number * _MINUTE_MS)
