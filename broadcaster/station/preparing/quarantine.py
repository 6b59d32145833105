"""Bulletins that brought the preparer down: set aside, by the hash of their text.

A bulletin that kills the process which speaks it would kill it again at every pass.  Its hash is
kept, so that an edited version gets a new chance by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Quarantine"]


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The set-aside texts of a station, and the note of what is at hand."""

    folder: Path

    @property
    def _file(self) -> Path:
        return self.folder / "quarantine.json"

    @property
    def _at_hand(self) -> Path:
        return self.folder / "at-hand"

    def reasons(self) -> dict[str, str]:
        """Reason by text hash; nothing is set aside where the file cannot be read."""
        try:
            value = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}

    def take_up(self, sha256: str) -> None:
        """Note that the text with this hash is being spoken now ("" for none)."""
        self._at_hand.write_text(sha256, encoding="ascii")

    def work_goes_on(self) -> None:
        """Note that work which no text is to blame for takes its time, where none is at hand."""
        if not self.at_hand():
            self.take_up("")

    def still_at_hand(self) -> None:
        """Note that the work on it goes on, however long it takes."""
        self._at_hand.touch()

    def at_hand(self) -> str:
        """The hash noted last."""
        try:
            return self._at_hand.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def taken_up_at(self) -> float:
        """When something was taken up last, in seconds of Unix time; 0 when never."""
        try:
            return self._at_hand.stat().st_mtime
        except OSError:
            return 0.0

    def set_aside(self, sha256: str, reason: str) -> None:
        """Keep this text from being spoken again; raises SoundError where it cannot be noted."""
        with whole_file(self._file) as file:
            file.write(json.dumps({**self.reasons(), sha256: reason}, ensure_ascii=False).encode())
