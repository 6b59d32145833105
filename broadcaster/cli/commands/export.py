"""``broadcaster export``: the week for Excel, a calendar, paper, or a USB stick."""

from __future__ import annotations

from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType, WeekType
from broadcaster.cli.progress import progress_bar
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.cli.session import Session
    from broadcaster.station.exchange.exports import Exported

__all__ = ["command"]


def _show(found: Exported) -> None:
    for path in found.written:
        click.echo(path)
    show_problems(found.problems)


@command_(
    "export",
    help=N_(
        "Write the week as the ending of FILE says: .xlsx, .csv, .ics, .html (to print on A4), "
        ".m3u (the prepared sound).\n\nA folder, or --usb, gets numbered MP3s of what is "
        "prepared, for a stick that is carried to loudspeakers without a line."
    ),
)
@option(
    "--week",
    "monday",
    type=WeekType(),
    metavar=N_("WEEK"),
    help=N_("Which week, like 2026-W48 or a day of it; this week unless given."),
)
@option("--day", type=MomentType(), metavar=N_("DAY"), help=N_("Only this day, like 2026-11-23."))
@option("-o", "--output", "target", metavar=N_("FILE"), help=N_("The file to write, or a folder/."))
@option(
    "--usb",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=N_("DIR"),
    help=N_("Numbered MP3s, a playlist and a list to read, in this folder."),
)
@option("--force", is_flag=True, help=N_("Overwrite what stands there already."))
@listing(_show, status=lambda found: content_status(found.problems))
@click.pass_obj
def command(
    session: Session,
    monday: date | None,
    day: Moment | None,
    target: str | None,
    usb: Path | None,
    *,
    force: bool,
) -> Exported:
    """Look up the airings, write them, and say what is not prepared."""
    from broadcaster.station.exchange.exports import ENDINGS, export_file, export_usb, timetable_of

    if (target is None) == (usb is None):
        raise click.UsageError(_("say where to: -o FILE, or --usb DIR"))
    path = usb or Path(target or "")
    is_folder = usb is not None or (target or "").endswith("/") or path.is_dir()
    if not is_folder and path.suffix.lower() not in ENDINGS:
        message = _("“{file}” has no ending that is known: {endings}, or a folder with / behind it")
        raise click.UsageError(message.format(file=path, endings=", ".join(ENDINGS)))
    if not is_folder and path.exists() and not force:
        message = _("{file} exists: choose another name, or overwrite it with --force")
        raise click.UsageError(message.format(file=path))
    first, last = _days(session, monday, day)
    timetable, problems = timetable_of(
        session.folder(), session.config(), session.content(), first=first, last=last
    )
    if is_folder:
        with progress_bar(_("copying sound")) as progress:
            found = export_usb(timetable, path, force=force, progress=progress)
    else:
        found = export_file(timetable, path, now=session.clock.now())
    found.problems[:0] = problems
    return found


def _days(session: Session, monday: date | None, day: Moment | None) -> tuple[date, date]:
    """First and last day, both included."""
    if day and monday:
        raise click.UsageError(_("--week and --day exclude each other"))
    if day:
        return day.first.date(), day.first.date()
    today = session.today()
    first = monday or today - timedelta(days=today.weekday())
    return first, first + timedelta(days=6)
