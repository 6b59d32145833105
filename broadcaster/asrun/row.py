"""One row of the as-run log, and the hash that binds a row to the one before.

It stands apart because the writer, the fold and the verification must agree on it to the byte.
"""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COLUMNS", "GENESIS", "Chained", "Event", "Row", "row_hash"]

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


class Chained(Protocol):
    """A row of any book whose rows are bound together: a named tuple."""

    @property
    def id(self) -> int: ...
    @property
    def prev_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def _fields(self) -> tuple[str, ...]: ...
    def __iter__(self) -> Iterator[Any]: ...


def row_hash(row: Chained) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces) of every column but ``hash``."""
    content = {name: value for name, value in zip(row._fields, row, strict=True) if name != "hash"}
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr
    )
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
