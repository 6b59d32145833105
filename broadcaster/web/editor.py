"""The form in which a bulletin is written: its fields, from a file or as they were sent.

It stands apart because the same form begins a bulletin, changes one, and is shown again as it was
typed when something is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.station.editing.bulletins import body_of, fields_of, with_body, with_fields
from broadcaster.station.editing.textfile import read_text_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.model import Bulletin
    from broadcaster.station.editing.textfile import TextFile

__all__ = ["FIELDS", "KINDS", "Editor", "blank", "editor_of", "editor_of_form"]

FIELDS = ("title", "kind", "topic", "priority", "author", "valid_from", "valid_until")
KINDS = ("tin", "bài", "thông báo", "hỏi-đáp", "gương tốt", "câu chuyện", "khẩu hiệu")
PRIORITIES = ("", "ưu tiên")
_WRITABLE = {".txt", ".md"}


@dataclass(frozen=True, slots=True)
class Editor:
    """What stands in the form; ``seen`` is the fingerprint of the file that it began with."""

    fields: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    seen: str = ""
    id: str = ""
    is_writable: bool = True

    @property
    def kinds(self) -> tuple[str, ...]:
        """Those that may be chosen, with the one that the file has."""
        kind = self.fields.get("kind", "tin")
        return KINDS if kind in KINDS else (kind, *KINDS)

    @property
    def priorities(self) -> tuple[str, ...]:
        known = self.fields.get("priority", "")
        return PRIORITIES if known in PRIORITIES else (known, *PRIORITIES)

    def get(self, name: str) -> str:
        """The field of that name, or nothing."""
        return self.fields.get(name, "")

    def put_into(self, file: TextFile) -> TextFile:
        """``file`` with what stands in the form."""
        text = with_fields(file.text, {name: self.get(name) for name in FIELDS})
        if file.lines_as_here(self.body) != file.lines_as_here(body_of(text)):
            text = with_body(text, file.lines_as_here(self.body))
        return file.with_text(text)


def blank() -> Editor:
    """An empty form."""
    return Editor(fields={"kind": "tin"})


def editor_of(bulletin: Bulletin) -> Editor:
    """The form as the file of ``bulletin`` fills it; a document is changed where it was written."""
    path = bulletin.where.path
    if path is None or path.suffix.lower() not in _WRITABLE or "." in bulletin.id:
        return Editor(id=bulletin.id, is_writable=False)
    file = read_text_file(path)
    fields = {"kind": bulletin.kind, **fields_of(file.text, FIELDS)}
    return Editor(fields, body_of(file.text), file.fingerprint, bulletin.id)


def editor_of_form(form: Mapping[str, str]) -> Editor:
    """The form as it was sent."""
    fields = {name: form.get(name, "") for name in FIELDS}
    return Editor(fields, form.get("body", ""), form.get("seen", ""), form.get("id", ""))
