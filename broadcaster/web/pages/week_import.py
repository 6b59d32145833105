"""A timetable from elsewhere → a week of the station, looked at before it is kept."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, Severity
from broadcaster.station.editing.change import Change
from broadcaster.station.editing.copied_week import copied_week, week_file_name
from broadcaster.station.editing.incoming import title_of_name
from broadcaster.station.editing.textfile import new_text_file
from broadcaster.station.exchange.imports import import_file
from broadcaster.web.changes import propose
from broadcaster.web.pages.week_edits import judged
from broadcaster.web.weeks import monday_of, week_name

if TYPE_CHECKING:
    from datetime import date

    from starlette.responses import Response

    from broadcaster.station.exchange.imports import Imported
    from broadcaster.web.visit import Visit

__all__ = ["MOST_BYTES", "ask", "keep", "look"]

MOST_BYTES = 20_000_000
_WEEKS = 8


def ask(visit: Visit) -> Response:
    """The form for a file."""
    return visit.page("week_import.html", found=None, name="", weeks=())


def look(visit: Visit) -> Response:
    """POST that changes nothing: what a file would become."""
    upload = visit.files.get("file")
    if upload is None or not upload.filename:
        return visit.go("/lich-tuan/nhap", _("No file was chosen."), went_well=False)
    try:
        found = _imported(visit, upload.filename, upload.file.read())
    except (BroadcasterError, OSError) as error:
        return visit.go("/lich-tuan/nhap", str(error), went_well=False)
    if found.week is None or found.is_empty:
        text = _("there is no timetable in this file")
        return visit.go("/lich-tuan/nhap", text, went_well=False)
    name = title_of_name(upload.filename)
    return visit.page("week_import.html", found=found, name=name, weeks=_weeks(visit))


def _imported(visit: Visit, name: str, data: bytes) -> Imported:
    """Read where nothing else lies, under its title: its name may be anything."""
    today = visit.site.today()
    relays = {relay.name: relay.title for relay in visit.site.on_disk().config.relays}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / title_of_name(name).replace("/", " ")
        path.write_bytes(data)
        return import_file(path, today=today, relays=relays, sounds=None)


def _weeks(visit: Visit) -> list[tuple[str, date]]:
    """The weeks to come that have no file of their own yet."""
    monday = monday_of("", visit.site.today())
    mondays = (monday + timedelta(days=7 * n) for n in range(_WEEKS))
    return [(week_name(m), m) for m in mondays if not _target(visit, m).exists()]


def _target(visit: Visit, monday: date) -> Path:
    return visit.site.folder.schedules / week_file_name(monday)


def keep(visit: Visit) -> Response:
    """POST: the text that was looked at, as the file of one week."""
    monday = monday_of(visit.form.get("tuan", ""), visit.site.today())
    note = _("Imported for the week {week}").format(week=week_name(monday))
    text = visit.form.get("text", "").replace("\r\n", "\n")
    if _target(visit, monday).exists():
        told = _("this week has a file of its own already")
        return visit.go("/lich-tuan/nhap", told, went_well=False)
    try:
        new = new_text_file(_target(visit, monday)).with_text(copied_week(text, monday, note=note))
    except BroadcasterError as error:
        return visit.go("/lich-tuan/nhap", str(error), went_well=False)
    problems = judged(visit, new, "", monday)
    if errors := [p for p in problems if p.severity is Severity.ERROR]:
        told = "; ".join(f"{p.message} ({p.hint})" for p in errors[:5])
        return visit.go("/lich-tuan/nhap", told, went_well=False)
    change = Change(file=new, before="", what=note, problems=tuple(problems))
    return propose(visit, change, then=f"/lich-tuan?tuan={week_name(monday)}")
