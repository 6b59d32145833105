"""A line that is rewritten step by step and still knows where each character came from.

Apart from the steps, so that none of them has to count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Mapped", "Span"]


class Span(NamedTuple):
    """``text`` takes the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Mapped(NamedTuple):
    """``text``, and for each of its characters (and its end) an offset in the source.

    ``offsets`` is None where nothing moved.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def source(self, index: int) -> int:
        return index if self.offsets is None else self.offsets[index]

    def rewrite(self, spans: Iterable[Span]) -> Mapped:
        """Put in the spans, which are in order and do not overlap."""
        parts: list[str] = []
        offsets: list[int] = []
        place = 0
        for start, end, text in spans:
            parts += (self.text[place:start], text)
            offsets += map(self.source, range(place, start))
            offsets += (self.source(min(start + step, end)) for step in range(len(text)))
            place = end
        if not parts:
            return self
        parts.append(self.text[place:])
        offsets += map(self.source, range(place, len(self.text) + 1))
        return Mapped("".join(parts), tuple(offsets))

    def then(self, offsets: tuple[int, ...] | None) -> tuple[int, ...] | None:
        """The offsets in the source of a text whose offsets in ``self.text`` are these."""
        if offsets is None or self.offsets is None:
            return offsets or self.offsets
        return tuple(self.offsets[index] for index in offsets)
