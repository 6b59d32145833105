"""Problems as an operator sees them: the place, the sentence, the cure, and its code."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadcaster.errors import Problem

__all__ = ["content_status", "show_problems", "summary"]


def show_problems(problems: Iterable[Problem], *, on_stderr: bool = True) -> None:
    """Print each problem in one line; warnings say that they are."""
    for problem in problems:
        if problem.severity is Severity.WARNING:
            label, colour = _("warning"), "yellow"
        else:
            label, colour = _("error"), "red"
        click.echo(f"{click.style(label, fg=colour)}: {problem}", err=on_stderr)


def summary(problems: Sequence[Problem]) -> str:
    """How many there are of each kind, or that all is well."""
    errors = _errors(problems)
    if not problems:
        return _("No problems.")
    return _("{errors}, {warnings}.").format(
        errors=ngettext("{n} error", "{n} errors", errors).format(n=errors),
        warnings=ngettext("{n} warning", "{n} warnings", len(problems) - errors).format(
            n=len(problems) - errors
        ),
    )


def content_status(problems: Iterable[Problem]) -> int:
    """The exit code for content: only errors count, a warning keeps nothing off the air."""
    return ExitCode.CONTENT if _errors(problems) else ExitCode.FINE


def _errors(problems: Iterable[Problem]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)
