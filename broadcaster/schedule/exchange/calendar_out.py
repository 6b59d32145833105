"""The week as a calendar file: an event for each airing, for telephones and office calendars.

Written by own code: an event has eight lines, and no library is needed on the station for it.
RFC 5545 is the source of folding, escaping and line ends.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.schedule.exchange.airings import Airing, Timetable

__all__ = ["as_calendar"]

_FOLD = 73


def as_calendar(timetable: Timetable, *, now: datetime) -> bytes:
    """An .ics; the UID of an airing is the same each time, so that importing again updates it."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//broadcaster//week//VI"),
        *("CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_escaped(timetable.station)}"),
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
    ]
    stamp = _instant(now)
    for airing in timetable.airings:
        lines += _event(airing, timetable.station, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(airing: Airing, station: str, stamp: str) -> Iterator[str]:
    name = hashlib.sha256(f"{station}\n{airing.occurrence}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@broadcaster"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART:{_instant(airing.starts_at)}"
    yield f"DURATION:PT{max(1, airing.max_ms // 1000)}S"
    yield f"SUMMARY:{_escaped(airing.title)}"
    yield f"LOCATION:{_escaped(station)}"
    if airing.reason:
        yield f"DESCRIPTION:{_escaped(airing.reason)}"
    yield "END:VEVENT"


def _instant(instant: datetime) -> str:
    """In UTC: no calendar then has to know a time zone."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> bytes:
    """At most 75 octets a line, never broken within a letter."""
    pieces: list[str] = [""]
    for letter in line:
        if len((pieces[-1] + letter).encode()) > _FOLD:
            pieces.append("")
        pieces[-1] += letter
    return "\r\n ".join(pieces).encode() + b"\r\n"
