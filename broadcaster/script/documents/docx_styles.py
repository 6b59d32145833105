"""What the styles of a ``.docx`` say: which is a heading, which is hidden, which is numbered.

Apart from the reader, because a style takes from the style that it is based on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import attribute, local, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["Styles", "child", "is_on"]

_OFF = {"0", "false", "off", "none"}
_DEEPEST_HEADING = 9


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name, None where there is none (or no element)."""
    return next((c for c in (() if element is None else element) if local(c) == name), None)


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as ``<w:vanish/>`` stands there and is not turned off."""
    switch = child(properties, name)
    return switch is not None and attribute(switch, "val") not in _OFF


class Styles:
    """The styles by id; one that is missing says nothing."""

    def __init__(self, root: Element | None) -> None:
        styles = (s for s in (() if root is None else root) if local(s) == "style")
        self._styles = {attribute(style, "styleId"): style for style in styles}

    def _chain(self, style: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = attribute(child(self._styles[style], "basedOn"), "val")

    def _names(self, style: str) -> list[str]:
        return [attribute(child(s, "name"), "val").lower() for s in self._chain(style)]

    def is_heading(self, style: str, properties: Element | None) -> bool:
        """By its outline level, or by the name that Word gives headings in every language."""
        named = any(n.startswith("heading ") or n == "title" for n in self._names(style))
        outlined = [properties, *(child(s, "pPr") for s in self._chain(style))]
        levels = (attribute(child(found, "outlineLvl"), "val") for found in outlined)
        level = next((level for level in levels if level), "")
        return named or whole(level, _DEEPEST_HEADING) < _DEEPEST_HEADING

    def is_contents(self, style: str) -> bool:
        """A line of a table of contents."""
        return any(name.startswith(("toc ", "table of figures")) for name in self._names(style)[:1])

    def is_hidden(self, properties: Element | None) -> bool:
        """Whether a run has text that Word does not print."""
        if child(properties, "vanish") is not None:
            return is_on(properties, "vanish")
        style = attribute(child(properties, "rStyle"), "val")
        return any(is_on(child(s, "rPr"), "vanish") for s in self._chain(style))

    def numbering(self, style: str, properties: Element | None) -> tuple[str, int] | None:
        """The list and the level (from 0) of a paragraph; None where it is not in a list."""
        places = [properties, *(child(s, "pPr") for s in self._chain(style))]
        found = [numbers for place in places if (numbers := child(place, "numPr")) is not None]
        lists = (attribute(child(numbers, "numId"), "val") for numbers in found)
        levels = (attribute(child(numbers, "ilvl"), "val") for numbers in found)
        name = next((name for name in lists if name), "0")
        level = next((level for level in levels if level), "0")
        return (name, whole(level)) if name != "0" else None
