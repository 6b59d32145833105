"""What the exports write: the airings of a week in order, with what is ready of each.

It stands apart so that every kind of file says the same, and none of them looks into a station.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Airing", "Timetable", "day_name", "length_text", "short_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """One start with the longest time that it has.

    ``reason`` says why the day differs from the week; ``audio`` is its prepared MP3 or WAV, None
    where it is not prepared, ``audio_ms`` how long that is.
    """

    occurrence: str
    slot: str
    programme: str
    title: str
    starts_at: datetime
    max_ms: int
    reason: str = ""
    audio: Path | None = None
    audio_ms: int = 0
    where: Where = field(default_factory=Where)
    """The slot's place in its week file."""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(milliseconds=self.max_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The airings from ``first`` to ``last``, both included, of the station called ``station``."""

    station: str
    first: date
    last: date
    airings: tuple[Airing, ...]

    @property
    def title(self) -> str:
        """A heading in Vietnamese, which the timetable of a commune speaks."""
        if self.first == self.last:
            return f"Lịch phát thanh {day_name(self.first)} ngày {self.first:%d/%m/%Y}"
        year, week, _weekday = self.first.isocalendar()
        days = f"{self.first:%d/%m} – {self.last:%d/%m/%Y}"
        return f"Lịch phát thanh tuần {week} năm {year} ({days})"

    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]


def day_name(day: date) -> str:
    """The weekday of ``day`` in Vietnamese."""
    names = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
    return names[day.weekday()]


def short_day(day: date) -> str:
    """``T2`` … ``T7``, ``CN``."""
    return ("T2", "T3", "T4", "T5", "T6", "T7", "CN")[day.weekday()]


def length_text(length_ms: int) -> str:
    """Whole minutes, rounded up, as a timetable says them: ``15 phút``, ``1 giờ 5 phút``."""
    hours, minutes = divmod(math.ceil(length_ms / 60_000), 60)
    parts = [f"{hours} giờ" if hours else "", f"{minutes} phút" if minutes or not hours else ""]
    return " ".join(part for part in parts if part)
