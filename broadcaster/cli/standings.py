"""How a bulletin stands, as the commands of approval show it.

It stands apart because ``pending``, ``approve`` and ``reject`` tell it in the same words.
"""

from __future__ import annotations

from contextlib import contextmanager
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.approval import Approval, Standing
    from broadcaster.cli.session import Session
    from broadcaster.station.approving import Approving

__all__ = ["approving_of", "as_values", "show_standings", "state_word"]


@contextmanager
def approving_of(session: Session) -> Iterator[Approving]:
    """The station's approving desk; raises ConfigError and StoreError."""
    from broadcaster.station.approving import open_approving

    folder = session.folder()
    folder.ensure()
    desk = open_approving(folder, session.config(), session.content(), clock=session.clock)
    with desk as approving:
        yield approving


def as_values(standings: Sequence[Standing]) -> list[dict[str, Any]]:
    """For JSON: what stands, by whom, on which content."""
    return [_values(standing) for standing in standings]


def _values(standing: Standing) -> dict[str, Any]:
    approval, rejection = standing.approval, standing.rejection
    return {
        "id": standing.bulletin_id,
        "title": standing.title,
        "state": standing.state,
        "content_sha256": standing.content_sha256,
        "approval": _approval(approval) if approval else None,
        "changed_since": standing.before.at if standing.before else None,
        "rejected_by": rejection.by if rejection else "",
        "why": rejection.why if rejection else "",
        "aired_at": standing.aired_at,
    }


def _approval(approval: Approval) -> dict[str, Any]:
    return {
        "row": approval.id,
        "by": approval.by,
        "at": approval.at,
        "own": approval.is_own,
        "voices": approval.voices,
        "heard_sha256": approval.heard_sha256,
    }


def show_standings(standings: Sequence[Standing]) -> None:
    """A row for each."""
    from broadcaster.cli.table import show_table

    rows = [(s.bulletin_id, state_word(s), s.title, _remark(s)) for s in standings]
    show_table(rows, (_("bulletin"), _("state"), _("title"), _("remark")))


def state_word(standing: Standing) -> str:
    """The state in the language of the operator."""
    return {
        "draft": _("draft"),
        "pending": _("waiting"),
        "approved": _("approved"),
        "aired": _("approved, aired"),
        "rejected": _("given back"),
        "expired": _("expired"),
        "replaced": _("replaced"),
    }[standing.state]


def _remark(standing: Standing) -> str:
    if standing.rejection:
        return f"{standing.rejection.by}: {standing.rejection.why}"
    if approval := standing.approval:
        text = _("own text, by {person}") if approval.is_own else _("by {person}")
        return text.format(person=approval.by) + f" {approval.at:%H:%M %d/%m/%Y}"
    if standing.before:
        text = _("changed since {person} approved it at {time}")
        before = standing.before
        return text.format(person=before.by, time=f"{before.at:%H:%M %d/%m/%Y}")
    return ""
