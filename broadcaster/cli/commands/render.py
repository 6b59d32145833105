"""``broadcaster render``: sound ahead of time, and how it came out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.progress import progress_bar
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.shown import shown_length

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadcaster.cli.session import Session
    from broadcaster.station.preparing.render import (
        RenderedBulletin,
        RenderedProgramme,
        RenderReport,
    )

__all__ = ["command"]


def _show(report: RenderReport) -> None:
    if report.bulletins:
        _show_bulletins(report.bulletins)
    if report.programmes:
        _show_programmes(report.programmes)
    for folder in dict.fromkeys(b.audio.parent for b in report.bulletins):
        click.echo(_("The sound of the bulletins is in {folder}").format(folder=folder))
    for folder in dict.fromkeys(p.audio.parent.parent for p in report.programmes):
        click.echo(_("The programmes are in {folder}").format(folder=folder))
    _show_losses(report)


def _show_bulletins(bulletins: Sequence[RenderedBulletin]) -> None:
    headings = (_("bulletin"), _("voice"), _("length"), _("estimate"), _("sound file"))
    show_table([(b.id, b.voice, *_lengths(b), b.audio.name) for b in bulletins], headings)


def _show_programmes(programmes: Sequence[RenderedProgramme]) -> None:
    headings = (
        *(_("programme"), _("voice"), _("length"), _("estimate")),
        *(_("level"), _("sound file")),
    )
    rows = [
        (p.occurrence, p.voice, *_lengths(p), f"{p.lufs:.1f} LUFS", _short(p.audio))
        for p in programmes
    ]
    show_table(rows, headings)


def _lengths(made: RenderedBulletin | RenderedProgramme) -> tuple[str, str]:
    """As it came out, and as it was estimated."""
    return shown_length(made.duration_ms), shown_length(made.estimated_ms)


def _short(audio: Path) -> str:
    """The day and the file, without the folder that all share."""
    return f"{audio.parent.name}/{audio.name}"


def _show_losses(report: RenderReport) -> None:
    """What another voice had to speak, what was left out, and the problems."""
    for bulletin in report.bulletins:
        for reason in bulletin.fallbacks:
            click.echo(f"{bulletin.id}: {reason}", err=True)
    for programme in report.programmes:
        for reason in programme.left_out:
            click.echo(f"{programme.occurrence}: {reason}", err=True)
    show_problems(report.problems)


def _status(report: RenderReport) -> int:
    """That no voice could speak is a fault of the engines, not of the content."""
    silent = any(problem.code == "no-voice" for problem in report.problems)
    return ExitCode.SPEECH if silent else content_status(report.problems)


@command_(
    "render",
    help=N_(
        "Make the sound of the bulletins with these IDs; without an ID, of all bulletins, and the "
        "programmes of the coming days.\n\nWhat has not changed is not made again."
    ),
)
@argument("ids", nargs=-1, metavar=N_("[ID]..."))
@option("--force", is_flag=True, help=N_("Ask the voices again for what is there already."))
@listing(_show, status=_status)
@click.pass_obj
def command(session: Session, ids: tuple[str, ...], *, force: bool) -> RenderReport:
    """Render with a progress bar where somebody is looking."""
    from broadcaster.station.preparing.render import render_station

    with progress_bar(_("making sound")) as progress:
        return render_station(session.folder(), ids, force=force, progress=progress)
