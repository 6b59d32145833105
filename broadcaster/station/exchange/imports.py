"""A file from elsewhere → what it becomes in a station, by what it holds and not by its ending.

It stands apart because decoding old Vietnamese text belongs to the script stage, and timetables
to the schedule: only the station knows both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Severity, Where
from broadcaster.schedule import parse_week
from broadcaster.schedule.exchange import (
    exception_lines,
    import_sheets,
    insert_under,
    is_playlist,
    is_workbook,
    music_programme,
    read_holidays,
    read_playlist,
    read_text_sheet,
    read_workbook,
    week_text,
)
from broadcaster.script.decoding import NotTextError, decode
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from broadcaster.schedule.exchange import Holiday, ImportedWeek

__all__ = ["Choices", "Imported", "import_file", "put_into", "write_week"]

_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the operator wants of a calendar's days: slots to cancel, (slot, programme) instead."""

    cancel: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, kw_only=True)
class Imported:
    """What a file became: the text to write, and what could not be known.

    ``key`` is where ``lines`` belong in a week that stands already (``exceptions``,
    ``programmes``); it is empty for a whole week.
    """

    text: str
    problems: list[Problem]
    week: ImportedWeek | None = None
    holidays: list[Holiday] = field(default_factory=list)
    music: list[str] = field(default_factory=list)
    key: str = ""
    lines: list[str] = field(default_factory=list)
    written_to: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.week and self.week.programmes) and not self.lines


def import_file(
    path: Path,
    *,
    today: date,
    on: date | None = None,
    relays: Mapping[str, str] | None = None,
    sounds: Path | None,
    choices: Choices = Choices(),
) -> Imported:
    """What ``path`` holds: a timetable, a calendar, or a playlist (of the folder ``sounds``).

    Of rows that hold at different times, those of the day ``on`` are taken (today's).
    ``relays`` has the titles of the station's relays by name.
    Raises ContentError where it is none of them, OSError where it cannot be read.
    """
    data = _bytes(path)
    if is_workbook(data):
        problems: list[Problem] = []
        sheets = read_workbook(data, path=path, problems=problems)
        return _timetable(
            import_sheets(sheets, path=path, today=today, on=on, relays=relays, problems=problems)
        )
    text = _text(data, path)
    if "BEGIN:VCALENDAR" in text[:2_000].upper():
        return _calendar(text, path, today, choices)
    if is_playlist(text, suffix=path.suffix):
        return _playlist(text, path, sounds)
    sheet = read_text_sheet(text, path=path)
    return _timetable(import_sheets([sheet], path=path, today=today, on=on, relays=relays))


def _bytes(path: Path) -> bytes:
    if path.is_file() and path.stat().st_size > _LARGEST:
        message = _("this file is too large for a timetable of a week")
        hint = _("is it the right file? A timetable has at most some thousand rows")
        raise ContentError([Problem(Where(path), "import-too-large", message, hint)])
    return path.read_bytes()


def _text(data: bytes, path: Path) -> str:
    """Raises ContentError for what is neither a workbook nor text."""
    try:
        text = decode(data)
    except NotTextError as error:
        reason, _hint = (str(part) for part in error.args)
        raise ContentError([_no_timetable(path, reason)]) from error
    if "<html" in text[:2_000].casefold() or "<table" in text[:2_000].casefold():
        raise ContentError([_no_timetable(path, _("this is a web page"))])
    return text


def _no_timetable(path: Path, reason: str) -> Problem:
    hint = _(
        "open it in Excel or LibreOffice, and save it as .xlsx or .csv; "
        "copy a table of Word into Excel"
    )
    return Problem(Where(path), "import-unreadable", reason, hint)


def _timetable(week: ImportedWeek) -> Imported:
    return Imported(text=week_text(week), problems=week.problems, week=week)


def _calendar(text: str, path: Path, today: date, choices: Choices) -> Imported:
    holidays, problems = read_holidays(text, path=path, today=today)
    lines = exception_lines(holidays, cancel=choices.cancel, replace=choices.replace)
    whole = "\n".join(["exceptions:", *(f"  {line}" for line in lines)]) + "\n"
    return Imported(text=whole, problems=problems, holidays=holidays, key="exceptions", lines=lines)


def _playlist(text: str, path: Path, sounds: Path | None) -> Imported:
    if sounds is None:
        message = _("the sounds of a playlist belong to a station")
        hint = _("go into the station folder, or use -C DIR")
        raise ContentError([Problem(Where(path), "import-outside", message, hint)])
    there = sorted(p.name for p in sounds.iterdir() if p.is_file()) if sounds.is_dir() else []
    names, problems = read_playlist(text, path=path, sounds=sounds, names=there)
    lines = music_programme(names, title=path.stem) if names else []
    whole = "\n".join(["programmes:", *(f"  {line}" for line in lines)]) + "\n"
    return Imported(text=whole, problems=problems, music=names, key="programmes", lines=lines)


# -- writing --------------------------------------------------------------------------------


def write_week(found: Imported, target: Path) -> None:
    """Write ``found`` as a new file; raises SoundError when the disk does not take it."""
    with whole_file(target) as file:
        file.write(found.text.encode())


def put_into(found: Imported, week: Path) -> None:
    """Add the lines of ``found`` to ``week``, which keeps every word that stands there.

    Raises ContentError, and leaves the file as it was, where the result would have new errors.
    """
    before = week.read_text(encoding="utf-8-sig")
    after = insert_under(before, found.key, found.lines)
    new = _errors(after, week) - _errors(before, week)
    if new:
        message = _("the week could not take these lines, and stays as it was")
        hint = _("print them with “-o -”, and put them in by hand")
        raise ContentError([Problem(Where(week), "import-unfit", f"{message} ({new.pop()})", hint)])
    with whole_file(week) as file:
        file.write(after.encode())


def _errors(text: str, path: Path) -> set[str]:
    plan, problems = parse_week(text, path=path)
    errors = {p.message for p in problems if p.severity is Severity.ERROR}
    return errors if plan else {*errors, _("this file has neither programmes nor slots")}
