"""What the editor is told about a damaged text: once a file for each kind of damage.

Apart from mending, because sentences are for people and translations are slow to look up.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.script.repair.syllable_repairs import suggestions

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.script.repair.charsets import Charset

__all__ = ["Findings"]

_MOST_SHOWN = 5
_MOST_WARNINGS = 10
_LONGEST_SAMPLE = 30


class Findings:
    """Collects offsets in the source and makes problems of them in the end."""

    def __init__(self) -> None:
        self._charsets: dict[str, tuple[int, str]] = {}
        self._mended: dict[str, str] = {}
        self._first_mended = 0
        self._impossible: dict[str, int] = {}

    def note_charset(self, charset: Charset, offset: int, sample: str) -> None:
        self._charsets.setdefault(charset.name, (offset, sample))

    def note_mended(self, offset: int, written: str, meant: str) -> None:
        if not self._mended:
            self._first_mended = offset
        self._mended.setdefault(written, meant)

    def note_impossible(self, offset: int, written: str) -> None:
        self._impossible.setdefault(written, offset)

    def problems(self, place: Callable[[int], Where]) -> list[Problem]:
        """Warnings; ``place`` tells where a character of the source stands."""
        found: list[Problem] = []
        if self._charsets:
            found.append(self._old_encoding(place))
        if self._mended:
            found.append(self._mended_words(place))
        shown = [*self._impossible.items()][:_MOST_WARNINGS]
        return [*found, *(_impossible(word, place(offset)) for word, offset in shown)]

    def _old_encoding(self, place: Callable[[int], Where]) -> Problem:
        offset, sample = next(iter(self._charsets.values()))
        message = _("“{sample}” is text in the old encoding {names}; it is read as Unicode")
        sample = sample if len(sample) <= _LONGEST_SAMPLE else sample[:_LONGEST_SAMPLE] + "…"
        return Problem(
            place(offset),
            "old-encoding",
            message.format(names=", ".join(self._charsets), sample=sample),
            _("listen to it once; better convert it to Unicode before pasting"),
            Severity.WARNING,
        )

    def _mended_words(self, place: Callable[[int], Where]) -> Problem:
        pairs = [f"{written} → {meant}" for written, meant in self._mended.items()]
        shown = ", ".join(pairs[:_MOST_SHOWN]) + (", …" if len(pairs) > _MOST_SHOWN else "")
        return Problem(
            place(self._first_mended),
            "mended-words",
            _("damaged words are read as they must have been: {words}").format(words=shown),
            _("look whether that is what you mean, and write them so"),
            Severity.WARNING,
        )


def _impossible(word: str, where: Where) -> Problem:
    meant = suggestions(word)
    if meant:
        hint = _("write what you mean: {words}").format(words=", ".join(meant[:_MOST_SHOWN]))
    else:
        hint = _("write the word anew")
    message = _("“{word}” cannot be a Vietnamese word; letters may be lost or wrong")
    return Problem(where, "impossible-syllable", message.format(word=word), hint, Severity.WARNING)
