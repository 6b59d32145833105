"""Dates and periods as timetables write them: ``23/11``, ``02-08/10/2017``, ``tuần 48 năm 2026``.

Pure, and apart from :mod:`broadcaster.spelling`, because a timetable leaves out the year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from broadcaster.model import Validity

__all__ = ["Years", "find_date", "find_period", "known_years"]

_D, _M, _Y = r"(?P<d{n}>\d{{1,2}})", r"(?P<m{n}>\d{{1,2}})", r"(?P<y{n}>\d{{4}}|\d\d(?!\d|[hg:]))"
_ONE = (
    r"(?:ngày )?(?:" + _D + r"\s*[/.-]\s*" + _M + r"(?:\s*[/.-]\s*" + _Y + r")?"
    r"|(?P<dd{n}>\d{{1,2}}) tháng (?P<mm{n}>\d{{1,2}})(?: ?,? năm (?P<yy{n}>\d{{4}}))?"
    r"|(?P<iy{n}>\d{{4}})-(?P<im{n}>\d\d)-(?P<id{n}>\d\d))(?![\d/])"
)
_NOT_INSIDE = r"(?<![\d/.])"
_DATE = re.compile(_NOT_INSIDE + _ONE.format(n=1))
_TO = r"\s*(?:-|–|—|đến hết|đến|tới)\s*(?:thứ \w+,? |chủ nhật,? |cn,? )?"
_SPAN = re.compile(_NOT_INSIDE + _ONE.format(n=1) + _TO + _ONE.format(n=2))
_SHORT_SPAN = re.compile(_NOT_INSIDE + r"(?:ngày )?(?P<a>\d{1,2})" + _TO + _ONE.format(n=1))
_ISO_WEEK = re.compile(r"(?P<y>\d{4})-?w(?P<w>\d{1,2})\b")
_WEEK = re.compile(r"tuần (?:thứ )?(?P<w>\d{1,2})(?:\s*(?:/|-|,? ?năm)\s*(?P<y>\d{4}))")
_MONTH = re.compile(r"tháng (?P<m>\d{1,2})\s*(?:/|-|,? ?năm )\s*(?P<y>\d{4})(?![\d/])")
_BARE_MONTH = re.compile(r"(?P<m>\d{1,2})\s*/\s*(?P<y>\d{4})")
_YEAR_FROM = re.compile(r"từ (?:năm )?(?P<y>\d{4})(?![\d/-])")
_SINCE = re.compile(r"(?:từ|kể từ|hiệu lực|áp dụng)(?: từ)?(?: ngày)?\s*:?\s*$")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Years:
    """How a date without a year is completed: the year that the timetable names, else nearest."""

    today: date
    named: int = 0

    def complete(self, day: int, month: int, weekdays: frozenset[int] = frozenset()) -> date | None:
        """The date of that day; one of ``weekdays`` where years differ.  None: no such day."""
        years = [self.named] if self.named else [self.today.year + n for n in (0, 1, -1)]
        found = [made for year in years if (made := _made(year, month, day))]
        fitting = [made for made in found if made.weekday() in weekdays] or found
        return min(fitting, key=lambda made: abs((made - self.today).days), default=None)


def known_years(texts: list[str], today: date) -> Years:
    """The year that ``texts`` name most often."""
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return Years(today, max(set(years), key=lambda y: (years.count(y), y)) if years else 0)


def find_date(
    text: str, years: Years, weekdays: frozenset[int] = frozenset()
) -> tuple[date | None, str]:
    """(the first date of ``text``, the rest of it)."""
    folded = text.casefold()
    match = _DATE.search(folded)
    found = _of(match, 1, years, weekdays) if match else None
    if match is None or found is None:
        return None, text
    return found, f"{text[: match.start()]} {text[match.end() :]}".strip(" ,()-–:")


def find_period(text: str, years: Years, *, bare: bool = False) -> Validity | None:
    """The days that ``text`` names as a period: a range, a week, a month, “từ ngày …”.

    ``bare`` also takes ``12/2009`` and ``từ 2010``, which in a sentence mean other things.
    """
    folded = " ".join(text.casefold().split())
    for search in (_range, _week, _since, _month):
        if found := search(folded, years):
            return found
    return _bare(folded) if bare else None


def _bare(text: str) -> Validity | None:
    if match := _YEAR_FROM.search(text):
        return Validity(_made(int(match["y"]), 1, 1), None)
    match = _BARE_MONTH.fullmatch(text.strip(" ,.;"))
    return _whole_month(int(match["y"]), int(match["m"])) if match else None


def _range(text: str, years: Years) -> Validity | None:
    if match := _SPAN.search(text):
        last = _of(match, 2, years)
        first = _of(match, 1, Years(last, last.year)) if last else None
        if first and last and first > last:
            first = _made(first.year - 1, first.month, first.day)
        return Validity(first, last) if first and last else None
    if match := _SHORT_SPAN.search(text):
        last = _of(match, 1, years)
        first = _made(last.year, last.month, int(match["a"])) if last else None
        return Validity(first, last) if first and last and first < last else None
    return None


def _week(text: str, _years: Years) -> Validity | None:
    match = _ISO_WEEK.search(text) or _WEEK.search(text)
    if match is None:
        return None
    try:
        monday = date.fromisocalendar(int(match["y"]), int(match["w"]), 1)
    except ValueError:
        return None
    return Validity(monday, monday + timedelta(days=6))


def _since(text: str, years: Years) -> Validity | None:
    for match in _DATE.finditer(text):
        if _SINCE.search(text[: match.start()]):
            found = _of(match, 1, years)
            return Validity(found, None) if found else None
    return None


def _month(text: str, _years: Years) -> Validity | None:
    match = _MONTH.search(text)
    found = _whole_month(int(match["y"]), int(match["m"])) if match else None
    if match and found and re.search(r"từ $", text[: match.start()]):
        return Validity(found.first, None)
    return found


def _whole_month(year: int, month: int) -> Validity | None:
    first = _made(year, month, 1)
    if first is None:
        return None
    return Validity(first, first.replace(day=calendar.monthrange(year, month)[1]))


def _of(
    match: re.Match[str], n: int, years: Years, weekdays: frozenset[int] = frozenset()
) -> date | None:
    named = match.groupdict()
    day = named[f"d{n}"] or named[f"dd{n}"] or named[f"id{n}"]
    month = named[f"m{n}"] or named[f"mm{n}"] or named[f"im{n}"]
    year = named[f"y{n}"] or named[f"yy{n}"] or named[f"iy{n}"]
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    return years.complete(int(day), int(month), weekdays)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
