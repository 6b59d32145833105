"""Listening in a browser: to what is prepared, and to what has aired; no address is a path."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import FileResponse

from broadcaster.station.preparing import manifest
from broadcaster.station.upkeep.archive import archived
from broadcaster.web.rows import occurrence_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["show", "sound"]


def show(visit: Visit) -> Response:
    """The player, and the words."""
    name = visit.asked("phat")
    sounds = _sounds(visit, name)
    if not sounds:
        text = _("There is no sound of it here: it is not made yet, or was removed since.")
        return visit.page("sentence.html", status=404, text=text)
    address = f"/am-thanh?phat={quote(name, safe='')}"
    entry, occurrence = visit.site.log.entry(name), occurrence_of(visit.site, name)
    title = entry.title if entry else occurrence.programme.title if occurrence else name
    at = entry.scheduled_at if entry else occurrence.starts_at if occurrence else visit.site.now()
    return visit.page(
        "listen.html",
        title=title,
        starts_at=at,
        sounds=[(label, f"{address}&so={n}") for n, (label, _path) in enumerate(sounds)],
        said=_said(visit, name),
        back="/nhat-ky" if entry and at.date() != visit.site.today() else "/",
    )


def sound(visit: Visit) -> Response:
    """The MP3 of an occurrence; the browser may ask for a part of it."""
    sounds = _sounds(visit, visit.asked("phat"))
    number = visit.asked("so", "0")
    if not number.isdecimal() or int(number) >= len(sounds):
        return visit.page("sentence.html", status=404, text=_("There is no such sound."))
    path = sounds[int(number)][1]
    return FileResponse(path, media_type="audio/mpeg", filename=path.name)


def _sounds(visit: Visit, name: str) -> list[tuple[str, Path]]:
    """(outputs, file) of what aired, else of what lies ready."""
    folder = visit.site.folder
    entry = visit.site.log.entry(name)
    kept = archived(folder, entry) if entry else ()
    found = [(", ".join(k.outputs), k.path) for k in kept if k.path.is_file()]
    if found:
        return found
    occurrence = occurrence_of(visit.site, name)
    mp3 = manifest.files_for(folder, occurrence).mp3 if occurrence else None
    return [("", mp3)] if mp3 and mp3.is_file() else []


def _said(visit: Visit, name: str) -> list[str]:
    """The sentences of what lies ready under that name."""
    occurrence = occurrence_of(visit.site, name)
    if occurrence is None:
        return []
    found = manifest.load(manifest.files_for(visit.site.folder, occurrence).manifest)
    return [words for _at, words in found[0].said] if found else []
