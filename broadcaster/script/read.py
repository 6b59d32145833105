"""A whole text → a :class:`Reading`: clean, gather facts, read each line, breathe."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.script.clean import Block, clean
from broadcaster.script.doubts import explain_doubt
from broadcaster.script.facts import Facts, gather_facts
from broadcaster.script.lexicon import Lexicon, built_in_lexicon
from broadcaster.script.normalise import read_line
from broadcaster.script.reading import Change, Reading
from broadcaster.script.repair import Mender
from broadcaster.script.sentences import make_sentences
from broadcaster.script.style import HOUSE_DEFAULT
from broadcaster.script.wording import reword

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Sentence
    from broadcaster.script.clean import Dropped
    from broadcaster.script.normalise import Piece
    from broadcaster.script.rules.rule import Doubt
    from broadcaster.script.style import ReadingStyle

__all__ = ["read_text"]

_NOWHERE = Where()
_DOUBTED, _MENDED = 0.5, 0.8
"""Confidence where the neighbours of a span did not decide, and in a word that was mended."""


def read_text(
    text: str,
    *,
    lexicon: Lexicon | None = None,
    where: Where = _NOWHERE,
    style: ReadingStyle = HOUSE_DEFAULT,
) -> Reading:
    """Read ``text`` aloud on paper; never raises, whatever the text is.

    ``where`` is the place of the first character; ``lexicon`` defaults to the built-in tables,
    ``style`` to the usual wording.  Doubts and unknown abbreviations become warnings in
    ``problems``.
    """
    return _Reader(text, lexicon or built_in_lexicon(), where, style).read()


def _holds(piece: Piece, starts: list[int]) -> bool:
    return any(piece.start <= start < piece.end for start in starts)


class _Reader:
    """Collects what one text yields."""

    def __init__(self, text: str, lexicon: Lexicon, where: Where, style: ReadingStyle) -> None:
        self.text = text
        self.style = style
        self.lexicon = lexicon
        self.where = where
        self.sentences: list[Sentence] = []
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.doubted: set[tuple[str, str]] = set()

    def read(self) -> Reading:
        mender = Mender(self.text)
        blocks, dropped = clean(self.text, mender.fold)
        facts = gather_facts("\n".join(block.text for block in blocks))
        self._note_dropped(dropped)
        self._note_repairs(mender)
        for block in blocks:
            self._read_block(block, facts)
        self._note_silence(dropped)
        changes = sorted(self.changes, key=lambda change: (change.start, change.end))
        return Reading(tuple(self.sentences), tuple(changes), tuple(self.problems))

    def _read_block(self, block: Block, facts: Facts) -> None:
        pieces, scene = read_line(block.text, self.lexicon, facts)
        pieces = reword(block.text, pieces, self.style)
        self.sentences += make_sentences(block, pieces, self.where)
        doubtful = [doubt.start for doubt in scene.doubts]
        for piece in pieces:
            if piece.rule:
                self._change(
                    block,
                    (piece.start, piece.end),
                    piece.spoken,
                    rule=piece.rule,
                    confidence=_DOUBTED if _holds(piece, doubtful) else 1.0,
                )
        self._note_doubts(block, scene.doubts)
        self._note_unreadable(block)

    def _change(
        self, block: Block, span: tuple[int, int], spoken: str, *, rule: str, confidence: float
    ) -> None:
        start, end = block.source(span[0]), block.source(span[1])
        where = self._place(*block.place(span[0]))
        written = self.text[start:end]
        self.changes.append(Change(start, end, written, spoken.strip(), rule, where, confidence))

    def _place(self, line: int, column: int) -> Where:
        return Where(self.where.path, line + max(self.where.line, 1) - 1, column)

    def _note_dropped(self, dropped: Iterable[Dropped]) -> None:
        for start, end, rule, line in dropped:
            where = self._place(line, 1)
            self.changes.append(Change(start, end, self.text[start:end], "", rule, where))

    def _note_repairs(self, mender: Mender) -> None:
        for start, end, text, rule in mender.repairs:
            where = mender.place(start, self.where)
            sure = _MENDED if rule == "repair.word" else 1.0
            self.changes.append(Change(start, end, self.text[start:end], text, rule, where, sure))
        self.problems += mender.problems(self.where)

    def _note_doubts(self, block: Block, doubts: Iterable[Doubt]) -> None:
        """Each doubt once a text: the cure is the same at every place."""
        for doubt in doubts:
            if (doubt.code, doubt.written) not in self.doubted:
                self.doubted.add((doubt.code, doubt.written))
                where = self._place(*block.place(doubt.start))
                self._warn(where, doubt.code, *explain_doubt(doubt))

    def _note_unreadable(self, block: Block) -> None:
        for line in block.lines:
            letters = "".join(char for _offset, char in line.folded.unreadable[:20])
            if letters and ("unreadable-letters", "") not in self.doubted:
                self.doubted.add(("unreadable-letters", ""))
                self._warn(
                    self._place(line.number, line.folded.unreadable[0][0] - line.folded.start + 1),
                    "unreadable-letters",
                    _("the letters “{text}” cannot be read aloud in Vietnamese").format(
                        text=letters
                    ),
                    _("write these words in Vietnamese letters"),
                )

    def _note_silence(self, dropped: list[Dropped]) -> None:
        if self.sentences:
            return
        if dropped:
            message = _("everything here looks like the furniture of a web page; nothing is read")
        else:
            message = _("there are no words to read")
        hint = _("paste the text of the bulletin itself")
        self._warn(self.where, "only-furniture" if dropped else "nothing-to-read", message, hint)

    def _warn(self, where: Where, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(where, code, message, hint, Severity.WARNING))
