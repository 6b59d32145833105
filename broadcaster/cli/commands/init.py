"""``broadcaster init DIR``: a new station folder."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from broadcaster.cli.translated import N_, argument
from broadcaster.cli.translated import command as command_

__all__ = ["command"]


@command_(
    "init",
    help=N_(
        "Make a new station folder in DIR: settings with explanations, a week, a bulletin."
        "\n\nNothing that stands there already is overwritten."
    ),
)
@argument("directory", metavar=N_("DIR"), type=click.Path(path_type=Path, file_okay=False))
def command(directory: Path) -> None:
    """Write the files and say what to do next."""
    from broadcaster.station.init import init_station

    for path in init_station(directory):
        click.echo(path)
    click.echo(
        _("The new station stands. Next: write its name into {file}, then: {command}").format(
            file=directory / "station.yaml", command=f"broadcaster -C {directory} check"
        ),
        err=True,
    )
