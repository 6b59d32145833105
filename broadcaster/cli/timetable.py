"""Days of the rundown as ``today`` and ``week`` list them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import show_problems
from broadcaster.cli.table import show_table, shown_length
from broadcaster.errors import ConfigError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from broadcaster.cli.session import Session
    from broadcaster.model import Priority, RundownItem, StartType
    from broadcaster.station.config import StationConfig
    from broadcaster.station.outlook import Outlook

__all__ = ["PlannedSlot", "on_air", "planned", "show_timetable", "show_today", "weekday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One start of a day; ``ends_at`` is when the slot's longest duration is over.

    ``estimated_ms`` is its length as far as it can be known before its sound is made, and
    ``length_ms`` that of the sound, None where there is none; ``left_out`` says what has no place.
    ``outputs`` are those on which it airs, none where the station's has no name.
    """

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
    outputs: tuple[str, ...] = ()
    estimated_ms: int | None = None
    length_ms: int | None = None
    left_out: tuple[str, ...] = ()


def planned(session: Session, days: Iterable[date]) -> list[PlannedSlot]:
    """What the weeks in force plan for ``days``, cancelled slots too.

    Problems of the schedule go to standard error; raises ConfigError when no week can be loaded.
    """
    from broadcaster.schedule import rundown
    from broadcaster.station.outlook import outlook

    content = session.content()
    week_files = session.folder().week_files()
    problems = [problem for problem in content.problems if problem.where.path in week_files]
    if not content.plans and any(p.severity is Severity.ERROR for p in problems):
        raise ConfigError(problems)
    rundowns = [rundown(content.plans, day) for day in days]
    problems += [problem for found in rundowns for problem in found.problems]
    show_problems(dict.fromkeys(problems))
    config = session.config()
    with outlook(session.folder(), config, content) as look:
        return [_row(item, look, config) for found in rundowns for item in found.items]


def on_air(rows: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Those that are to be heard: what a program that reads the rundown wants."""
    return [row for row in rows if not row.cancelled]


def _row(item: RundownItem, look: Outlook, config: StationConfig) -> PlannedSlot:
    from broadcaster.station.outlook import Forecast
    from broadcaster.station.variants import slot_outputs

    occurrence = item.occurrence
    outputs = (settings.name for settings, _wanted in slot_outputs(occurrence, config.all_outputs))
    forecast = Forecast() if item.cancelled else look.of(occurrence)
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
        outputs=tuple(filter(None, outputs)),
        estimated_ms=forecast.estimated_ms,
        length_ms=forecast.real_ms,
        left_out=forecast.left_out,
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
    named = len({name for row in rows for name in row.outputs}) > 1
    for day in sorted({row.starts_at.date() for row in rows}):
        click.echo(click.style(f"{weekday(day)} {day:%d/%m/%Y}", bold=True))
        todays = (row for row in rows if row.starts_at.date() == day)
        headings = (
            *(_("from"), _("until at the latest"), _("slot"), _("programme")),
            *(_("estimate"), _("length"), *([_("outputs")] if named else []), _("note")),
        )
        show_table((_cells(row, with_outputs=named) for row in todays), headings)
        click.echo()


def show_today(rows: Sequence[PlannedSlot]) -> None:
    """Print the table of a day, and what each programme has no place for."""
    show_timetable(rows)
    for row in rows:
        for reason in row.left_out:
            click.echo(f"{row.slot}: {reason}")


def _cells(row: PlannedSlot, *, with_outputs: bool) -> tuple[str, ...]:
    note = ": ".join(filter(None, [_("cancelled") if row.cancelled else "", row.reason]))
    lengths = (shown_length(row.estimated_ms), shown_length(row.length_ms))
    times = (f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}")
    outputs = [", ".join(row.outputs)] if with_outputs else []
    return (*times, row.slot, row.title, *lengths, *outputs, note)
