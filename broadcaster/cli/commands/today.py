"""``broadcaster today``: the rundown of this day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.clockwords import warn_of_clock
from broadcaster.cli.listing import listing
from broadcaster.cli.timetable import on_air, planned, show_timetable
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.timetable import PlannedSlot

__all__ = ["command"]


@command_(
    "today",
    help=N_("Show what is to be broadcast today, cancelled slots too with their reason."),
)
@listing(show_timetable, json_value=on_air)
@click.pass_obj
def command(session: Session) -> list[PlannedSlot]:
    """The slots of this day in the order of their start."""
    warn_of_clock(session)
    return planned(session, [session.today()])
