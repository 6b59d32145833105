"""``calendar:`` of station.yaml: what the authorities decide by date, beside the law.

Swapped days off, working Saturdays, and days of national mourning (quốc tang).
"""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import StationCalendar

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["CALENDAR_KEYS", "calendar_text", "read_calendar"]

CALENDAR_KEYS = ("holidays", "workdays", "mourning")
_LONGEST = 31


def read_calendar(mark: Mark) -> StationCalendar:
    """``{holidays: [2026-08-31], workdays: [2026-08-22], mourning: [{from: …, until: …}]}``."""
    values = mark.mapping(CALENDAR_KEYS)

    def spans(key: str) -> list[tuple[date, date]]:
        items = values[key].items() if key in values else []
        return [span for item in items if (span := _span(item))]

    return StationCalendar(
        days_off=_each(spans("holidays")),
        workdays=_each(spans("workdays")),
        mourning=tuple(spans("mourning")),
    )


def _span(mark: Mark) -> tuple[date, date] | None:
    """(first, last) of one date, or of ``{from: …, until: …}``; None after a problem."""
    if not mark.is_mapping():
        day = mark.date()
        return (day, day) if day else None
    values = mark.mapping(("from", "until"), required=("from", "until"))
    days = [values[key].date() for key in ("from", "until") if key in values]
    if len(days) < 2 or None in days:
        return None
    first, last = (day for day in days if day is not None)
    if not first <= last <= first + timedelta(days=_LONGEST):
        hint = _("write a first and a last day, at most {days} days apart").format(days=_LONGEST)
        values["until"].bad_value("bad-span", hint)
        return None
    return first, last


def _each(spans: list[tuple[date, date]]) -> frozenset[date]:
    return frozenset(
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    )


def calendar_text(calendar: StationCalendar) -> str:
    """``calendar`` as station.yaml has it."""
    spans = (f"{{from: {first}, until: {last}}}" for first, last in calendar.mourning)
    values = {
        "holidays": ", ".join(map(str, sorted(calendar.days_off))),
        "workdays": ", ".join(map(str, sorted(calendar.workdays))),
        "mourning": ", ".join(spans),
    }
    return f"{{{', '.join(f'{name}: [{value}]' for name, value in values.items() if value)}}}"
