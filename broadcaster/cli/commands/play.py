"""``broadcaster play ID --now``: an order to the running daemon."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.orders import give_order
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError, nearest

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.content.content import Content

__all__ = ["command"]


@command_(
    "play",
    help=N_(
        "Broadcast the bulletin or programme ID now. It cuts what is on air, unless that is more "
        "important."
    ),
)
@argument("name", metavar=N_("ID"))
@option("--now", is_flag=True, help=N_("Say that it is meant: the sound begins at once."))
@option(
    "--after-item",
    is_flag=True,
    help=N_("Let the part that sounds now come to its end first (ưu tiên)."),
)
@click.pass_obj
def command(session: Session, name: str, *, now: bool, after_item: bool) -> None:
    """Make its sound here, then order it; without --now a slip makes no sound in the street."""
    if not now:
        raise click.UsageError(_("add --now: the sound begins at once, for everybody to hear"))
    from broadcaster.station.preparing.playnow import plan_of, prepare_now

    folder, config, content = session.folder(), session.config(), session.content()
    programme = plan_of(content, name)
    if programme is None:
        message = _("there is neither a bulletin nor a programme “{id}”").format(id=name)
        hint = nearest(name, [*content.bulletins, *_programme_ids(content)])
        raise ContentError([], message=f"{message}: {hint}")
    occurrence = prepare_now(folder, config, content, programme, session.clock.now())
    kind = "play-after-item" if after_item else "play"
    click.echo(give_order(session, kind, occurrence))


def _programme_ids(content: Content) -> list[str]:
    return [programme for plan in content.plans for programme in plan.programmes]
