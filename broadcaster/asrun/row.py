"""One row of the as-run log, and the hash that binds it to the row before.

It stands apart because the writer, the fold and the verification must agree on it to the byte.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import NamedTuple

__all__ = ["COLUMNS", "GENESIS", "Event", "Row", "row_hash"]

GENESIS = "0" * 64
"""What stands for the hash before the first row."""


class Event(StrEnum):
    """What a row says; a RETRACTED row says that a start was never heard, a PAUSED row
    that it was interrupted and is to go on."""

    STARTED = "started"
    RESUMED = "resumed"
    RETRACTED = "retracted"
    PAUSED = "paused"
    SEGMENT = "segment"
    ENDED = "ended"
    MISSED = "missed"


class Row(NamedTuple):
    """The columns of the table ``asrun`` in their order; instants are UTC text."""

    id: int
    at: str
    occurrence: str
    slot: str
    title: str
    scheduled_at: str
    event: str
    outcome: str = ""
    reason: str = ""
    output: str = ""
    operator: str = ""
    voice: str = ""
    script_sha256: str = ""
    audio_sha256: str = ""
    bulletin_id: str = ""
    kind: str = ""
    started_at: str = ""
    ended_at: str = ""
    retracts: int | None = None
    details: str = "{}"
    prev_hash: str = GENESIS
    hash: str = ""


COLUMNS = ", ".join(Row._fields)


def row_hash(row: Row) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces) of every column but ``hash``."""
    content = {name: value for name, value in zip(Row._fields, row, strict=True) if name != "hash"}
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr
    )
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
