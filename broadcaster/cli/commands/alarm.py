"""``broadcaster alarm``: prove that an alarm would reach somebody."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, group
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@group(
    "alarm",
    subcommand_metavar=N_("COMMAND [ARGS]..."),
    help=N_("Alarms: who is told when the station is silent. Open ones: broadcaster status"),
)
def command() -> None:
    """Only a name for what stands below it."""


def _show(results: dict[str, str]) -> None:
    if not results:
        click.echo(_("nobody is told: write “alarm” into station.yaml"))
    for way, failure in results.items():
        mark = click.style("✗", fg="red") if failure else click.style("✓", fg="green")
        click.echo(f"{mark} {way}: {failure or _('the test has left')}")


def _status(results: dict[str, str]) -> int:
    is_fine = results and not any(results.values())
    return ExitCode.FINE if is_fine else ExitCode.CONTENT


@command_("test", help=N_("Send a test now on each way of “alarm”, and say what came of it."))
@listing(_show, status=_status)
@click.pass_obj
def test(session: Session) -> dict[str, str]:
    """By way, why it failed; "" where it left."""
    from broadcaster.station.alarms import send_test

    return send_test(session.folder(), session.config(), now=session.clock.now())


command.add_command(test)
