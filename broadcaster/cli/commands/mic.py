"""``broadcaster mic``: the schedule makes room for somebody who speaks at the amplifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.orders import give_order
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]

_MINUTE_MS = 60_000


@group(
    "mic",
    help=N_(
        "Make room for somebody who speaks at the amplifier. Nothing is recorded; the schedule "
        "goes on by itself."
    ),
)
def command() -> None:
    """Hold the two orders."""


@command_("on", help=N_("The microphone has the air, for so many minutes at most."))
@option("--minutes", type=click.IntRange(1, 1440), help=N_("How long at most."))
@option("--why", default="", metavar=N_("WORDS"), help=N_("Who speaks and why, for the log."))
@click.pass_obj
def on(session: Session, *, minutes: int | None, why: str) -> None:
    """Order the air."""
    wanted = minutes or session.config().mic.usual_ms // _MINUTE_MS
    click.echo(give_order(session, "mic-on", f"{wanted}|{why}"))


@command_("off", help=N_("Whoever spoke has finished; the schedule goes on."))
@click.pass_obj
def off(session: Session) -> None:
    """Give it back."""
    click.echo(give_order(session, "mic-off"))


command.add_command(on)
command.add_command(off)
