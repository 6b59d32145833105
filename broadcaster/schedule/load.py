"""``schedules/*.yaml`` → WeekPlan, with every problem of the file at once.

The only impure module of the schedule: it reads a file.  What can be read is kept, so that a slip
in one slot never silences another.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import AfterInterrupt, LatePolicy, StationCalendar, Validity, WeekPlan
from broadcaster.schedule.exceptions import read_exceptions
from broadcaster.schedule.programmes import read_programmes
from broadcaster.schedule.seasons import read_seasons
from broadcaster.schedule.slots import SlotReader
from broadcaster.schedule.words import checked_range
from broadcaster.yamlmark import parse, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.errors import Problem
    from broadcaster.yamlmark import Mark

__all__ = ["WEEK_KEYS", "load_week", "parse_week"]

WEEK_KEYS = ("valid", "week", "seasons", "programmes", "slots", "exceptions")
_DEFAULT_LATE = LatePolicy()
_DEFAULT_CALENDAR = StationCalendar()
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


def load_week(
    path: Path,
    *,
    late: LatePolicy = _DEFAULT_LATE,
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME,
    calendar: StationCalendar = _DEFAULT_CALENDAR,
) -> tuple[WeekPlan | None, list[Problem]]:
    """The week in ``path`` and its problems; ``late`` and ``after_interrupt`` hold for slots that
    name no policy, and ``calendar`` has what is decided by date.

    The plan is None when nothing could be read, and also when its validity could not: nobody
    could say on which days it holds.
    """
    problems: list[Problem] = []
    root = read_file(path, problems=problems)
    slots = SlotReader(late, after_interrupt=after_interrupt)
    return _read_week(root, path, slots, calendar) if root else None, problems


def parse_week(
    text: str,
    *,
    path: Path,
    late: LatePolicy = _DEFAULT_LATE,
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME,
    calendar: StationCalendar = _DEFAULT_CALENDAR,
) -> tuple[WeekPlan | None, list[Problem]]:
    """As :func:`load_week`, from the text that ``path`` has or will have."""
    problems: list[Problem] = []
    root = parse(text, path=path, problems=problems)
    slots = SlotReader(late, after_interrupt=after_interrupt)
    return _read_week(root, path, slots, calendar) if root else None, problems


def _read_week(
    root: Mark, path: Path, usual: SlotReader, calendar: StationCalendar
) -> WeekPlan | None:
    values = root.mapping(WEEK_KEYS)
    seasons = read_seasons(values["seasons"]) if "seasons" in values else ()
    slots = replace(usual, seasons=seasons)
    validity = _read_validity(values)
    programmes = read_programmes(values["programmes"]) if "programmes" in values else {}
    plan_slots = slots.read_all(values["slots"].items()) if "slots" in values else ()
    exceptions = values["exceptions"].items() if "exceptions" in values else []
    plan_exceptions = read_exceptions(exceptions, slots=slots)
    if validity is None or not (programmes or plan_slots or plan_exceptions):
        _complain_of_nothing(root)
        return None
    return WeekPlan(
        path=path,
        validity=validity,
        programmes=programmes,
        slots=plan_slots,
        exceptions=plan_exceptions,
        seasons=seasons,
        calendar=calendar,
    )


def _complain_of_nothing(root: Mark) -> None:
    if not root.problems:
        message = _("this file has neither programmes nor slots")
        root.complain("empty-week", message, _("write “programmes:” and “slots:”"))


def _read_validity(values: dict[str, Mark]) -> Validity | None:
    """None after a problem."""
    found = []
    if "week" in values:
        found.append(_read_iso_week(values["week"]))
    if "valid" in values:
        found.append(_read_range(values["valid"]))
    if len(found) > 1:
        message = _("“valid” and “week” stand in one file")
        values["week"].complain("two-validities", message, _("keep one of them"))
        return None
    return found[0] if found else Validity()


def _read_iso_week(mark: Mark) -> Validity | None:
    if match := _ISO_WEEK.fullmatch(mark.text() or ""):
        year, week = (int(part) for part in match.groups())
        try:
            return Validity(
                date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
            )
        except ValueError:
            pass
    mark.bad_value("bad-week", _("write a week that exists, like 2026-W48"))
    return None


def _read_range(mark: Mark) -> Validity | None:
    before = len(mark.problems)
    values = mark.mapping(("from", "until"))
    first = values["from"].date() if "from" in values else None
    last = values["until"].date() if "until" in values else None
    if first and last:
        checked_range(values["until"], first, last)
    return Validity(first, last) if len(mark.problems) == before else None
