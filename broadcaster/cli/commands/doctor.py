"""``broadcaster doctor``: what would keep this machine from broadcasting, with the cure."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.doctor import Finding

__all__ = ["command"]

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("!", "yellow")}


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        mark, colour = _MARKS[finding.ok]
        click.echo(f"{click.style(mark, fg=colour)} {finding.message}")
        if finding.cure:
            click.echo(f"  → {finding.cure}")
    failed = sum(finding.ok is False for finding in findings)
    click.echo(_("{n} things to mend.").format(n=failed) if failed else _("All is well."))


def _status(findings: list[Finding]) -> int:
    failed = any(finding.ok is False for finding in findings)
    return ExitCode.CONTENT if failed else ExitCode.FINE


@command_(
    "doctor",
    help=N_(
        "Examine sound output, clock, disk, voices, folders and content, and say how to mend each."
        "\n\nIt ends with 1 when something keeps the station from broadcasting."
    ),
)
@listing(_show, status=_status)
@click.pass_obj
def command(session: Session) -> list[Finding]:
    """One finding for each thing that was looked at."""
    from broadcaster.station.doctor import examine

    return examine(session.folder())
