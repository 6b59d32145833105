"""Dates and times as the page writes and reads them.

It stands apart because every page does, and the same everywhere: «Thứ Hai 23/11/2026».
"""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from itertools import groupby
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.schedule.exchange.weekdays import spelled_days
from broadcaster.shown import shown_length, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from broadcaster.model import AsRunEntry

__all__ = [
    "FILTERS",
    "clock_time",
    "day",
    "day_of",
    "duration",
    "full_day",
    "groupby_day",
    "is_known",
]

_YEARS = range(2000, 2200)


def day_of(text: str) -> date | None:
    """The day of ``2026-11-23``; None for any other text, and for a day that is not known."""
    try:
        value = date.fromisoformat(text)
    except ValueError:
        return None
    return value if is_known(value) else None


def is_known(value: date) -> bool:
    """Whether a station can have aired then, or will; near year 1 and 9999 no day has a week."""
    return value.year in _YEARS


def day(value: date) -> str:
    """``23/11/2026``."""
    return f"{value:%d/%m/%Y}"


def full_day(value: date) -> str:
    """``Thứ Hai 23/11/2026``."""
    return f"{weekday(value)} {day(value)}"


def clock_time(instant: datetime | None) -> str:
    """``05:30``, where the station is; a dash for none."""
    return f"{instant.astimezone(LOCAL):%H:%M}" if instant else "–"


def groupby_day(entries: Iterable[AsRunEntry]) -> Iterator[tuple[date, Iterator[AsRunEntry]]]:
    """(day, its entries) for entries in the order of their planned times."""
    return groupby(entries, lambda entry: entry.scheduled_at.astimezone(LOCAL).date())


def duration(length_ms: int) -> str:
    """``11 giờ 15 phút``; less than a minute is one."""
    hours, minutes = divmod(max(1, round(length_ms / 60_000)), 60)
    parts = [_("{n} h").format(n=hours)] if hours else []
    parts += [_("{n} min").format(n=minutes)] if minutes else []
    return " ".join(parts)


FILTERS = {
    "groupby_day": groupby_day,
    "day": day,
    "full_day": full_day,
    "clock_time": clock_time,
    "minutes": shown_length,
    "duration": duration,
    "day_names": spelled_days,
}
"""By the names under which templates know them."""
