"""``broadcaster read``: a text as the announcer will say it, with or without a station."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.explained import show_changes
from broadcaster.cli.findings import content_status, show_problems
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_
from broadcaster.errors import Problem, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadcaster.cli.session import Session
    from broadcaster.model import Bulletin, Sentence
    from broadcaster.script import Change, Reading

    _Read = Callable[..., Reading]
    """``read_text`` with the words and the wording of the station."""

__all__ = ["command"]

_LINE_BREAK = "\N{LINE SEPARATOR}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenText:
    """One text with its reading; ``explained`` asks for the changes on the screen."""

    spoken: str
    sentences: tuple[Sentence, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    explained: bool = False


def _show(found: SpokenText) -> None:
    if found.spoken:
        click.echo(found.spoken)
    if found.explained:
        click.echo()
        show_changes(found.changes)
    show_problems(found.problems)


@command_(
    "read",
    help=N_(
        "Show the text of FILE as the announcer will say it; - reads what is typed or piped in."
        "\n\nThe spoken text alone goes to standard output, problems to standard error. "
        "No station is needed; inside one, its own word list is used too."
    ),
)
@argument(
    "file",
    metavar=N_("FILE"),
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@option(
    "--lines",
    is_flag=True,
    help=N_(
        "Take each line as a text of its own that gives exactly one line; the letter U+2028 "
        "stands for a line break inside it."
    ),
)
@option("--explain", is_flag=True, help=N_("Show below it what was changed, and by which rule."))
@listing(_show, status=lambda found: content_status(found.problems))
@click.pass_context
def command(ctx: click.Context, file: Path, *, lines: bool, explain: bool) -> SpokenText:
    """Read one text, or one a line."""
    from broadcaster.script import read_text

    session: Session = ctx.obj
    lexicon, problems = session.lexicon()
    read = partial(read_text, lexicon=lexicon, style=session.reading_style())
    if lines:
        if explain or ctx.params.get("wants_json"):
            raise click.UsageError(_("--lines goes with neither --explain nor --json"))
        show_problems(problems)
        ctx.exit(_read_lines(file, read))
    reading, found = _read_whole(file, read)
    return SpokenText(
        spoken=reading.spoken if reading else "",
        sentences=reading.sentences if reading else (),
        changes=reading.changes if reading else (),
        problems=(*problems, *found, *(reading.problems if reading else ())),
        explained=explain,
    )


def _read_whole(file: Path, read: _Read) -> tuple[Reading | None, list[Problem]]:
    """The reading of a bulletin's text, without its front matter."""
    from broadcaster.script import load_bulletin

    bulletin, problems = _from_stdin() if str(file) == "-" else load_bulletin(file)
    if bulletin is None:
        return None, problems
    return read(bulletin.text, where=bulletin.where), problems


def _from_stdin() -> tuple[Bulletin | None, list[Problem]]:
    from broadcaster.script import parse_bytes

    return parse_bytes(click.get_binary_stream("stdin").read(), path=Path("-"))


def _read_lines(file: Path, read: _Read) -> int:
    """Answer each line as soon as it is there, so that another program can talk with this one."""
    worst = 0
    with click.open_file(str(file), "rb") as lines:
        for number, line in enumerate(lines, start=1):
            spoken, problems = _read_line(line, read, where=Where(file, number))
            click.echo(spoken)  # flushes
            show_problems(problems)
            worst = max(worst, content_status(problems))
    return worst


def _read_line(line: bytes, read: _Read, *, where: Where) -> tuple[str, Iterable[Problem]]:
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        message, hint = _("this line is not UTF-8 text"), _("save the file as UTF-8 and try again")
        return "", [Problem(where, "not-utf8", message, hint)]
    if not text.strip():
        return "", []
    text = text.rstrip("\r\n").replace(_LINE_BREAK, "\n")
    reading = read(text, where=where)
    return " ".join(reading.spoken.split()), reading.problems
