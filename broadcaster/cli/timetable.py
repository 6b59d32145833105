"""Days of the rundown as ``today`` and ``week`` list them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import show_problems
from broadcaster.cli.table import show_table
from broadcaster.errors import ConfigError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from broadcaster.cli.session import Session
    from broadcaster.model import Priority, RundownItem, StartType

__all__ = ["PlannedSlot", "on_air", "planned", "show_timetable", "weekday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One start of a day; ``ends_at`` is when the slot's longest duration is over."""

    occurrence: str
    slot: str
    starts_at: datetime
    ends_at: datetime
    programme: str
    title: str
    priority: Priority
    start: StartType
    reason: str
    cancelled: bool


def planned(session: Session, days: Iterable[date]) -> list[PlannedSlot]:
    """What the weeks in force plan for ``days``, cancelled slots too.

    Problems of the schedule go to standard error; raises ConfigError when no week can be loaded.
    """
    from broadcaster.schedule import rundown

    content = session.content()
    week_files = session.folder().week_files()
    problems = [problem for problem in content.problems if problem.where.path in week_files]
    if not content.plans and any(p.severity is Severity.ERROR for p in problems):
        raise ConfigError(problems)
    rundowns = [rundown(content.plans, day) for day in days]
    problems += [problem for found in rundowns for problem in found.problems]
    show_problems(dict.fromkeys(problems))
    return [_row(item) for found in rundowns for item in found.items]


def on_air(rows: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Those that are to be heard: what a program that reads the rundown wants."""
    return [row for row in rows if not row.cancelled]


def _row(item: RundownItem) -> PlannedSlot:
    occurrence = item.occurrence
    return PlannedSlot(
        occurrence=occurrence.id,
        slot=occurrence.slot.id,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_by,
        programme=occurrence.programme.id,
        title=occurrence.programme.title,
        priority=occurrence.slot.priority,
        start=occurrence.slot.start_type,
        reason=occurrence.reason,
        cancelled=item.cancelled,
    )


def weekday(day: date) -> str:
    """The name of the weekday of ``day``."""
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day.weekday()]


def show_timetable(rows: Sequence[PlannedSlot]) -> None:
    """Print a table for each day."""
    if not rows:
        click.echo(_("Nothing is planned."))
    for day in sorted({row.starts_at.date() for row in rows}):
        click.echo(click.style(f"{weekday(day)} {day:%d/%m/%Y}", bold=True))
        todays = (row for row in rows if row.starts_at.date() == day)
        headings = (_("from"), _("until at the latest"), _("slot"), _("programme"), _("note"))
        show_table(map(_cells, todays), headings)
        click.echo()


def _cells(row: PlannedSlot) -> tuple[str, ...]:
    note = ": ".join(filter(None, [_("cancelled") if row.cancelled else "", row.reason]))
    return (f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}", row.slot, row.title, note)
