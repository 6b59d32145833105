"""Sheets → an :class:`ImportedWeek`: the way of a timetable from its cells to a week."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Validity
from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.build import build_week
from broadcaster.schedule.exchange.contents import Kind, session_of
from broadcaster.schedule.exchange.dates import known_years
from broadcaster.schedule.exchange.entries import When
from broadcaster.schedule.exchange.imported import ImportedWeek
from broadcaster.schedule.exchange.seasons import find_seasons
from broadcaster.schedule.exchange.sheets import read_sheet
from broadcaster.schedule.exchange.weekdays import spelled_days

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    problems: list[Problem] | None = None,
) -> ImportedWeek:
    """The week that ``sheets`` hold; ``today`` decides the year of dates without one.

    Of rows that hold at different times, those of the day ``on`` (today's) are taken.
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
    entries = _heard(entries, week)
    _settle_days(entries, found, week)
    _settle_dates(entries, week)
    names = {entry.when.season for entry in entries if entry.when.season}
    week.seasons = find_seasons(names, sheets, Where(path), found_problems)
    week.programmes, week.slots = build_week(
        entries[:_MOST_ENTRIES],
        default_days=next((f.default_days for f in found if f.default_days), None),
        season_ids={season.name: season.id for season in week.seasons},
        problems=found_problems,
    )
    _missing_days(week, found, path)
    _relays(week)
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
    periods = Counter(entry.when.period for entry in entries if entry.when.period)
    if not periods:
        return entries
    chosen = _period_on(list(periods), on)
    week.validity = chosen
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


def _period_on(periods: list[Validity], on: date) -> Validity:
    """The one that holds ``on``, else the first after it, else the last of all."""
    ordered = sorted(periods, key=lambda p: str(p.first or ""))
    holding = [p for p in ordered if p.covers(on)]
    later = [p for p in ordered if p.first and p.first > on]
    return (holding[-1:] or later[:1] or ordered[-1:])[0]


def _meets(one: Validity, other: Validity) -> bool:
    starts = [p.first for p in (one, other) if p.first]
    return not starts or (one.covers(max(starts)) and other.covers(max(starts)))


def _spelled(period: Validity | None) -> str:
    ends = (
        [f"{day:%d/%m/%Y}" if day else "…" for day in (period.first, period.last)] if period else []
    )
    return "–".join(ends)


# -- rows that are no airings ---------------------------------------------------------------


def _heard(entries: list[Entry], week: ImportedWeek) -> list[Entry]:
    """Without what nobody hears: switching on, limits, silence, headings of sessions."""
    heard: list[Entry] = []
    silent: list[Entry] = []
    told: set[tuple[str, int | None]] = set()
    for number, entry in enumerate(entries):
        kind, title = entry.content.kind, entry.content.title
        if kind is Kind.SILENCE:
            silent.append(entry)
            what = _("the source says that nothing is broadcast: “{title}”").format(title=title)
        elif kind is Kind.MACHINE:
            what = _("“{title}” is work at the machine, which nobody hears").format(title=title)
        elif kind is Kind.LIMIT:
            what = _("“{title}” is a limit, no airing; limits belong into station.yaml")
            what = what.format(title=_limit_text(entry))
        elif _is_session_heading(entry, entries[number + 1 : number + 2]):
            what = _("“{title}” is the heading of the rows below").format(title=title)
        else:
            if not title:
                _name_it(entry, week)
            heard.append(entry)
            continue
        _end_before(entry, entries[:number])
        if (what, entry.start) not in told:
            told.add((what, entry.start))
            week.problems.append(doubts.left_out(entry.where, what))
    _contradict_silence(silent, heard, week)
    return heard


def _end_before(entry: Entry, above: Sequence[Entry]) -> None:
    """“5h45 nghỉ” is where the rows above it end."""
    for other in above if entry.start is not None else ():
        is_open = other.end is None and not other.length_ms and other.start is not None
        together = not (entry.when.days and other.when.days) or entry.when.days & other.when.days
        if is_open and together and entry.when.date == other.when.date:
            starts = [s for s in (other.row_end, entry.start) if s and s > (other.start or 0)]
            other.row_end = min(starts, default=None)


def _limit_text(entry: Entry) -> str:
    return " | ".join(part for part in entry.source.split(" | ") if part) or entry.content.title


def _is_session_heading(entry: Entry, following: Sequence[Entry]) -> bool:
    is_name = session_of(entry.content.title) or not entry.content.title
    if not is_name or entry.start is None:
        return False
    return any(
        other.start == entry.start and other.when.days == entry.when.days for other in following
    )


def _name_it(entry: Entry, week: ImportedWeek) -> None:
    week.problems.append(doubts.no_content(entry.where))
    entry.content = replace(entry.content, title="Chương trình chưa có tên")


def _contradict_silence(silent: list[Entry], heard: list[Entry], week: ImportedWeek) -> None:
    for entry in silent:
        for other in heard:
            same_day = entry.when.days and other.when.days and entry.when.days & other.when.days
            if entry.start is None and (
                same_day or (entry.when.date and entry.when.date == other.when.date)
            ):
                what = _("“{title}” airs on a day on which “{silence}” ({where})").format(
                    title=other.content.title, silence=entry.content.title, where=entry.where
                )
                week.problems.append(doubts.contradiction(other.where, what))
                break


# -- days -----------------------------------------------------------------------------------


def _settle_days(entries: list[Entry], found: Sequence[Found], week: ImportedWeek) -> None:
    """What “the days of the week” means, and rows that name no day."""
    weekend = frozenset({5, 6})
    has_weekend = any(e.when.days and not e.when.unsure and e.when.days <= weekend for e in entries)
    told: set[str] = set()
    for entry in entries:
        if entry.when.unsure:
            days = frozenset(range(5 if has_weekend else 7))
            entry.when = replace(entry.when, days=days, unsure=False)
            if "unsure" not in told:
                told.add("unsure")
                what = _("“days of the week” is read as {days}").format(days=spelled_days(days))
                week.problems.append(doubts.assumed(entry.where, what))
        named = entry.when.days is not None or entry.when.date is not None
        if not named and not any(f.default_days for f in found) and "none" not in told:
            told.add("none")
            week.problems.append(doubts.no_days(entry.where))


def _settle_dates(entries: list[Entry], week: ImportedWeek) -> None:
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


def _missing_days(week: ImportedWeek, found: Sequence[Found], path: Path) -> None:
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
    if missing := promised - aired:
        message = _("nothing is said of {days}: nothing will air then")
        message = message.format(days=spelled_days(missing))
        hint = _("add the days that are missing, or leave it so if nothing is to be heard")
        week.problems.append(
            Problem(Where(path), "import-missing-days", message, hint, Severity.WARNING)
        )


# -- what is left to do -----------------------------------------------------------------------


def _relays(week: ImportedWeek) -> None:
    """Each relay needs an address, each language without a voice a recording: told once."""
    slots = {slot.programme: slot for slot in reversed(week.slots)}
    for programme in week.programmes:
        slot = slots.get(programme.id)
        if slot is None:
            continue
        if any(part.kind is Kind.RELAY for part in programme.parts):
            message = _("“{title}” is a relay: its address is not known").format(
                title=programme.title
            )
            hint = _("set the source of the relay in the programme “{id}”").format(id=programme.id)
            week.problems.append(
                Problem(slot.where, "import-relay", message, hint, Severity.WARNING)
            )
        for language in dict.fromkeys(p.language for p in programme.parts if p.language):
            message = _("“{title}” is in another language ({language}), which no voice speaks")
            message = message.format(title=programme.title, language=language)
            hint = _("put a recording into the programme “{id}”").format(id=programme.id)
            week.problems.append(
                Problem(slot.where, "import-language", message, hint, Severity.WARNING)
            )


def _nothing(path: Path) -> Problem:
    message = _("no row of this file could be placed in a week")
    hint = _("a timetable has columns like “Giờ”, “Ngày”, “Nội dung”, or lines like “5h00 Thời sự”")
    return Problem(Where(path), "import-nothing", message, hint)
