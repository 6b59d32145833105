"""The time that a report is about (kỳ báo cáo): a month, a quarter, half a year, a year, or days.

It stands apart because people write a period in four ways, and a document names it in words.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PERIODS", "Period", "days", "half", "month", "quarter", "year"]

_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("6 tháng đầu năm", "6 tháng cuối năm")


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included; ``name`` is what a Vietnamese document calls it,
    after “trong”."""

    first: date
    last: date
    name: str

    @property
    def months(self) -> int:
        """Of how many months it has days."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def stem(self) -> str:
        """For the name of a file."""
        return f"{self.first:%Y-%m-%d}-{self.last:%Y-%m-%d}"


def month(text: str) -> Period:
    """``2026-11``; raises ValueError for anything else, as the others do."""
    year_, number = _numbers(r"(\d{4})-(\d\d?)", text)
    return _months(year_, number, 1, f"tháng {number} năm {year_}")


def quarter(text: str) -> Period:
    """``2026-Q4``."""
    year_, number = _numbers(r"(\d{4})-?[Qq]([1-4])", text)
    return _months(year_, 3 * number - 2, 3, f"quý {_ROMAN[number - 1]} năm {year_}")


def half(text: str) -> Period:
    """``2026-H2``."""
    year_, number = _numbers(r"(\d{4})-?[Hh]([12])", text)
    return _months(year_, 6 * number - 5, 6, f"{_HALVES[number - 1]} {year_}")


def year(text: str) -> Period:
    """``2026``."""
    (year_,) = _numbers(r"(\d{4})", text)
    return _months(year_, 1, 12, f"năm {year_}")


def days(first: date, last: date) -> Period:
    """Any days; raises ValueError where ``last`` lies before ``first``."""
    if last < first:
        raise ValueError(last)
    if first == last:
        return Period(first, last, f"ngày {first:%d/%m/%Y}")
    return Period(first, last, f"thời gian từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")


PERIODS: dict[str, Callable[[str], Period]] = {
    "month": month,
    "quarter": quarter,
    "half": half,
    "year": year,
}


def _numbers(pattern: str, text: str) -> list[int]:
    match = re.fullmatch(pattern, text.strip())
    if match is None:
        raise ValueError(text)
    return [int(group) for group in match.groups()]


def _months(year_: int, first: int, count: int, name: str) -> Period:
    last = first + count - 1
    begins = date(year_, first, 1)
    return Period(begins, date(year_, last, calendar.monthrange(year_, last)[1]), name)
