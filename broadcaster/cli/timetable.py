"""Days of the rundown as ``today`` and ``week`` list them."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import show_problems
from broadcaster.cli.table import show_table
from broadcaster.shown import shown_length, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from broadcaster.cli.session import Session
    from broadcaster.station.timetable import PlannedSlot

__all__ = ["on_air", "planned", "show_timetable"]


def planned(session: Session, days: Iterable[date]) -> list[PlannedSlot]:
    """What the weeks in force plan for ``days``, cancelled slots too.

    Problems of the schedule go to standard error; raises ConfigError when no week can be loaded.
    """
    from broadcaster.station.timetable import planned as plan

    rows, problems = plan(session.folder(), session.config(), session.content(), days)
    show_problems(problems)
    return rows


def on_air(rows: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Those that are to be heard: what a program that reads the rundown wants."""
    from broadcaster.station.timetable import on_air as heard

    return heard(rows)


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
