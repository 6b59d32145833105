"""``broadcaster report``: what was broadcast in a period, counted, and the document of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.clockwords import warn_of_clock
from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType, check_order
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.errors import Problem
    from broadcaster.report import Figures, Period, Report

__all__ = ["command"]

_ELSEWHERE = {"logbook", "topic_titles"}
_BY = ("topic", "kind", "language", "priority", "audience", "month")


@dataclass(slots=True)
class _Reported:
    """The figures, the file that was written (None for none), and the problems of templates."""

    report: Report
    written: Path | None = None
    problems: list[Problem] = field(default_factory=list)


def _json(found: _Reported) -> dict[str, Any]:
    """All but the logbook, which ``log --json`` tells in full."""
    report = found.report
    value = {f.name: getattr(report, f.name) for f in fields(report) if f.name not in _ELSEWHERE}
    return value | {"written": found.written, "problems": found.problems}


def _show(found: _Reported) -> None:
    show_problems(found.problems)
    if found.written:
        click.echo(found.written)
        return
    report = found.report
    span = (report.period.first, report.period.last)
    click.echo(_("From {first:%d/%m/%Y} to {last:%d/%m/%Y}").format(first=span[0], last=span[1]))
    if report.seal.broken:
        click.echo(
            _("The log is broken, so these figures cannot be relied on: {detail}").format(
                detail=report.seal.broken
            )
        )
    headings = (_("scheduled"), _("aired"), _("cut"), _("missed"), _("failed"), _("minutes"))
    rows = [(_("broadcasts"), *_cells(report.totals)), (_("bulletins"), *_cells(report.items))]
    show_table(rows, ("", *headings))
    for name in _BY[:-1]:
        groups = getattr(report, f"by_{name}")
        if groups:
            click.echo()
            show_table([(key, *_cells(one)) for key, one in groups.items()], (_(name), *headings))


def _cells(figures: Figures) -> tuple[str, ...]:
    return tuple(str(getattr(figures, f.name)) for f in fields(figures))


@command_(
    "report",
    help=N_(
        "Count what was broadcast in a month, a quarter, half a year, a year, or from one day to "
        "another: this month unless said otherwise.\n\n-o writes a document as its ending says: "
        ".docx, .pdf, .xlsx, .html, .csv. Each number in it comes from the log of what was really "
        "heard."
    ),
)
@option("--month", metavar="2026-11", help=N_("A month."))
@option("--quarter", metavar="2026-Q4", help=N_("A quarter."))
@option("--half", metavar="2026-H2", help=N_("Half a year."))
@option("--year", metavar="2026", help=N_("A year."))
@option("--from", "first", type=MomentType(), metavar=N_("DAY"), help=N_("The first day."))
@option("--to", "last", type=MomentType(), metavar=N_("DAY"), help=N_("The last day."))
@option("-o", "--output", "target", metavar=N_("FILE"), help=N_("The file to write."))
@option("--logbook", is_flag=True, help=N_("Write the logbook of each broadcast instead."))
@option("--force", is_flag=True, help=N_("Overwrite what stands there already."))
@option("--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station."))
@listing(_show, status=lambda found: content_status(found.problems), json_value=_json)
@click.pass_obj
def command(
    session: Session,
    /,
    first: Moment | None,
    last: Moment | None,
    target: str | None,
    *,
    logbook: bool,
    force: bool,
    simulated: bool,
    **periods: str | None,
) -> _Reported:
    """Count the period, and write what was asked for."""
    from broadcaster.plan import load_plan
    from broadcaster.station.reporting.reporting import letterhead, report_of, write_report

    period = _period(session, periods, first, last)
    path = _target(target, force=force)
    if not simulated:
        warn_of_clock(session)
    folder = session.folder()
    plan, trouble = load_plan(folder.plan_files())
    found = report_of(folder, plan, period, clock=session.clock, is_simulated=simulated)
    if path is None:
        return _Reported(found, problems=trouble)
    head = letterhead(session.config(), plan, period)
    trouble += write_report(folder, head, found, path, is_logbook=logbook)
    return _Reported(found, path, trouble)


def _period(
    session: Session, periods: dict[str, str | None], first: Moment | None, last: Moment | None
) -> Period:
    """The one that was asked for; this month where none was."""
    from broadcaster.report import PERIODS, days

    chosen = {name: text for name, text in periods.items() if text}
    if len(chosen) + bool(first or last) > 1:
        raise click.UsageError(_("say one period: --month, --quarter, --half, --year, or --from"))
    if first or last:
        check_order(first, last, names=("--from", "--to"))
        today = session.today()
        return days(first.first.date() if first else today, last.last.date() if last else today)
    name, text = next(iter(chosen.items()), ("month", f"{session.today():%Y-%m}"))
    try:
        return PERIODS[name](text)
    except ValueError as error:
        message = _(
            "“{text}” is no such period; write --month 2026-11, --quarter 2026-Q4, "
            "--half 2026-H2 or --year 2026"
        )
        raise click.UsageError(message.format(text=text)) from error


def _target(target: str | None, *, force: bool) -> Path | None:
    from broadcaster.report import ENDINGS

    if target is None:
        return None
    path = Path(target)
    if path.suffix.lower() not in ENDINGS:
        message = _("“{file}” has no ending that is known: {endings}")
        raise click.UsageError(message.format(file=path, endings=", ".join(ENDINGS)))
    if path.exists() and not force:
        message = _("{file} exists: choose another name, or overwrite it with --force")
        raise click.UsageError(message.format(file=path))
    return path
