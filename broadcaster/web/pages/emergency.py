"""Khẩn cấp: something must be heard at once; listened to first, ordered by holding a button.

It works without a network and without a voice: templates lie ready, and a recording needs none.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import FileResponse

from broadcaster.asrun import CommandKind
from broadcaster.errors import BroadcasterError
from broadcaster.model import Priority
from broadcaster.sound.container import kind_of_sound
from broadcaster.station.orders.emergency import Wish
from broadcaster.station.orders.in_force import emergencies_in_force
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.emergency_sound import (
    prepare_bulletin,
    prepare_recording,
    typed,
)
from broadcaster.station.preparing.ready_warning import lies_ready

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response

    from broadcaster.model import Bulletin, PreparedProgramme
    from broadcaster.web.visit import Visit

__all__ = ["ask", "order", "prepare", "record", "show", "sound", "stop", "write"]

_LONGEST_TEXT = 5_000
_MINUTES = (5, 15, 30, 60, 120, 360)
_REPEATS = (1, 2, 3, 5, 10)
_PAUSES = (0, 1, 2, 5, 15)
_MINUTE_MS = 60_000
_BEGINNING = 16


def show(visit: Visit) -> Response:
    """What goes on, and below it what can be ordered."""
    return _chosen(visit)


def _chosen(visit: Visit, complaint: str = "", *, status: int = 200) -> Response:
    site = visit.site
    templates = [(bulletin, lies_ready(site.folder, bulletin.id)) for bulletin in _templates(visit)]
    return visit.page(
        "emergency.html",
        status=status,
        complaint=complaint,
        in_force=emergencies_in_force(site.folder, site.store, site.now()),
        templates=templates,
        text=visit.form.get("loi", ""),
    )


def _templates(visit: Visit) -> list[Bulletin]:
    site = visit.site
    return [
        bulletin
        for bulletin in site.on_disk().content.bulletins.values()
        if bulletin.priority is Priority.EMERGENCY and bulletin.is_valid_on(site.today())
    ]


# -- its sound ------------------------------------------------------------------------------------


def prepare(visit: Visit) -> Response:
    """The sound of a template that does not lie ready."""
    name = visit.form.get("ten", "")
    bulletin = next((b for b in _templates(visit) if b.id == name), None)
    if bulletin is None:
        return _chosen(visit, _("This template is not there any more."), status=404)
    return _spoken(visit, bulletin)


def write(visit: Visit) -> Response:
    """The sound of words that somebody typed."""
    text = visit.form.get("loi", "").strip()
    if not text or len(text) > _LONGEST_TEXT:
        complaint = _("Type what is to be read aloud: at most {n} letters.")
        return _chosen(visit, complaint.format(n=_LONGEST_TEXT), status=400)
    return _spoken(visit, typed(text, visit.site.now()))


def _spoken(visit: Visit, bulletin: Bulletin) -> Response:
    site = visit.site
    on_disk = site.on_disk()
    try:
        name = prepare_bulletin(site.folder, on_disk.config, on_disk.content, bulletin, site.now())
    except BroadcasterError as error:
        return _chosen(visit, str(error), status=503)
    return _to_order(visit, name)


def record(visit: Visit) -> Response:
    """The sound of a recording: from the microphone of the browser, or of the phone."""
    upload = visit.files.get("tep")
    ending = kind_of_sound(upload.file.read(_BEGINNING)) if upload else ""
    if upload is None or not ending:
        return _chosen(visit, _("Choose a recording: M4A, MP3, WAV, OGG …"), status=400)
    site = visit.site
    on_disk = site.on_disk()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / f"thong-bao-khan{ending}"  # its own name is nobody's business
            upload.file.seek(0)
            with path.open("wb") as file:
                shutil.copyfileobj(upload.file, file)
            name = prepare_recording(site.folder, on_disk.config, on_disk.content, path, site.now())
    except BroadcasterError as error:
        return _chosen(visit, str(error), status=400)
    except OSError as error:
        return _chosen(visit, str(error), status=503)
    return _to_order(visit, name)


def _to_order(visit: Visit, name: str) -> Response:
    return visit.go(f"/khan-cap/phat?ten={quote(name)}")


def _prepared(visit: Visit, name: str) -> PreparedProgramme | None:
    """The sound of that name, which is no path."""
    if not name or "/" in name or name.startswith("."):
        return None
    found = manifest.load(manifest.files_of_emergency(visit.site.folder, name).manifest)
    return found[0] if found else None


def sound(visit: Visit) -> Response:
    """The sound, for who is about to order it."""
    name = visit.asked("ten")
    files = manifest.files_of_emergency(visit.site.folder, name) if _prepared(visit, name) else None
    if files is None or files.mp3 is None or not files.mp3.is_file():
        return visit.page("sentence.html", status=404, text=_("There is no such sound."))
    return FileResponse(files.mp3, media_type="audio/mpeg")


# -- its order ------------------------------------------------------------------------------------


def ask(visit: Visit) -> Response:
    """Listen, say how often and how long, and hold the button."""
    return _asked(visit, visit.asked("ten"))


def _asked(visit: Visit, name: str, complaint: str = "", *, status: int = 200) -> Response:
    programme = _prepared(visit, name)
    if programme is None:
        return _chosen(visit, _("Its sound is not there: make it again."), status=404)
    return visit.page(
        "emergency_order.html",
        status=status,
        complaint=complaint,
        name=name,
        programme=programme,
        outputs=[o.name for o in visit.site.on_disk().config.all_outputs if o.name],
        repeats=_REPEATS,
        pauses=_PAUSES,
        minutes=_MINUTES,
    )


def order(visit: Visit) -> Response:
    """On air, at once, over everything."""
    name = visit.form.get("ten", "")
    if _prepared(visit, name) is None:
        return _chosen(visit, _("Its sound is not there: make it again."), status=404)
    try:
        answer = visit.order(CommandKind.EMERGENCY, _wish(visit, name).as_text())
    except BroadcasterError as error:
        return _asked(visit, name, str(error), status=503)
    return visit.go("/khan-cap", answer)


def _wish(visit: Visit, name: str) -> Wish:
    form = visit.form
    known = {output.name for output in visit.site.on_disk().config.all_outputs}
    outputs = {value for field, value in visit.fields if field == "loa"} & known
    return Wish(
        name=name,
        until=_until(visit.site.now(), _chosen_number(form.get("han", ""), _MINUTES, 60)),
        repeat=_chosen_number(form.get("lan", ""), (0, *_REPEATS), 2),
        every_ms=_chosen_number(form.get("cach", ""), _PAUSES, 0) * _MINUTE_MS,
        why=form.get("vi-sao", "").strip()[:200],
        outputs=() if outputs == known else tuple(sorted(filter(None, outputs))),
    )


def _until(now: datetime, minutes: int) -> datetime:
    return now + timedelta(minutes=minutes)


def _chosen_number(text: str, known: tuple[int, ...], default: int) -> int:
    """The number that was chosen in the form; anything else is as if nothing was."""
    return int(text) if text.isdecimal() and int(text) in known else default


def stop(visit: Visit) -> Response:
    """The emergency is over; what it interrupted goes on."""
    try:
        answer = visit.order(CommandKind.EMERGENCY_STOP)
    except BroadcasterError as error:
        return visit.go("/khan-cap", str(error), went_well=False)
    return visit.go("/khan-cap", answer)
