"""What the weeks bring on given days: overlaps, quiet hours, lengths, expired bulletins."""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from itertools import pairwise
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.schedule.check_lengths import check_lengths
from broadcaster.schedule.rundown import plan_for, rundown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from broadcaster.model import Occurrence, WeekPlan
    from broadcaster.schedule.known import Known

__all__ = ["check_times"]

_ONE_DAY = timedelta(days=1)


def check_times(plans: Sequence[WeekPlan], days: Sequence[date], known: Known) -> Iterator[Problem]:
    """The problems of what airs on ``days`` (sorted); each is told once, for its first day."""
    told: set[tuple[str, Where, str]] = set()
    for day in days:
        for subject, problem in _on_day(plans, day, known):
            key = (problem.code, problem.where, subject)
            if key not in told:
                told.add(key)
                yield problem
    yield from check_lengths(plans, days, known)
    yield from _uncovered(plans, days)


def _on_day(plans: Sequence[WeekPlan], day: date, known: Known) -> Iterator[tuple[str, Problem]]:
    """(what it is about besides its place, the problem)."""
    today = rundown(plans, day).occurrences()
    yesterday = rundown(plans, day - _ONE_DAY).occurrences()
    yield from _collisions(yesterday, today)
    for occurrence in today:
        yield from _expired(occurrence, known)
        if problem := _in_quiet_hours(occurrence, known):
            yield "", problem


def _collisions(
    yesterday: Sequence[Occurrence], today: Sequence[Occurrence]
) -> Iterator[tuple[str, Problem]]:
    """Starts of ``today`` in one minute, or while the one that lasts longest may be on air."""
    for first, second in pairwise(today):
        if _minute(first) == _minute(second):
            yield _names(first, second), _same_minute(first, second)
    running = max(yesterday, key=lambda o: o.ends_by, default=None)
    for occurrence in today:
        if running and _overlap_in_time(running, occurrence):
            yield _names(running, occurrence), _overlap(running, occurrence)
        if running is None or occurrence.ends_by > running.ends_by:
            running = occurrence


def _overlap_in_time(first: Occurrence, second: Occurrence) -> bool:
    return first.ends_by > second.starts_at and _minute(first) != _minute(second)


def _minute(occurrence: Occurrence) -> datetime:
    return occurrence.starts_at.replace(second=0)


def _names(first: Occurrence, second: Occurrence) -> str:
    return f"{first.slot.id}, {second.slot.id}"


def _same_minute(first: Occurrence, second: Occurrence) -> Problem:
    message = _("“{second}” starts in the same minute as “{first}” ({when})").format(
        first=first.slot.id, second=second.slot.id, when=f"{second.starts_at:%H:%M %d/%m/%Y}"
    )
    return Problem(second.slot.where, "same-minute", message, _("move one of them"))


def _overlap(first: Occurrence, second: Occurrence) -> Problem:
    message = _("“{first}” may last until {end}, and “{second}” starts before that ({when})")
    message = message.format(
        first=first.slot.id,
        second=second.slot.id,
        end=f"{first.ends_by:%H:%M}",
        when=f"{second.starts_at:%H:%M %d/%m/%Y}",
    )
    hint = _("give “{first}” a shorter “max”, or move one of them").format(first=first.slot.id)
    return Problem(second.slot.where, "overlap", message, hint, Severity.WARNING)


def _in_quiet_hours(occurrence: Occurrence, known: Known) -> Problem | None:
    start = occurrence.slot.start
    early = known.quiet_until is not None and start < known.quiet_until
    late = known.quiet_from is not None and start > known.quiet_from
    if not (early or late):
        return None
    message = _("“{id}” starts at {start}, within the quiet hours, and will not air")
    message = message.format(id=occurrence.slot.id, start=f"{start:%H:%M}")
    hint = _("move it, or change “quiet_hours” in station.yaml")
    return Problem(occurrence.slot.where, "quiet-hours", message, hint)


def _expired(occurrence: Occurrence, known: Known) -> Iterator[tuple[str, Problem]]:
    day = occurrence.starts_at.date()
    for segment in occurrence.programme.segments:
        validity = (known.bulletins or {}).get(segment.bulletin_id)
        if validity and not validity.covers(day):
            message = _("the bulletin “{id}” does not hold on {day}, when “{slot}” airs it").format(
                id=segment.bulletin_id, day=f"{day:%d/%m/%Y}", slot=occurrence.slot.id
            )
            hint = _("change its “valid_from” or “valid_until”, or take it out of the programme")
            yield "", Problem(segment.where, "bulletin-not-valid", message, hint)


def _uncovered(plans: Sequence[WeekPlan], days: Sequence[date]) -> Iterator[Problem]:
    for day in days:
        if plans and plan_for(plans, day) is None:
            last = max(plans, key=lambda plan: plan.validity.last or plan.validity.first or day)
            message = _("no file holds on {day}: nothing will air").format(day=f"{day:%d/%m/%Y}")
            hint = _("lengthen “valid”, or write a file for those days")
            yield Problem(Where(last.path), "no-week", message, hint, Severity.WARNING)
            return
