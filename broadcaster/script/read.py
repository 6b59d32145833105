"""A whole text → a :class:`Reading`: clean, gather facts, read each line, breathe."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.script.changes import ReadLine, list_changes, place_from
from broadcaster.script.clean import Block, clean
from broadcaster.script.doubts import explain_doubt
from broadcaster.script.facts import Facts, gather_facts
from broadcaster.script.lexicon import Lexicon, built_in_lexicon
from broadcaster.script.normalise import read_line
from broadcaster.script.reading import Reading
from broadcaster.script.repair import Mender
from broadcaster.script.sentences import make_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Sentence
    from broadcaster.script.clean import Dropped
    from broadcaster.script.rules.rule import Doubt
    from broadcaster.script.style import ReadingStyle

__all__ = ["read_text"]

_NOWHERE = Where()


def read_text(
    text: str,
    *,
    lexicon: Lexicon | None = None,
    where: Where = _NOWHERE,
    style: ReadingStyle | None = None,
) -> Reading:
    """Read ``text`` aloud on paper; never raises, whatever the text is.

    ``where`` is the place of the first character; ``lexicon`` defaults to the built-in tables,
    ``style`` to the usual wording.  Doubts and unknown abbreviations become warnings in
    ``problems``.
    """
    return _Reader(text, lexicon or built_in_lexicon(), where, style).read()


class _Reader:
    """Collects what one text yields."""

    def __init__(
        self, text: str, lexicon: Lexicon, where: Where, style: ReadingStyle | None
    ) -> None:
        self.text = text
        self.style = style
        self.lexicon = lexicon
        self.where = where
        self.sentences: list[Sentence] = []
        self.lines: list[ReadLine] = []
        self.problems: list[Problem] = []
        self.doubted: set[tuple[str, str]] = set()

    def read(self) -> Reading:
        mender = Mender(self.text)
        blocks, dropped = clean(self.text, mender.fold)
        facts = gather_facts("\n".join(block.text for block in blocks))
        self.problems += mender.problems(self.where)
        for block in blocks:
            self._read_block(block, facts)
        self._note_silence(dropped)
        changes = partial(
            list_changes,
            self.text,
            self.where,
            dropped=dropped,
            mender=mender,
            lines=self.lines,
        )
        return Reading(tuple(self.sentences), tuple(self.problems), changes)

    def _read_block(self, block: Block, facts: Facts) -> None:
        pieces, scene = read_line(block.text, self.lexicon, facts)
        if self.style:
            from broadcaster.script.wording import reword  # noqa: PLC0415 - few houses choose

            pieces = reword(block.text, pieces, self.style)
        self.sentences += make_sentences(block, pieces, self.where)
        self.lines.append(ReadLine(block, pieces, scene.doubts))
        self._note_doubts(block, scene.doubts)
        self._note_unreadable(block)

    def _note_doubts(self, block: Block, doubts: Iterable[Doubt]) -> None:
        """Each doubt once a text: the cure is the same at every place."""
        for doubt in doubts:
            if (doubt.code, doubt.written) not in self.doubted:
                self.doubted.add((doubt.code, doubt.written))
                where = place_from(self.where, *block.place(doubt.start))
                self._warn(where, doubt.code, *explain_doubt(doubt))

    def _note_unreadable(self, block: Block) -> None:
        for line in block.lines:
            letters = "".join(char for _offset, char in line.folded.unreadable[:20])
            if letters and ("unreadable-letters", "") not in self.doubted:
                self.doubted.add(("unreadable-letters", ""))
                self._warn(
                    place_from(
                        self.where,
                        line.number,
                        line.folded.unreadable[0][0] - line.folded.start + 1,
                    ),
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
