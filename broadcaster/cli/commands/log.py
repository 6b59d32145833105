"""``broadcaster log``: what was really broadcast, and whether anybody changed that record."""

from __future__ import annotations

from contextlib import contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType, check_order
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, group, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.asrun import AsRunLog
    from broadcaster.cli.session import Session
    from broadcaster.errors import Problem
    from broadcaster.model import AsRunEntry

__all__ = ["command"]

_simulated = option(
    "--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station.")
)


@contextmanager
def _log_of(session: Session, *, simulated: bool) -> Iterator[AsRunLog | None]:
    """The log, or None where nothing has been broadcast yet; looking makes no file."""
    from broadcaster.asrun import AsRunLog, Store

    folder = session.folder()
    path = folder.simulated_database if simulated else folder.database
    if not path.exists():
        yield None
        return
    with Store.open(path, clock=session.clock) as store:
        yield AsRunLog(store)


def _show(entries: Sequence[AsRunEntry]) -> None:
    if not entries:
        click.echo(_("Nothing was broadcast."))
        return
    when = (_("planned"), _("started"), _("ended"))
    what = [_("title"), _("voice"), _("outcome"), _("reason")]
    with_outputs = any(segment.output for entry in entries for segment in entry.segments)
    if with_outputs:
        what.insert(2, _("outputs"))
    show_table((_cells(e, with_outputs=with_outputs) for e in entries), (*when, *what))


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
@listing(_show)
@click.pass_context
def command(
    ctx: click.Context, first: Moment | None, last: Moment | None, *, simulated: bool
) -> list[AsRunEntry] | None:
    """The entries by planned start."""
    check_order(first, last, names=("--from", "--to"))
    if ctx.invoked_subcommand:
        ctx.meta["simulated"] = simulated
        return None
    with _log_of(ctx.obj, simulated=simulated) as log:
        days = (first.first.date() if first else None, last.last.date() if last else None)
        found = log.entries(*days) if log else []
    return [
        entry
        for entry in found
        if (first is None or first.first <= entry.scheduled_at)
        and (last is None or entry.scheduled_at <= last.last)
    ]


def _show_verdict(problems: list[Problem]) -> None:
    show_problems(problems, on_stderr=False)
    if not problems:
        click.echo(_("The log is whole: no row was changed, added or taken away."))


@command_(
    "verify",
    help=N_("Walk the chain of the log from its first row: was anything changed afterwards?"),
)
@_simulated
@listing(_show_verdict, status=content_status)
@click.pass_context
def verify(ctx: click.Context, *, simulated: bool) -> list[Problem]:
    """The first broken row, if there is one."""
    simulated = simulated or ctx.meta["simulated"]
    with _log_of(ctx.obj, simulated=simulated) as log:
        return log.verify() if log else []


command.add_command(verify)
