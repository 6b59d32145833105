"""What a rule is, and what it sees.

A rule is a pattern, tried at one place of the text, and a reading of its match.  It looks at the
text around it through its :class:`Scene` only, and only a bounded way, so that reading stays
linear in time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.alphabet import LETTER, LOWER, UPPER
from broadcaster.script.regex import regex
from broadcaster.script.rules.cues import cue_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.script.facts import Facts
    from broadcaster.script.lexicon import Lexicon

__all__ = ["DASH", "END", "Doubt", "Match", "Rule", "Said", "Scene"]

Match = re.Match[str]


REACH = 60
"""How many characters a rule may look back or ahead."""
DASH = "[-–—]"
END = rf"(?!{LETTER}|\d)"
"""Nothing of a word or number goes on here."""


class Said(NamedTuple):
    """A reading that ends elsewhere than the match."""

    text: str
    end: int


class Doubt(NamedTuple):
    """A place where another reading was possible: what ``check`` shows the editor."""

    start: int
    code: str
    written: str
    spoken: str


class Scene:
    """The line being read, and what is known about the whole document.

    ``shouted`` says that the whole line is in capitals, so capitals mean nothing in it;
    ``first_word`` is where the marks of a list at its start are over; ``quantity_end`` is where
    the number, date or time that was read last ended.
    """

    def __init__(
        self, text: str, lexicon: Lexicon, facts: Facts, *, shouted: bool, first_word: int
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.facts = facts
        self.shouted = shouted
        self.first_word = first_word
        self.said: list[str] = []
        self.doubts: list[Doubt] = []
        self.quantity_end = -1
        self._context = (-1, "")

    def starts_line(self, start: int) -> bool:
        """Whether nothing but marks of a list stands before ``start``."""
        return start <= self.first_word

    def before(self, start: int) -> str:
        """The text just before ``start``, as far as a rule may look."""
        return self.text[max(0, start - REACH) : start]

    def after(self, end: int) -> str:
        return self.text[end : end + REACH]

    def follows(self, cue: str, start: int) -> bool:
        """Whether a word of the table's ``cue`` stands just before ``start``."""
        if self._context[0] != start:
            self._context = start, self.before(start).lower().rstrip(' (:“"')
        before = self._context[1]
        words = cue_words(cue)
        return before.endswith(words) and any(
            before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in words
        )

    def ends_name(self, start: int) -> bool:
        """Whether a name of several words stands just before ``start``: ``Khánh Hòa``."""
        return _NAME.search(self.before(start)) is not None

    def recalls(self, cue: str, start: int) -> bool:
        """Whether a word of the table's ``cue`` stands anywhere in the clauses before."""
        before = self.before(start).lower()
        return any(word in before for word in cue_words(cue))

    def precedes(self, cue: str, end: int) -> bool:
        """Whether a word of the table's ``cue`` stands just after ``end``."""
        after = self.after(end).lstrip().lower()
        words = cue_words(cue)
        return after.startswith(words) and any(
            after.startswith(word) and not after[len(word) :][:1].isalpha() for word in words
        )

    def next_word(self, end: int) -> str:
        """The word after ``end`` when only spaces stand between, else ``""``."""
        found = _NEXT_WORD.match(self.text, end)
        return found[1] if found else ""

    def doubt(self, code: str, start: int, written: str, *, spoken: str = "") -> None:
        """Note that ``written`` at ``start`` could be read in another way."""
        self.doubts.append(Doubt(start, code, written, spoken))


_NAME = regex(rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+\s$")
_NEXT_WORD = regex(rf"\s{{1,3}}([{LOWER}{UPPER}]{{1,20}})")


class Rule(NamedTuple):
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
