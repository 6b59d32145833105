"""``broadcaster doctor``: what would keep this machine from broadcasting, with the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from broadcaster.cli.health import findings_status, show_findings
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.check.finding import Finding

__all__ = ["command"]

_ALL = "*"


@command_(
    "doctor",
    help=N_(
        "Examine sound output, clock, disk, voices, folders and content, and say how to mend each."
        "\n\nIt ends with 1 when something keeps the station from broadcasting."
    ),
)
@option(
    "--sound",
    is_flag=False,
    flag_value=_ALL,
    metavar=N_("[OUTPUT]"),
    help=N_("Play a tone of five seconds too: on this output, or on one after another."),
)
@listing(show_findings, status=findings_status)
@click.pass_obj
def command(session: Session, sound: str | None) -> list[Finding]:
    """One finding for each thing that was looked at."""
    from broadcaster.station.check.audible import sound_findings
    from broadcaster.station.check.doctor import examine

    folder = session.folder()
    findings = examine(folder)
    if sound is not None:
        name = None if sound == _ALL else sound
        findings += sound_findings(folder, session.config(), name, clock=session.clock)
    return findings
