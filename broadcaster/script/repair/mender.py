"""A whole document weighed once, then its lines mended one by one as they are folded.

The only part of repair that reading knows: it gives folded lines whose offsets lead back to the
text as it was written, the spans that it mended, and what the editor should be told.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.errors import Where
from broadcaster.script.folding import Folded, fold
from broadcaster.script.repair.detect import guess, stretches
from broadcaster.script.repair.findings import Findings
from broadcaster.script.repair.mapped import Mapped, Span
from broadcaster.script.repair.odd_letters import has_odd_letters, odd_words, soft_hyphens
from broadcaster.script.repair.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.errors import Problem
    from broadcaster.script.repair.charsets import Charset

__all__ = ["Mender", "Repair", "mend_title"]

_LINE = r"[^\n\r\u2028\u2029\x0b\x0c\x85]+"
_BREAK = r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]"
_WORD = r"[^\W\d_]+"
# Letters and signs that show Vietnamese in another encoding; healthy text has few of them.
# Each begins with the sign itself and looks back, so that one class of letters is scanned for.
_SUSPECT = (
    r"[\x80-\x9f\xa1-\xbfÀ-ÞßäåæçëîïðñöøûüþÿŒœŠšŽžŸ×÷‚ƒ„…†‡ˆ‰‹›€™˜^+âáàã]"
    r"(?:(?<=[^\W\d_][\x80-\x9f\xa1-\xbf×÷‚ƒ„…†‡ˆ‰‹›€™˜])|(?<=[\xa1-\xbf])(?=[^\W\d_])"
    r"|(?<=[ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïðñöøûüþÿŒœŠšŽžŸ])"
    r"|(?<=[a-zà-ý][À-Þ])|(?<=[aeo]\^)|(?<=[ou]\+)(?=[a-z'`?~.])|(?<=a[âáàã]))"
)


_TITLED = 20_000
"""How many characters of a text prove what befell its title."""


class Repair(NamedTuple):
    """A span of the source, in what it is read instead, and why."""

    start: int
    end: int
    text: str
    rule: str


_LONGEST_WORD = 60
"""No syllable, name or loan word is longer; what is need not be known."""


@lru_cache(maxsize=8_192)
def _folded(word: str) -> str:
    """The same words stand in all bulletins."""
    return word if word.isascii() else fold(word).text


class Mender:
    """Mends one text; ``repairs`` and ``problems`` grow while its lines are folded."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: frozenset[str] = frozenset()
        self._odd = has_odd_letters(source)
        self._suspect = re.search(_SUSPECT, source) is not None
        if self._suspect:
            self._known = frozenset(self._proven())
        self._words = Words(self._distinct_words())
        self._findings = Findings()
        self._repairs: dict[tuple[int, int], Repair] = {}

    def fold(self, line: str, start: int = 0) -> Folded:
        """The line that begins at ``start`` of the source: in Unicode, folded, and mended."""
        mapped = self._decode(Mapped(line), start)
        mapped = self._mend_odd(mapped, start)
        folded = fold(mapped.text)
        whole = Mapped(folded.text, mapped.then(folded.offsets))
        mended = whole.rewrite(self._mend(whole, start))
        unreadable = tuple((start + mapped.source(at), char) for at, char in folded.unreadable)
        return Folded(mended.text, start, mended.offsets, unreadable)

    def title(self, title: str) -> str:
        """A title of this text, mended for lists and logs."""
        mapped = self._decode(Mapped(title), None)
        spans = (Span(*word) for word in self._words.find(mapped.text) if word.meant)
        return unicodedata.normalize("NFC", mapped.rewrite(spans).text)

    @property
    def repairs(self) -> list[Repair]:
        """What was mended in the lines folded so far; a later repair of a word replaces one."""
        return [*self._repairs.values()]

    def problems(self, where: Where) -> list[Problem]:
        """What the editor is told; ``where`` is the place of the first character."""
        return self._findings.problems(lambda offset: self.place(offset, where))

    def place(self, offset: int, where: Where) -> Where:
        """The line and column of a character of the source."""
        line = bisect_right(self._breaks, offset)
        column = offset - (self._breaks[line - 1] if line else 0) + 1
        return Where(where.path, line + max(where.line, 1), column)

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.end() for found in re.finditer(_BREAK, self._source)]

    def _proven(self) -> Iterator[str]:
        for line in re.finditer(_LINE, self._source):
            for start, end in stretches(line[0]):
                found = guess(line[0][start:end])
                if found and found.sure:
                    yield found.charset.rule

    def _distinct_words(self) -> set[str]:
        """In Unicode, composed, with Vietnamese letters for their look-alikes."""
        source = self._source
        if self._known:
            source = re.sub(_LINE, lambda line: self._decode(Mapped(line[0]), None).text, source)
        source = " ".join(set(source.split()))
        if not unicodedata.is_normalized("NFC", source):
            source = unicodedata.normalize("NFC", source)
        return {_folded(word[:_LONGEST_WORD]) for word in set(re.findall(_WORD, source))}

    def _decode(self, line: Mapped, start: int | None) -> Mapped:
        """Stretches in an old encoding in Unicode, from the last to the first."""
        if not self._suspect:
            return line
        spans = [*self._guesses(line.text)]
        for first, last, charset in reversed(spans):
            line = charset.convert(line, first, last)
        if start is not None:
            for first, last, charset in spans:
                self._note_charset(first + start, last + start, charset)
        return line

    def _guesses(self, line: str) -> Iterator[tuple[int, int, Charset]]:
        for start, end in stretches(line):
            if found := guess(line[start:end], self._known):
                yield start, end, found.charset

    def _note(self, repair: Repair) -> None:
        self._repairs[repair.start, repair.end] = repair

    def _note_charset(self, start: int, end: int, charset: Charset) -> None:
        text = charset.decode(self._source[start:end])
        self._note(Repair(start, end, fold(text).text, charset.rule))
        self._findings.note_charset(charset, start, self._source[start:end])

    def _mend_odd(self, line: Mapped, start: int) -> Mapped:
        if not self._odd:
            return line
        soft = [*soft_hyphens(line.text)]
        for first, last, text in (*odd_words(line.text), *soft):
            span = start + line.source(first), start + line.source(last)
            self._note(Repair(*span, text, "repair.letters"))
        return line.rewrite(soft)

    def _mend(self, line: Mapped, start: int) -> Iterator[Span]:
        for word in self._words.find(line.text):
            first, last = start + line.source(word.start), start + line.source(word.end)
            written = line.text[word.start : word.end]
            if word.meant:
                self._note(Repair(first, last, word.meant, "repair.word"))
                self._findings.note_mended(first, written, word.meant)
                yield Span(word.start, word.end, word.meant)
            else:
                self._findings.note_impossible(first, written)


def mend_title(title: str, text: str) -> str:
    """The title of ``text``, mended for lists and logs as its first lines prove."""
    if title.isascii() and not re.search(_SUSPECT, title):
        return title
    return Mender(f"{title}\n{text[:_TITLED]}").title(title)
