"""``broadcaster play ID --now``: an order to the running daemon."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.orders import give_order
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "play",
    help=N_(
        "Broadcast the bulletin or programme ID now. It cuts what is on air, unless that is more "
        "important."
    ),
)
@argument("name", metavar=N_("ID"))
@option("--now", is_flag=True, help=N_("Say that it is meant: the sound begins at once."))
@click.pass_obj
def command(session: Session, name: str, *, now: bool) -> None:
    """Order it; without --now nothing happens, so that a slip does not sound in the street."""
    if not now:
        raise click.UsageError(_("add --now: the sound begins at once, for everybody to hear"))
    click.echo(give_order(session, "play", name))
