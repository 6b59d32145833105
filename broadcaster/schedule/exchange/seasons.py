"""When the seasons of a timetable begin and end: as it says itself, else as is usual.

It stands apart because the dates stand in headings and notes, far from the rows that need them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.headings import season_of
from broadcaster.schedule.exchange.hours import find_spans
from broadcaster.schedule.exchange.imported import ImportedSeason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from broadcaster.errors import Problem, Where
    from broadcaster.schedule.exchange.cells import Sheet

__all__ = ["find_seasons", "in_seasons"]

_IDS = {"mùa hè": "he", "mùa đông": "dong"}
_USUAL = {"mùa hè": ((16, 4), (15, 10)), "mùa đông": ((16, 10), (15, 4))}
_RANGE = re.compile(
    r"(?P<name>\bhè\b|\bhạ\b|\bđông\b)[^\d\n]{0,40}?(?P<d1>\d{1,2})/(?P<m1>\d{1,2})(?:/\d{4})?"
    r"[^\d\n]{1,25}(?P<d2>\d{1,2})/(?P<m2>\d{1,2})"
)
_NAME = re.compile(r"(?:giờ )?\(?\s*(?:mùa )?(?:hè|hạ|đông)\s*\)?\s*:?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*[/;|\n]\s*|,\s+|\s+(?:và|còn)\s+|\s+[-–]\s+(?=mùa|hè|đông|giờ mùa)", re.IGNORECASE
)
_ONLY_ENDS = 2
"""“15/4 – 15/10” and “15/10 – 15/4” share two days, and nobody means anything by it."""
_Days = tuple[tuple[int, int], tuple[int, int]]


def find_seasons(
    names: Collection[str], sheets: Iterable[Sheet], where: Where, problems: list[Problem]
) -> tuple[ImportedSeason, ...]:
    """The seasons that rows name, with both ends; an assumption goes into ``problems``."""
    if not names:
        return ()
    said: dict[str, _Days] = {}
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row:
                said |= _said_in(cell.text)
    shared = len(_days_of(said.get("mùa hè")) & _days_of(said.get("mùa đông")))
    if shared:
        del said["mùa đông"]
    if shared > _ONLY_ENDS:
        what = _("both seasons hold on the same days: on those days it is summer")
        problems.append(doubts.assumed(where, what))
    said = _completed(said)
    found = []
    for name in sorted(names):
        first, last = said.get(name, _USUAL[name])
        if name not in said:
            what = _("the source does not say when the season “{name}” is: {first} to {last}")
            what = what.format(
                name=name, first="/".join(map(str, first)), last="/".join(map(str, last))
            )
            problems.append(doubts.assumed(where, what))
        found.append(ImportedSeason(_IDS[name], name, first, last))
    return tuple(found)


def in_seasons(text: str) -> dict[str, str]:
    """The hours of one cell by season: ``4h45 (hè) / 5h15 (đông)``; empty where it has none."""
    found: dict[str, str] = {}
    for piece in _BETWEEN.split(text):
        spans, rest = find_spans(piece)
        season = season_of(rest.strip(" ():"))
        if not spans or not season or season in found:
            return {}
        hours = re.sub(
            r"(?:giờ )?\(?\s*(?:mùa )?(?:hè|hạ|đông)\s*\)?\s*:?", "", piece, flags=re.IGNORECASE
        )
        found[season] = hours.strip()
    return found if len(found) > 1 else {}


def _said_in(text: str) -> dict[str, _Days]:
    found: dict[str, _Days] = {}
    for match in _RANGE.finditer(text.casefold()):
        name = "mùa đông" if match["name"] == "đông" else "mùa hè"
        first = int(match["d1"]), int(match["m1"])
        last = int(match["d2"]), int(match["m2"])
        if _day(first) and _day(last):
            found[name] = (first, last)
    return found


def _completed(said: dict[str, _Days]) -> dict[str, _Days]:
    """Where one season has its days, the other has those that are left."""
    found = dict(said)
    for name, other in (("mùa hè", "mùa đông"), ("mùa đông", "mùa hè")):
        if name in said and other not in said:
            first, last = _day(said[name][0]), _day(said[name][1])
            if first and last:
                after, before = last + timedelta(days=1), first - timedelta(days=1)
                found[other] = ((after.day, after.month), (before.day, before.month))
    return found


def _days_of(days: _Days | None) -> set[date]:
    """The days of a leap year that a season covers."""
    first, last = (_day(days[0]), _day(days[1])) if days else (None, None)
    if first is None or last is None:
        return set()
    count = (last - first).days % 366
    return {
        date(2028, 1, 1) + timedelta(days=(first.timetuple().tm_yday - 1 + n) % 366)
        for n in range(count + 1)
    }


def _day(day_month: tuple[int, int]) -> date | None:
    try:
        return date(2028, day_month[1], day_month[0])
    except ValueError:
        return None
