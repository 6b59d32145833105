"""``broadcaster web``: the operator's page."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "web",
    help=N_(
        "Open the page on which the station is operated with a browser."
        "\n\nIt runs beside “broadcaster run” and may be started and ended at any time: what is on "
        "air goes on. It can be reached from this machine alone, unless --host says more."
    ),
)
@option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar=N_("ADDRESS"),
    help=N_("Answer at this address of the machine."),
)
@option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8080,
    show_default=True,
    help=N_("Answer at this port."),
)
@click.pass_obj
def command(session: Session, host: str, port: int) -> None:
    """Serve the page until somebody presses Ctrl+C."""
    try:
        from broadcaster.web.serve import serve
    except ModuleNotFoundError as error:
        message = _("the page needs {name}: pip install 'broadcaster[web]'")
        raise ContentError([], message=message.format(name=error.name)) from error
    serve(session.folder(), host=host, port=port, clock=session.clock, tell=click.echo)
