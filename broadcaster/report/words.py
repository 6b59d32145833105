"""How a Vietnamese office writes numbers, dates and names: the words of documents.

Vietnamese whatever the operator reads, for the document goes to an office.  They stand apart from
the tables because a template of a station uses them too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from broadcaster.report.figures import NOT_GIVEN, UNKNOWN

if TYPE_CHECKING:
    from datetime import date

__all__ = ["FACTS", "OUTCOMES", "label", "number", "percent", "place_and_date", "tidy", "written"]

_SPACE = "\N{NO-BREAK SPACE}"
_UNITS = "buổi|lượt|phút|giờ|giây|tin|bài|bản|lần|ngày|tháng|dòng|người|%"
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})\b|%)")
_AFTER_WORD = re.compile(r"\b([Nn]gày|[Tt]háng|[Nn]ăm|[Qq]uý|[Ss]ố|[Tt]hứ) (?=[\dIVX])")

OUTCOMES = {
    "on-air": "Đang phát",
    "aired": "Phát đủ",
    "cut": "Phát dở",
    "missed": "Không phát",
    "failed": "Hỏng",
}
_NAMES = {UNKNOWN: "Nhật ký không ghi", NOT_GIVEN: "Không ghi"}
FACTS: dict[str, dict[str, str]] = {
    "priority": {"routine": "Thông thường", "priority": "Ưu tiên", "emergency": "Khẩn cấp"},
    "language": {
        "vi": "Tiếng Việt",
        "en": "Tiếng Anh",
        "cham": "Tiếng Chăm",
        "cjm": "Tiếng Chăm",
        "raglai": "Tiếng Raglai",
        "rog": "Tiếng Raglai",
        "jrai": "Tiếng Jrai",
        "jra": "Tiếng Jrai",
        "ede": "Tiếng Ê Đê",
        "rad": "Tiếng Ê Đê",
        "xe-dang": "Tiếng Xê Đăng",
        "sed": "Tiếng Xê Đăng",
        "khmer": "Tiếng Khmer",
        "hmong": "Tiếng Mông",
    },
}
"""Codes and what a document calls them; others stay as they are."""


def label(fact: str, value: str) -> str:
    """What a document calls ``value`` of the field ``fact``; a first letter is a capital."""
    name = _NAMES.get(value) or FACTS.get(fact, {}).get(value.casefold()) or value
    return name[:1].upper() + name[1:]


def number(value: float) -> str:
    """``1.234`` and ``1.234,5``, as Vietnamese is written."""
    text = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: float | None) -> str:
    """``98,5%``; a dash for nothing."""
    return "–" if value is None else f"{number(value).removesuffix(',0')}%"


def written(day: date) -> str:
    """``ngày 05 tháng 3 năm 2026``: days below ten, and the first two months, have a zero in
    front (Nghị định 30/2020/NĐ-CP, phụ lục I, II.4)."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return tidy(f"ngày {day.day:02} tháng {month} năm {day.year}")


def place_and_date(place: str, day: date) -> str:
    """``Phước Mẫu, ngày 05 tháng 3 năm 2026``."""
    return ", ".join(filter(None, [place, written(day)]))


def tidy(text: str) -> str:
    """``text`` in NFC, with spaces that do not break between a number and what it counts."""
    text = _BEFORE_UNIT.sub(_SPACE, unicodedata.normalize("NFC", text))
    return _AFTER_WORD.sub(rf"\1{_SPACE}", text)
