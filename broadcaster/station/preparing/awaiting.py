"""What waits for an approval in the coming hours: a small file that the watch reads.

It stands apart because the preparer knows bulletins and estimates, which the daemon does not load,
and the daemon knows whom to tell, and when.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.clock import LOCAL
from broadcaster.errors import SoundError
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from broadcaster.station.approving.wanting import Wanting
    from broadcaster.station.folder import StationFolder

__all__ = ["Awaited", "awaited", "note_awaited"]

_log = logging.getLogger(__name__)


class Awaited(NamedTuple):
    """A start that would lack something, and what."""

    starts_at: datetime
    title: str
    reasons: str


def note_awaited(folder: StationFolder, found: Iterable[Wanting]) -> None:
    """Write down what would be missing; the log says what fails."""
    rows = [
        [
            one.occurrence.starts_at.isoformat(),
            one.occurrence.programme.title,
            "; ".join(reason.text for reason in one.reasons),
        ]
        for one in found
    ]
    text = json.dumps(rows, ensure_ascii=False, indent=0).encode()
    path = _path(folder)
    try:
        if not path.exists() or path.read_bytes() != text:
            with whole_file(path) as file:
                file.write(text)
    except (OSError, SoundError) as error:
        _log.error("what waits for an approval is not written down: %s", error)


def awaited(folder: StationFolder) -> list[Awaited]:
    """What was written down last; nothing where that cannot be read."""
    try:
        rows = json.loads(_path(folder).read_text(encoding="utf-8"))
        return [
            Awaited(datetime.fromisoformat(at).astimezone(LOCAL), str(title), str(reasons))
            for at, title, reasons in rows
        ]
    except (OSError, ValueError, TypeError):
        return []


def _path(folder: StationFolder) -> Path:
    return folder.state / "awaiting.json"
