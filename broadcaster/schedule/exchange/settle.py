"""Which days rows mean: days of the week, dates of one week, dates of many; and what is missing.

It stands apart because that can only be said when all rows are known.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Validity
from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.weekdays import spelled_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.imported import ImportedWeek
    from broadcaster.schedule.exchange.sheets import Found

__all__ = ["missing_days", "settle_dates", "settle_days"]


def settle_days(entries: list[Entry], found: Sequence[Found], week: ImportedWeek) -> None:
    """What “the days of the week” means, and rows that name no day."""
    weekend = frozenset({5, 6})
    has_weekend = any(e.when.days and not e.when.unsure and e.when.days <= weekend for e in entries)
    told: set[str] = set()
    silent = frozenset().union(*(f.silent_days for f in found))
    for entry in entries:
        if entry.when.unsure:
            days = frozenset(range(5 if has_weekend else 7)) - silent
            entry.when = replace(entry.when, days=days, unsure=False)
            if "unsure" not in told:
                told.add("unsure")
                what = _("“days of the week” is read as {days}").format(days=spelled_days(days))
                week.problems.append(doubts.assumed(entry.where, what))
        when = entry.when
        named = when.days is not None or when.date is not None or bool(when.rule)
        if not named and not any(f.default_days for f in found) and "none" not in told:
            told.add("none")
            week.problems.append(doubts.no_days(entry.where))
        _take_away(entry, silent if not named else frozenset(), found)


def _take_away(entry: Entry, silent: frozenset[int], found: Sequence[Found]) -> None:
    """``(trừ Chủ nhật)``, and the silent days of the whole timetable for a row without days."""
    away = entry.when.without | silent
    if away and not entry.when.date and not entry.when.rule:
        default = next((f.default_days for f in found if f.default_days), frozenset(range(7)))
        days = default if entry.when.days is None else entry.when.days
        entry.when = replace(entry.when, days=days - away or days)


def settle_dates(entries: list[Entry], week: ImportedWeek) -> None:
    """Rows that name the dates of one week are a week; others keep their dates."""
    for entry in entries:
        when = entry.when
        if when.date and when.days and when.date.weekday() not in when.days:
            what = _("{date} is {real}, not {said}").format(
                date=f"{when.date:%d/%m/%Y}",
                real=spelled_days(frozenset({when.date.weekday()})),
                said=spelled_days(when.days),
            )
            week.problems.append(doubts.contradiction(entry.where, what))
    dates = sorted({entry.when.date for entry in entries if entry.when.date})
    undated = [e for e in entries if not e.when.date and e.when.days != frozenset()]
    if not dates or (dates[-1] - dates[0]).days > 6:
        return
    title = week.validity
    if undated and not (
        title.first
        and title.last
        and title.covers(dates[0])
        and (title.last - title.first).days < 7
    ):
        return
    for entry in entries:
        if entry.when.date:
            days = frozenset({entry.when.date.weekday()})
            entry.when = replace(entry.when, days=days, date=None)
    if not (title.first and title.last and title.covers(dates[0]) and title.covers(dates[-1])):
        week.validity = _week_around(dates[0], dates[-1])


def _week_around(first: date, last: date) -> Validity:
    monday = first - timedelta(days=first.weekday())
    sunday = monday + timedelta(days=6)
    return Validity(monday, sunday) if last <= sunday else Validity(first, last)


def missing_days(week: ImportedWeek, found: Sequence[Found], path: Path) -> None:
    """A timetable that goes day by day, or is of one week, should have them all."""
    aired = frozenset().union(*(slot.days for slot in week.written))
    period = week.validity
    of_one_week = bool(period.first and period.last and (period.last - period.first).days <= 6)
    if not aired or not (of_one_week or any(f.day_by_day for f in found)):
        return
    promised = frozenset(range(7))
    if of_one_week and period.first and period.last:
        span = (period.last - period.first).days + 1
        promised = frozenset((period.first + timedelta(days=n)).weekday() for n in range(span))
    if missing := promised - aired - frozenset().union(*(f.silent_days for f in found)):
        message = _("nothing is said of {days}: nothing will air then")
        message = message.format(days=spelled_days(missing))
        hint = _("add the days that are missing, or leave it so if nothing is to be heard")
        week.problems.append(
            Problem(Where(path), "import-missing-days", message, hint, Severity.WARNING)
        )
