"""Times, dates, lengths of time and plain words as people write them.

Pure, and apart from :mod:`broadcaster.yamlmark`, because a command line and an imported timetable
hold the same spellings.  Each reader returns None for what it does not understand.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

__all__ = ["as_date", "as_duration_ms", "as_time", "duration_text", "without_marks"]

_TIME = re.compile(
    r"(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?|(?:giờ|g|h)(?:(\d{1,2})(?:phút|ph|p)?)?)", re.ASCII
)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LOCAL_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,]+)\s*", re.ASCII)
_UNITS_MS = {
    **dict.fromkeys(("ms",), 1),
    **dict.fromkeys(("s", "giây", "g"), 1_000),
    **dict.fromkeys(("m", "p", "ph", "phút", "min"), 60_000),
    **dict.fromkeys(("h", "giờ"), 3_600_000),
    **dict.fromkeys(("d", "ngày"), 86_400_000),
}
_TOO_LONG = 20


def as_time(text: str) -> time | None:
    """A time of day: ``17:00``, ``5h30``, ``17h``, ``5 giờ 30``, ``05:30:15``."""
    match = _TIME.fullmatch(text.casefold().replace(" ", ""))
    if match is None:
        return None
    hour, minute, second, said = (int(part or 0) for part in match.groups())
    try:
        return time(hour, minute or said, second)
    except ValueError:
        return None


def as_date(text: str) -> date | None:
    """A date: ``2026-09-02`` or ``2/9/2026``."""
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _LOCAL_DATE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_duration_ms(text: str) -> int | None:
    """A length of time in milliseconds: ``15m``, ``1h30m``, ``90s``, ``15 phút``."""
    parts = _PART.findall(text.casefold())
    rest = _PART.sub("", text.casefold()).strip()
    if rest or not parts or any(unit not in _UNITS_MS for _amount, unit in parts):
        return None
    if any(len(amount) > _TOO_LONG for amount, _unit in parts):
        return None
    return round(sum(float(n.replace(",", ".")) * _UNITS_MS[unit] for n, unit in parts))


def duration_text(length_ms: int) -> str:
    """``length_ms`` as it is written in a file: ``1h30m``, ``1m30s``, ``0s``."""
    seconds, ms = divmod(length_ms, 1000)
    minutes, s = divmod(seconds, 60)
    hours, m = divmod(minutes, 60)
    parts = ((hours, "h"), (m, "m"), (s, "s"), (ms, "ms"))
    return "".join(f"{n}{unit}" for n, unit in parts if n) or "0s"


def without_marks(word: str) -> str:
    """``word`` in small letters of the English alphabet: “Chăm”, “CHAM” and “cham” are one."""
    letters = unicodedata.normalize("NFD", word.casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
