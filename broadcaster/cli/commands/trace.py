"""``broadcaster trace``: who stands for what was heard, down to the words and the hashes."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.approval import Approval
    from broadcaster.cli.session import Session
    from broadcaster.station.approving.trace import Trace, TracedPart

__all__ = ["command"]


def _json(found: Trace) -> dict[str, Any]:
    entry = found.entry
    return {
        "occurrence": entry.occurrence,
        "title": entry.title,
        "outcome": entry.outcome,
        "operator": entry.operator,
        "audio_sha256": entry.audio_sha256,
        "parts": [_part_json(part) for part in found.parts],
    }


def _part_json(part: TracedPart) -> dict[str, Any]:
    heard, approval = part.heard, part.approval
    return {
        "kind": heard.kind,
        "title": heard.title,
        "started_at": heard.started_at,
        "ended_at": heard.ended_at,
        "voice": heard.voice,
        "bulletin_id": heard.bulletin_id,
        "script_sha256": heard.script_sha256,
        "content_sha256": heard.content_sha256,
        "rendition_sha256": heard.rendition_sha256,
        "is_new_rendition": heard.is_new_rendition,
        "approval": heard.approval,
        "approved_by": approval.by if approval else "",
        "approver": part.approver,
        "approved_at": approval.at if approval else None,
        "own": approval.is_own if approval else False,
        "lexicon": approval.lexicon if approval else "",
        "approved_script_sha256": approval.script_sha256 if approval else "",
        "heard_sha256": approval.heard_sha256 if approval else "",
        "spoken": part.spoken,
    }


def _show(found: Trace) -> None:
    entry = found.entry
    click.echo(click.style(f"{entry.title} – {entry.occurrence}", bold=True))
    for part in found.parts:
        heard = part.heard
        span = f"{heard.started_at:%H:%M:%S}–{heard.ended_at:%H:%M:%S}"
        click.echo(f"\n{span}  {heard.title or heard.kind}  {heard.voice}".rstrip())
        for line in _lines(part, operator=entry.operator):
            click.echo(f"  {line}")


def _lines(part: TracedPart, *, operator: str) -> Iterator[str]:
    heard = part.heard
    if heard.approval == "class":
        yield _("approved as a class: sounds, relays, templates of the week")
    elif heard.approval == "order":
        yield _("approved in the act, by the order of “{person}”").format(person=operator)
    elif part.approval:
        yield from _approved(part, part.approval)
    elif heard.approval:
        yield _("row {row} of the register, which is not there any more").format(row=heard.approval)
    else:
        yield _("the station asked for no approval")
    if heard.script_sha256:
        yield _("script {hash}").format(hash=heard.script_sha256)


def _approved(part: TracedPart, approval: Approval) -> Iterator[str]:
    who = f"{part.approver} ({approval.by})" if part.approver else approval.by
    text = _("own text, approved by {person} at {time}, row {row}")
    if not approval.is_own:
        text = _("approved by {person} at {time}, row {row}")
    yield text.format(person=who, time=f"{approval.at:%H:%M %d/%m/%Y}", row=approval.id)
    for sentence, _pause_ms in part.spoken.sentences if part.spoken else ():
        yield f"| {sentence}"
    if part.spoken and part.spoken.recording_sha256:
        yield _("recording {hash}").format(hash=part.spoken.recording_sha256)
    yield _("words {hash}").format(hash=part.heard.content_sha256)
    yield _("word list {version}").format(version=approval.lexicon)
    if part.heard.is_new_rendition:
        yield _("a new rendition of the same words: the approver heard another one")
    if part.heard.rendition_sha256:
        yield _("rendition {hash}").format(hash=part.heard.rendition_sha256)


@command_(
    "trace",
    help=N_(
        "Lead what was heard in OCCURRENCE back to its approval: words, voice, approver, word "
        "list, hashes. The names of occurrences stand in “log --json”."
    ),
)
@argument("occurrence", metavar=N_("OCCURRENCE"))
@option("--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station."))
@listing(_show, json_value=_json)
@click.pass_obj
def command(session: Session, occurrence: str, *, simulated: bool) -> Trace:
    """The parts in their order; raises ContentError for an occurrence of which nothing is known."""
    from contextlib import ExitStack

    from broadcaster.asrun import AsRunLog, Register, Store
    from broadcaster.station.approving.trace import trace

    folder = session.folder()
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(folder.database, clock=session.clock))
        path = folder.simulated_database if simulated else folder.database
        log = AsRunLog(stack.enter_context(Store.open(path, clock=session.clock)))
        found = trace(log, Register(store), occurrence)
        known = [] if found else [entry.occurrence for entry in log.entries()]
    if found is None:
        message = _("nothing was heard of “{occurrence}”").format(occurrence=occurrence)
        raise ContentError([], message=f"{message}: {nearest(occurrence, known)}")
    return found
