"""``broadcaster service``: the station starts with the machine, and is watched by it."""

from __future__ import annotations

import os
from gettext import gettext as _
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from broadcaster.cli.health import findings_status, show_findings
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.station.check.doctor import Finding

__all__ = ["command"]

_USER = "dai"
_OF_THE_PAGE = "uvicorn"
"""What the extra ``web`` brings, and nothing else."""


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
        "a systemd unit, and start it. The page is a service of its own beside it, where the extra "
        "“web” is installed. It needs root, and says what to type without.\n\n"
        "With --print it only shows the units, and changes nothing."
    ),
)
@option("--user", default=_USER, metavar=N_("NAME"), help=N_("Run as this user; “dai” by default."))
@option(
    "--lan",
    is_flag=True,
    help=N_("Open the page to the phones of the office; without, to this machine alone."),
)
@option("--print", "only_print", is_flag=True, help=N_("Show the units and change nothing."))
@click.pass_obj
def install_(session: Session, user: str, *, lan: bool, only_print: bool) -> None:
    """Write the units of this station folder and this program."""
    from broadcaster.station.service import (
        PAGE_UNIT_NAME,
        UNIT_NAME,
        install,
        page_unit_text,
        unit_settings,
        unit_text,
    )
    from broadcaster.station.service.install import Machine

    folder = session.folder()
    settings = unit_settings(folder.root, session.config(), user=user, environment=os.environ)
    texts = {UNIT_NAME: unit_text(settings)}
    if _has_page(asked=lan):
        texts[PAGE_UNIT_NAME] = page_unit_text(settings, lan=lan)
    if only_print:
        click.echo("\n".join(texts.values()), nl=False)
        return
    arguments = ["-C", str(settings.root), "service", "install", "--user", user]
    arguments += ["--lan"] if lan else []
    _say(install(settings, texts, system=Machine(), arguments=arguments))
    click.echo(_("see: broadcaster service status"))
    if PAGE_UNIT_NAME in texts:
        click.echo(_("the page, its address and first code: journalctl -u broadcaster-web"))


def _has_page(*, asked: bool) -> bool:
    """Raises ContentError where somebody asked for a page that is not installed."""
    if find_spec(_OF_THE_PAGE):
        return True
    if asked:
        message = _("the page needs {name}: pip install 'broadcaster[web]'")
        raise ContentError([], message=message.format(name=_OF_THE_PAGE))
    return False


@command_(
    "uninstall",
    help=N_("Stop the service and the page, and remove their units; the station folder stays."),
)
def uninstall_() -> None:
    """Take the units away."""
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
