"""What is read of each text of a station, made once: sentences, and what an approval binds of them.

It stands apart from the announcer because whoever approves reads the same texts and needs no voice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.approval import Spoken
from broadcaster.errors import Where
from broadcaster.model import Bulletin, Sentence
from broadcaster.script import read_text

if TYPE_CHECKING:
    from broadcaster.script import Lexicon, Reading, ReadingStyle

__all__ = ["PAUSE_AFTER_SEGMENT_MS", "Readings", "lone_recording"]

PAUSE_AFTER_SEGMENT_MS = 700


def lone_recording(name: str, where: Where = Where()) -> Bulletin:  # noqa: B008 - it is frozen
    """The sound ``name`` that a week plays by itself, as what somebody has to stand for."""
    return Bulletin(
        id=f"am-thanh/{name}", title=name, text="", where=where, sha256="", recording=name
    )


@dataclass(frozen=True, slots=True)
class Readings:
    """Reads with one ``lexicon`` in one ``style``."""

    lexicon: Lexicon
    style: ReadingStyle | None = None
    _made: dict[tuple[str, str], tuple[Sentence, ...]] = field(default_factory=dict)

    def of_bulletin(self, bulletin: Bulletin) -> tuple[Sentence, ...]:
        """The sentences of ``bulletin``, with its facts once more where it asks for that."""
        key = (bulletin.id, bulletin.sha256)
        if key not in self._made:
            reading = self._read(bulletin.text, bulletin.where)
            again = _said_again(reading) if bulletin.repeat_facts else ()
            self._made[key] = (*reading.sentences, *again)
        return self._made[key]

    def of_text(self, text: str, where: Where) -> tuple[Sentence, ...]:
        """The sentences of a text that is no bulletin, such as a title."""
        key = ("", text)
        if key not in self._made:
            self._made[key] = self._read(text, where).sentences
        return self._made[key]

    def spoken(self, bulletin: Bulletin) -> Spoken:
        """What is heard of ``bulletin`` when a voice reads it."""
        sentences = self.of_bulletin(bulletin)
        return Spoken(
            title=self._title(bulletin),
            author=bulletin.author,
            sentences=tuple((s.spoken, s.pause_after_ms) for s in sentences),
        )

    def recorded(self, bulletin: Bulletin, recording_sha256: str) -> Spoken:
        """What is heard of ``bulletin`` from the recording of that hash."""
        words = " ".join(bulletin.text.split())
        return Spoken(
            title=self._title(bulletin),
            author=bulletin.author,
            recording_sha256=recording_sha256,
            text_sha256=hashlib.sha256(words.encode("utf-8", "replace")).hexdigest(),
        )

    def _title(self, bulletin: Bulletin) -> str:
        """As headlines read it; as it is written where nothing of it would be read."""
        said = (sentence.spoken for sentence in self.of_text(bulletin.title, Where()))
        return " ".join(said) or bulletin.title

    def _read(self, text: str, where: Where) -> Reading:
        return read_text(text, lexicon=self.lexicon, where=where, style=self.style)


def _said_again(reading: Reading) -> tuple[Sentence, ...]:
    """What a listener writes down, once more; nothing where there is nothing of the kind."""
    facts = reading.key_sentences
    return (Sentence("", "Xin nhắc lại.", PAUSE_AFTER_SEGMENT_MS), *facts) if facts else ()
