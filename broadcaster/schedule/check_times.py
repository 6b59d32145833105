"""What the weeks bring on given days: overlaps, refusals, lengths, expired bulletins."""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.schedule.check_lengths import check_lengths
from broadcaster.schedule.rails import breaches_of_week
from broadcaster.schedule.rundown import plan_for, rundown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from broadcaster.model import Occurrence, Rails, SegmentPlan, WeekPlan
    from broadcaster.schedule.known import Known
    from broadcaster.schedule.rails import Breach

__all__ = ["check_times"]

_ONE_DAY = timedelta(days=1)


def check_times(plans: Sequence[WeekPlan], days: Sequence[date], known: Known) -> Iterator[Problem]:
    """The problems of what airs on ``days`` (sorted); each is told once, for its first day."""
    told: set[tuple[str, Where, str]] = set()
    by_day = (found for day in days for found in _on_day(plans, day, known))
    for subject, problem in chain(by_day, _refused(plans, days, known.rails)):
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
        yield from _untranslated(occurrence, known)


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
    """What follows another waits for its end, whenever that is."""
    is_over = first.ends_by <= second.starts_at or second.follows
    return not is_over and _minute(first) != _minute(second)


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


def _refused(
    plans: Sequence[WeekPlan], days: Sequence[date], rails: Rails
) -> Iterator[tuple[str, Problem]]:
    """What the rails refuse on ``days``, which lie in as many weeks."""
    wanted = set(days)
    for monday in sorted({day - timedelta(days=day.weekday()) for day in days}):
        for breach in breaches_of_week(plans, monday, rails):
            if breach.day in wanted:
                where = breach.occurrence.slot.where
                yield "", Problem(where, breach.code, breach.text, _way_out(breach))


def _way_out(breach: Breach) -> str:
    hints = {
        "quiet-hours": _("move it, or change “quiet_hours” in station.yaml"),
        "session-too-long": _("give its slots a shorter “max”, or move one further away"),
    }
    usual = _("take something out, or write “rails: {{surges: …}}” for those days").format()
    return hints.get(breach.code, usual)


def _expired(occurrence: Occurrence, known: Known) -> Iterator[tuple[str, Problem]]:
    day = occurrence.starts_at.date()
    for segment in occurrence.programme.segments:
        validity = (known.bulletins or {}).get(segment.bulletin_id)
        if validity and not validity.covers(day):
            newer = known.replaced_by.get(segment.bulletin_id)
            is_replaced = newer is not None and day > (validity.last or day)
            tell = _replaced if newer and is_replaced else _not_valid
            yield "", tell(segment, occurrence, newer or "")


def _not_valid(segment: SegmentPlan, occurrence: Occurrence, _newer: str) -> Problem:
    message = _("the bulletin “{id}” does not hold on {day}, when “{slot}” airs it").format(
        id=segment.bulletin_id,
        day=f"{occurrence.starts_at:%d/%m/%Y}",
        slot=occurrence.slot.id,
    )
    hint = _("change its “valid_from” or “valid_until”, or take it out of the programme")
    return Problem(segment.where, "bulletin-not-valid", message, hint)


def _replaced(segment: SegmentPlan, occurrence: Occurrence, newer: str) -> Problem:
    message = _("“{newer}” replaces the bulletin “{id}”, which “{slot}” wants to air on {day}")
    message = message.format(
        newer=newer,
        id=segment.bulletin_id,
        slot=occurrence.slot.id,
        day=f"{occurrence.starts_at:%d/%m/%Y}",
    )
    hint = _("name “{newer}” in the programme instead").format(newer=newer)
    return Problem(segment.where, "bulletin-replaced", message, hint)


def _untranslated(occurrence: Occurrence, known: Known) -> Iterator[tuple[str, Problem]]:
    for segment in occurrence.programme.segments:
        name, language = segment.bulletin_id, segment.language
        if not language or name not in (known.bulletins or {}):
            continue
        if known.is_spoken_in and not known.is_spoken_in(name, language):
            message = _("“{slot}” airs in “{language}”, but “{id}” is not recorded in it").format(
                slot=occurrence.slot.id, language=language, id=name
            )
            hint = _("record it, and put it into scripts_vi/am-thanh as {name}.m4a")
            hint = hint.format(name=f"{name}.{language}")
            where = occurrence.slot.where
            yield name, Problem(where, "not-in-language", message, hint, Severity.WARNING)


def _uncovered(plans: Sequence[WeekPlan], days: Sequence[date]) -> Iterator[Problem]:
    for day in days:
        if plans and plan_for(plans, day) is None:
            last = max(plans, key=lambda plan: plan.validity.last or plan.validity.first or day)
            message = _("no file holds on {day}: nothing will air").format(day=f"{day:%d/%m/%Y}")
            hint = _("lengthen “valid”, or write a file for those days")
            yield Problem(Where(last.path), "no-week", message, hint, Severity.WARNING)
            return
