"""The words of a greeting or a closing, with the names of the day filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadcaster.model import Occurrence
    from broadcaster.station.config import StationConfig

__all__ = ["fill"]

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def fill(text: str, config: StationConfig, occurrence: Occurrence) -> str:
    """``text`` with its ``{placeholders}`` replaced for this start."""
    at = occurrence.starts_at
    return text.format(
        station=config.name,
        commune=config.commune,
        province=config.province,
        weekday=_WEEKDAYS[at.weekday()],
        day=at.day,
        month=at.month,
        year=at.year,
        date=f"{at.day}/{at.month}/{at.year}",
        time=f"{at.hour}h{at.minute:02d}",
        programme=occurrence.programme.title,
    )
