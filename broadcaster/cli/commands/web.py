"""``broadcaster web``: the operator's page, and the secrets of programs that read from it."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.translated import N_, argument, group, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError, nearest

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@group(
    "web",
    invoke_without_command=True,
    subcommand_metavar=N_("[COMMAND] [ARGS]..."),
    help=N_(
        "Open the page on which the station is operated with a browser."
        "\n\nIt runs beside “broadcaster run” and may be started and ended at any time: what is on "
        "air goes on. It can be reached from this machine alone, unless --lan or --host says more."
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
@option(
    "--lan",
    is_flag=True,
    help=N_(
        "For the phones of the office: answer in the local network, with a certificate of its own, "
        "and show the address as a picture to be read by a phone's camera."
    ),
)
@click.pass_context
def command(ctx: click.Context, host: str, port: int, *, lan: bool) -> None:
    """Serve the page until somebody presses Ctrl+C."""
    if ctx.invoked_subcommand:
        return
    session: Session = ctx.obj
    folder = session.folder()
    try:
        from broadcaster.web.serve import serve
    except ModuleNotFoundError as error:
        message = _("the page needs {name}: pip install 'broadcaster[web]'")
        raise ContentError([], message=message.format(name=error.name)) from error
    serve(folder, host=host, port=port, lan=lan, clock=session.clock, tell=click.echo)


@command_(
    "token",
    help=N_(
        "Let the program NAME of another office read the rundown and the log, and hand in "
        "bulletins: prints its secret, which is shown this once.\n\nWithout NAME it lists the "
        "programs that may."
    ),
)
@argument("name", metavar=N_("[NAME]"), default="")
@option("--remove", is_flag=True, help=N_("Let it in no more."))
@click.pass_obj
def token(session: Session, name: str, *, remove: bool) -> None:
    """Make, list and remove the secrets of programs."""
    from broadcaster.web.tokens import drop_token, new_token, token_names

    folder = session.folder()
    if not name:
        click.echo("\n".join(token_names(folder)) or _("No program may come in."))
    elif not remove:
        click.echo(new_token(folder, name, now=session.clock.now()))
    elif drop_token(folder, name):
        click.echo(_("“{name}” comes in no more.").format(name=name))
    else:
        message = _("there is no program “{name}”").format(name=name)
        raise ContentError([], message=f"{message}: {nearest(name, token_names(folder))}")


command.add_command(token)
