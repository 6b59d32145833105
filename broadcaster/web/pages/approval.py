"""Duyệt: what waits for an approver, the words that an approval binds, and the decision."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.web.changes import signature
from broadcaster.web.pages.bulletins import bulletin_of, heard_and_read
from broadcaster.web.standing import approving, state_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["decide", "show", "show_all"]


def show_all(visit: Visit) -> Response:
    """What waits."""
    found = approving(visit)
    return visit.page(
        "approvals.html",
        pending=found.pending(),
        bulletins=visit.site.on_disk().content.bulletins,
        is_required=_is_required(visit),
    )


def show(visit: Visit) -> Response:
    """One text as it is written and as it would be heard, and what can be decided."""
    bulletin = bulletin_of(visit)
    found = approving(visit)
    subject = found.subject(bulletin.id)
    return visit.page(
        "approval.html",
        **heard_and_read(visit, bulletin),
        state=state_of(visit, bulletin),
        standing=found.state_of(bulletin.id),
        voices=subject.voices,
        trouble=subject.trouble,
        is_required=_is_required(visit),
    )


def decide(visit: Visit) -> Response:
    """POST: approve the words that were shown, or give them back with a reason."""
    id_, found = visit.parts["id"], approving(visit)
    then = f"/duyet/{id_}"
    try:
        if found.subject(id_).sha256 != visit.form.get("content"):
            text = _("The text or its reading has changed since you saw it: look once more.")
            return visit.go(then, text, went_well=False)
        if visit.form.get("decision") == "approve":
            found.approve(id_, by=signature(visit))
            return visit.go("/duyet", _("Approved."))
        found.reject(id_, by=signature(visit), why=visit.form.get("why", ""))
    except BroadcasterError as error:
        return visit.go(then, str(error), went_well=False)
    return visit.go("/duyet", _("Given back to its editor."))


def _is_required(visit: Visit) -> bool:
    return visit.site.on_disk().config.approval.required
