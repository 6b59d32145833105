"""``broadcaster doctor``: what would keep this machine from broadcasting, with the cure."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from shutil import get_terminal_size
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
        click.echo(f"{click.style(mark, fg=colour)} {_wrapped(finding.message)}")
        if finding.cure:
            click.echo(f"  → {_wrapped(finding.cure, indent=4)}")
    failed = sum(finding.ok is False for finding in findings)
    to_mend = ngettext("{n} thing to mend.", "{n} things to mend.", failed).format(n=failed)
    click.echo(to_mend if failed else _("All is well."))


def _wrapped(text: str, *, indent: int = 2) -> str:
    """``text`` in lines that fit the terminal, below its mark."""
    width = get_terminal_size().columns - indent
    return click.wrap_text(text, width, subsequent_indent=" " * indent)


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
