"""What an editor wrote, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from broadcaster.errors import Where
from broadcaster.model.policy import Priority

__all__ = ["Bulletin", "Question", "Sentence", "Validity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody of the people asks (hỏi–đáp); ``office`` answers it until ``due``.

    ``asker`` is empty unless it is allowed to name who asked.
    """

    text: str = ""
    office: str = ""
    due: date | None = None
    asker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """A bulletin (bản tin) as its editor wrote it.

    ``text`` is what follows the front matter, cleaned of nothing; ``where`` is the place of its
    first line.  ``replaces`` names bulletins, or numbers of documents, that this one makes out of
    date; ``replaced_by`` is the one that did so to it, ``replaced_from`` since when (None: ever).
    ``approved_by`` is what the file claims, and nothing relies on it; ``draft`` keeps it off the
    air.  ``online`` False forbids voices that send text to a network.  ``repeat`` is how often it
    is read in a row, 0 as usual for its kind (a notice twice, others once);
    ``repeat_facts`` says its dates, times and telephones once more.
    ``recording`` is a sound file that is aired instead of the text.  ``order`` is its place among
    those of the same priority, 0 behind all that have one.  ``level`` names the authority above
    that sent it, ``must_air_by`` the day until which it wants it heard.
    """

    id: str
    title: str
    text: str
    where: Where
    sha256: str
    kind: str = "tin"
    topic: str = ""
    language: str = "vi"
    audience: str = ""
    author: str = ""
    approved_by: str = ""
    draft: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    replaced_from: date | None = None
    priority: Priority = Priority.ROUTINE
    voice: str = ""
    online: bool = True
    repeat: int = 0
    repeat_facts: bool = False
    recording: str = ""
    order: int = 0
    source: str = ""
    question: Question | None = None
    level: str = ""
    must_air_by: date | None = None
    voice_where: Where = field(default_factory=Where, compare=False)
    """The place of ``voice``."""
    replaces_where: Where = field(default_factory=Where, compare=False)
    """The place of ``replaces``."""

    @property
    def is_answered(self) -> bool:
        """False for a question that nobody has answered yet: there is nothing to hear."""
        return self.question is None or bool(self.recording or self.text.strip())

    @property
    def validity(self) -> Validity:
        """The days on which it may be heard: as written, and before another one replaces it."""
        if not self.replaced_by:
            return Validity(self.valid_from, self.valid_until)
        since = max(self.replaced_from or date.min, date.min + timedelta(days=1))
        last = since - timedelta(days=1)
        return Validity(self.valid_from, min(self.valid_until or last, last))

    def is_replaced_on(self, day: date) -> bool:
        """Whether another one has taken its place by ``day``."""
        return bool(self.replaced_by) and (self.replaced_from or date.min) <= day

    def is_valid_on(self, day: date) -> bool:
        """Whether ``day`` lies in :attr:`validity`: the one question before anything is heard."""
        return self.validity.covers(day)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One breath: as written, as an announcer says it, and the pause after it."""

    text: str
    spoken: str
    pause_after_ms: int
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class Validity:
    """The days for which a week's file holds, both ends included; None is "no end"."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first or date.min) <= day <= (self.last or date.max)
