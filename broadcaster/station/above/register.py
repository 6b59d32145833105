"""What came from above, from whom and when: in the state folder, since it cannot be made again.

It stands apart because both taking in and answering look it up, and neither owns it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from broadcaster.clock import as_utc_text, from_utc_text
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["Entry", "load_register", "save_register"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A bulletin that came; ``sha256`` is the hash of the file that was made of it."""

    level: str
    office: str
    received_at: datetime
    must_air_by: date | None
    sha256: str


def load_register(folder: StationFolder) -> dict[str, Entry]:
    """By id; what cannot be read is told in the service log, and is not known."""
    try:
        found = json.loads(_file(folder).read_bytes())
        return {id_: _entry(value) for id_, value in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("what came from above is not known: %s", error)
        return {}


def save_register(folder: StationFolder, register: dict[str, Entry]) -> None:
    """Raises SoundError when it cannot be written."""
    if register and register != load_register(folder):
        values = {id_: _value(entry) for id_, entry in register.items()}
        with whole_file(_file(folder)) as file:
            file.write(json.dumps(values, ensure_ascii=False, indent=1).encode())


def _file(folder: StationFolder) -> Path:
    return folder.state / "from-above.json"


def _entry(value: dict[str, Any]) -> Entry:
    by = value["must_air_by"]
    return Entry(
        level=value["level"],
        office=value["office"],
        received_at=from_utc_text(value["received_at"]),
        must_air_by=date.fromisoformat(by) if by else None,
        sha256=value["sha256"],
    )


def _value(entry: Entry) -> dict[str, str | None]:
    return {
        "level": entry.level,
        "office": entry.office,
        "received_at": as_utc_text(entry.received_at),
        "must_air_by": entry.must_air_by.isoformat() if entry.must_air_by else None,
        "sha256": entry.sha256,
    }
