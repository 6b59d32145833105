"""``broadcaster backup``: a copy of the log and all else in the database, and the way back."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "backup",
    help=N_(
        "Copy the station's database, with the log of all broadcasts, to FILE or into the folder "
        "FILE; while the station runs, too.\n\nThe copy is read through before it counts. Without "
        "FILE it lies in .broadcaster/backups, where the station itself leaves one a day."
    ),
)
@argument("target", metavar=N_("[FILE]"), type=click.Path(path_type=Path), required=False)
@option(
    "--restore",
    is_flag=True,
    help=N_("Put the backup FILE in the place of the database; the station must be stopped."),
)
@click.pass_obj
def command(session: Session, target: Path | None, *, restore: bool) -> None:
    """One backup, or the return of one."""
    if not restore:
        _back_up(session, target)
    elif target is None:
        raise click.UsageError(_("say which backup: broadcaster backup --restore FILE"))
    else:
        _restore(session, target)


def _back_up(session: Session, target: Path | None) -> None:
    from broadcaster.asrun import back_up
    from broadcaster.errors import ContentError

    folder = session.folder()
    if not folder.database.exists():
        raise ContentError([], message=_("nothing has been broadcast yet"))
    if target is None:
        folder.backups.mkdir(parents=True, exist_ok=True)
    path = target or folder.backups
    if path.is_dir():
        path /= f"station-{session.today()}.db"
    if path.exists() and target is not None:
        message = _("{path} is there already; give the backup another name")
        raise ContentError([], message=message.format(path=path))
    back_up(folder.database, path, clock=session.clock)
    text = _("{path}: {size:.1f} MB, read through and whole")
    click.echo(text.format(path=path, size=path.stat().st_size / 1e6))


def _restore(session: Session, backup: Path) -> None:
    from broadcaster.asrun import restore
    from broadcaster.station.air.lock import StationLock

    folder = session.folder()
    with StationLock(folder.root):
        aside = restore(backup, folder.database, clock=session.clock)
    click.echo(_("{path} is in force again").format(path=backup))
    if aside:
        click.echo(_("what was there before lies in {path}").format(path=aside))
