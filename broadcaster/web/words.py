"""Dates and times as the page writes them.

It stands apart because every page writes them, and the same everywhere: «Thứ Hai 23/11/2026».
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.schedule.exchange.weekdays import spelled_days
from broadcaster.shown import shown_length, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from broadcaster.model import AsRunEntry

__all__ = ["FILTERS", "clock_time", "day", "full_day", "groupby_day"]


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


FILTERS = {
    "groupby_day": groupby_day,
    "day": day,
    "full_day": full_day,
    "clock_time": clock_time,
    "minutes": shown_length,
    "day_names": spelled_days,
}
"""By the names under which templates know them."""
