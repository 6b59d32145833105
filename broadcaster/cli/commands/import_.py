"""``broadcaster import``: a timetable, a calendar or a playlist from elsewhere into a week."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ConfigError

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.schedule.exchange import ImportedWeek
    from broadcaster.station.exchange.imports import Imported

__all__ = ["command"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _show(found: Imported) -> None:
    """What became of it, and what is left to do; the week itself is in its file."""
    show_problems(found.problems)
    if week := found.week:
        click.echo(
            _("{slots} slots, {programmes} programmes.").format(
                slots=len(week.written), programmes=len(week.programmes)
            ),
            err=True,
        )
    elif found.lines:
        days, songs = len(found.holidays), len(found.music)
        click.echo(
            _("{days} special days, {songs} songs.").format(days=days, songs=songs), err=True
        )
    if found.written_to:
        click.echo(
            _("Written: {file}. Read its comments, then: broadcaster check").format(
                file=found.written_to
            ),
            err=True,
        )


def _json(found: Imported) -> object:
    week = found.week
    return {
        "valid": _validity(week) if week else None,
        "seasons": [
            {"id": s.id, "name": s.name, "from": _day(s.first), "until": _day(s.last)}
            for s in (week.seasons if week else ())
        ],
        "slots": _slots(week) if week else [],
        "programmes": _programmes(found),
        "exceptions": [
            {"from": h.first, "until": h.last, "reason": h.reason} for h in found.holidays
        ],
        "problems": found.problems,
        "written": str(found.written_to) if found.written_to else None,
    }


def _day(day_month: tuple[int, int]) -> str:
    return f"{day_month[0]}/{day_month[1]}"


def _validity(week: ImportedWeek) -> dict[str, object]:
    return {"from": week.validity.first, "until": week.validity.last}


def _slots(week: ImportedWeek) -> list[dict[str, object]]:
    return [
        {
            "id": slot.id,
            "days": [_DAYS[day] for day in sorted(slot.days)],
            "day_rule": slot.rule or None,
            "date": slot.date,
            "at": {season: f"{start:%H:%M}" for season, start in slot.starts if season}
            or next((f"{start:%H:%M}" for _season, start in slot.starts), None),
            "max_ms": slot.max_ms,
            "programme": None if slot.replay else slot.programme,
            "replay": slot.replay or None,
            "where": slot.where,
            "source": slot.source,
            "placed": not slot.held_back,
        }
        for slot in week.slots
    ]


def _programmes(found: Imported) -> list[dict[str, object]]:
    if found.week is None:
        return [{"title": None, "music": found.music}] if found.music else []
    return [{"id": p.id, "title": p.title, "parts": list(p.parts)} for p in found.week.programmes]


def _pairs(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    pairs = [value.partition("=") for value in values]
    if bad := next((value for value, p in zip(values, pairs, strict=True) if not p[2]), None):
        raise click.BadParameter(_("“{value}” is not SLOT=PROGRAMME").format(value=bad))
    return tuple((slot.strip(), programme.strip()) for slot, _mark, programme in pairs)


@command_(
    "import",
    help=N_(
        "Make a week of FILE: a timetable (.xlsx, .csv, text), a calendar (.ics), "
        "or a playlist (.m3u, .pls).\n\nIts programmes are placeholders. What FILE does not say "
        "clearly is told with its place. An existing file is never overwritten without --force."
    ),
)
@argument("file", metavar=N_("FILE"), type=click.Path(path_type=Path, dir_okay=False, exists=True))
@option(
    "-o",
    "--output",
    "target",
    metavar=N_("WEEK.yaml"),
    help=N_("The week file to write; - prints it. Without it FILE is only looked at."),
)
@option(
    "--into",
    metavar=N_("WEEK.yaml"),
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=N_("Put the days of a calendar, or the music of a playlist, into this week file."),
)
@option(
    "--cancel",
    multiple=True,
    metavar=N_("SLOT"),
    help=N_("Cancel this slot on the days of a calendar; all slots unless given."),
)
@option(
    "--replace",
    multiple=True,
    callback=_pairs,
    metavar=N_("SLOT=PROGRAMME"),
    help=N_("Air this programme in the slot on the days of a calendar."),
)
@option(
    "--on",
    type=MomentType(),
    metavar=N_("DAY"),
    help=N_("Take the rows that hold on this day, where rows hold at different times."),
)
@option("--force", is_flag=True, help=N_("Overwrite the week file if it exists."))
@listing(_show, status=lambda found: content_status(found.problems), json_value=_json)
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    session: Session,
    file: Path,
    target: str | None,
    into: Path | None,
    cancel: tuple[str, ...],
    replace: tuple[tuple[str, str], ...],
    *,
    on: Moment | None,
    force: bool,
) -> Imported:
    """Read the file, write what it became, and hand both over."""
    from broadcaster.station.exchange.imports import Choices, import_file, put_into, write_week

    if target and into:
        raise click.UsageError(_("-o and --into exclude each other"))
    path = Path(target) if target and target != "-" else None
    if path and path.exists() and not force:
        message = _("{file} exists: choose another name, or overwrite it with --force")
        raise click.UsageError(message.format(file=path))
    found = import_file(
        file,
        today=session.today(),
        on=on.first.date() if on else None,
        sounds=_sounds(session),
        relays=_relays(session),
        choices=Choices(cancel=cancel, replace=replace),
    )
    if into and not found.key:
        raise click.UsageError(_("a timetable is a week of its own: write it with -o WEEK.yaml"))
    if not found.is_empty:
        if into:
            put_into(found, into)
        elif path:
            write_week(found, path)
        found.written_to = into or path
    if target == "-" and not click.get_current_context().params["wants_json"]:
        click.echo(found.text, nl=False)
    return found


def _relays(session: Session) -> dict[str, str]:
    """The titles of the station's relays by name; none without a station."""
    try:
        return {relay.name: relay.title for relay in session.config().relays}
    except ConfigError:
        return {}


def _sounds(session: Session) -> Path | None:
    try:
        return session.folder().sounds
    except ConfigError:
        return None
