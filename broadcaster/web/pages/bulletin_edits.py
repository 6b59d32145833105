"""What an editor does to a bulletin: write, hand in a file, try a reading, correct a word."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.script.load import parse_bulletin
from broadcaster.station.editing.bulletins import bulletin_id, new_bulletin, with_fields
from broadcaster.station.editing.change import Change
from broadcaster.station.editing.incoming import new_text, received
from broadcaster.station.editing.textfile import read_text_file
from broadcaster.web.changes import edits_of, propose, signature, take_back
from broadcaster.web.editor import FIELDS, editor_of, editor_of_form
from broadcaster.web.pages.bulletins import bulletin_of
from broadcaster.web.reading import read_aloud
from broadcaster.web.standing import approving

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.model import Bulletin
    from broadcaster.web.editor import Editor
    from broadcaster.web.visit import Visit

__all__ = [
    "MOST_BYTES",
    "begin",
    "hand_in",
    "save",
    "submit",
    "try_reading",
    "undo",
    "write_new",
]

MOST_BYTES = 120_000_000
"""A sound of ten minutes as WAV; a bulletin is never longer."""


def begin(visit: Visit) -> Response:
    """An empty form."""
    return visit.page("bulletin_new.html", editor=editor_of_form({"kind": "tin"}), reading=None)


def try_reading(visit: Visit) -> Response:
    """POST that changes nothing: how what was typed would be read, and how long it would take."""
    editor = editor_of_form(visit.form)
    bulletin = _typed(visit, editor)
    reading = read_aloud(visit.site.on_disk(), bulletin) if bulletin else None
    return visit.page("bulletin_new.html", editor=editor, reading=reading)


def write_new(visit: Visit) -> Response:
    """POST: a bulletin that was typed or pasted."""
    editor = editor_of_form(visit.form)
    title = editor.get("title") or editor.body.strip().partition("\n")[0][:80]
    taken = [path.stem for path in visit.site.folder.script_files()]
    id_ = bulletin_id(title, taken)
    fields = {**{name: editor.get(name) for name in FIELDS}, "draft": "true"}
    plain = editor.body.replace("\r\n", "\n")
    return _kept(visit, new_text(visit.site.folder, id_, fields, plain))


def hand_in(visit: Visit) -> Response:
    """POST: a file, whatever its name says that it is."""
    upload = visit.files.get("file")
    if upload is None or not upload.filename:
        return visit.go("/ban-tin", _("No file was chosen."), went_well=False)
    fields = {name: visit.form.get(name, "") for name in ("title", "kind", "author")}
    fields["draft"] = "true"
    try:
        change = received(visit.site.folder, upload.filename, upload.file, fields=fields)
    except BroadcasterError as error:
        return visit.go("/ban-tin", str(error), went_well=False)
    return _kept(visit, change)


def save(visit: Visit) -> Response:
    """POST: the form of a bulletin that is there."""
    bulletin = bulletin_of(visit)
    there, typed = editor_of(bulletin), editor_of_form({**visit.form, "id": bulletin.id})
    if not there.is_writable or bulletin.where.path is None:
        message = _("This bulletin is changed where it was written, and handed in again.")
        return visit.go(f"/ban-tin/{bulletin.id}", message, went_well=False)
    if typed.seen != there.seen:
        return visit.page("two_texts.html", status=409, theirs=there, mine=typed)
    file = read_text_file(bulletin.where.path)
    new = typed.put_into(file)
    wanted, problems = parse_bulletin(new.text, path=new.path)
    if wanted is None:
        text = "; ".join(p.message for p in problems)
        return visit.go(f"/ban-tin/{bulletin.id}", text, went_well=False)
    what = _("bulletin “{title}”").format(title=wanted.title)
    change = Change(file=new, before=file.text, what=what, problems=tuple(problems))
    return propose(visit, change, then=f"/ban-tin/{bulletin.id}")


def submit(visit: Visit) -> Response:
    """POST: a draft is one no more; where the station asks for approval it waits for that."""
    bulletin, then = bulletin_of(visit), f"/ban-tin/{visit.parts['id']}"
    path = bulletin.where.path
    try:
        if bulletin.draft and path is not None:
            file = read_text_file(path)
            new = file.with_text(with_fields(file.text, {"draft": ""}))
            what = _("“{title}” is handed in").format(title=bulletin.title)
            edits_of(visit).write(
                Change(file=new, before=file.text, what=what), by=signature(visit)
            )
        if not visit.site.on_disk().config.approval.required:
            return visit.go(then, _("It may be heard from now on."))
        approving(visit).submit(bulletin.id, by=signature(visit))
    except BroadcasterError as error:
        return visit.go(then, str(error), went_well=False)
    return visit.go(then, _("It waits for an approver."))


def undo(visit: Visit) -> Response:
    """POST: take back a change of a bulletin or of the word list."""
    return take_back(visit, visit.site.folder.scripts)


def _kept(visit: Visit, change: Change) -> Response:
    """Write a new file; there is nothing that it could be compared with."""
    edits_of(visit).write(change, by=signature(visit))
    said = "; ".join([_("Done: {what}.").format(what=change.what), *_told(change)])
    return visit.go(f"/ban-tin/{change.file.path.stem}", said)


def _told(change: Change) -> list[str]:
    return list(dict.fromkeys(problem.message for problem in change.problems))[:3]


def _typed(visit: Visit, editor: Editor) -> Bulletin | None:
    """What was typed as the bulletin that it would be."""
    fields = {name: editor.get(name) for name in FIELDS}
    text = new_bulletin(fields, editor.body.replace("\r\n", "\n"))
    path = visit.site.folder.scripts / f"{editor.id or 'ban-tin'}.txt"
    return parse_bulletin(text, path=path)[0]
