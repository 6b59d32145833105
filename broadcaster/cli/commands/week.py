"""``broadcaster week``: the rundown of seven days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.moments import WeekType
from broadcaster.cli.timetable import on_air, planned, show_timetable
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.cli.session import Session
    from broadcaster.station.timetable import PlannedSlot

__all__ = ["command"]


@command_(
    "week",
    help=N_("Show what is to be broadcast from Monday to Sunday, exception days included."),
)
@option(
    "--week",
    "monday",
    type=WeekType(),
    metavar=N_("WEEK"),
    help=N_("Which week, like 2026-W48 or a day of it; this week unless given."),
)
@listing(show_timetable, json_value=on_air)
@click.pass_obj
def command(session: Session, monday: date | None) -> list[PlannedSlot]:
    """The slots of seven days in the order of their start."""
    today = session.today()
    first = monday or today - timedelta(days=today.weekday())
    return planned(session, [first + timedelta(days=n) for n in range(7)])
