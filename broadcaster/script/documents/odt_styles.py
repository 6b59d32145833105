"""What the styles of an ``.odt`` say: which is a heading, and which is hidden.

Apart from the reader, because a style takes from its parent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.documents.archive import attribute, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

__all__ = ["OdtStyles"]

_HEADINGS = ("Heading", "Title")


class OdtStyles:
    """The styles by name, automatic ones too; one that is missing says nothing."""

    def __init__(self, elements: Iterable[Element]) -> None:
        """``elements`` are all those of the content and of the styles."""
        self._styles = {attribute(e, "name"): e for e in elements if local(e) == "style"}

    def _chain(self, element: Element) -> Iterator[tuple[str, Element]]:
        name, seen = attribute(element, "style-name"), set[str]()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield name, self._styles[name]
            name = attribute(self._styles[name], "parent-style-name")

    def _says(self, element: Element, name: str, value: str) -> bool:
        styles = (style for _name, style in self._chain(element))
        return any(attribute(properties, name) == value for s in styles for properties in s)

    def is_hidden(self, element: Element) -> bool:
        """Whether LibreOffice does not print it."""
        return self._says(element, "display", "none")

    def is_heading(self, element: Element) -> bool:
        """By the name of the style, or bold and in the middle as most offices make a title."""
        named = any(name.startswith(_HEADINGS) for name, _style in self._chain(element))
        by_hand = self._says(element, "text-align", "center")
        return named or (by_hand and self._says(element, "font-weight", "bold"))
