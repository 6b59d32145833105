"""What an approval binds: the words as they are read, or the recording that is heard.

It stands apart because whoever approves, whoever prepares and whoever lets out to the air must
agree on it to the byte.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Spoken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is heard of a bulletin.

    ``title`` is spoken in headlines, ``author`` in closings, ``sentences`` are (as read,
    pause after it in ms).  With ``recording_sha256`` that sound is heard, and ``text_sha256`` is
    the version of the text that it renders.
    """

    title: str
    author: str = ""
    sentences: tuple[tuple[str, int], ...] = ()
    recording_sha256: str = ""
    text_sha256: str = ""

    @property
    def sha256(self) -> str:
        """The one name of this content: another one as soon as a listener would hear another
        word, or another pause."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()

    def as_details(self) -> dict[str, Any]:
        """For a row of the register, which tells for ever what was approved."""
        return asdict(self)

    @classmethod
    def of_details(cls, details: Mapping[str, Any]) -> Spoken:
        """What :meth:`as_details` wrote; raises KeyError, TypeError and ValueError for others."""
        return cls(
            title=str(details["title"]),
            author=str(details["author"]),
            sentences=tuple((str(text), int(pause)) for text, pause in details["sentences"]),
            recording_sha256=str(details["recording_sha256"]),
            text_sha256=str(details["text_sha256"]),
        )
