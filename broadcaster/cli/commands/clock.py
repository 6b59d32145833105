"""``broadcaster clock``: whether the station believes the clock, and a person's word for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  encoded by its type
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.listing import listing
from broadcaster.cli.orders import give_order, person
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class ClockState:
    """What the clock shows; ``code`` and ``why`` are "" where it is believed."""

    now: datetime
    synchronised: bool
    trusted: bool
    code: str = ""
    why: str = ""


def _show(state: ClockState) -> None:
    click.echo(_("it is {time} here").format(time=f"{state.now:%H:%M:%S %d/%m/%Y}"))
    by_server = _("a time server keeps it right")
    by_nobody = _("no time server keeps it right: compare it with a watch from time to time")
    click.echo(by_server if state.synchronised else by_nobody)
    if state.trusted:
        click.echo(_("the station trusts it"))
        return
    text = _("nothing planned is broadcast: {why}").format(why=f"{state.why} [{state.code}]")
    click.echo(click.style(text, fg="red"))
    click.echo(_("set the clock right, then: broadcaster clock confirm"))


def _code(state: ClockState) -> int:
    return ExitCode.FINE if state.trusted else ExitCode.CONTENT


@group(
    "clock",
    invoke_without_command=True,
    subcommand_metavar=N_("[COMMAND] [ARGS]..."),
    help=N_(
        "Show what time it is for the station, and whether it believes that.\n\nA clock that lies "
        "before the last row of the log, or that jumped far ahead, starts nothing planned until a "
        "time server has set it or a person confirms it. An emergency is heard at any time."
    ),
)
@listing(_show, status=_code)
@click.pass_context
def command(ctx: click.Context) -> ClockState | None:
    """The state of the clock; the exit code is 1 where it is not believed."""
    if ctx.invoked_subcommand:
        return None
    from broadcaster.clock import is_synchronised
    from broadcaster.station.air.clockrecord import doubt_of

    session: Session = ctx.obj
    now, doubt = session.clock.now(), doubt_of(session.folder(), clock=session.clock)
    if doubt is None:
        return ClockState(now, is_synchronised(), trusted=True)
    reason = doubt.reason
    return ClockState(now, is_synchronised(), trusted=False, code=reason.code, why=reason.text)


@command_(
    "confirm",
    help=N_(
        "Confirm that the clock is right now, in your name. What is planned is broadcast again, "
        "also where a row of the log lies in the future."
    ),
)
@option("--by", default="", metavar=N_("NAME"), help=N_("Who confirms it, for the log."))
@click.pass_obj
def confirm(session: Session, *, by: str) -> None:
    """Order it of the daemon, or write it down where none runs."""
    from broadcaster.asrun import CommandKind, Store
    from broadcaster.station.air.clockrecord import confirm_at_rest, vouch
    from broadcaster.station.air.lock import running_pid

    folder, clock = session.folder(), session.clock
    if running_pid(folder.root) is None:
        folder.ensure()
        click.echo(confirm_at_rest(folder, clock=clock, by=by or person()))
        return
    with Store.open(folder.database, clock=clock) as store:
        confirmation = vouch(folder, store, clock=clock).as_text()
    click.echo(give_order(session, CommandKind.CLOCK_CONFIRM, confirmation, by=by))


command.add_command(confirm)
