"""Sheets → an :class:`ImportedWeek`: the way of a timetable from its cells to a week."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Validity
from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.again import name_replays
from broadcaster.schedule.exchange.build import build_week
from broadcaster.schedule.exchange.dates import known_years
from broadcaster.schedule.exchange.entries import When
from broadcaster.schedule.exchange.heard import heard
from broadcaster.schedule.exchange.imported import ImportedWeek
from broadcaster.schedule.exchange.relays import settle_relays
from broadcaster.schedule.exchange.seasons import find_seasons
from broadcaster.schedule.exchange.settle import missing_days, settle_dates, settle_days
from broadcaster.schedule.exchange.sheets import read_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from broadcaster.schedule.exchange.cells import Sheet
    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.sheets import Found

__all__ = ["import_sheets"]

_MOST_ENTRIES = 2_000


def import_sheets(
    sheets: Sequence[Sheet],
    *,
    path: Path,
    today: date,
    on: date | None = None,
    relays: Mapping[str, str] | None = None,
    problems: list[Problem] | None = None,
) -> ImportedWeek:
    """The week that ``sheets`` hold; ``today`` decides the year of dates without one.

    Of rows that hold at different times, those of the day ``on`` (today's) are taken.
    ``relays`` has the titles of the station's relays by name;
    ``problems`` are those that reading the file has found already.
    """
    found_problems = list(problems or ())
    texts = [cell.text for sheet in sheets for row in sheet.rows for cell in row]
    years = known_years(texts, today)
    found = [read_sheet(sheet, years, found_problems) for sheet in sheets]
    week = ImportedWeek(source=path.name, problems=found_problems)
    week.title = next((f.title for f in found if f.title), "")
    week.notes = tuple(note for f in found for note in f.notes)[:40]
    entries = _of_one_period(_all_entries(found), week, on or today)
    entries = heard(entries, week)
    settle_days(entries, found, week)
    settle_dates(entries, week)
    default_days = next((f.default_days for f in found if f.default_days), None)
    entries = name_replays(entries, default_days or frozenset(range(7)), week)
    if len(entries) > _MOST_ENTRIES:
        found_problems.append(_cut(path))
    names = {entry.when.season for entry in entries if entry.when.season}
    week.seasons = find_seasons(names, sheets, Where(path), found_problems)
    week.programmes, week.slots = build_week(
        entries[:_MOST_ENTRIES],
        season_ids={season.name: season.id for season in week.seasons},
        problems=found_problems,
    )
    missing_days(week, found, path)
    settle_relays(week, relays or {})
    _languages(week)
    if not week.slots:
        found_problems.append(_nothing(path))
    return week


def _all_entries(found: Sequence[Found]) -> list[Entry]:
    """Every row, with the period that stands above it."""
    entries = []
    for sheet in found:
        for entry in sheet.entries:
            entry.when = entry.when.over(When(period=sheet.period))
            entries.append(entry)
    return entries


# -- periods --------------------------------------------------------------------------------


def _of_one_period(entries: list[Entry], week: ImportedWeek, on: date) -> list[Entry]:
    """The rows that hold ``on`` that day; a week's file has one period, so others are told."""
    periods = Counter(period for entry in entries if (period := entry.when.period))
    if not periods:
        return entries
    chosen = _period_on(periods, on)
    if all(entry.when.period for entry in entries):
        week.validity = chosen
    elif chosen.covers(on):
        week.problems += [_only(entry) for entry in entries if entry.when.period == chosen]
    else:
        chosen = Validity(on, on)
    others = [e for e in entries if e.when.period and not _meets(e.when.period, chosen)]
    for period in dict.fromkeys(entry.when.period for entry in others):
        first = next(entry for entry in others if entry.when.period == period)
        count = sum(entry.when.period == period for entry in others)
        message = _("{count} rows hold {period} only, and are not in this week")
        message = message.format(count=count, period=_spelled(period))
        hint = _("import it again with --on and a day of that time, as another week")
        week.problems.append(
            Problem(first.where, "import-other-dates", message, hint, Severity.WARNING)
        )
    return [entry for entry in entries if entry not in others]


def _period_on(periods: Counter[Validity], on: date) -> Validity:
    """The one that holds ``on`` for most rows, else the first after it, else the last of all."""
    ordered = sorted(periods, key=lambda p: str(p.first or ""))
    holding = sorted((p for p in ordered if p.covers(on)), key=lambda p: periods[p])
    later = [p for p in ordered if p.first and p.first > on]
    return (holding[-1:] or later[:1] or ordered[-1:])[0]


def _only(entry: Entry) -> Problem:
    """A row that holds for a time, in a week that has no end."""
    what = _("“{title}” holds {period} only, but the week has no end")
    what = what.format(title=entry.content.title, period=_spelled(entry.when.period))
    return doubts.assumed(entry.where, what)


def _meets(one: Validity, other: Validity) -> bool:
    starts = [p.first for p in (one, other) if p.first]
    return not starts or (one.covers(max(starts)) and other.covers(max(starts)))


def _spelled(period: Validity | None) -> str:
    ends = (
        [f"{day:%d/%m/%Y}" if day else "…" for day in (period.first, period.last)] if period else []
    )
    return "–".join(ends)


# -- what is left to do -----------------------------------------------------------------------


def _languages(week: ImportedWeek) -> None:
    """Each language without a voice needs a recording: told once a programme."""
    slots = {slot.programme: slot for slot in reversed(week.slots)}
    for programme in week.programmes:
        languages = dict.fromkeys(part.language for part in programme.parts if part.language)
        for language in languages if programme.id in slots else ():
            message = _("“{title}” is in another language ({language}), which no voice speaks")
            message = message.format(title=programme.title, language=language)
            hint = _("put a recording into the programme “{id}”").format(id=programme.id)
            where = slots[programme.id].where
            week.problems.append(Problem(where, "import-language", message, hint, Severity.WARNING))


def _cut(path: Path) -> Problem:
    message = _("this timetable has more than {n} rows; only those were read")
    hint = _("is it the right file? A timetable has at most some thousand rows")
    return Problem(Where(path), "import-cut", message.format(n=_MOST_ENTRIES), hint)


def _nothing(path: Path) -> Problem:
    message = _("no row of this file could be placed in a week")
    hint = _("a timetable has columns like “Giờ”, “Ngày”, “Nội dung”, or lines like “5h00 Thời sự”")
    return Problem(Where(path), "import-nothing", message, hint)
