"""A day in the Vietnamese lunar calendar, in the words of an announcer.

It stands apart from the wording of greetings because it is astronomy: whose clock decides
(UTC+7), which month is a leap month, what a year is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["lunar_words"]

_UNITS = ("", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín")
_FIRST_DAYS = ("mùng một", "mùng hai", "mùng ba", "mùng bốn", "mùng năm", "mùng sáu", "mùng bảy")
_DAYS = (*_FIRST_DAYS, "mùng tám", "mùng chín", "mùng mười")
_TEENS = ("mười một", "mười hai", "mười ba", "mười bốn", "rằm", "mười sáu", "mười bảy", "mười tám")
_MONTHS = ("Giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một")


def lunar_words(day: date) -> str:
    """``mùng mười tháng mười năm Bính Ngọ``; empty outside 1900–2100, which nobody computed.

    The fifteenth is *rằm*, the first month *Giêng*, the twelfth *Chạp*; a leap month is *nhuận*.
    """
    from lunar_vn import solar_to_lunar  # noqa: PLC0415 - only where it is said
    from lunar_vn.can_chi import get_year_can_chi  # noqa: PLC0415

    try:
        lunar = solar_to_lunar(day)
    except ValueError:
        return ""
    leap = " nhuận" if lunar.leap else ""
    month = (*_MONTHS, "Chạp")[lunar.month - 1] + leap
    return f"{_day_words(lunar.day)} tháng {month} năm {get_year_can_chi(lunar.year)}"


def _day_words(day: int) -> str:
    if day <= len(_DAYS):
        return _DAYS[day - 1]
    if day < 20:
        return (*_TEENS, "mười chín")[day - 11]
    if day == 20:
        return "hai mươi"
    return "ba mươi" if day == 30 else f"hai mươi {_twenties(day % 10)}"


def _twenties(unit: int) -> str:
    return {1: "mốt", 5: "lăm"}.get(unit, _UNITS[unit])
