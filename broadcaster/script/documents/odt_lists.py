"""The numbers that OpenDocument counts by itself (1.3 part 3, 16.30 to 16.36 and 19.880).

Apart from the reader, because counting goes through the whole document and lists lie in lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import attribute, local, whole
from broadcaster.script.documents.markers import BULLET, Counters, Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

__all__ = ["Lists"]

_FORMS = {"1": "1", "a": "a", "A": "A", "i": "i", "I": "I", "": ""}
_MOST_LEVELS = 9


class Lists:
    """The list styles of a document, and the lists that the reader is in."""

    def __init__(self, elements: Iterable[Element]) -> None:
        """``elements`` are all those of the content and of the styles."""
        self._styles = {
            attribute(element, "name"): _levels(element)
            for element in elements
            if local(element) == "list-style"
        }
        self._inside: list[str] = []
        self._counters = Counters()
        self._standing: dict[str, Counters] = {}

    def enter(self, element: Element) -> None:
        """A list begins; one inside another has the style of the outer one."""
        outer = self._inside[-1] if self._inside else ""
        style = attribute(element, "style-name") or outer
        if not self._inside:
            goes_on = attribute(element, "continue-numbering") == "true" or attribute(
                element, "continue-list"
            )
            known = self._standing.get(style)
            self._counters = known if known and goes_on else Counters()
            self._standing[style] = self._counters
        else:
            self._counters.restart(len(self._inside))
        self._inside.append(style)

    def leave(self) -> None:
        self._inside.pop()

    def marker(self, item: Element) -> str:
        """The marker of an item of the innermost list."""
        levels = self._styles.get(self._inside[-1], {})
        level = len(self._inside) - 1
        start = attribute(item, "start-value")
        if not start:
            return self._counters.next(levels, level)
        self._counters.restart(level)
        return self._counters.next(levels, level, first=whole(start, 1))


def _levels(style: Element) -> dict[int, Level]:
    levels = (e for e in style if local(e).startswith("list-level-style-"))
    return {whole(attribute(e, "level"), 1) - 1: _level(e) for e in levels}


def _level(element: Element) -> Level:
    if local(element) != "list-level-style-number":
        return Level(BULLET)
    level = whole(attribute(element, "level"), 1)
    shown = min(whole(attribute(element, "display-levels"), 1), level, _MOST_LEVELS)
    numbers = ".".join(f"%{number}" for number in range(level - shown + 1, level + 1))
    form = _FORMS.get(attribute(element, "num-format"), "1")
    text = attribute(element, "num-prefix") + (numbers if form else "")
    first = whole(attribute(element, "start-value"), 1)
    return Level(form, text + attribute(element, "num-suffix"), first)
