"""Bản tin: the list, and one bulletin to read, to listen to and to change."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from starlette.responses import FileResponse

from broadcaster.errors import BroadcasterError, ContentError, Problem, Where, nearest
from broadcaster.station.preparing.listen import heard_of, make_to_listen
from broadcaster.station.preparing.prepare import preparer
from broadcaster.web.changes import last_edit
from broadcaster.web.editor import blank, editor_of
from broadcaster.web.reading import read_aloud
from broadcaster.web.standing import state_of, states_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from broadcaster.model import Bulletin
    from broadcaster.station.preparing.listen import Heard
    from broadcaster.web.reading import Line
    from broadcaster.web.standing import State
    from broadcaster.web.visit import Visit

__all__ = ["bulletin_of", "heard_and_read", "listen", "show", "show_all", "sound", "spoken"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One bulletin of the list."""

    bulletin: Bulletin
    state: State
    length_ms: int


def show_all(visit: Visit) -> Response:
    """The list; those that will be heard first."""
    on_disk, states = visit.site.on_disk(), states_of(visit)
    listed = []
    for bulletin in on_disk.content.bulletins.values():
        length_ms = 0 if bulletin.recording else read_aloud(on_disk, bulletin).length_ms
        listed.append(Listed(bulletin, states[bulletin.id], length_ms))
    listed.sort(key=lambda row: (row.state.icon == "huy", row.bulletin.id))
    problems = [p for p in on_disk.content.problems if p.where.path in _files(visit)]
    return visit.page(
        "bulletins.html",
        listed=listed,
        problems=problems,
        editor=blank(),
        last=last_edit(visit, visit.site.folder.scripts),
    )


def show(visit: Visit) -> Response:
    """One bulletin, with its editor, its player and how it is read."""
    bulletin = bulletin_of(visit)
    return visit.page(
        "bulletin.html",
        **heard_and_read(visit, bulletin),
        state=state_of(visit, bulletin),
        editor=editor_of(bulletin),
        last=last_edit(visit, visit.site.folder.scripts),
    )


def heard_and_read(visit: Visit, bulletin: Bulletin) -> dict[str, Any]:
    """What a page needs to show ``bulletin`` with its sound and its reading."""
    reading = read_aloud(visit.site.on_disk(), bulletin)
    heard = heard_of(visit.site.folder, bulletin)
    return {
        "bulletin": bulletin,
        "reading": reading,
        "heard": heard,
        "spans": _spans(heard, reading.lines),
        "is_stale": _is_stale(heard, reading.lines),
    }


def listen(visit: Visit) -> Response:
    """POST: make the sound of a bulletin as it is written now."""
    bulletin = bulletin_of(visit)
    try:
        heard = spoken(visit, bulletin)
    except BroadcasterError as error:
        return visit.go(f"/ban-tin/{bulletin.id}", str(error), went_well=False)
    said = _("The sound is ready; {n} sentences were spoken anew.").format(n=heard.new_sentences)
    room = "duyet" if visit.form.get("room") == "duyet" else "ban-tin"
    return visit.go(f"/{room}/{bulletin.id}#nghe", said)


def spoken(visit: Visit, bulletin: Bulletin) -> Heard:
    """``bulletin`` made to be listened to; raises BroadcasterErrors."""
    on_disk = visit.site.on_disk()
    with preparer(visit.site.folder, on_disk.config, on_disk.content) as worker:
        return make_to_listen(worker, bulletin)


def sound(visit: Visit) -> Response:
    """The sound that was made; raises ContentError where there is none."""
    heard = heard_of(visit.site.folder, bulletin_of(visit))
    if heard is None:
        raise ContentError([], message=_("there is no sound of this text yet"))
    return FileResponse(heard.audio, media_type="audio/wav")


def bulletin_of(visit: Visit) -> Bulletin:
    """The bulletin that the address names; raises ContentError for none."""
    id_ = visit.parts["id"]
    known = visit.site.on_disk().content.bulletins
    if id_ not in known:
        message = _("there is no bulletin “{id}”").format(id=id_)
        raise ContentError([Problem(Where(), "unknown-bulletin", message, nearest(id_, known))])
    return known[id_]


def _spans(heard: Heard | None, lines: Iterable[Line]) -> list[tuple[int, int, int]]:
    """(first millisecond, last, number of the line) of each sentence in the sound."""
    numbers = {breath: line.number for line in lines for breath in line.breaths}
    marks = heard.marks if heard else ()
    said = ((mark, numbers.get(mark.spoken)) for mark in marks)
    return [(mark.start_ms, mark.end_ms, number) for mark, number in said if number is not None]


def _is_stale(heard: Heard | None, lines: Iterable[Line]) -> bool:
    """Whether a sentence in the sound is none of the reading of today."""
    said = {breath for line in lines for breath in line.breaths}
    return any(mark.spoken not in said for mark in (heard.marks if heard else ()))


def _files(visit: Visit) -> set[object]:
    return set(visit.site.folder.script_files())
