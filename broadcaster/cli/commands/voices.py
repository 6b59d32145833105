"""``broadcaster voices``: every engine with its voices, broken ones with their reason."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.progress import progress_bar
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, argument, group, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.cli.session import Session
    from broadcaster.speech import EngineStatus
    from broadcaster.speech.shelf.installed import InstalledVoice

__all__ = ["command"]

_SHOWN = 3


def _show(statuses: list[EngineStatus]) -> None:
    headings = (_("engine"), _("state"), _("network"), _("voices"))
    show_table([row for status in statuses for row in _rows(status)], headings)


def _rows(status: EngineStatus) -> Iterator[tuple[str, ...]]:
    network = _("needs it") if status.needs_network else _("no")
    if status.available:
        yield status.engine, _("can speak"), network, _some(status)
    else:
        detail = " — ".join(filter(None, [status.reason, status.hint]))
        yield status.engine, _("cannot speak"), network, detail
    for name, reason in status.broken.items():
        yield f"{status.engine}:{name}", _("cannot speak"), network, reason


def _some(status: EngineStatus) -> str:
    """The first voices, the Vietnamese ones, by their region too, and how many more there are."""
    from broadcaster.voicename import REGIONS

    regions = {name: region for region, name in REGIONS.get(status.engine, {}).items()}
    names = [f"{regions[v]} ({v})" if v in regions else v for v in status.voices[:_SHOWN]]
    more = len(status.voices) - _SHOWN
    tail = [_("{n} more with --json").format(n=more)] if more > 0 else []
    return ", ".join([*names, *tail])


def _voices_folder(session: Session) -> Path | None:
    """Where this station's voices are installed; None outside of a station."""
    try:
        return session.folder().voices
    except ConfigError:
        return None


@group(
    "voices",
    invoke_without_command=True,
    subcommand_metavar=N_("[COMMAND] [ARGS]..."),
    help=N_("List the speech engines: whether each can speak here, and why not."),
)
@listing(_show)
@click.pass_context
def command(ctx: click.Context) -> list[EngineStatus] | None:
    """The status record of each engine."""
    if ctx.invoked_subcommand:
        return None
    from broadcaster.speech import engine_statuses

    return list(engine_statuses(voices=_voices_folder(ctx.obj)))


def _show_installed(voice: InstalledVoice) -> None:
    text = _("piper:{name} is installed: {title}, {language}, {megabytes} MB, at {pace} % pace")
    click.echo(
        text.format(
            name=voice.name,
            title=voice.title,
            language=voice.language,
            megabytes=round(voice.size / 1e6),
            pace=round(voice.pace),
        )
    )
    click.echo(f"sha256 {voice.sha256}")
    click.echo(_("write it into “voices” of station.yaml: piper:{name}").format(name=voice.name))


@command_(
    "install",
    help=N_(
        "Install a voice of Piper from FILE (an .onnx with its .onnx.json beside it, or an archive "
        "of both) or from an address.\n\nIt is loaded once to prove that it speaks."
    ),
)
@argument("source", metavar=N_("FILE|URL"))
@option(
    "--sha256",
    metavar=N_("HEX"),
    help=N_("The checksum of the .onnx or the archive; an address needs it."),
)
@listing(_show_installed)
@click.pass_obj
def install(session: Session, source: str, *, sha256: str | None) -> InstalledVoice:
    """The card of the voice."""
    from broadcaster.speech.shelf.fetch import is_url
    from broadcaster.station.preparing.install_voice import install_voice

    if is_url(source) and not sha256:
        raise click.UsageError(
            _("add --sha256 with the checksum that the voice's maker gives for this file")
        )
    with progress_bar(_("downloading")) as bar:
        return install_voice(
            session.folder(),
            source,
            sha256=sha256 or "",
            progress=lambda done, total: bar(done, total, _megabytes(done)),
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


@command_("remove", help=N_("Remove an installed voice."))
@argument("name", metavar=N_("NAME"))
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """``piper:vais1000`` and ``vais1000`` are the same voice."""
    from broadcaster.speech.shelf import installed

    name = name.removeprefix("piper:")
    folder = session.folder().voices
    installed.sweep(folder)
    installed.remove(folder, name)
    click.echo(_("piper:{name} is removed").format(name=name))


command.add_command(install)
command.add_command(remove)
