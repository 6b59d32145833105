"""``broadcaster stop``: silence, by an order to the running daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.orders import give_order
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "stop",
    help=N_("Silence what is on air. The station goes on, and the next slot starts on time."),
)
@click.pass_obj
def command(session: Session) -> None:
    """Order silence."""
    click.echo(give_order(session, "stop"))
