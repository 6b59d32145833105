"""``broadcaster acknowledge``: when each bulletin from above was really heard."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.opened_log import opened_log
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.station.above.acknowledge import Acknowledged

__all__ = ["command"]


def _show(found: Sequence[Acknowledged]) -> None:
    if not found:
        click.echo(_("Nothing has come from above."))
        return
    headings = (_("bulletin"), _("from"), _("must air by"), _("state"), _("heard"))
    show_table([_cells(one) for one in found], headings)


def _cells(one: Acknowledged) -> tuple[str, ...]:
    words = {
        "waiting": _("not broadcast yet"),
        "late": _("NOT broadcast in time"),
        "heard": _("broadcast"),
        "heard-late": _("broadcast too late"),
    }
    by = one.entry.must_air_by
    times = [f"{heard.started_at:%d/%m %H:%M:%S}" for heard in one.airings]
    return (
        one.id,
        one.entry.office,
        f"{by:%d/%m/%Y}" if by else "–",
        words[one.standing],
        ", ".join(times),
    )


@command_(
    "acknowledge",
    help=N_(
        "Tell when each bulletin from above was really heard, by the log, and which was not heard "
        "in time. With -o it is written as JSON for whoever sent them."
    ),
)
@option(
    "-o",
    "--output",
    "target",
    metavar=N_("FILE.json"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Write the answer to this file."),
)
@option("--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station."))
@listing(_show)
@click.pass_obj
def command(session: Session, target: Path | None, *, simulated: bool) -> list[Acknowledged]:
    """Every bulletin that came."""
    from broadcaster.sound.wholefile import whole_file
    from broadcaster.station.above.acknowledge import acknowledged, as_file

    config = session.config()
    with opened_log(session, simulated=simulated) as log:
        found = acknowledged(session.folder(), log, day=session.today())
    if target:
        with whole_file(target) as file:
            file.write(as_file(found, station=config.name, now=session.clock.now()))
        click.echo(_("Written: {file}").format(file=target), err=True)
    return found
