"""Columns on a terminal, as wide as Vietnamese letters really are.

``len`` counts code points; a decomposed “ế” has three of them and one place on the screen.
"""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["show_table", "width"]


def width(text: str) -> int:
    """How many places ``text`` takes on a terminal, colours not counted."""
    return sum(_places(letter) for letter in click.unstyle(text))


def _places(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def show_table(rows: Iterable[Sequence[str]], headings: Sequence[str]) -> None:
    """Print ``rows`` under ``headings``; the last column may be as long as it likes."""
    lines = [[unicodedata.normalize("NFC", cell) for cell in row] for row in (headings, *rows)]
    widths = [max(map(width, column)) for column in zip_longest(*lines, fillvalue="")]
    for number, line in enumerate(lines):
        cells = [cell + " " * (w - width(cell)) for cell, w in zip(line, widths, strict=False)]
        text = "  ".join(cells).rstrip()
        click.echo(text if number else click.style(text, bold=True))
