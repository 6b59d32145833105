"""``broadcaster service``: the station starts with the machine, and is watched by it."""

from __future__ import annotations

import os
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.health import findings_status, show_findings
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.station.check.doctor import Finding

__all__ = ["command"]

_USER = "dai"


@group(
    "service",
    subcommand_metavar=N_("COMMAND [ARGS]..."),
    help=N_("The station as a service of the system: it starts with the machine, and again."),
)
def command() -> None:
    """Only a name for what stands below it."""


@command_(
    "install",
    help=N_(
        "Let the station start with the machine: make a user that may use the sound cards, write "
        "a systemd unit, and start it. It needs root, and says what to type without.\n\n"
        "With --print it only shows the unit, and changes nothing."
    ),
)
@option("--user", default=_USER, metavar=N_("NAME"), help=N_("Run as this user; “dai” by default."))
@option("--print", "only_print", is_flag=True, help=N_("Show the unit and change nothing."))
@click.pass_obj
def install_(session: Session, user: str, *, only_print: bool) -> None:
    """Write the unit of this station folder and this program."""
    from broadcaster.station.service import install, unit_settings, unit_text
    from broadcaster.station.service.install import Machine

    folder = session.folder()
    settings = unit_settings(folder.root, session.config(), user=user, environment=os.environ)
    if only_print:
        click.echo(unit_text(settings), nl=False)
        return
    arguments = ["-C", str(settings.root), "service", "install", "--user", user]
    _say(install(settings, system=Machine(), arguments=arguments))
    click.echo(_("see: broadcaster service status"))


@command_("uninstall", help=N_("Stop the service and remove its unit; the station folder stays."))
def uninstall_() -> None:
    """Take the unit away."""
    from broadcaster.station.service import uninstall
    from broadcaster.station.service.install import Machine

    _say(uninstall(system=Machine(), arguments=["service", "uninstall"]))


def _say(done: Sequence[str]) -> None:
    for sentence in done:
        click.echo(sentence)


@command_("status", help=N_("Say whether the service is installed, runs, and can reach the sound."))
@listing(show_findings, status=findings_status)
@click.pass_obj
def status_(session: Session) -> list[Finding]:
    """What systemd knows, as findings with their cures."""
    from broadcaster.station.check.service import service_findings

    return list(service_findings(session.folder(), is_expected=True))


command.add_command(install_)
command.add_command(uninstall_)
command.add_command(status_)
