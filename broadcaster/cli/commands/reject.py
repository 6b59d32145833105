"""``broadcaster reject``: given back to its editor, with the reason."""

from __future__ import annotations

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
    "reject",
    help=N_(
        "Give a bulletin back to its editor, also one that was approved: it is silent until "
        "somebody approves it."
    ),
)
@argument("bulletin_id", metavar=N_("ID"))
@option("--why", default="", metavar=N_("WORDS"), help=N_("What has to be mended."))
@signing_options
@listing(show_standings, json_value=as_values)
@click.pass_obj
def command(
    session: Session, bulletin_id: str, *, why: str, signer: str, password_file: Path | None
) -> list[Standing]:
    """Where it stands now."""
    with approving_of(session) as approving:
        by = signed(approving.people, signer, password_file)
        return [approving.reject(bulletin_id, by=by, why=why)]
