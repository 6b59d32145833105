"""Lines of a page, as furniture and blocks see them.

Apart from both, because what a line looks like (an item of a list, the end of a sentence) decides
what is dropped and what is joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LOWER
from broadcaster.script.regex import regex

if TYPE_CHECKING:
    from broadcaster.script.folding import Folded

__all__ = ["ITEM", "LONGEST_TITLE", "SHORTEST_TITLE", "Dropped", "Line", "ends"]

ITEM = regex(rf"\s*(?:[-–—•+*]\s|\(?(?:\d{{1,2}}|[{LOWER}])[.)]\s|[IVX]{{1,5}}\.\s)")
LONGEST_TITLE = 250
SHORTEST_TITLE = 20


def ends(text: str, stops: str = ".!?;:…,/") -> bool:
    """Whether a sentence or a clause ends with this line."""
    return text.rstrip(' "”’)')[-1:] in tuple(stops)


class Dropped(NamedTuple):
    """A span of the source that is not read, and why."""

    start: int
    end: int
    rule: str
    line: int


class Line(NamedTuple):
    """A folded line and its place; ``after_gap`` says that a blank line stood before it."""

    folded: Folded
    number: int
    end: int
    after_gap: bool

    @property
    def text(self) -> str:
        return self.folded.text
