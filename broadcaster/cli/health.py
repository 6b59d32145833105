"""Findings of the self-check as a table: state, where, what, and below it the cure."""

from __future__ import annotations

import textwrap
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.table import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.station.check.finding import Finding

__all__ = ["findings_status", "show_findings"]

_MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("!", "yellow")}
_NARROWEST = 30


def show_findings(findings: Sequence[Finding]) -> None:
    """Print them, and how they stand in all."""
    from broadcaster.station.check.finding import area_names, verdict

    names = area_names()
    label_width = max((width(names.get(f.area, f.area)) for f in findings), default=0)
    for finding in findings:
        mark, colour = _MARKS[finding.ok]
        name = names.get(finding.area, finding.area)
        label = name + " " * (label_width - width(name))
        for number, line in enumerate(_lines(finding, label_width)):
            start = f"{click.style(mark, fg=colour)} {label}" if not number else " " * len(label)
            click.echo(f"{start}{'  ' if number else ''}  {line}")
    click.echo(verdict(findings))


def _lines(finding: Finding, label_width: int) -> list[str]:
    """The sentence and the cure, as broad as the terminal."""
    room = max(_NARROWEST, get_terminal_size().columns - label_width - 4)
    lines = textwrap.wrap(finding.message, room, break_long_words=False, break_on_hyphens=False)
    if finding.cure:
        lines += textwrap.wrap(
            f"→ {finding.cure}",
            room,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines


def findings_status(findings: Sequence[Finding]) -> int:
    """The exit code: whether something is to be mended."""
    failed = any(finding.ok is False for finding in findings)
    return ExitCode.CONTENT if failed else ExitCode.FINE
