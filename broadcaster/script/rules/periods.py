"""Months and quarters with their year, years after them, and so many months of a year.

Apart from dates, because no day stands in them; dates come first.
"""

from __future__ import annotations

import re

from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.dates import MONTH, YEAR, say_month
from broadcaster.script.rules.rule import DASH, END, Match, Rule, Scene

__all__ = ["RULES"]

_QUARTERS = {"I": "một", "II": "hai", "III": "ba", "IV": "bốn"}
_TOWN = regex(r"(?<!\w)(?:[Pp]hường|[Qq]uận|P\.?\s?\d|Q\.?\s?(?:[5-9]|1\d)|TP|HCM|đường|Đường)")
_BEFORE_YEAR = regex(
    r"(?i:tháng|quý)\s(?:\d{1,2}|[IVX]{1,4}|giêng|chạp|hai|ba|tư|sáu|bảy|tám|chín"
    r"|mười(?: một| hai)?)\s$"
)


def _month_year(match: Match, scene: Scene) -> str | None:
    """``tháng 6/2025``, ``kỳ 2/2025``, ``số 02/2025``; the ``1/2000`` of a map is none."""
    named = scene.follows("month", match.start())
    if scene.follows("number", match.start()) and not scene.follows("sum", match.start()):
        return f"{say_written(match['month'])} năm {say_integer(int(match['year']))}"
    if scene.follows("scale", match.start()) or (int(match["year"]) < 1900 and not named):
        return None
    if scene.follows("counted-year", match.start()):
        return f"{say_integer(int(match['month']))} năm {say_integer(int(match['year']))}"
    month = say_month(match["month"]).removeprefix("tháng ")
    return f"{'' if named else 'tháng '}{month} năm {say_integer(int(match['year']))}"


def _months_range(match: Match, scene: Scene) -> str | None:
    if not scene.follows("months", match.start()):
        return None
    months = [say_month(match[name]).removeprefix("tháng ") for name in ("first", "last")]
    return f"{months[0]} đến {months[1]} năm {say_integer(int(match['year']))}"


def _months_listed(match: Match, scene: Scene) -> str | None:
    """``tháng 3,4,5/2024``: months of one year."""
    if not scene.follows("months", match.start()):
        return None
    *others, last = re.findall(r"\d+", match[0].partition("/")[0])
    said = ", ".join(say_month(month).removeprefix("tháng ") for month in others)
    joint = " và" if "và" in match[0] else ","
    return f"{said}{joint} {say_month(last)} năm {say_integer(int(match['year']))}"


def _quarter(match: Match, _scene: Scene) -> str:
    """``Q1/2025``, ``Q.IV/2025``."""
    quarter = _QUARTERS.get(match[1]) or say_integer(int(match[1]))
    return f"quý {quarter} năm {say_integer(int(match[2]))}"


def _bare_quarter(match: Match, scene: Scene) -> str:
    """``doanh thu Q2``; beside a ward or a town, or after the fourth, a district: ``Q7``."""
    around = scene.before(match.start()) + scene.after(match.end())
    quarter = int(match[1]) <= 4 and not _TOWN.search(around)
    return f"{'quý' if quarter else 'quận'} {say_integer(int(match[1]))}"


def _bare_year(match: Match, scene: Scene) -> str | None:
    """``tháng 5 2024``: the year of the month before it; a thing counted has no year."""
    if scene.precedes("counted", match.end()) or not _BEFORE_YEAR.search(
        scene.before(match.start())
    ):
        return None
    return f"năm {say_integer(int(match[0]))}"


def _months_of(match: Match, _scene: Scene) -> str:
    """``6T/2025``, ``9 tháng/2025``: so many months of a year."""
    return f"{say_integer(int(match[1]))} tháng năm {say_integer(int(match[2]))}"


def _nights(match: Match, _scene: Scene) -> str:
    """``tour 2N1Đ``: so many days and nights."""
    return f"{say_written(match[1])} ngày {say_written(match[2])} đêm"


RULES = (
    Rule("periods.nights", rf"(\d{{1,2}})N(\d{{1,2}})[ĐD]{END}", _nights, quantity=True),
    Rule(
        "periods.months",
        rf"(?P<first>{MONTH})\s?{DASH}\s?(?P<last>{MONTH})[/-](?P<year>{YEAR}){END}",
        _months_range,
        quantity=True,
    ),
    Rule(
        "periods.months-listed",
        rf"{MONTH}(?:\s?,\s?{MONTH}){{0,10}}\s?(?:,|và)\s?{MONTH}/(?P<year>{YEAR})(?![/\d]){END}",
        _months_listed,
        quantity=True,
    ),
    Rule(
        "periods.quarter",
        rf"Q\.?\s?([1-4]|I{{1,3}}|IV)(?:\s?[/-]\s?|\s)({YEAR}){END}",
        _quarter,
        first="a",
        quantity=True,
    ),
    Rule(
        "periods.bare-quarter",
        rf"Q(\d{{1,2}})(?![./-]?\d){END}",
        _bare_quarter,
        first="a",
        quantity=True,
    ),
    Rule("periods.bare-year", rf"(?:19|20)\d\d(?![.,/-]?\d){END}", _bare_year, quantity=True),
    Rule(
        "periods.months-of",
        rf"(\d{{1,2}})(?:\s?T\s?/?|\s?tháng\s?/)\s?({YEAR}){END}",
        _months_of,
        quantity=True,
    ),
    Rule(
        "periods.month-year",
        rf"(?P<month>{MONTH})\s?[/-]\s?(?P<year>{YEAR})(?![/\d]){END}",
        _month_year,
        quantity=True,
    ),
)
