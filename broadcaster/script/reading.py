"""What comes out of reading: sentences, the changes behind them, and doubts.

Apart from the rules, so that the command line, the station and the tests can speak about a
reading without knowing how it was made.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.errors import Problem, Where
    from broadcaster.model import Sentence

__all__ = ["Change", "Reading"]

_KEY_FACTS = ("dates.", "periods.", "times.", "phones.")


class Change(NamedTuple):
    """A span that is not read as it is written.

    ``start`` and ``end`` are character offsets in the text given to ``read_text``; ``rule`` is
    ``family.rule``; an empty ``spoken`` means that nothing is read.  ``confidence`` below 1 says
    that another reading was possible.
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    where: Where
    confidence: float = 1.0


class Reading:
    """A text as an announcer says it; its ``changes`` are listed when they are first asked for."""

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        problems: tuple[Problem, ...],
        list_changes: Callable[[], tuple[Change, ...]],
    ) -> None:
        self.sentences = sentences
        self.problems = problems
        self._list_changes = list_changes

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """In the order of the text."""
        return self._list_changes()

    @property
    def key_sentences(self) -> tuple[Sentence, ...]:
        """Those with a date, a time or a telephone: what a listener writes down."""
        starts = sorted({_place(sentence.where) for sentence in self.sentences})
        facts = (change for change in self.changes if starts and _is_key_fact(change))
        found = {starts[bisect_right(starts, _place(c.where)) - 1] for c in facts}
        return tuple(s for s in self.sentences if _place(s.where) in found)

    @property
    def spoken(self) -> str:
        """One line for each sentence."""
        return "\n".join(sentence.spoken for sentence in self.sentences)


def _place(where: Where) -> tuple[int, int]:
    return where.line, where.column


def _is_key_fact(change: Change) -> bool:
    is_day = change.rule.startswith("fractions.") and " tháng " in change.spoken
    return is_day or (change.rule.startswith(_KEY_FACTS) and change.spoken != "")
