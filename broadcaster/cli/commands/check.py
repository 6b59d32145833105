"""``broadcaster check``: every problem of the schedule and the bulletins at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import content_status, show_problems, summary
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import WeekType
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.cli.session import Session
    from broadcaster.errors import Problem

__all__ = ["command"]


def _show(problems: list[Problem]) -> None:
    show_problems(problems, on_stderr=False)
    click.echo(summary(problems))


@command_(
    "check",
    help=N_(
        "Look at settings, schedule and bulletins, and show every problem with its place and cure."
        "\n\nIt ends with 1 when something is kept off the air; warnings alone end with 0."
    ),
)
@option(
    "--week",
    "monday",
    type=WeekType(),
    metavar=N_("WEEK"),
    help=N_("The week to look at, like 2026-W48; this week unless given."),
)
@listing(_show, status=content_status)
@click.pass_obj
def command(session: Session, monday: date | None) -> list[Problem]:
    """The problems in the order of their places."""
    from broadcaster.station.check import check_station

    return check_station(session.folder(), monday=monday)
