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
    from broadcaster.playout import Gate
    from broadcaster.station.assembly.outlook import Outlook
    from broadcaster.station.settings.config import StationConfig

__all__ = ["PlannedSlot", "on_air", "planned", "show_timetable", "weekday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One start of a day; ``ends_at`` is when the slot's longest duration is over.

    ``estimated_ms`` is its length as far as it can be known before its sound is made, and
    ``length_ms`` that of the sound, None where there is none; ``left_out`` says what has no
    place.  It follows the slot ``after``, so that ``starts_at`` is the latest; ``refused`` says
    why it will not air.  ``outputs`` are those on which it airs, none where the station's has no
    name.
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
    after: str = ""
    refused: str = ""


def planned(session: Session, days: Iterable[date]) -> list[PlannedSlot]:
    """What the weeks in force plan for ``days``, cancelled slots too.

    Problems of the schedule go to standard error; raises ConfigError when no week can be loaded.
    """
    from broadcaster.schedule import rundown
    from broadcaster.station.air.gates import gate_of
    from broadcaster.station.assembly.outlook import outlook

    content = session.content()
    week_files = session.folder().week_files()
    problems = [problem for problem in content.problems if problem.where.path in week_files]
    if not content.plans and any(p.severity is Severity.ERROR for p in problems):
        raise ConfigError(problems)
    rundowns = [rundown(content.plans, day) for day in days]
    problems += [problem for found in rundowns for problem in found.problems]
    show_problems(dict.fromkeys(problems))
    config = session.config()
    gate = gate_of(config, lambda: content.plans)
    with outlook(session.folder(), config, content) as look:
        return [_row(item, look, config, gate) for found in rundowns for item in found.items]


def on_air(rows: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Those that are to be heard: what a program that reads the rundown wants."""
    return [row for row in rows if not (row.cancelled or row.refused)]


def _row(item: RundownItem, look: Outlook, config: StationConfig, gate: Gate) -> PlannedSlot:
    from broadcaster.station.assembly.outlook import Forecast
    from broadcaster.station.preparing.variants import slot_outputs

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
        after=occurrence.slot.after,
        refused=str(gate.refusal(occurrence, occurrence.starts_at) or ""),
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


def _show_days(rows: Sequence[PlannedSlot]) -> None:
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


def show_timetable(rows: Sequence[PlannedSlot]) -> None:
    """Print the table of one or more days, and what each programme has no place for, once."""
    _show_days(rows)
    for line in dict.fromkeys(f"{row.slot}: {why}" for row in rows for why in row.left_out):
        click.echo(line)


def _cells(row: PlannedSlot, *, with_outputs: bool) -> tuple[str, ...]:
    refused = _("will not air: {reason}").format(reason=row.refused) if row.refused else ""
    follows = _("right after “{slot}”").format(slot=row.after) if row.after else ""
    cancelled = ": ".join(filter(None, [_("cancelled") if row.cancelled else "", row.reason]))
    note = "; ".join(filter(None, [cancelled, "" if row.cancelled else refused, follows]))
    lengths = (shown_length(row.estimated_ms), shown_length(row.length_ms))
    times = (f"{row.starts_at:%H:%M}", f"{row.ends_at:%H:%M}")
    outputs = [", ".join(row.outputs)] if with_outputs else []
    return (*times, row.slot, row.title, *lengths, *outputs, note)
