"""A change of a file on its way from a form to the disk: shown, agreed to, written, taken back.

It stands apart because every page that edits goes this way, so that none of them can write what
nobody has seen.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.station.approving import NotAllowedError
from broadcaster.station.editing.change import FileChangedError
from broadcaster.station.editing.undo import Edits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.responses import Response

    from broadcaster.station.editing.change import Change
    from broadcaster.station.editing.undo import Edit
    from broadcaster.web.visit import Visit

__all__ = ["edits_of", "last_edit", "propose", "signature", "take_back"]

_OURS = {"form", "agreed", "seen", "back"}
"""Fields that the page of differences sets itself."""


def edits_of(visit: Visit) -> Edits:
    """The changes of this station."""
    return Edits(visit.site.folder, visit.site.clock)


def signature(visit: Visit) -> str:
    """Who changes something, as it is kept with the change."""
    return visit.person.id if visit.person else ""


def last_edit(visit: Visit, *folders: Path) -> Edit | None:
    """What was changed last below ``folders``, to be offered for taking back."""
    return edits_of(visit).last(*folders)


def propose(
    visit: Visit,
    change: Change,
    *,
    then: str,
    told: tuple[str, ...] = (),
    fields: Mapping[str, str] | None = None,
    after: Callable[[], str] = str,
) -> Response:
    """Show what ``change`` would do; write it when the form says that this was seen.

    Afterwards the visitor goes to ``then``.  ``told`` are more sentences to be seen before, and
    ``fields`` are sent with the agreement beside those of the form; ``after`` is done when it is
    written, and says so.
    """
    if change.is_nothing:
        return visit.go(then, _("Nothing was different, so nothing was changed."))
    seen = visit.form.get("seen")
    if visit.form.get("agreed") and seen == change.file.fingerprint:
        return _written(visit, change, then, after)
    again = [(n, v) for n, v in visit.fields if n not in _OURS and n not in (fields or {})]
    return visit.page(
        "difference.html",
        change=change,
        told=told,
        name=change.file.path.relative_to(visit.site.folder.root),
        fields=[*again, *(fields or {}).items()],
        is_stale=bool(visit.form.get("agreed")),
        back=then,
        action=visit.request.url.path,
    )


def _written(visit: Visit, change: Change, then: str, after: Callable[[], str]) -> Response:
    try:
        edits_of(visit).write(change, by=signature(visit))
    except FileChangedError as error:
        return visit.go(then, str(error), went_well=False)
    except BroadcasterError as error:
        return visit.page("sentence.html", status=507, text=str(error))
    done = _("Done: {what}.").format(what=change.what)
    return visit.go(then, f"{done} {after()}".strip())


def take_back(visit: Visit, folder: Path) -> Response:
    """POST: put back what a change below ``folder`` replaced."""
    edits = edits_of(visit)
    back = visit.form.get("back", "/")
    then = back if back.startswith("/") and not back.startswith("//") else "/"
    try:
        edit = edits.find(visit.form.get("edit", ""))
        if not (visit.site.folder.root / edit.path).is_relative_to(folder):
            raise NotAllowedError(_("Your roles do not permit this."))
        edits.take_back(edit.id)
    except BroadcasterError as error:
        return visit.go(then, str(error), went_well=False)
    return visit.go(then, _("Taken back: {what}.").format(what=edit.what))
