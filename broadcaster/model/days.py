"""What a day is to a commune."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

__all__ = [
    "DayRule",
    "DayType",
    "DayWord",
    "LunarDay",
    "Rails",
    "Season",
    "StationCalendar",
    "Surge",
    "YearDay",
]


class DayType(StrEnum):
    """What a day is to a commune; each day is one of them, the first that fits from below."""

    ORDINARY = "ngày thường"
    WEEKEND = "cuối tuần"
    HOLIDAY = "lễ"
    TET = "tết"
    MOURNING = "quốc tang"


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the Vietnamese lunar year, 30 being the last of its month; month 0 is every one."""

    day: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year of the common calendar; month 0 is every month that has it."""

    day: int
    month: int = 0


DayWord = int | DayType | LunarDay | YearDay
"""A week day (Monday is 0), a type, or a day that comes back each month or year."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """The days that any of ``words`` means, but for those that any of ``but`` means."""

    words: frozenset[DayWord]
    but: frozenset[DayWord] = frozenset()


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, both (month, day) included; it may run over New Year."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class StationCalendar:
    """What the authorities decide by date, beside the public holidays that the law fixes.

    ``days_off`` and ``workdays`` are swapped days; ``mourning`` has (first, last) of quốc tang.
    """

    days_off: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    mourning: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Days (đợt cao điểm), both ends included, for which more is allowed; None is "as always"."""

    first: date
    last: date
    sessions: int | None = None
    days: int | None = None
    session_ms: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rails:
    """What a station may broadcast at most; None is "no limit".

    ``session_ms`` is the length of a session, ``sessions`` how many a day has, ``days`` how many
    days of a week have any.  No start is allowed before ``quiet_until`` or after ``quiet_from``.
    """

    session_ms: int | None = None
    sessions: int | None = None
    days: int | None = None
    quiet_until: time | None = None
    quiet_from: time | None = None
    surges: tuple[Surge, ...] = ()
