"""The numbers and bullets that word processors put before a paragraph, as text.

Apart from both readers, because OOXML and OpenDocument count in the same way and only name the
formats differently (ECMA-376 part 1, 17.9 and 17.18.59; OpenDocument 1.3 part 3, 19.503).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["BULLET", "Counters", "Level", "finish_marker", "numeral"]

BULLET = "-"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 4000
_LARGEST_LETTER = 26 * 30


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts: ``form`` is ``1``, ``01``, ``a``, ``A``, ``i``, ``I``, ``-`` or
    nothing; ``text`` has ``%1`` … ``%9`` where the numbers of the levels stand."""

    form: str = BULLET
    text: str = ""
    first: int = 1


class Counters:
    """Where one list stands: the number last given on each level."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def restart(self, level: int) -> None:
        for deeper in [known for known in self._counts if known >= level]:
            del self._counts[deeper]

    def next(self, levels: dict[int, Level], level: int, *, first: int | None = None) -> str:
        """The marker of the next paragraph on ``level`` (from 0)."""
        style = levels.get(level, Level())
        begin = style.first if first is None else first
        self._counts[level] = self._counts[level] + 1 if level in self._counts else begin
        self.restart(level + 1)
        if style.form == BULLET:
            return BULLET
        return finish_marker(re.sub(r"%([1-9])", lambda m: self._shown(levels, m), style.text))

    def _shown(self, levels: dict[int, Level], placeholder: re.Match[str]) -> str:
        level = int(placeholder[1]) - 1
        style = levels.get(level, Level("1"))
        return numeral(self._counts.get(level, style.first), style.form)


def finish_marker(text: str) -> str:
    """With a full stop where nothing parts the number from the words after it."""
    text = text.strip()
    return f"{text}." if text[-1:].isalnum() else text


def numeral(value: int, form: str) -> str:
    """``value`` in one of the formats of :class:`Level`."""
    if form in {"a", "A"} and 0 < value <= _LARGEST_LETTER:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if form == "a" else letters.upper()
    if form in {"i", "I"} and 0 < value < _LARGEST_ROMAN:
        return _roman(value) if form == "i" else _roman(value).upper()
    if form in {"", BULLET}:
        return ""
    return f"{value:02}" if form == "01" else str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text
