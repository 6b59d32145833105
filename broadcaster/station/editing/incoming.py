"""A file that somebody handed in through a page → a new bulletin of the station, as a change.

It stands apart because nothing of what comes in is believed: what a file is, its content says;
what it is called becomes a title, and never a path.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from broadcaster.errors import ContentError, Problem, Severity, SoundError, Where
from broadcaster.script.documents import extract
from broadcaster.script.load import parse_bulletin
from broadcaster.sound.container import kind_of_sound
from broadcaster.sound.header import read_header
from broadcaster.sound.wholefile import part_of, whole_file
from broadcaster.station.editing.bulletins import bulletin_id, new_bulletin
from broadcaster.station.editing.change import Change
from broadcaster.station.editing.textfile import new_text_file

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from broadcaster.station.folder import StationFolder

__all__ = ["new_text", "received", "title_of_name"]

_UNNAMED = Path("ban-tin.txt")
_BEGINNING = 16
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
"""A program may be taken for a text of two bytes a letter."""
_LONGEST_TITLE = 120


def received(
    folder: StationFolder, name: str, file: BinaryIO, *, fields: Mapping[str, str]
) -> Change:
    """The bulletin that ``file``, called ``name`` by its sender, makes; ``fields`` are its front
    matter.

    A sound is written beside the others at once, and the bulletin lets it be heard.  Raises
    ContentError for what is neither text, document nor sound, SoundError when the disk does not
    take it.
    """
    start = file.read(_BEGINNING)
    file.seek(0)
    title = fields.get("title", "").strip()
    if kind_of_sound(start):
        title = title or title_of_name(name)
        id_ = bulletin_id(title, _taken(folder))
        sound = _kept_sound(folder, id_, file, start)
        named = {**fields, "title": title, "recording": sound.name}
        return replace(new_text(folder, id_, named, ""), beside=(sound,))
    text, problems = _text_of(folder.scripts / title_of_name(name), file.read())
    title = title or _title_in(text) or title_of_name(name)
    change = new_text(folder, bulletin_id(title, _taken(folder)), {**fields, "title": title}, text)
    return Change(file=change.file, before="", what=change.what, problems=tuple(problems))


def title_of_name(name: str) -> str:
    """``C:\\Tin\\hop_thon.docx`` → ``hop thon``."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    words = "".join(c if c.isprintable() else " " for c in stem).replace("_", " ").split()
    return " ".join(words)[:_LONGEST_TITLE] or _("a bulletin")


def new_text(folder: StationFolder, id_: str, fields: Mapping[str, str], body: str) -> Change:
    """A bulletin that is not there yet; raises ContentError where nothing would be heard of it."""
    file = new_text_file(folder.scripts / f"{id_}.txt")
    text = new_bulletin(fields, body)
    bulletin, problems = parse_bulletin(text, path=file.path)
    if bulletin is None:
        raise ContentError(problems)
    what = _("new bulletin “{title}”").format(title=bulletin.title)
    return Change(file=file.with_text(text), before="", what=what)


def _text_of(path: Path, data: bytes) -> tuple[str, list[Problem]]:
    found = extract(path, data)
    errors = [p for p in found.problems if p.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors, message="; ".join(f"{p.message} — {p.hint}" for p in errors))
    if _NO_TEXT.search(found.text):
        message = _("this file is neither text, nor a document, nor a sound")
        raise ContentError([Problem(Where(path), "not-text", message)], message=message)
    return found.text, [*found.problems]


def _title_in(text: str) -> str:
    """Its heading, or a first line that stands alone."""
    bulletin, _problems = parse_bulletin(text, path=_UNNAMED)
    return bulletin.title if bulletin and bulletin.title != _UNNAMED.stem else ""


def _taken(folder: StationFolder) -> Collection[str]:
    """The names that bulletins and sounds have already."""
    return {path.stem for path in (*folder.script_files(), *folder.sound_files())}


def _kept_sound(folder: StationFolder, id_: str, file: BinaryIO, start: bytes) -> Path:
    """The sound under the name of its bulletin; raises SoundError for a broken one."""
    target = folder.sounds / f"{id_}{kind_of_sound(start)}"
    trial = part_of(target).with_suffix(target.suffix)
    try:
        with whole_file(trial) as copy:
            shutil.copyfileobj(file, copy)
        if not read_header(trial).duration_ms:
            raise SoundError(_("there is no sound in this file"))
        trial.replace(target)
    finally:
        trial.unlink(missing_ok=True)
    return target
