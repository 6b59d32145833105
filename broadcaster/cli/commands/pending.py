"""``broadcaster pending``: what waits for an approver, or where each bulletin stands."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.standings import approving_of, as_values, show_standings
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.approval import Spoken, Standing
    from broadcaster.cli.session import Session

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked for; ``spoken`` is what would be heard of a single bulletin."""

    standings: Sequence[Standing]
    spoken: Spoken | None = None
    voices: tuple[str, ...] = ()


def _show(found: Waiting) -> None:
    if not found.standings:
        click.echo(_("Nothing waits to be approved."))
        return
    show_standings(found.standings)
    if found.spoken:
        _show_spoken(found.spoken, found.voices)


def _show_spoken(spoken: Spoken, voices: tuple[str, ...]) -> None:
    """The very words that an approval would bind."""
    click.echo()
    click.echo(click.style(spoken.title, bold=True))
    for sentence, _pause_ms in spoken.sentences:
        click.echo(sentence)
    if spoken.recording_sha256:
        text = _("a recording is heard, SHA-256 {hash}")
        click.echo(text.format(hash=spoken.recording_sha256))
    elif voices:
        click.echo(_("voices that may read it: {voices}").format(voices=", ".join(voices)))


def _json(found: Waiting) -> Any:
    values = as_values(found.standings)
    if found.spoken is None:
        return values
    return values[0] | {"spoken": found.spoken, "voices": found.voices}


@command_(
    "pending",
    help=N_(
        "Show what waits to be approved; with ID, that bulletin as it would be heard: the words "
        "that an approval binds."
    ),
)
@argument("bulletin_id", metavar=N_("[ID]"), default="")
@option("--all", "wants_all", is_flag=True, help=N_("Show every bulletin and where it stands."))
@listing(_show, json_value=_json)
@click.pass_obj
def command(session: Session, bulletin_id: str, *, wants_all: bool) -> Waiting:
    """The standings by id."""
    with approving_of(session) as approving:
        if bulletin_id:
            subject = approving.subject(bulletin_id)
            standing = approving.state_of(bulletin_id)
            return Waiting([standing], subject.spoken, subject.voices)
        return Waiting(approving.standings() if wants_all else approving.pending())
