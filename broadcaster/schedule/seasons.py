"""``seasons:`` of a week's file, and starts that differ by season (giờ mùa hè, giờ mùa đông).

A season comes back every year, so it has days without a year, and may run over New Year.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Severity, nearest
from broadcaster.model import Season
from broadcaster.schedule.words import read_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model import Slot
    from broadcaster.yamlmark import Mark

__all__ = ["OTHERWISE", "read_seasons", "read_starts", "season_of", "start_in"]

OTHERWISE = ("otherwise", "còn lại")
"""The key of ``at`` for the days of no season that it names."""
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
_ALL_DAYS = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]


def read_seasons(mark: Mark) -> tuple[Season, ...]:
    """The seasons that could be read; days that two of them claim are a problem."""
    seasons: list[Season] = []
    for key, name, value in mark.pairs():
        season = _read(name, value) if read_id(key) else None
        if season is None:
            continue
        if any(season.covers(day) and other.covers(day) for day in _ALL_DAYS for other in seasons):
            message = _("the season “{name}” holds on days of another one; the first decides")
            hint = _("let one begin on the day after the other ends")
            key.complain("seasons-overlap", message.format(name=name), hint)
        seasons.append(season)
    return tuple(seasons)


def _read(name: str, mark: Mark) -> Season | None:
    values = mark.mapping(("from", "until"), required=("from", "until"))
    days = [_day_of_year(values[key]) for key in ("from", "until") if key in values]
    if len(days) < 2 or None in days:
        return None
    first, last = (day for day in days if day is not None)
    return Season(name, first, last)


def _day_of_year(mark: Mark) -> tuple[int, int] | None:
    """(month, day) of ``15/4``; 29/2 is a day of some years, and a good end in all."""
    match = _DAY.fullmatch(mark.text() or "")
    try:
        found = date(2028, int(match[2]), int(match[1])) if match else None
    except ValueError:
        found = None
    if found is None:
        mark.bad_value("bad-season-day", _("write day and month without a year, like 15/4"))
    return (found.month, found.day) if found else None


def read_starts(mark: Mark, seasons: Sequence[Season]) -> tuple[tuple[str, time], ...]:
    """``{he: 05:00, dong: 05:30}`` or ``{he: 05:00, otherwise: 05:30}``: (season, start).

    The name is "" for the days of no other season that is named.
    """
    before = len(mark.problems)
    names = {season.name for season in seasons}
    found: dict[str, time] = {}
    for key, name, value in mark.pairs():
        if name not in names and name.casefold() not in OTHERWISE:
            message = _("there is no season “{name}” in this file").format(name=name)
            key.complain("unknown-season", message, nearest(name, [*names, *OTHERWISE]))
        elif start := value.time():
            found["" if name not in names else name] = start
    starts = tuple(found.items())
    are_whole = len(mark.problems) == before
    if are_whole and any(_start(starts, season_of(day, seasons)) is None for day in _ALL_DAYS):
        message = _("on some days of the year no start is given, so nothing airs then")
        hint = _("add “otherwise: 05:30”, or the other seasons")
        mark.complain("season-missing", message, hint, severity=Severity.WARNING)
    return starts


def season_of(day: date, seasons: Sequence[Season]) -> str:
    """The name of the first season that covers ``day``, "" where none does."""
    return next((season.name for season in seasons if season.covers(day)), "")


def start_in(slot: Slot, season: str) -> time | None:
    """When ``slot`` starts in ``season``; None where its seasons leave that out."""
    return _start(slot.by_season, season) if slot.by_season else slot.start


def _start(starts: Sequence[tuple[str, time]], season: str) -> time | None:
    by_name = dict(starts)
    return by_name.get(season, by_name.get(""))
