"""Days and lengths as people read them, in their language.

It stands apart because the command line and the page write them the same.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["shown_length", "shown_number", "weekday"]


def shown_length(length_ms: int | None) -> str:
    """Minutes and seconds, like 12:05; a dash for none."""
    if length_ms is None:
        return "–"
    minutes, seconds = divmod(round(length_ms / 1000), 60)
    return f"{minutes}:{seconds:02d}"


def shown_number(number: float) -> str:
    """To a tenth, like 58.5 (58,5 in Vietnamese); 58 where there is none."""
    whole, tenth = divmod(round(number * 10), 10)
    return _("{whole}.{tenth}").format(whole=whole, tenth=tenth) if tenth else str(whole)


def weekday(day: date) -> str:
    """The name of the weekday of ``day``."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]
