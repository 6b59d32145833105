"""The numbers that Word counts by itself: ``Điều 1.``, ``a)``, ``1.1.`` stand in no paragraph.

Apart from the reader, because counting goes through the whole document (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import attribute, local, whole
from broadcaster.script.documents.docx_styles import child
from broadcaster.script.documents.markers import BULLET, Counters, Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["Numbering"]

_FORMS = {
    "bullet": BULLET,
    "decimalZero": "01",
    "lowerLetter": "a",
    "lowerRoman": "i",
    "none": "",
    "upperLetter": "A",
    "upperRoman": "I",
}


class Numbering:
    """The lists of a document and where each of them stands."""

    def __init__(self, root: Element | None) -> None:
        self._abstract = {
            attribute(element, "abstractNumId"): dict(_levels(element))
            for element in _children(root, "abstractNum")
        }
        self._lists = {attribute(element, "numId"): element for element in _children(root, "num")}
        self._counters: dict[str, Counters] = defaultdict(Counters)
        self._begun: dict[str, dict[int, Level]] = {}

    def marker(self, name: str, level: int) -> str:
        """The marker of the next paragraph on ``level`` (from 0) of the list ``name``."""
        if name not in self._lists:
            return ""
        kind = attribute(child(self._lists[name], "abstractNumId"), "val")
        if name not in self._begun:
            self._begin(name, kind)
        return self._counters[kind].next(self._begun[name], level)

    def _begin(self, name: str, kind: str) -> None:
        """A list goes on counting where another of its kind stands, unless it says no."""
        levels = self._abstract.get(kind, {})
        overridden = dict(_overridden(self._lists[name], levels))
        self._begun[name] = levels | overridden
        for level, _override in _restarts(self._lists[name]):
            self._counters[kind].restart(level)


def _children(root: Element | None, name: str) -> Iterator[Element]:
    return (element for element in (() if root is None else root) if local(element) == name)


def _levels(element: Element) -> Iterator[tuple[int, Level]]:
    for found in _children(element, "lvl"):
        yield whole(attribute(found, "ilvl")), _level(found)


def _level(element: Element) -> Level:
    form = attribute(child(element, "numFmt"), "val")
    text = attribute(child(element, "lvlText"), "val")
    first = attribute(child(element, "start"), "val")
    return Level(_FORMS.get(form, "1"), text, whole(first, 1))


def _restarts(listed: Element) -> Iterator[tuple[int, Element]]:
    """The levels at which this list does not go on from another of its kind."""
    for override in _children(listed, "lvlOverride"):
        if child(override, "startOverride") is not None:
            yield whole(attribute(override, "ilvl")), override


def _overridden(listed: Element, levels: dict[int, Level]) -> Iterator[tuple[int, Level]]:
    for override in _children(listed, "lvlOverride"):
        yield from _levels(override)
    for number, override in _restarts(listed):
        known = levels.get(number, Level("1", f"%{number + 1}."))
        first = attribute(child(override, "startOverride"), "val")
        yield number, Level(known.form, known.text, whole(first, 1))
