"""The week of one file, written as a file for one other week.  Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.weekfile import comment
from broadcaster.station.editing.tree import Tree

if TYPE_CHECKING:
    from datetime import date

__all__ = ["copied_week", "week_file_name"]

_DATED = {"date", "from", "until"}


def week_file_name(monday: date) -> str:
    """``tuan-2026-w48.yaml``."""
    year, week, _day = monday.isocalendar()
    return f"tuan-{year}-w{week:02d}.yaml"


def copied_week(text: str, monday: date, *, note: str) -> str:
    """``text`` for the week that begins on ``monday``, with ``note`` as its first line.

    Special days with a date belong to the week that they were written for, and stay there.
    """
    year, week, _day = monday.isocalendar()
    for place in reversed(range(len(Tree(text).items(["exceptions"])))):
        tree = Tree(text)
        if _DATED & {*tree.keys(["exceptions", place])}:
            text = tree.drop_item(["exceptions", place])
    text = Tree(text).drop_key(["valid"])
    tree = Tree(text)
    name = f"{year}-W{week:02d}"
    head = f"{comment(note)}{tree.newline}"
    if tree.find(["week"]) is not None:
        return head + tree.put(["week"], name)
    return f"{head}week: {name}{tree.newline}{tree.newline}{text}"
