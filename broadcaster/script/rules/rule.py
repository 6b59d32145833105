"""What a rule is, and what it sees.

A rule is a pattern, tried at one place of the text, and a reading of its match.  It looks at the
text around it through its :class:`Scene` only, and only a bounded way, so that reading stays
linear in time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LETTER, LOWER, UPPER

if TYPE_CHECKING:
    from broadcaster.script.facts import Facts
    from broadcaster.script.lexicon import Lexicon

__all__ = ["DASH", "DATE_CUE", "END", "Doubt", "Match", "Rule", "Said", "Scene"]

Match = re.Match[str]
REACH = 60
"""How many characters a rule may look back or ahead."""
DASH = "[-–—]"
END = rf"(?!{LETTER}|\d)"
"""Nothing of a word or number goes on here."""
DATE_CUE = r"(?i:ngày|hôm|sáng|trưa|chiều|tối|đêm|khuya|mùng|mồng|chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy)|rằm)"


class Said(NamedTuple):
    """A reading that ends elsewhere than the match."""

    text: str
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where another reading was possible: what ``check`` shows the editor."""

    start: int
    end: int
    code: str
    message: str
    hint: str


@dataclass(slots=True)
class Scene:
    """The line being read, and what is known about the whole document."""

    text: str
    lexicon: Lexicon
    facts: Facts
    shouted: bool = False
    """The whole line is in capitals, so capitals mean nothing in it."""
    said: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    quantity_end: int = -1
    """Where the number, date or time that was read last ended."""

    def before(self, start: int) -> str:
        """The text just before ``start``, as far as a rule may look."""
        return self.text[max(0, start - REACH) : start]

    def after(self, end: int) -> str:
        return self.text[end : end + REACH]

    def follows(self, cue: str, start: int) -> bool:
        """Whether one of the words ``cue`` (a pattern) stands just before ``start``."""
        return _cue(cue).search(self.before(start)) is not None

    def next_word(self, end: int) -> str:
        """The word after ``end`` when only spaces stand between, else ``""``."""
        found = _NEXT_WORD.match(self.text, end)
        return found[1] if found else ""

    def doubt(self, span: tuple[int, int], code: str, message: str, hint: str) -> None:
        self.doubts.append(Doubt(*span, code, message, hint))


_NEXT_WORD = re.compile(rf"\s{{1,3}}([{LOWER}{UPPER}]{{1,20}})")
_CUES: dict[str, re.Pattern[str]] = {}


def _cue(words: str) -> re.Pattern[str]:
    if words not in _CUES:
        _CUES[words] = re.compile(rf"(?<!{LETTER})(?i:{words})[\s(:“\"]*$")
    return _CUES[words]


@dataclass(frozen=True, slots=True)
class Rule:
    """``read`` turns a match into words, ``""`` for silence, or None: "not mine".

    ``first`` says where it is tried: ``0`` at digits, ``a`` at letters, ``.`` at signs.  A
    pattern may be a function, so that tables are read only when text is.  ``quantity`` rules
    read something that a dash can continue ("10-15 %").
    """

    name: str
    pattern: str | Callable[[], str]
    read: Callable[[Match, Scene], str | Said | None]
    first: str = "0"
    quantity: bool = False
