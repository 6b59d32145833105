"""``broadcaster check``: every problem of the schedule and the bulletins at once."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.findings import content_status, show_problems, summary
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import WeekType
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from broadcaster.cli.session import Session
    from broadcaster.errors import Problem
    from broadcaster.model import Bulletin
    from broadcaster.station.assembly.glance import Recorded
    from broadcaster.station.folder import StationFolder

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; not ``loadable`` when settings or a week gave nothing to work with."""

    problems: list[Problem]
    loadable: bool
    recordings: Sequence[Recorded] = ()
    replaced: Sequence[Bulletin] = ()


def _show(found: Checked) -> None:
    show_problems(found.problems, on_stderr=False)
    for sound in found.recordings:
        length = duration_text(round(sound.duration_ms, -3)) if sound.duration_ms else "–"
        text = _("recording of “{id}” ({language}): {file}, {length}")
        click.echo(
            text.format(
                id=sound.bulletin_id, language=sound.language, file=sound.file, length=length
            )
        )
    for old in found.replaced:
        click.echo(_replacement(old))
    click.echo(summary(found.problems))


def _replacement(old: Bulletin) -> str:
    if old.replaced_from is None:
        return _("“{id}” is replaced by “{newer}”").format(id=old.id, newer=old.replaced_by)
    text = _("“{id}” is replaced by “{newer}” from {day} on")
    return text.format(id=old.id, newer=old.replaced_by, day=f"{old.replaced_from:%d/%m/%Y}")


def _status(found: Checked) -> int:
    return content_status(found.problems) if found.loadable else ExitCode.CONFIG


@command_(
    "check",
    help=N_(
        "Look at settings, schedule and bulletins, and show every problem with its place and cure."
        "\n\nIt ends with 1 when something is kept off the air; warnings alone end with 0."
    ),
)
@option(
    "--week",
    "monday",
    type=WeekType(),
    metavar=N_("WEEK"),
    help=N_("Look at this week, like 2026-W48, instead of the coming days."),
)
@listing(_show, status=_status, json_value=lambda found: found.problems)
@click.pass_obj
def command(session: Session, monday: date | None) -> Checked:
    """The problems in the order of their places."""
    from broadcaster.station.check.check import look_at_station

    folder = session.folder()
    found = look_at_station(folder, monday=monday, today=session.today())
    return Checked(found.problems, _can_be_loaded(folder), found.recordings, found.replaced)


def _can_be_loaded(folder: StationFolder) -> bool:
    from broadcaster.schedule import load_week
    from broadcaster.station.settings.load import load_config

    config, _problems = load_config(folder)
    if config is None:
        return False
    return all(load_week(path, late=config.late)[0] for path in folder.week_files())
