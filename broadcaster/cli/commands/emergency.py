"""``broadcaster emergency``: something must be heard at once, over everything."""

from __future__ import annotations

from datetime import datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.orders import give_order
from broadcaster.cli.signing import signed, signing_options
from broadcaster.cli.spans import ClockTimeType, SpanType, next_time
from broadcaster.cli.standings import approving_of
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ContentError, nearest

if TYPE_CHECKING:
    from broadcaster.cli.session import Session

__all__ = ["command"]

_STOP = "stop"
_TIMES = 2
_HOUR_MS = 3_600_000
_LONGEST_MS = 24 * _HOUR_MS


@command_(
    "emergency",
    help=N_(
        "Broadcast an emergency at once, over everything: the bulletin ID, a sound FILE, or the "
        "words of --text. “broadcaster emergency stop” ends it."
    ),
)
@argument("name", metavar=N_("[ID|FILE|stop]"), default="")
@option("--text", default="", metavar=N_("WORDS"), help=N_("Read these words aloud."))
@option(
    "--repeat",
    type=click.IntRange(1, 500),
    help=N_("Read it so many times: twice, or with --for and --until until its time is over."),
)
@option(
    "--every", type=SpanType(), help=N_("From one beginning to the next: 2m. At least a breath.")
)
@option("--until", type=ClockTimeType(), help=N_("Never after this time of day: 17:30."))
@option("--for", "span", type=SpanType(), help=N_("Never after so long: 30m. Without it: 1h."))
@option("--why", default="", metavar=N_("WORDS"), help=N_("Why, for the log."))
@option("--outputs", default="", metavar=N_("NAMES"), help=N_("Only there: names with commas."))
@signing_options
@click.pass_obj
def command(
    session: Session,
    /,
    name: str,
    text: str,
    *,
    until: str | None,
    span: int | None,
    outputs: str,
    **wishes: Any,
) -> None:
    """Make sure that the sound is there, then order it."""
    if name == _STOP and not text:
        click.echo(give_order(session, "emergency-stop"))
        return
    by = _signer(session, wishes["signer"], wishes["password_file"])
    if bool(name) == bool(text):
        raise click.UsageError(_("say what is to be heard: an ID, a FILE, or --text “…”"))
    if until and span:
        raise click.UsageError(_("--until and --for stand here together: keep one of them"))
    from broadcaster.station.orders.emergency import Wish

    wish = Wish(
        name=_sound_of(session, name, text),
        until=_end(session.clock.now(), until, span),
        repeat=wishes["repeat"] or (0 if until or span else _TIMES),
        every_ms=wishes["every"] or 0,
        why=wishes["why"],
        outputs=_known_outputs(session, outputs),
    )
    click.echo(give_order(session, "emergency", wish.as_text(), by=by))


def _signer(session: Session, signer: str, password_file: Path | None) -> str:
    """Who orders it, proven by a password where somebody signs; "" for the login name."""
    if not signer:
        return ""
    with approving_of(session) as approving:
        return signed(approving.people, signer, password_file)


def _end(now: datetime, until: str | None, span: int | None) -> datetime:
    if until:
        return next_time(until, now)
    return now + timedelta(milliseconds=min(span or _HOUR_MS, _LONGEST_MS))


def _sound_of(session: Session, name: str, text: str) -> str:
    """The name of the sound, made now unless it lies ready."""
    from broadcaster.station.preparing.ready_warning import lies_ready

    folder, now = session.folder(), session.clock.now()
    if name and lies_ready(folder, name):
        return name
    from broadcaster.station.preparing.emergency_sound import (
        prepare_bulletin,
        prepare_recording,
        typed,
    )

    config, content = session.config(), session.content()
    bulletin = content.bulletins.get(name) if name else typed(text, now)
    if bulletin:
        return prepare_bulletin(folder, config, content, bulletin, now)
    if (path := Path(name)).is_file():
        return prepare_recording(folder, config, content, path, now)
    message = _("there is neither a bulletin nor a file “{id}”").format(id=name)
    raise ContentError([], message=f"{message}: {nearest(name, content.bulletins)}")


def _known_outputs(session: Session, names: str) -> tuple[str, ...]:
    wanted = tuple(filter(None, (name.strip() for name in names.split(","))))
    if not wanted:
        return ()
    known = [output.name for output in session.config().all_outputs]
    for name in wanted:
        if name not in known:
            message = _("there is no output named “{name}”").format(name=name)
            raise ContentError([], message=f"{message}: {nearest(name, known)}")
    return wanted
