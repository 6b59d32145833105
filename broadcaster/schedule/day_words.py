"""``days:`` of a slot or an exception: ``T2-T6``, ``ngày thường, rằm``, ``hằng ngày, trừ lễ, Tết``.

It stands apart from the other words of a week's file because it is a small language:

    days  = words [“trừ” words]          what stands behind “trừ” is taken away again
    words = word {(“,” | “và”) word}
    word  = T2 … CN | T2-T6 | hằng ngày
          | ngày thường | cuối tuần | lễ | Tết | quốc tang
          | rằm | mùng một | rằm tháng Giêng | giỗ tổ | 15/7 âm lịch | 2/9
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import DayRule, DayType, DayWord, LunarDay, YearDay
from broadcaster.schedule.words import weekdays_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadcaster.yamlmark import Mark

__all__ = ["EVERY_DAY", "read_day_rule", "weekdays_in"]

EVERY_DAY = frozenset(range(7))
_TYPES = {
    **dict.fromkeys(("ngày thường", "ngày làm việc", "workdays"), DayType.ORDINARY),
    **dict.fromkeys(("cuối tuần", "weekend"), DayType.WEEKEND),
    **dict.fromkeys(("lễ", "ngày lễ", "holidays"), DayType.HOLIDAY),
    **dict.fromkeys(("tết", "ngày tết", "nghỉ tết", "tet"), DayType.TET),
    **dict.fromkeys(("quốc tang", "mourning"), DayType.MOURNING),
}
_LUNAR = {
    **dict.fromkeys(("rằm", "ngày rằm", "rằm hằng tháng", "rằm hàng tháng"), LunarDay(15)),
    **dict.fromkeys(("mùng một", "mùng 1", "mồng một", "mồng 1"), LunarDay(1)),
    **dict.fromkeys(("giỗ tổ", "giỗ tổ hùng vương"), LunarDay(10, 3)),
    "giao thừa": LunarDay(30, 12),
}
_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một")
_NUMBER = {word: number for number, word in enumerate((*_NUMBERS, "mười hai"), 1)}
_MONTH = {**_NUMBER, "giêng": 1, "tư": 4, "chạp": 12}
_OF_MONTH = re.compile(r"(?:(rằm)|m[ùồ]ng (\w+)) (?:tháng (.+)|(tết))")
_LUNAR_DATE = re.compile(r"(?:âm lịch|lịch âm):? (\d+)/(\d+)|(\d+)/(\d+) (?:âm lịch|lịch âm|al)")
_DATE = re.compile(r"(?:ngày )?(\d{1,2})/(\d{1,2})")
_MONTHLY = re.compile(r"(?:ngày )?(\d{1,2}) (?:hằng|hàng|mỗi) tháng")
_LAST_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BUT = re.compile(r"(?:,\s*)?(?:\btrừ\b|\bexcept\b)")


@dataclass(slots=True)
class _Days:
    """What was read so far; after “trừ” everything is taken away."""

    words: set[DayWord] = field(default_factory=set)
    but: set[DayWord] = field(default_factory=set)
    takes_away: bool = False

    def read(self, text: str) -> bool:
        """Whether ``text`` was understood."""
        first, *rest = _BUT.split(_plain(text))
        parts = [(first, self.takes_away), *((part, True) for part in rest)]
        self.takes_away = self.takes_away or bool(rest)
        if len(rest) > 1 or (rest and not rest[0].strip()):
            return False
        return all(self._read_words(part, but=but) for part, but in parts if part.strip())

    def _read_words(self, text: str, *, but: bool) -> bool:
        found = [_words_of(part.strip()) for part in re.split(r"[,;+]|\bvà\b", text)]
        target = self.but if but else self.words
        for words in found:
            target |= words
        return all(found)


def read_day_rule(mark: Mark) -> DayRule | None:
    """The days that are written at ``mark``; None after a problem.

    ``trừ lễ`` alone is every day but public holidays.
    """
    hint = _("write days like T2-T7, CN, hằng ngày, ngày thường, lễ, rằm, or T2-T6, trừ lễ, Tết")
    days = _Days()
    bad = [item for item in mark.items() if not days.read(_text(item))]
    if not mark.items() or not (days.words or days.but):
        bad = bad or [mark]
    for item in bad:
        item.bad_value("bad-days", hint)
    rule = DayRule(frozenset(days.words) or EVERY_DAY, frozenset(days.but))
    if not bad and weekdays_in(rule) == frozenset():
        mark.bad_value("bad-days", _("what stands before “trừ” is all taken away again"))
        return None
    return None if bad else rule


def _text(mark: Mark) -> str:
    """What stands at ``mark``; YAML reads ``lịch âm: 15/7`` without quotes as a mapping."""
    if not mark.is_mapping():
        return mark.text() or ""
    return ", ".join(f"{name}: {value.text()}" for _key, name, value in mark.pairs())


def weekdays_in(rule: DayRule) -> frozenset[int] | None:
    """The week days of a rule that names nothing else; None where it needs a calendar."""
    words = [word for word in (*rule.words, *rule.but) if not _is_weekday(word)]
    if words:
        return None
    return frozenset(_weekdays(rule.words)) - frozenset(_weekdays(rule.but))


def _is_weekday(word: DayWord) -> bool:
    return isinstance(word, int)


def _weekdays(words: Iterable[DayWord]) -> Iterable[int]:
    return (word for word in words if isinstance(word, int))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words_of(text: str) -> set[DayWord]:
    """Empty for what is not understood."""
    known = _TYPES.get(text) or _LUNAR.get(text) or _of_month(text) or _dated(text)
    return {known} if known else set(weekdays_of(text) or ())


def _of_month(text: str) -> LunarDay | None:
    """``rằm tháng bảy``, ``mùng 5 tháng 5``, ``mùng hai Tết``."""
    match = _OF_MONTH.fullmatch(text)
    if match is None:
        return None
    full_moon, number, month, tet = match.groups()
    day = 15 if full_moon else _number(number, _NUMBER)
    of = 1 if tet else _number(month, _MONTH)
    return LunarDay(day, of) if 1 <= of <= 12 and 1 <= day <= 15 else None


def _number(text: str, words: Mapping[str, int]) -> int:
    """0 for what is no number."""
    return int(text) if text.isdecimal() else words.get(text, 0)


def _dated(text: str) -> LunarDay | YearDay | None:
    """``15/7 âm lịch``, ``lịch âm: 15/7``; ``2/9`` and ``ngày 15 hằng tháng`` of the common
    calendar."""
    if match := _LUNAR_DATE.fullmatch(text):
        day, month = (int(part) for part in match.groups() if part)
        return LunarDay(day, month) if 1 <= day <= 30 and 1 <= month <= 12 else None
    if match := _MONTHLY.fullmatch(text):
        return YearDay(int(match[1])) if 1 <= int(match[1]) <= 31 else None
    if match := _DATE.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        known = 1 <= month <= 12 and 1 <= day <= _LAST_OF_MONTH[month - 1]
        return YearDay(day, month) if known else None
    return None
