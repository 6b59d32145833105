"""Hôm nay: what is on air, what comes, and what became of today's starts; and the orders that an
operator gives from there."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from broadcaster.asrun import CommandKind
from broadcaster.errors import BroadcasterError
from broadcaster.station.preparing.playnow import plan_of, prepare_now
from broadcaster.web.onair import on_air
from broadcaster.web.rows import rows_of
from broadcaster.web.templates import render

if TYPE_CHECKING:
    from typing import Any

    from starlette.responses import Response

    from broadcaster.model import ProgrammePlan
    from broadcaster.web.visit import Visit

__all__ = ["again", "ask_again", "events", "rows", "show", "skip", "stop"]


def show(visit: Visit) -> Response:
    """The page."""
    return visit.page("today.html", air=on_air(visit.site), **_rows(visit))


def rows(visit: Visit) -> Response:
    """The starts alone, for a page that stands open."""
    return visit.page("_rows.html", **_rows(visit))


def _rows(visit: Visit) -> dict[str, Any]:
    site = visit.site
    following = site.status().values.get("next") or {}
    return {"rows": rows_of(site, site.today()), "next_id": following.get("occurrence", "")}


def events(visit: Visit) -> Response:
    """The live stream."""
    stream = visit.site.live.events(
        lambda air: render(visit, "_onair.html", {"air": air}), is_welcome=visit.is_welcome
    )
    return StreamingResponse(stream, media_type="text/event-stream")


def stop(visit: Visit) -> Response:
    """DỪNG."""
    return _ordered(visit, CommandKind.STOP)


def skip(visit: Visit) -> Response:
    """Bỏ qua: the next start, and only if it is the one that the operator saw."""
    following = visit.site.status().values.get("next") or {}
    if following.get("occurrence", "") != visit.form.get("phat"):
        text = _("Another programme comes next by now. Look, and order it again.")
        return visit.go("/", text, went_well=False)
    return _ordered(visit, CommandKind.SKIP)


def ask_again(visit: Visit) -> Response:
    """Phát lại: asked once more, for the whole village hears it."""
    programme = _programme(visit, visit.asked("bai"))
    if programme is None:
        return visit.go("/", _("This programme is not in the schedule any more."), went_well=False)
    return visit.page(
        "confirm.html",
        question=_("Broadcast “{title}” now?").format(title=programme.title),
        explained=_("It begins at once, for everybody to hear, as it would be made today."),
        action="/phat-lai",
        fields={"bai": programme.id},
        word=_("Broadcast now"),
        danger=False,
        back="/",
    )


def again(visit: Visit) -> Response:
    """Make its sound as of now, and put it on air."""
    site, on_disk = visit.site, visit.site.on_disk()
    programme = _programme(visit, visit.form.get("bai", ""))
    if programme is None:
        return visit.go("/", _("This programme is not in the schedule any more."), went_well=False)
    try:
        occurrence = prepare_now(
            site.folder, on_disk.config, on_disk.content, programme, site.now()
        )
    except BroadcasterError as error:
        return visit.go("/", str(error), went_well=False)
    return _ordered(visit, CommandKind.PLAY, occurrence)


def _programme(visit: Visit, name: str) -> ProgrammePlan | None:
    return plan_of(visit.site.on_disk().content, name)


def _ordered(visit: Visit, kind: CommandKind, argument: str = "") -> Response:
    try:
        answer = visit.order(kind, argument)
    except BroadcasterError as error:
        return visit.go("/", str(error), went_well=False)
    return visit.go("/", answer)
