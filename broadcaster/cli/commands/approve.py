"""``broadcaster approve``: somebody with the role stands for what will be heard."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.signing import signed, signing_options
from broadcaster.cli.standings import approving_of, as_values, show_standings
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.approval import Standing
    from broadcaster.cli.session import Session

__all__ = ["command"]


@command_(
    "approve",
    help=N_(
        "Approve bulletins by their IDs, as they are read today: “broadcaster pending ID” shows "
        "the words. A later change of what is heard asks for a new approval."
    ),
)
@argument("ids", metavar=N_("ID..."), nargs=-1)
@option("--all", "wants_all", is_flag=True, help=N_("Approve all that wait."))
@signing_options
@listing(show_standings, json_value=as_values)
@click.pass_obj
def command(
    session: Session,
    ids: tuple[str, ...],
    *,
    wants_all: bool,
    signer: str,
    password_file: Path | None,
) -> list[Standing]:
    """Where each stands now; the first that may not be approved ends it."""
    if bool(ids) == wants_all:
        raise click.UsageError(_("name the bulletins, or say --all"))
    with approving_of(session) as approving:
        by = signed(approving.people, signer, password_file)
        wanted = ids or [standing.bulletin_id for standing in approving.pending()]
        return [approving.approve(id_, by=by) for id_ in wanted]
