"""Where a bulletin stands, in a word and an icon: between its editor, its approver and the air.

It stands apart because bulletins and approval show the same words, and a station without approval
has others than one with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import Register
from broadcaster.model import ApprovalState
from broadcaster.station.approving import Approving, Subjects
from broadcaster.web.words import day

if TYPE_CHECKING:
    from broadcaster.approval import Standing
    from broadcaster.model import Bulletin
    from broadcaster.web.visit import Visit

__all__ = ["State", "approving", "state_of", "states_of"]

_ICONS = {
    ApprovalState.DRAFT: "but",
    ApprovalState.PENDING: "cho",
    ApprovalState.APPROVED: "san-sang",
    ApprovalState.AIRED: "da-phat",
    ApprovalState.REJECTED: "lo",
    ApprovalState.EXPIRED: "huy",
    ApprovalState.REPLACED: "huy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """``icon`` names colour and drawing; ``submit_word`` is on the button that hands it in."""

    icon: str
    word: str
    why: str = ""
    may_submit: bool = False
    submit_word: str = ""


def approving(visit: Visit) -> Approving:
    """The acts and decisions of this station; raises StoreError where the store cannot be read."""
    on_disk = visit.site.on_disk()
    return Approving(
        subjects=Subjects(visit.site.folder, on_disk.config, on_disk.content),
        register=Register(visit.site.store),
        decided=visit.site.decided,
        log=visit.site.log,
        clock=visit.site.clock,
    )


def states_of(visit: Visit) -> dict[str, State]:
    """The state of every bulletin, by its id."""
    on_disk = visit.site.on_disk()
    if not on_disk.config.approval.required:
        return {b.id: _unapproved(visit, b) for b in on_disk.content.bulletins.values()}
    return {s.bulletin_id: _approved(visit, s) for s in approving(visit).standings()}


def state_of(visit: Visit, bulletin: Bulletin) -> State:
    """That of one bulletin."""
    if not visit.site.on_disk().config.approval.required:
        return _unapproved(visit, bulletin)
    return _approved(visit, approving(visit).state_of(bulletin.id))


def _unapproved(visit: Visit, bulletin: Bulletin) -> State:
    """Where nobody need approve, days and drafts decide."""
    today = visit.site.today()
    if bulletin.is_replaced_on(today):
        return State(icon="huy", word=_("Replaced by “{id}”").format(id=bulletin.replaced_by))
    first, last = bulletin.validity.first, bulletin.validity.last
    if last and last < today:
        return State(icon="huy", word=_("Over since {day}").format(day=day(last)))
    if bulletin.draft:
        hand_in = _("Let it be heard")
        return State(icon="but", word=_("Draft"), may_submit=True, submit_word=hand_in)
    if first and first > today:
        return State(icon="cho", word=_("From {day} on").format(day=day(first)))
    return State(icon="san-sang", word=_("Holds today"))


def _approved(visit: Visit, standing: Standing) -> State:
    words = {
        ApprovalState.DRAFT: _("Draft"),
        ApprovalState.PENDING: _("Waits for approval"),
        ApprovalState.APPROVED: _("Approved"),
        ApprovalState.AIRED: _("Approved and broadcast"),
        ApprovalState.REJECTED: _("Given back"),
        ApprovalState.EXPIRED: _("Over"),
        ApprovalState.REPLACED: _("Replaced"),
    }
    return State(
        icon=_ICONS[standing.state],
        word=words[standing.state],
        why=_why(visit, standing),
        may_submit=standing.state in {ApprovalState.DRAFT, ApprovalState.REJECTED},
        submit_word=_("Send it for approval"),
    )


def _why(visit: Visit, standing: Standing) -> str:
    """Who decided, and why; or that a decision counts no more."""
    if rejection := standing.rejection:
        return f"{_name(visit, rejection.by)}: {rejection.why}"
    if approval := standing.approval:
        own, others = _("approved by {person} (their own text)"), _("approved by {person}")
        return (own if approval.is_own else others).format(person=_name(visit, approval.by))
    return _("It was approved, and has been changed since.") if standing.before else ""


def _name(visit: Visit, person_id: str) -> str:
    person = visit.site.door.people.all().get(person_id)
    return person.name if person else person_id
