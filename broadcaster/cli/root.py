"""``broadcaster`` itself: its commands, the options before them, and the one way out.

Nothing here imports a stage: the short help of every command stands in a table, so that
``broadcaster --help`` imports click and nothing else.
"""

from __future__ import annotations

import os
import sys
from gettext import gettext as _
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster import __version__
from broadcaster.cli.exits import exit_code_of
from broadcaster.cli.translated import N_, Group, Option, group, option
from broadcaster.messages import LANGUAGES, use_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "init": N_("make a new station folder"),
    "check": N_("look for problems in the schedule and the bulletins"),
    "read": N_("show a text as the announcer will say it"),
    "pending": N_("what waits to be approved, and where each bulletin stands"),
    "approve": N_("stand for what will be heard"),
    "reject": N_("give a bulletin back to its editor"),
    "person": N_("who belongs to the station, and what each may do"),
    "render": N_("make the sound of bulletins and programmes ahead of time"),
    "show": N_("a picture of a prepared sound: parts, levels, problems"),
    "today": N_("what is to be broadcast today"),
    "week": N_("what is to be broadcast in a week"),
    "import": N_("make a week of a timetable from elsewhere"),
    "receive": N_("take in bulletins from an authority above"),
    "acknowledge": N_("when each bulletin from above was heard"),
    "export": N_("the week for Excel, a calendar, paper or a USB stick"),
    "run": N_("broadcast on time, day and night"),
    "play": N_("broadcast one bulletin or programme now"),
    "stop": N_("silence what is on air"),
    "emergency": N_("broadcast an emergency now, over everything"),
    "mic": N_("make room for somebody at the microphone"),
    "log": N_("what was really broadcast"),
    "plan": N_("how far the plan is carried out, and what is late"),
    "languages": N_("what is to be recorded in other languages"),
    "questions": N_("what the people asked, and who answers"),
    "trace": N_("who stands for what was heard, down to the words"),
    "web": N_("the page for a browser: today, log, reports, emergency"),
    "report": N_("what was broadcast in a month or a year, counted, on paper"),
    "voices": N_("the voices, and whether each can speak"),
    "status": N_("how the running station is, and what is wrong"),
    "clock": N_("whether the clock can be trusted; confirm it"),
    "doctor": N_("examine the machine: sound, clock, disk, voices"),
    "alarm": N_("prove that an alarm would reach somebody"),
    "service": N_("let the station start with the machine"),
    "backup": N_("copy the log to a safe place, or bring it back"),
    "config": N_("the settings in force"),
}
"""Every command with its short help, in the order of a station's day; each is a module of
:mod:`broadcaster.cli.commands` whose ``command`` click runs."""


class LazyGroup(Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"broadcaster.cli.commands.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from broadcaster.errors import nearest

            ctx.fail(
                f"{_('No such command {name!r}.').format(name=name)} {nearest(name, COMMANDS)}"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(short)) for name, short in COMMANDS.items()])

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Choose the language, run the command, and leave with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        use_language(_language_of(words, os.environ))
        debug = "--debug" in words or bool(os.environ.get("BROADCASTER_DEBUG"))
        extra["standalone_mode"] = False
        run = super().main
        sys.exit(exit_code_of(lambda: run(words, prog_name, **extra), debug=debug))


def _language_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for, known before click reads the command line and may complain."""
    chosen = environment.get("BROADCASTER_LANG", "")
    for word, following in zip(words, [*words, ""][1:], strict=True):
        if word == "--lang":
            chosen = following
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def _show_version(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    if value and not ctx.resilient_parsing:
        words = {"prog": ctx.find_root().info_name, "version": __version__}
        click.echo(_("%(prog)s, version %(version)s") % words)
        ctx.exit()


@group(
    cls=LazyGroup,
    help=N_(
        "Reads a commune's written bulletins aloud in Vietnamese and broadcasts them on time."
        "\n\nIt works in a station folder: the current one, or the one that -C names."
    ),
)
@option(
    "-C",
    "directory",
    type=click.Path(path_type=Path),
    default=".",
    metavar=N_("DIR"),
    help=N_("Work in this station folder instead of the current one."),
)
@option("--lang", type=click.Choice(LANGUAGES), help=N_("The language of the messages."))
@option("--debug", is_flag=True, help=N_("Say more, and show where in the program a bug is."))
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context, directory: Path, lang: str | None, *, debug: bool) -> None:
    """Remember where to work; the commands ask :class:`Session` for everything else."""
    import logging

    from broadcaster.cli.session import Session, log_to_stderr

    del lang  # _language_of has read it already
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    log_to_stderr(logging.DEBUG if debug else logging.WARNING)
    ctx.obj = Session(directory, ctx.obj)
