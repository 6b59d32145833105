"""Rows of the register → what was decided on which content, and whether it counts.

It stands apart because it is pure: the same rows always say the same.  A decision counts when who
took it had the role in the row before; it goes on counting when they have left.  Where the chain
of rows is broken a withdrawal may be missing, so nothing that was approved before counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from broadcaster.approval.people import Action, Person, person_after
from broadcaster.approval.spoken import Spoken
from broadcaster.model import RegisterEvent, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from broadcaster.model import RegisterEntry

__all__ = [
    "Approval",
    "Decisions",
    "Rejection",
    "approval_in",
    "decisions_of",
    "is_own_text",
    "spoken_in",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """That ``by`` stands for a content of the bulletin ``bulletin_id``.

    ``id`` is its row in the register, where the words stand, too: those of ten years are not kept
    in memory.  ``voices`` may speak them, on the days of ``validity``.
    ``heard_sha256`` names the rendition that was listened to, "" for none.  ``is_own`` where the
    approver wrote the text (tự duyệt).
    """

    id: int
    at: datetime
    by: str
    bulletin_id: str
    voices: tuple[str, ...] = ()
    validity: Validity = field(default_factory=Validity)
    heard_sha256: str = ""
    script_sha256: str = ""
    lexicon: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """That ``by`` gave this content back, and ``why``."""

    id: int
    at: datetime
    by: str
    why: str


@dataclass(slots=True)
class Decisions:
    """The last decision on each content, by the rows that were taken so far.

    ``people`` are those of the last row, ``submitters``, by bulletin, who has handed in a text of
    it, and ``is_broken`` whether the chain of rows is broken somewhere.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    approvals: dict[str, dict[str, Approval]] = field(default_factory=dict)
    """By bulletin and by the hash of its content; so are rejections."""
    rejections: dict[str, dict[str, Rejection]] = field(default_factory=dict)
    submitters: dict[str, frozenset[str]] = field(default_factory=dict)
    is_broken: bool = False

    def approval_of(self, bulletin_id: str, content_sha256: str) -> Approval | None:
        """The approval of exactly that content under exactly that name."""
        return self.approvals.get(bulletin_id, {}).get(content_sha256)

    def rejection_of(self, bulletin_id: str, content_sha256: str) -> Rejection | None:
        return self.rejections.get(bulletin_id, {}).get(content_sha256)

    def last_approval_of(self, bulletin_id: str) -> Approval | None:
        """Of whatever content the bulletin had then."""
        found = list(self.approvals.get(bulletin_id, {}).values())
        return max(found, key=lambda approval: approval.id, default=None)

    def take(self, entry: RegisterEntry) -> None:
        """``entry`` is the next row of the register."""
        if not entry.is_whole:
            self.is_broken = True
            self.approvals.clear()
            return
        person = self.people.get(entry.by)
        may_decide = person is not None and person.may(Action.DECIDE)
        if entry.event == RegisterEvent.SUBMITTED:
            before = self.submitters.get(entry.subject, frozenset())
            self.submitters[entry.subject] = before | {entry.by}
            self._forget(self.rejections, entry)
        elif entry.event == RegisterEvent.REJECTED and may_decide:
            self._forget(self.approvals, entry)
            self.rejections.setdefault(entry.subject, {})[entry.content_sha256] = _rejection(entry)
        elif entry.event == RegisterEvent.APPROVED and may_decide:
            self._approve(entry)
        self.people = person_after(self.people, entry)

    def _approve(self, entry: RegisterEntry) -> None:
        if approval := approval_in(entry):
            self.approvals.setdefault(entry.subject, {})[entry.content_sha256] = approval
            self._forget(self.rejections, entry)

    @staticmethod
    def _forget(decided: Mapping[str, dict[str, Any]], entry: RegisterEntry) -> None:
        decided.get(entry.subject, {}).pop(entry.content_sha256, None)


def decisions_of(entries: Iterable[RegisterEntry]) -> Decisions:
    """What ``entries``, all rows of the register in their order, have decided."""
    decisions = Decisions()
    for entry in entries:
        decisions.take(entry)
    return decisions


def is_own_text(person: Person, author: str, submitters: Iterable[str]) -> bool:
    """Whether ``person`` has written or handed in what they are to decide on."""
    names = {person.id.casefold(), person.name.casefold()}
    return person.id in submitters or author.casefold().strip() in names


def _rejection(entry: RegisterEntry) -> Rejection:
    why = str(entry.details.get("why", ""))
    return Rejection(id=entry.id, at=entry.at, by=entry.by, why=why)


def spoken_in(entry: RegisterEntry) -> Spoken | None:
    """What was approved by the row; None where that is not what its hash says."""
    try:
        spoken = Spoken.of_details(entry.details["spoken"])
    except (KeyError, TypeError, ValueError):
        return None
    return spoken if spoken.sha256 == entry.content_sha256 else None


def approval_in(entry: RegisterEntry) -> Approval | None:
    """What the row says, whether it counts or not; None for one whose content is not what its
    hash says, or that cannot be understood."""
    details = entry.details
    try:
        first, last = (date.fromisoformat(day) if day else None for day in details["valid"])
        voices = tuple(str(voice) for voice in details["voices"])
    except (KeyError, TypeError, ValueError):
        return None
    if spoken_in(entry) is None:
        return None
    return Approval(
        id=entry.id,
        at=entry.at,
        by=entry.by,
        bulletin_id=entry.subject,
        voices=voices,
        validity=Validity(first, last),
        heard_sha256=str(details.get("heard_sha256", "")),
        script_sha256=str(details.get("script_sha256", "")),
        lexicon=str(details.get("lexicon", "")),
        is_own=bool(details.get("own", False)),
    )
