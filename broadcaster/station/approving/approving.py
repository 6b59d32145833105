"""What waits to be decided, and the acts of deciding: for the page and the commands alike.

It stands apart from the last door, which only asks whether something may sound.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.approval import (
    Action,
    Decisions,
    Standing,
    is_own_text,
    standing_of,
)
from broadcaster.asrun import AsRunLog, Register, Store
from broadcaster.errors import nearest
from broadcaster.model import ApprovalState, RegisterEvent
from broadcaster.station.approving.contents import Subject, Subjects, lexicon_version
from broadcaster.station.approving.people import People
from broadcaster.station.approving.refusals import NotAllowedError
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.consent import Decided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from broadcaster.approval import Person
    from broadcaster.clock import Clock
    from broadcaster.script import Lexicon
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Approving", "open_approving"]

_REMEMBERED = timedelta(days=400)
"""What was heard longer ago does not count as heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """The station's bulletins as they are now, and what its people decided on them."""

    subjects: Subjects
    register: Register
    decided: Decided
    log: AsRunLog
    clock: Clock

    @property
    def people(self) -> People:
        return People(self.register)

    @property
    def decisions(self) -> Decisions:
        """What counts at this moment."""
        return self.decided.now()

    # -- look -----------------------------------------------------------------------------

    def standings(self) -> list[Standing]:
        """Every bulletin and where it stands, by id."""
        aired, decisions = self._last_heard(), self.decisions
        subjects = self.subjects.all()
        return [self._standing(subjects[id_], decisions, aired) for id_ in sorted(subjects)]

    def pending(self) -> list[Standing]:
        """Those that wait for an approver."""
        return [s for s in self.standings() if s.state is ApprovalState.PENDING]

    def state_of(self, bulletin_id: str) -> Standing:
        """Where that bulletin stands; raises NotAllowedError where there is none."""
        return self._standing(self.subject(bulletin_id), self.decisions, self._last_heard())

    def subject(self, bulletin_id: str) -> Subject:
        """What would be heard of it; raises NotAllowedError where there is none."""
        subjects = self.subjects.all()
        if bulletin_id not in subjects:
            message = _("there is no bulletin “{id}”").format(id=bulletin_id)
            raise NotAllowedError(message, hint=nearest(bulletin_id, subjects))
        return subjects[bulletin_id]

    def would_void(self, lexicon: Lexicon) -> list[str]:
        """The ids of approved bulletins that would be read otherwise with ``lexicon``."""
        decisions = self.decisions
        return sorted(
            subject.id
            for subject in self.subjects.all().values()
            if decisions.approval_of(subject.id, subject.sha256)
            and self.subjects.of(subject.bulletin, lexicon=lexicon).sha256 != subject.sha256
        )

    def who_may(self, action: Action) -> list[Person]:
        """The people who may do it today."""
        return self.people.who_may(action)

    # -- act ------------------------------------------------------------------------------

    def submit(self, bulletin_id: str, *, by: str) -> Standing:
        """Hand in the text of today (gửi duyệt): from now on ``by`` counts among its writers.

        Like every act it raises NotAllowedError, and StoreError where nothing can be written.
        """
        subject = self.subject(bulletin_id)
        self._person(by, Action.SUBMIT)
        if subject.bulletin.draft:
            raise _draft(subject)
        self.register.append(
            RegisterEvent.SUBMITTED, subject.id, by=by, content_sha256=subject.sha256
        )
        return self.state_of(bulletin_id)

    def approve(self, bulletin_id: str, *, by: str) -> Standing:
        """Let it be heard, as it is read today."""
        subject = self.subject(bulletin_id)
        person = self._person(by, Action.DECIDE)
        standing = self._standing(subject, self.decisions, {})
        self._refuse_what_cannot_air(subject, standing)
        is_own = self._is_own(person, subject)
        if is_own and not self.subjects.config.approval.own:
            message = _("“{id}” is your own text: somebody else must approve it")
            hint = _("or write “approval: {{own: true}}” into station.yaml").format()
            raise NotAllowedError(message.format(id=subject.id), hint=hint)
        self.register.append(
            RegisterEvent.APPROVED,
            subject.id,
            by=by,
            content_sha256=subject.sha256,
            details={
                "spoken": subject.spoken.as_details(),
                "voices": subject.voices,
                "valid": _days(subject),
                "heard_sha256": self._heard(subject),
                "script_sha256": subject.bulletin.sha256,
                "lexicon": lexicon_version(self.subjects.folder),
                "own": is_own,
            },
        )
        return self.state_of(bulletin_id)

    def reject(self, bulletin_id: str, *, by: str, why: str) -> Standing:
        """Give it back to its editor (trả lại), also what was approved before; ``why`` tells what
        to mend."""
        subject = self.subject(bulletin_id)
        self._person(by, Action.DECIDE)
        if not why.strip():
            raise NotAllowedError(_("say why it is given back, so that it can be mended"))
        self.register.append(
            RegisterEvent.REJECTED,
            subject.id,
            by=by,
            content_sha256=subject.sha256,
            details={"why": why.strip()},
        )
        return self.state_of(bulletin_id)

    # -- how ------------------------------------------------------------------------------

    def _person(self, person_id: str, action: Action) -> Person:
        person = self.people.get(person_id)
        if not person.may(action):
            message = _("“{person}” may not do this").format(person=person_id)
            able = ", ".join(p.id for p in self.who_may(action)) or "–"
            raise NotAllowedError(message, hint=_("who may: {people}").format(people=able))
        return person

    def _is_own(self, person: Person, subject: Subject) -> bool:
        submitters = self.decisions.submitters.get(subject.id, frozenset())
        return is_own_text(person, subject.bulletin.author, submitters)

    def _refuse_what_cannot_air(self, subject: Subject, standing: Standing) -> None:
        if subject.trouble:
            raise NotAllowedError(subject.trouble)
        match standing.state:
            case ApprovalState.DRAFT:
                raise _draft(subject)
            case ApprovalState.EXPIRED if subject.bulletin.validity.covers(self._today()):
                return  # only the days that were approved are over
            case ApprovalState.EXPIRED | ApprovalState.REPLACED:
                message = _("“{id}” has expired, or another one has replaced it")
                raise NotAllowedError(message.format(id=subject.id))

    def _standing(
        self, subject: Subject, decisions: Decisions, aired: dict[str, datetime]
    ) -> Standing:
        return standing_of(
            subject.bulletin,
            subject.sha256,
            decisions,
            today=self._today(),
            aired_at=aired.get(subject.id),
        )

    def _today(self) -> date:
        return self.clock.now().date()

    def _last_heard(self) -> dict[str, datetime]:
        return self.log.last_heard(self.clock.now(), within=_REMEMBERED)

    def _heard(self, subject: Subject) -> str:
        """The rendition of this very content that lies ready to be listened to; "" for none."""
        files = manifest.files_of_bulletin(self.subjects.folder, subject.bulletin)
        found = manifest.load(files.manifest)
        parts = found[0].segments if found else ()
        heard = (p.rendition_sha256 for p in parts if p.content_sha256 == subject.sha256)
        return next(heard, "")


def _days(subject: Subject) -> list[str]:
    """As its file says today; that another one replaces it is looked up at the last door."""
    ends = (subject.bulletin.valid_from, subject.bulletin.valid_until)
    return [day.isoformat() if day else "" for day in ends]


def _draft(subject: Subject) -> NotAllowedError:
    message = _("“{id}” is a draft, its file says").format(id=subject.id)
    return NotAllowedError(
        message, hint=_("take “draft: true” out of {path}").format(path=subject.bulletin.where.path)
    )


@contextmanager
def open_approving(
    folder: StationFolder, config: StationConfig, content: Content, *, clock: Clock
) -> Iterator[Approving]:
    """The station's register, open as long as the context; raises StoreError."""
    with Store.open(folder.database, clock=clock) as store:
        register = Register(store)
        yield Approving(
            subjects=Subjects(folder, config, content),
            register=register,
            decided=Decided(register),
            log=AsRunLog(store),
            clock=clock,
        )
