"""``broadcaster run``: the daemon, or a simulation of it."""

from __future__ import annotations

import logging
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.logs import LOG_FORMATS, use_log_format
from broadcaster.cli.moments import Moment, MomentType, check_order
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "run",
    help=N_(
        "Broadcast on time, day and night, until it is stopped (Ctrl-C, or by the system)."
        "\n\nWith --simulate nothing is heard: the time from --from to --until passes as fast as "
        "it can, and what would have been broadcast is in: broadcaster log --simulated"
    ),
)
@option("--simulate", is_flag=True, help=N_("Pass the time in a simulation, without sound."))
@option("--from", "start", type=MomentType(), metavar=N_("TIME"), help=N_("Where it begins."))
@option("--until", type=MomentType(), metavar=N_("TIME"), help=N_("Where it ends, included."))
@option("--continue", "resume", is_flag=True, help=N_("Go on where the last simulation ended."))
@option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=N_("FILE"),
    help=N_("Write what would have been heard to this sound file (.wav), without the pauses."),
)
@option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    metavar=N_("N"),
    help=N_("Let the real loop run N times faster than the clock."),
)
@option(
    "--log-format",
    type=click.Choice(LOG_FORMATS),
    expose_value=False,
    callback=lambda _ctx, _param, value: use_log_format(value),
    help=N_("How the log is written; without it JSON in the journal of the system, else text."),
)
@click.pass_obj
def command(
    session: Session,
    start: Moment | None,
    until: Moment | None,
    record: Path | None,
    speed: float,
    *,
    simulate: bool,
    resume: bool,
) -> None:
    """Run the daemon until it is stopped, or the simulation to its end."""
    if simulate:
        if speed != 1:
            raise click.UsageError(_("--simulate is as fast as it can be: leave --speed out"))
        _simulate(session, _span(start, until, resume=resume), record, resume=resume)
        return
    if start or until or resume or record:
        message = _("--from, --until, --continue and --record belong to --simulate")
        raise click.UsageError(message)
    _run(session, speed)


def _span(
    start: Moment | None, until: Moment | None, *, resume: bool
) -> tuple[Moment | None, Moment]:
    """Where a simulation begins (a continued one knows) and ends."""
    if until is None or (start is None and not resume):
        raise click.UsageError(_("--simulate needs --from and --until, like --from 2026-11-23"))
    check_order(start, until, names=("--from", "--until"))
    return start, until


def _run(session: Session, speed: float) -> None:
    from broadcaster.station.daemon import run_station

    logger = logging.getLogger("broadcaster")
    logger.setLevel(min(logger.level, logging.INFO))
    run_station(session.folder(), session.config(), speed=speed)


def _simulate(
    session: Session, span: tuple[Moment | None, Moment], record: Path | None, *, resume: bool
) -> None:
    from broadcaster.station.air.simulate import simulate

    start, until = span
    summary = simulate(
        session.folder(),
        start=start.first if start else None,
        until=until.last,
        record=record,
        resume=resume,
    )
    click.echo(summary)
