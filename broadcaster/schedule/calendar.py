"""What a day is to a commune: ngày thường, cuối tuần, lễ, Tết, quốc tang, rằm, mùng một.

Pure.  It stands apart from the rundown because it is law and astronomy: public holidays come from
a library, lunar days from another, and what the authorities decide by date from the station.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from broadcaster.model import DayType, LunarDay, YearDay

if TYPE_CHECKING:
    from broadcaster.model import DayRule, DayWord, StationCalendar

__all__ = ["day_type", "is_among"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_KNOWN_YEARS = range(1946, 2099)
_AROUND_TET = range(-5, 8)
"""From which day to which, counted from mùng một, a holiday belongs to Tết and not to another."""


def is_among(day: date, rule: DayRule, calendar: StationCalendar) -> bool:
    """Whether ``rule`` means ``day``."""
    return any(_means(word, day, calendar) for word in rule.words) and not any(
        _means(word, day, calendar) for word in rule.but
    )


def _means(word: DayWord, day: date, calendar: StationCalendar) -> bool:
    match word:
        case DayType.TET if not _is_around_tet(day):  # most of the year, without the library
            return False
        case DayType():
            return day_type(day, calendar) is word
        case LunarDay():
            return _is_lunar(word, day)
        case YearDay():
            return day.day == word.day and word.month in {0, day.month}
        case _:
            return day.weekday() == word


def day_type(day: date, calendar: StationCalendar) -> DayType:
    """Quốc tang before Tết, Tết before lễ, lễ before cuối tuần; the rest is ngày thường.

    A holiday that falls on a weekend is a holiday.  A Saturday that is worked in exchange for a
    day off is an ordinary day.  What ``calendar`` says wins over the law.
    """
    if any(first <= day <= last for first, last in calendar.mourning):
        return DayType.MOURNING
    if day in calendar.workdays:
        return DayType.ORDINARY
    by_law = _by_law(day)
    if day in calendar.days_off and by_law is not DayType.TET:
        return DayType.TET if _is_around_tet(day) else DayType.HOLIDAY
    return by_law


@lru_cache(maxsize=4_096)
def _by_law(day: date) -> DayType:
    off, worked = _year(day.year)
    if day in off:
        return DayType.TET if _is_around_tet(day) else DayType.HOLIDAY
    if day.weekday() >= _SATURDAY and day not in worked:
        return DayType.WEEKEND
    return DayType.ORDINARY


@lru_cache(maxsize=32)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, worked weekend days) of ``year``; see Bộ luật Lao động 2019, art. 112.

    The library enters a swapped Saturday only with its day off, which may lie in the year before
    or after.  Years whose moon nobody computed have none.
    """
    if year not in _KNOWN_YEARS:
        return frozenset(), frozenset()
    from holidays.countries.vietnam import Vietnam  # noqa: PLC0415 - only where a type is asked

    found = Vietnam(years=range(year - 1, year + 2), language="vi")
    return (
        frozenset(day for day in found if day.year == year),
        frozenset(day for day in found.weekend_workdays if day.year == year),
    )


def _is_around_tet(day: date) -> bool:
    """Whether mùng một tháng Giêng lies so near that ``day`` belongs to it.

    Tết Dương lịch never does: mùng một is never before 19 January.
    """
    if day.month > 3 or (day.month, day.day) == (1, 1):
        return False
    return any(
        _is_lunar(LunarDay(1, 1), day - timedelta(days=distance)) for distance in _AROUND_TET
    )


@lru_cache(maxsize=4_096)
def _lunar_day(day: date) -> tuple[int, int, bool] | None:
    """(day, month, whether that is a leap month); None outside 1900–2100, which nobody computed."""
    from lunar_vn import solar_to_lunar  # noqa: PLC0415 - only where it is asked

    try:
        found = solar_to_lunar(day)
    except ValueError:
        return None
    return found.day, found.month, found.leap


def _is_lunar(word: LunarDay, day: date) -> bool:
    """A day of a certain month is not repeated in its leap month; rằm and mùng một are."""
    found = _lunar_day(day)
    if found is None:
        return False
    number, month, is_leap = found
    if word.month and (month != word.month or is_leap):
        return False
    return number == word.day or (word.day == 30 and _ends_month(day))


def _ends_month(day: date) -> bool:
    following = _lunar_day(day + _ONE_DAY)
    return following is not None and following[0] == 1
