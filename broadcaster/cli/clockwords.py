"""What the commands say of a clock that nobody believes, on standard error."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["warn_of_clock"]


def warn_of_clock(session: Session) -> None:
    """Say so where the station would not broadcast what is planned, because of its clock."""
    from broadcaster.station.air.clockrecord import doubt_of

    if doubt := doubt_of(session.folder(), clock=session.clock):
        text = _("nothing planned is broadcast: {why}").format(why=doubt.reason)
        click.echo(click.style(text, fg="red"), err=True)
        click.echo(_("set the clock right, then: broadcaster clock confirm"), err=True)
