"""The foot of a picture: the parts with their times, and what is to be looked at.

It stands apart from the drawing above it because it is text in columns.
"""

from __future__ import annotations

import math
import textwrap
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from broadcaster.station.picture.show import Shown

__all__ = ["clock", "draw_list", "list_height", "shortened"]

_LINE = 0.185  # inches
_MOST_PARTS = 180
_MOST_FLAWS = 12
_COLUMNS = {8: 1, 24: 2, _MOST_PARTS: 3}
"""How many columns so many parts take."""

_LETTERS = {1: 190, 2: 94, 3: 60}


def list_height(parts: int, flaws: int) -> float:
    """In inches, with the axis labels above it."""
    return 0.55 + _LINE * (_rows(parts) + (min(flaws, _MOST_FLAWS) or 1) + 3)


def _columns(parts: int) -> int:
    return next(columns for most, columns in _COLUMNS.items() if min(parts, _MOST_PARTS) <= most)


def _rows(parts: int) -> int:
    return math.ceil(min(parts, _MOST_PARTS) / _columns(parts)) if parts else 1


def draw_list(axes: Axes, shown: Shown, kinds: Sequence[tuple[str, str]]) -> None:
    """Write the parts, each with its colour and the name of its kind, and the flaws below."""
    parts = shown.prepared.programme.segments
    height = list_height(len(parts), len(shown.flaws))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(height, 0)
    columns, rows = _columns(len(parts)), _rows(len(parts))
    top = 0.55
    axes.text(0, top - 0.05, _("Parts"), fontweight="bold", va="center")
    for number, (part, (colour, kind)) in enumerate(zip(parts, kinds, strict=True)):
        if number == _MOST_PARTS:
            break
        column, row = divmod(number, rows)
        x, y = column / columns, top + _LINE * (row + 1)
        length = clock(part.end_ms - part.start_ms)
        times = f"{number + 1}.  {clock(part.start_ms)}  ({length})  {kind}"
        title = f": {part.title}" if part.title and part.title != kind else ""
        axes.plot([x + 0.004], [y], "s", color=colour, markersize=7, clip_on=False)
        axes.text(
            x + 0.012, y, shortened(times + title, _LETTERS[columns]), va="center", fontsize=8.5
        )
    y = top + _LINE * (rows + 2)
    _draw_flaws(axes, shown, y)


def _draw_flaws(axes: Axes, shown: Shown, y: float) -> None:
    flaws = shown.flaws
    if not flaws:
        axes.text(0, y, _("Nothing is wrong with it."), color="#2e7d32", va="center")
        return
    axes.text(0, y, _("To be looked at"), fontweight="bold", color="#c62828", va="center")
    for number, flaw in enumerate(flaws[:_MOST_FLAWS], start=1):
        y += _LINE
        at = f"{clock(flaw.start_ms)}: " if flaw.end_ms else ""
        text = shortened(f"!{number}  {at}{flaw.text}", _LETTERS[1])
        if number == _MOST_FLAWS and len(flaws) > _MOST_FLAWS:
            text = _("… and {count} more").format(count=len(flaws) - number + 1)
        axes.text(0.004, y, text, va="center", fontsize=8.5)


def shortened(text: str, letters: int) -> str:
    """``text`` in at most so many letters, cut between words where it can be."""
    one_line = " ".join(text.split())
    if len(one_line) <= letters:
        return one_line
    short = textwrap.shorten(one_line, max(letters, 1), placeholder="…") if letters > 8 else ""
    return short if len(short) > letters // 2 else f"{one_line[: letters - 1]}…"


def clock(length_ms: int) -> str:
    """``7:05``, or ``1:07:05`` from an hour on."""
    minutes, seconds = divmod(round(length_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
