"""A week as a grid: its slots in lines, T2 … CN across, and what is special on each day.

It stands apart because it must be quick with a hundred slots: it plans, and reads no bulletin and
no sound.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from broadcaster.schedule import Known, check_weeks, plan_for, rundown
from broadcaster.station.editing.judge import CLASHES
from broadcaster.web.words import is_known

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.errors import Problem, Where
    from broadcaster.model import RundownItem, Slot, WeekPlan
    from broadcaster.web.site import OnDisk

__all__ = ["Cell", "Day", "Line", "Week", "monday_of", "plan_of_slot", "week_name", "week_of"]

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_CHECKED = {*CLASHES, "quiet-hours", "no-week"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a slot does on one day: ``on``, ``off``, ``other`` (another programme), or
    nothing; ``clash`` where it meets another slot."""

    state: str = ""
    note: str = ""
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One slot over the week."""

    slot: Slot
    starts_at: datetime
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week and how often something airs."""

    day: date
    starts: int
    is_special: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The grid, and what is wrong with it."""

    monday: date
    days: tuple[Day, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    plan: WeekPlan | None

    @property
    def is_of_its_own(self) -> bool:
        """Whether the file in force holds for this week alone."""
        validity = self.plan.validity if self.plan else None
        ends = (self.monday, self.monday + timedelta(days=6))
        return validity is not None and (validity.first, validity.last) == ends


def week_name(monday: date) -> str:
    """``2026-W48``."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(name: str, today: date) -> date:
    """The Monday of ``2026-W48``, or of the week of ``today`` for anything else."""
    if match := _WEEK.fullmatch(name):
        with suppress(ValueError):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            if is_known(monday):
                return monday
    return today - timedelta(days=today.weekday())


def week_of(on_disk: OnDisk, monday: date) -> Week:
    """The week that begins on ``monday``, as the files say."""
    plans, config = on_disk.content.plans, on_disk.config
    days = [monday + timedelta(days=n) for n in range(7)]
    items = [rundown(plans, day).items for day in days]
    known = Known(rails=config.all_rails, fallback=config.fallback)
    found = [p for p in check_weeks(plans, days=days, known=known) if p.code in _CHECKED]
    clashing = {p.where for p in found if p.code in CLASHES}
    lines: dict[str, dict[int, RundownItem]] = {}
    for number, today in enumerate(items):
        for item in today:
            lines.setdefault(item.occurrence.slot.id, {})[number] = item
    built = (_line(same, clashing) for same in lines.values())
    return Week(
        monday=monday,
        days=tuple(_day(day, today) for day, today in zip(days, items, strict=True)),
        lines=tuple(sorted(built, key=lambda line: (line.starts_at.time(), line.slot.id))),
        problems=tuple(found),
        plan=plan_for(plans, monday),
    )


def plan_of_slot(on_disk: OnDisk, monday: date, slot_id: str) -> tuple[WeekPlan, Slot] | None:
    """The file of that week in which the slot is written, and the slot; None for none."""
    for n in range(7):
        plan = plan_for(on_disk.content.plans, monday + timedelta(days=n))
        for slot in plan.slots if plan else ():
            if plan and slot.id == slot_id:
                return plan, slot
    return None


def _line(items: dict[int, RundownItem], clashing: set[Where]) -> Line:
    first = next(iter(items.values())).occurrence
    cells = tuple(_cell(items.get(day), clashing) for day in range(7))
    return Line(first.slot, first.starts_at, _usual(items), cells)


def _usual(items: dict[int, RundownItem]) -> str:
    """The title of the slot's own programme, where any day has it."""
    own = (i.occurrence for i in items.values() if _is_own(i))
    first = next(iter(items.values())).occurrence
    return next(own, first).programme.title


def _is_own(item: RundownItem) -> bool:
    slot = item.occurrence.slot
    return slot.replay is not None or item.occurrence.programme.id == slot.programme_id


def _cell(item: RundownItem | None, clashing: set[Where]) -> Cell:
    if item is None:
        return Cell()
    occurrence = item.occurrence
    if item.cancelled:
        return Cell("off", occurrence.reason)
    clash = occurrence.slot.where in clashing
    if not _is_own(item):
        return Cell("other", occurrence.programme.title, clash)
    return Cell("on", occurrence.reason, clash)


def _day(day: date, items: tuple[RundownItem, ...]) -> Day:
    special = any(item.cancelled or item.occurrence.reason or not _is_own(item) for item in items)
    return Day(day, sum(not item.cancelled for item in items), special)
