"""The words of a greeting or a closing, with the names of the day filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.schedule import lunar_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model import Occurrence
    from broadcaster.station.settings.config import StationConfig

__all__ = ["fill", "in_a_row"]

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_EDITORS = "ban biên tập"
_ANNOUNCERS = "phát thanh viên"


def fill(
    text: str, config: StationConfig, occurrence: Occurrence, *, authors: Sequence[str] = ()
) -> str:
    """``text`` with its ``{placeholders}`` replaced for this start.

    ``authors`` wrote what airs in it; where nobody is named, the role stands for the name.
    """
    at = occurrence.starts_at
    programme = occurrence.programme
    return text.format(
        station=config.name,
        commune=config.commune,
        province=config.province,
        weekday=_WEEKDAYS[at.weekday()],
        day=at.day,
        month=at.month,
        year=at.year,
        date=f"{at.day}/{at.month}/{at.year}",
        lunar=lunar_words(at.date()) if "{lunar}" in text else "",
        time=f"{at.hour}h{at.minute:02d}",
        programme=programme.title,
        editors=in_a_row(programme.editors) or _EDITORS,
        announcers=in_a_row(programme.announcers) or _ANNOUNCERS,
        authors=in_a_row(authors or programme.editors) or _EDITORS,
    )


def in_a_row(names: Sequence[str]) -> str:
    """``A, B và C``, each name once; empty for nobody."""
    *others, last = dict.fromkeys(names) or ("",)
    return f"{', '.join(others)} và {last}" if others else last
