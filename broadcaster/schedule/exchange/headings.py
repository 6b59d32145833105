"""What the columns of a timetable hold, by their Vietnamese headings in any order.

It stands apart because it is a table of words that grows with every timetable that is met.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from broadcaster.spelling import without_marks

__all__ = ["Column", "Heading", "read_heading", "season_of"]


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    DAYS = "days"
    TIME = "time"
    END = "end"
    LENGTH = "length"
    END_OR_LENGTH = "end-or-length"
    CONTENT = "content"
    KIND = "kind"
    SOURCE = "source"
    LANGUAGE = "language"
    NOTE = "note"
    SESSION = "session"
    SEASON = "season"
    REPLAY = "replay"
    SLOT_ID = "slot-id"
    PROGRAMME_ID = "programme-id"


_WORDS = {
    Column.SLOT_ID: ("ma khung gio", "slot"),
    Column.PROGRAMME_ID: ("ma chuong trinh", "programme id"),
    Column.NUMBER: ("stt", "tt", "so tt", "so thu tu", "no", "#", "tuan", "thang", "quy", "nam"),
    Column.SEASON: ("mua", "season"),
    Column.REPLAY: ("gio phat lai", "phat lai", "thoi gian phat lai", "lich phat lai"),
    Column.LENGTH: ("thoi luong", "so phut", "phut", "do dai", "tong thoi luong", "duration", "tl"),
    Column.END: ("ket thuc", "den gio", "gio ket thuc", "gio het", "den", "toi", "end", "het gio"),
    Column.TIME: (
        *("gio", "thoi gian", "gio phat", "gio phat song", "gio phat thanh", "thoi diem"),
        *("khung gio", "bat dau", "gio bat dau", "tu gio", "tu", "thoi gian phat", "time", "start"),
        *("thoi gian phat song", "thoi gian phat thanh", "lich phat song", "gio tiep song"),
    ),
    Column.DAYS: (
        *("thu", "ngay", "ngay phat", "cac ngay", "ngay trong tuan", "thu ngay", "ngay thu"),
        *("thu trong tuan", "tan suat", "ngay phat song", "ngay thang", "lich", "day", "days"),
        *("date", "ngay phat thanh", "thu phat song", "thu phat", "cac thu", "so buoi", "dinh ky"),
        *("phat vao", "phat vao ngay", "cac ngay phat", "cac ngay trong tuan", "lich trong tuan"),
    ),
    Column.CONTENT: (
        *("noi dung", "chuong trinh", "ten chuong trinh", "tiet muc", "chuyen muc", "chuyen de"),
        *("noi dung phat", "noi dung phat thanh", "ct", "ten chuyen muc", "tieu de", "title"),
        *("noi dung chuong trinh", "programme", "program", "content", "ten bai", "tin bai"),
        *("chuong trinh phat thanh", "noi dung phat song", "ten tiet muc", "muc", "chu de"),
    ),
    Column.KIND: ("loai", "the loai", "hinh thuc", "kieu", "kind", "dang"),
    Column.SOURCE: (
        *("nguon", "don vi", "don vi thuc hien", "co quan", "phu trach", "nguoi thuc hien"),
        *("thuc hien", "bien tap", "nguoi phu trach", "can bo phu trach", "nguon tin", "source"),
        *("nguoi bien tap", "phat thanh vien", "nguoi doc", "nguon phat"),
    ),
    Column.LANGUAGE: ("ngon ngu", "tieng", "thu tieng", "language"),
    Column.NOTE: ("ghi chu", "luu y", "chu thich", "note", "notes", "ghi chep"),
    Column.SESSION: ("buoi", "phien", "ca", "buoi phat"),
}
_KNOWN = {word: column for column, words in _WORDS.items() for word in words}
_LONGEST = 60
_DAYS = {"hai", "ba", "tư", "năm", "sáu", "bảy"}
"""Days of a row; without their marks they would be headings (“từ”, “tư”)."""
_SEASONS = (("mùa hè", r"\bhe\b|mua ha\b"), ("mùa đông", r"\bdong\b(?! [a-z])|mua dong"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds, and the season or the part of the day for which it holds it."""

    column: Column
    season: str = ""
    part: str = ""


def season_of(text: str) -> str:
    """``mùa hè``, ``mùa đông`` or “”: the season that ``text`` names."""
    if re.search(r"\b(?:mùa hè|mùa hạ|hè)(?!\w)", text.casefold()):
        return "mùa hè"
    return (
        "mùa đông" if re.search(r"\bmùa đông(?!\w)|^\W*đông\W*$|\(đông\)", text.casefold()) else ""
    )


def read_heading(text: str) -> Heading | None:
    """What stands below the heading ``text``; None when it is none that is known."""
    if len(text) > _LONGEST or not text or text.strip().casefold() in _DAYS:
        return None
    season = season_of(text)
    bare = re.sub(r"\([^)]*\)?", " ", without_marks(text))
    bare = re.sub(r"mua (?:he|ha|dong)|\bhe\b", " ", bare) if season else bare
    words = " ".join(re.findall(r"[a-z]+|#", bare))
    if season and (not words or words == "dong"):
        return Heading(Column.TIME, season)
    if "ket thuc" in words and "thoi luong" in words:
        return Heading(Column.END_OR_LENGTH, season)
    column = _KNOWN.get(words) or _by_beginning(words)
    return Heading(column, season) if column else None


def _by_beginning(words: str) -> Column | None:
    """The longest known beginning of at least two words: “giờ phát sóng hằng ngày”."""
    parts = words.split()
    for count in range(min(len(parts) - 1, 4), 1, -1):
        if found := _KNOWN.get(" ".join(parts[:count])):
            return found
    return None
