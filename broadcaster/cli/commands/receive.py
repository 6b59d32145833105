"""``broadcaster receive``: bulletins that an authority above sent, into the station."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, argument
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.above.receive import Received

__all__ = ["command"]


def _show(found: Received) -> None:
    words = {
        "new": _("new"),
        "changed": _("changed"),
        "known": _("here already"),
        "kept": _("edited here, left as it is"),
    }
    show_problems(found.problems)
    for one in found.bulletins:
        click.echo(f"{words[one.taken]}: {one.id} – {one.title}")
    if not found.bulletins and not found.problems:
        click.echo(_("Nothing has come."))


def _json(found: Received) -> dict[str, Any]:
    return {
        "bulletins": [
            {"id": one.id, "title": one.title, "state": one.taken, "file": str(one.file)}
            for one in found.bulletins
        ],
        "problems": found.problems,
    }


@command_(
    "receive",
    help=N_(
        "Take in bulletins that an authority above sent as JSON: the messages FILE, or those that "
        "lie in tu-cap-tren/.\n\nEach becomes a file in scripts_vi/cap-tren/. What was edited here "
        "is never overwritten. A running station does this by itself."
    ),
)
@argument(
    "files",
    metavar=N_("[FILE]..."),
    nargs=-1,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@listing(_show, status=lambda found: content_status(found.problems), json_value=_json)
@click.pass_obj
def command(session: Session, files: tuple[Path, ...]) -> Received:
    """What became of each bulletin."""
    from broadcaster.station.above.receive import receive, take_in

    folder, now = session.folder(), session.clock.now()
    return receive(folder, files, now=now) if files else take_in(folder, now=now)
