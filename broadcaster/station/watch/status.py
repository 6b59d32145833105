"""``.broadcaster/status.json``: the few numbers that a monitor needs, and whether they are fresh.

It stands apart because who reads it need not reach the daemon: a monitor, the page, a phone.  The
file is replaced as a whole.  ``alive_at`` is when the playout loop was alive, not when the file
was written: a loop that hangs is told by a number that stands still.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Status", "read_status", "write_status"]

_STALE_AFTER = timedelta(seconds=15)
_FUTURE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Status:
    """What the file said, and whether the station was ``in_contact`` when it was read; ``values``
    is empty where there is no file, or no status in it."""

    values: dict[str, Any]
    in_contact: bool

    @property
    def alive_at(self) -> datetime | None:
        """When the playout loop was alive last."""
        return _instant(self.values.get("alive_at"))

    @property
    def alarms(self) -> list[dict[str, Any]]:
        found = self.values.get("alarms")
        return found if isinstance(found, list) else []

    @property
    def is_well(self) -> bool:
        return self.in_contact and not self.alarms


def read_status(path: Path, *, now: datetime) -> Status:
    """Never raises: what cannot be read is a station out of contact."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        values = {}
    values = values if isinstance(values, dict) else {}
    alive_at = _instant(values.get("alive_at"))
    stopped = bool(values.get("stopped"))
    fresh = alive_at is not None and -_FUTURE < now - alive_at < _STALE_AFTER
    return Status(values, in_contact=fresh and not stopped)


def write_status(path: Path, values: dict[str, Any]) -> None:
    """Replace the file; raises OSError.  It is not forced to the disk: after a power cut nobody
    asks for it, and a memory card is worn by each write."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(path)


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(LOCAL)
    except ValueError:
        return None
