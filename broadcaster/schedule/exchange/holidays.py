"""Calendar files (.ics) → exceptions of a week: whole days on which something is different.

The only module that reads with icalendar.  Events with an hour are told, not taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import ContentError, Problem, Severity, Where
from broadcaster.schedule.exchange.cells import cleaned
from broadcaster.schedule.exchange.weekfile import scalar
from broadcaster.schedule.exchange.workbooks import MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["Holiday", "exception_lines", "read_holidays"]

_AHEAD = timedelta(days=400)
_MOST = 400
_LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days, both ends included, with the words of the calendar."""

    first: date
    last: date
    reason: str


def read_holidays(text: str, *, path: Path, today: date) -> tuple[list[Holiday], list[Problem]]:
    """The whole-day events from ``today`` on, a year ahead where they repeat.

    Raises ContentError where it is no calendar, MissingLibraryError without icalendar.
    """
    try:
        from icalendar import Calendar  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise MissingLibraryError("icalendar") from error
    try:
        calendars: Any = Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")][:_MOST]
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        message = _("this calendar file cannot be read: {reason}").format(reason=error)
        hint = _("export it again from the calendar as .ics")
        raise ContentError([Problem(Where(path), "import-unreadable", message, hint)]) from error
    problems: list[Problem] = []
    found = [h for event in events for h in _of_event(event, path, today, problems)]
    if not found:
        message = _("this calendar has no whole-day event from today on")
        hint = _("only whole-day events become exceptions")
        problems.append(Problem(Where(path), "import-nothing", message, hint))
    return sorted(dict.fromkeys(found), key=lambda h: (h.first, h.last, h.reason)), problems


def _of_event(event: Any, path: Path, today: date, problems: list[Problem]) -> Iterator[Holiday]:
    title = cleaned(str(event.get("SUMMARY", "")))[:120].replace("\n", " ")
    try:
        start = event.decoded("DTSTART")
        end = event.decoded("DTEND") if "DTEND" in event else None
    except (KeyError, ValueError, TypeError):
        start, end = None, None
    if not isinstance(start, date) or isinstance(start, datetime):
        message = _("“{title}” is no whole-day event, so it is left out").format(title=title)
        hint = _("write it into “exceptions:” of the week by hand")
        problems.append(Problem(Where(path), "import-left-out", message, hint, Severity.WARNING))
        return
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    length = (end - start if isinstance(end, date) else timedelta(days=1)) - timedelta(days=1)
    length = min(max(length, timedelta(0)), _LONGEST)
    for first in _repeated(event, start, today - length):
        if first + length >= today:
            yield Holiday(first, first + length, title)


def _repeated(event: Any, start: date, since: date) -> list[date]:
    """``start``, or each return of it up to a year ahead."""
    rule = event.get("RRULE")
    if rule is None:
        return [start]
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - heavy, and an extra

    base = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - whole days have no zone
    try:
        found = rrulestr(rule.to_ical().decode(), dtstart=base, ignoretz=True)
        first = datetime(since.year, since.month, since.day)  # noqa: DTZ001 - whole days have no zone
        return [day.date() for day in found.between(first, first + _AHEAD, inc=True)][:_MOST]
    except (ValueError, TypeError, OverflowError):
        return [start]


def exception_lines(
    holidays: Sequence[Holiday], *, cancel: Sequence[str], replace: Sequence[tuple[str, str]]
) -> list[str]:
    """The lines of ``exceptions:``; nothing chosen means that all slots are cancelled."""
    lines: list[str] = []
    for holiday in holidays:
        if holiday.first == holiday.last:
            lines.append(f"- date: {holiday.first}")
        else:
            lines += [f"- from: {holiday.first}", f"  until: {holiday.last}"]
        if cancel or not replace:
            lines.append(f"  cancel: [{', '.join(cancel)}]" if cancel else "  cancel: all")
        if replace:
            pairs = ", ".join(f"{slot}: {programme}" for slot, programme in replace)
            lines.append(f"  replace: {{{pairs}}}")
        lines.append(f"  reason: {scalar(holiday.reason or '…')}")
    return lines
