"""What a file was before a page changed it, kept for a while so that it can be put back.

It stands apart because it knows nothing of what is in the files: bytes in, the same bytes out.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Where
from broadcaster.station.editing.change import FileChangedError, bytes_at, locked, write_bytes
from broadcaster.station.editing.textfile import fingerprint_of

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.station.editing.change import Change
    from broadcaster.station.folder import StationFolder

__all__ = ["Edit", "Edits"]

_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change that was written: by whom and when (ISO 8601), and what the file was before."""

    id: str
    path: str
    what: str
    by: str
    at: str
    before: bytes | None
    after: str


@dataclass(frozen=True, slots=True)
class Edits:
    """The changes of one station, written and taken back."""

    folder: StationFolder
    clock: Clock

    def write(self, change: Change, *, by: str) -> Edit:
        """Write ``change`` for the person ``by``; raises what :meth:`Change.write` raises."""
        path = change.file.path
        edit = Edit(
            id=self._next_id(),
            path=str(path.relative_to(self.folder.root)),
            what=change.what,
            by=by,
            at=self.clock.now().isoformat(timespec="seconds"),
            before=change.file.data,
            after=fingerprint_of(change.file.encoded()),
        )
        note = self._note(edit.id)
        try:
            write_bytes(note, _as_json(edit))  # first: a full disk never leaves no way back
            change.write(self.folder)
        except BaseException:
            for written in (note, *change.beside):
                written.unlink(missing_ok=True)
            raise
        self._forget_old()
        return edit

    def take_back(self, edit_id: str) -> Edit:
        """Put the bytes back that ``edit_id`` replaced, and forget it.

        Raises FileChangedError when the file has changed since, ContentError when there is no
        such change (any more).
        """
        edit = self.find(edit_id)
        path = self.folder.root / edit.path
        with locked(self.folder):
            there = bytes_at(path)
            if fingerprint_of(there) != edit.after:
                raise FileChangedError(path, there)
            if edit.before is None:
                path.unlink()
            else:
                write_bytes(path, edit.before)
        self._note(edit.id).unlink(missing_ok=True)
        return edit

    def find(self, edit_id: str) -> Edit:
        """Raises ContentError where there is none."""
        note = self._note(edit_id)
        if edit_id.isdecimal() and note.is_file():
            return _from_json(edit_id, note.read_bytes())
        message = _("this change was taken back already, or is too old")
        raise ContentError([Problem(Where(), "no-such-edit", message)])

    def last(self, *folders: Path) -> Edit | None:
        """The last change below any of ``folders`` (or of that very file)."""
        for note in sorted(self._notes.glob("*.json"), key=lambda n: int(n.stem), reverse=True):
            edit = _from_json(note.stem, note.read_bytes())
            path = self.folder.root / edit.path
            if any(path.is_relative_to(folder) for folder in folders):
                return edit
        return None

    @property
    def _notes(self) -> Path:
        return self.folder.state / "edits"

    def _note(self, edit_id: str) -> Path:
        return self._notes / f"{edit_id}.json"

    def _next_id(self) -> str:
        numbers = [int(note.stem) for note in self._notes.glob("*.json") if note.stem.isdecimal()]
        moment = int(self.clock.now().timestamp() * 1000)
        return str(max([moment, *(number + 1 for number in numbers)]))

    def _forget_old(self) -> None:
        notes = sorted(self._notes.glob("*.json"), key=lambda note: int(note.stem))
        for note in notes[:-_KEPT]:
            note.unlink(missing_ok=True)


def _as_json(edit: Edit) -> bytes:
    before = None if edit.before is None else base64.b64encode(edit.before).decode()
    said = {"path": edit.path, "what": edit.what, "by": edit.by, "at": edit.at}
    return json.dumps({**said, "before": before, "after": edit.after}, ensure_ascii=False).encode()


def _from_json(edit_id: str, data: bytes) -> Edit:
    said = json.loads(data)
    before = None if said["before"] is None else base64.b64decode(said["before"])
    return Edit(id=edit_id, **{**said, "before": before})
