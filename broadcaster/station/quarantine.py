"""Bulletins that brought the preparer down: set aside, by the hash of their text.

A bulletin that kills the process which speaks it would kill it again at every pass.  Its hash is
kept, so that an edited version gets a new chance by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        """Reason by text hash."""
        try:
            value = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return (
            {str(key): str(reason) for key, reason in value.items()}
            if isinstance(value, dict)
            else {}
        )

    def take_up(self, sha256: str) -> None:
        """Note that the text with this hash is being spoken now ("" for none)."""
        self._at_hand.write_text(sha256, encoding="ascii")

    def at_hand(self) -> str:
        """The hash noted last."""
        try:
            return self._at_hand.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def set_aside(self, sha256: str, reason: str) -> None:
        """Keep this text from being spoken again, with the reason."""
        half = self._file.with_suffix(".part")
        half.write_text(
            json.dumps({**self.reasons(), sha256: reason}, ensure_ascii=False), encoding="utf-8"
        )
        half.replace(self._file)
