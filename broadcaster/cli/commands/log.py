"""``broadcaster log``: what was really broadcast, and whether anybody changed that record."""

from __future__ import annotations

from dataclasses import dataclass, fields
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.clockwords import warn_of_clock
from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType, check_order
from broadcaster.cli.opened_log import opened_log, opened_store
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.errors import Problem
    from broadcaster.model import AsRunEntry
    from broadcaster.station.upkeep.archive import Archived

__all__ = ["command"]

_simulated = option(
    "--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station.")
)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log, and the MP3s of it that are there."""

    entry: AsRunEntry
    archive: tuple[Archived, ...]


def _json(found: Sequence[Logged]) -> list[dict[str, Any]]:
    return [_json_of(logged) for logged in found]


def _json_of(logged: Logged) -> dict[str, Any]:
    """``archive`` and ``archive_sha256`` of the common sound; any other beside it."""
    entry = logged.entry
    value = {f.name: getattr(entry, f.name) for f in fields(entry) if f.name != "sounds"}
    files: list[dict[str, Any]] = [
        {"archive": str(a.path), "archive_sha256": a.sha256, "outputs": a.outputs}
        for a in logged.archive
    ]
    first = next((file for file in files if not file["outputs"]), None)
    value |= {key: first and first[key] for key in ("archive", "archive_sha256")}
    return value | {"archive_others": [file for file in files if file is not first]}


def _show(found: Sequence[Logged]) -> None:
    if not found:
        click.echo(_("Nothing was broadcast."))
        return
    entries = [logged.entry for logged in found]
    when = (_("planned"), _("started"), _("ended"))
    what = [_("title"), _("voice"), _("outcome"), _("reason")]
    with_outputs = any(segment.output for entry in entries for segment in entry.segments)
    if with_outputs:
        what.insert(2, _("outputs"))
    rows = [_cells(entry, with_outputs=with_outputs) for entry in entries]
    if any(logged.archive for logged in found):
        what.insert(-1, _("MP3"))
        marks = ["✓" if logged.archive else "" for logged in found]
        rows = [(*row[:-1], mark, row[-1]) for row, mark in zip(rows, marks, strict=True)]
    show_table(rows, (*when, *what))


def _cells(entry: AsRunEntry, *, with_outputs: bool) -> tuple[str, ...]:
    outcomes = {
        "on-air": _("on air"),
        "aired": _("broadcast"),
        "cut": _("cut short"),
        "missed": _("missed"),
        "failed": _("failed"),
    }
    return (
        f"{entry.scheduled_at:%d/%m/%Y %H:%M}",
        " ".join(f"{start:%H:%M:%S}" for start in entry.starts),
        f"{entry.ended_at:%H:%M:%S}" if entry.ended_at else "",
        entry.title,
        entry.voice,
        *([entry.output] if with_outputs else []),
        outcomes[entry.outcome],
        entry.reason,
    )


@group(
    "log",
    invoke_without_command=True,
    subcommand_metavar=N_("[COMMAND] [ARGS]..."),
    help=N_(
        "Show what was really broadcast: when it was planned, when it sounded, and what went wrong."
        "\n\n--from and --to are days or times of this place, both included; without them "
        "everything is shown."
    ),
)
@option("--from", "first", type=MomentType(), metavar=N_("TIME"), help=N_("The first day or time."))
@option("--to", "last", type=MomentType(), metavar=N_("TIME"), help=N_("The last day or time."))
@_simulated
@listing(_show, json_value=_json)
@click.pass_context
def command(
    ctx: click.Context, first: Moment | None, last: Moment | None, *, simulated: bool
) -> list[Logged] | None:
    """The entries by planned start."""
    check_order(first, last, names=("--from", "--to"))
    if not simulated and not ctx.invoked_subcommand:
        warn_of_clock(ctx.obj)
    if ctx.invoked_subcommand:
        ctx.meta["simulated"] = simulated
        return None
    with opened_log(ctx.obj, simulated=simulated) as log:
        days = (first.first.date() if first else None, last.last.date() if last else None)
        found = log.entries(*days) if log else []
    return [
        Logged(entry, () if simulated else _archive_of(ctx.obj, entry))
        for entry in found
        if (first is None or first.first <= entry.scheduled_at)
        and (last is None or entry.scheduled_at <= last.last)
    ]


def _archive_of(session: Session, entry: AsRunEntry) -> tuple[Archived, ...]:
    from broadcaster.station.upkeep.archive import archived

    return tuple(a for a in archived(session.folder(), entry) if a.path.is_file())


def _show_verdict(problems: list[Problem]) -> None:
    show_problems(problems, on_stderr=False)
    if not problems:
        click.echo(_("The log is whole: no row was changed, added or taken away."))
        click.echo(_("What is in the archive is what aired."))


@command_(
    "verify",
    help=N_(
        "Walk the chain of the log from its first row, and compare each sound of the archive with "
        "it: was anything changed afterwards?"
    ),
)
@_simulated
@listing(_show_verdict, status=content_status)
@click.pass_context
def verify(ctx: click.Context, *, simulated: bool) -> list[Problem]:
    """The first broken row of log and register, if there is one, and each sound that is not what
    aired."""
    from broadcaster.asrun import AsRunLog, Register
    from broadcaster.station.upkeep.archive import look_through

    simulated = simulated or ctx.meta["simulated"]
    with opened_store(ctx.obj, simulated=simulated) as store:
        if store is None:
            return []
        log = AsRunLog(store)
        broken = [*log.verify(), *Register(store).verify()]
        entries = [] if simulated else log.entries()
    return [*broken, *look_through(ctx.obj.folder(), entries)]


command.add_command(verify)
