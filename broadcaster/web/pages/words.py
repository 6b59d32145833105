"""A word that is read wrongly → the station's word list, and one sentence spoken anew."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.script import parse_lexicon, read_text
from broadcaster.station.editing.change import Change
from broadcaster.station.editing.textfile import new_text_file, read_text_file
from broadcaster.station.editing.words import reading_of, with_word
from broadcaster.station.preparing.listen import heard_of
from broadcaster.web.changes import propose
from broadcaster.web.pages.bulletins import bulletin_of, spoken
from broadcaster.web.standing import approving

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.script import Lexicon
    from broadcaster.station.editing.textfile import TextFile
    from broadcaster.web.visit import Visit

__all__ = ["ask", "correct"]


def ask(visit: Visit) -> Response:
    """The form that asks how a word is to be read."""
    word = " ".join(visit.asked("chu").split())[:80]
    return _form(visit, word, spoken=reading_of(_list(visit).text, word) if word else "")


def correct(visit: Visit) -> Response:
    """POST: a word and its reading into the word list, once what it changes was seen."""
    bulletin = bulletin_of(visit)
    word, spoken = visit.form.get("word", ""), visit.form.get("spoken", "")
    file = _list(visit)
    try:
        new = file.with_text(with_word(file.text, word, spoken))
    except BroadcasterError as error:
        return _form(visit, word, spoken=spoken, complaint=str(error), status=422)
    lexicon, problems = parse_lexicon(new.text, path=new.path)
    what = _("“{word}” is read “{spoken}”").format(word=word, spoken=spoken)
    change = Change(file=new, before=file.text, what=what, problems=tuple(problems))
    told = [*_read_otherwise(visit, lexicon)]
    then = f"/ban-tin/{bulletin.id}"
    return propose(visit, change, then=then, told=tuple(told), after=partial(_spoken_anew, visit))


def _spoken_anew(visit: Visit) -> str:
    """Where the bulletin had a sound, its changed sentences are spoken at once."""
    bulletin = bulletin_of(visit)
    if heard_of(visit.site.folder, bulletin) is None:
        return ""
    try:
        heard = spoken(visit, bulletin)
    except BroadcasterError as error:
        return str(error)
    return _("{n} sentences were spoken anew.").format(n=heard.new_sentences)


def _form(
    visit: Visit, word: str, *, spoken: str, complaint: str = "", status: int = 200
) -> Response:
    bulletin = bulletin_of(visit)
    on_disk = visit.site.on_disk()
    now = read_text(word, lexicon=on_disk.content.lexicon, style=on_disk.config.reading)
    return visit.page(
        "word.html",
        status=status,
        bulletin=bulletin,
        word=word,
        spoken=spoken,
        now_read=now.spoken,
        complaint=complaint,
    )


def _list(visit: Visit) -> TextFile:
    path = visit.site.folder.lexicon
    return read_text_file(path) if path.exists() else new_text_file(path)


def _read_otherwise(visit: Visit, lexicon: Lexicon) -> list[str]:
    """A sentence for each bulletin that the change reaches."""
    on_disk = visit.site.on_disk()
    changed = []
    for bulletin in on_disk.content.bulletins.values():
        readings = {
            read_text(bulletin.text, lexicon=words, style=on_disk.config.reading).spoken
            for words in (on_disk.content.lexicon, lexicon)
        }
        if len(readings) > 1:
            changed.append(_("“{title}” will be read otherwise").format(title=bulletin.title))
    return [*(changed or [_("No bulletin of today has this word.")]), *_voided(visit, lexicon)]


def _voided(visit: Visit, lexicon: Lexicon) -> list[str]:
    """A sentence for each approval that the change takes away."""
    on_disk = visit.site.on_disk()
    if not on_disk.config.approval.required:
        return []
    text = _("The approval of “{id}” is lost: it must be approved again")
    return [text.format(id=id_) for id_ in approving(visit).would_void(lexicon)]
