"""Rails: how long, how often and on how many days a station may broadcast.  Pure.

A session (buổi phát) is what airs without a longer rest than fifteen minutes, relays included.
What is planned decides, so that a refusal is known a week ahead: the sessions of a day and the
days of a week (from Monday) count from the first, and what comes after the last allowed one is
refused.  What an operator orders (priority OVERRIDE and above) neither counts nor is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.model import Priority
from broadcaster.schedule.rundown import occurrences_on
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.model import Occurrence, Rails, Surge, WeekPlan

__all__ = ["Breach", "breaches_of_week"]

_REST = timedelta(minutes=15)
_DAYS_OF_WEEK = 7


class Breach(NamedTuple):
    """A start that the rails refuse: its code, and why in a sentence."""

    day: date
    occurrence: Occurrence
    code: str
    text: str


class _Refusal(NamedTuple):
    occurrence: Occurrence
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class _Limits:
    """What holds on one day: the rails, and what a surge allows beyond them."""

    rails: Rails
    surge: Surge | None

    def of(self, name: str) -> int | None:
        more = getattr(self.surge, name) if self.surge else None
        usual: int | None = getattr(self.rails, name)
        return usual if more is None else more


def breaches_of_week(plans: Sequence[WeekPlan], day: date, rails: Rails) -> list[Breach]:
    """What the rails refuse in the week of ``day``, Monday to Sunday, in order.

    Quiet hours refuse too, and what they refuse does not count as a session.
    """
    monday = day - timedelta(days=day.weekday())
    return list(_breaches(plans, monday, rails))


def _breaches(plans: Sequence[WeekPlan], monday: date, rails: Rails) -> Iterator[Breach]:
    used_days = 0
    for number in range(_DAYS_OF_WEEK):
        day = monday + timedelta(days=number)
        planned = [o for o in occurrences_on(plans, day) if o.slot.priority < Priority.OVERRIDE]
        found = list(_on_day(planned, _Limits(rails, _surge_on(rails, day)), used_days))
        yield from (Breach(day, *refusal) for refusal in found)
        used_days += len(found) < len(planned)


def _on_day(planned: Sequence[Occurrence], limits: _Limits, used_days: int) -> Iterator[_Refusal]:
    """``used_days`` of the week have broadcasts already."""
    most = limits.of("days")
    awake: list[Occurrence] = []
    for occurrence in planned:
        if _is_quiet(occurrence.starts_at.time(), limits.rails):
            yield _in_quiet_hours(occurrence)
        elif most is not None and used_days >= most:
            yield _too_many_days(occurrence, most)
        else:
            awake.append(occurrence)
    yield from _sessions(awake, limits)


def _surge_on(rails: Rails, day: date) -> Surge | None:
    return next((surge for surge in rails.surges if surge.first <= day <= surge.last), None)


def _is_quiet(start: time, rails: Rails) -> bool:
    early = rails.quiet_until is not None and start < rails.quiet_until
    late = rails.quiet_from is not None and start >= rails.quiet_from
    return early or late


def _sessions(occurrences: Iterable[Occurrence], limits: _Limits) -> Iterator[_Refusal]:
    """What of one day is too much; a refused start neither begins nor lengthens a session."""
    longest, most = limits.of("session_ms"), limits.of("sessions")
    sessions = 0
    begun: datetime | None = None
    until: datetime | None = None
    for occurrence in occurrences:
        end = occurrence.starts_at + timedelta(milliseconds=occurrence.planned_ms)
        goes_on = until is not None and occurrence.starts_at <= until + _REST
        first = begun if goes_on and begun else occurrence.starts_at
        if not goes_on and most is not None and sessions >= most:
            yield _too_many_sessions(occurrence, most)
        elif longest is not None and end - first > timedelta(milliseconds=longest):
            yield _too_long(occurrence, first, end, longest)
        else:
            sessions += not goes_on
            begun, until = first, max(end, until) if goes_on and until else end


def _in_quiet_hours(occurrence: Occurrence) -> _Refusal:
    text = _("“{id}” starts at {start}, within the quiet hours, and will not air")
    start = f"{occurrence.starts_at:%H:%M}"
    return _Refusal(occurrence, "quiet-hours", text.format(id=occurrence.slot.id, start=start))


def _too_many_days(occurrence: Occurrence, most: int) -> _Refusal:
    text = _("this week has {most} days of broadcasts before {day}, which is all that is allowed")
    day = f"{occurrence.starts_at:%d/%m/%Y}"
    return _Refusal(occurrence, "too-many-days", text.format(most=most, day=day))


def _too_many_sessions(occurrence: Occurrence, most: int) -> _Refusal:
    text = _("“{id}” would be one session more than the {most} that a day may have").format(
        id=occurrence.slot.id, most=most
    )
    return _Refusal(occurrence, "too-many-sessions", text)


def _too_long(occurrence: Occurrence, first: datetime, end: datetime, longest: int) -> _Refusal:
    text = _("with “{id}” the session of {start} would last {length}; {longest} are allowed")
    length_ms = (end - first) // timedelta(milliseconds=1)
    text = text.format(
        id=occurrence.slot.id,
        start=f"{first:%H:%M}",
        length=duration_text(length_ms),
        longest=duration_text(longest),
    )
    return _Refusal(occurrence, "session-too-long", text)
