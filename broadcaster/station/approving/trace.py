"""Every aired second back to who stands for it: script, reading, words, voice, approver, hashes.

It stands apart from the log, which keeps the number of a row, because here that row is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.approval import approval_in, people_of

if TYPE_CHECKING:
    from broadcaster.approval import Approval
    from broadcaster.asrun import AsRunLog, Register
    from broadcaster.model import AsRunEntry, AsRunSegment

__all__ = ["Trace", "TracedPart", "trace"]


@dataclass(frozen=True, slots=True)
class TracedPart:
    """A part that was heard; ``approval`` is None for a class, an order, and where the station
    asked for none.  ``approver`` is the name of who signed."""

    heard: AsRunSegment
    approval: Approval | None = None
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """An occurrence, and each part of it."""

    entry: AsRunEntry
    parts: tuple[TracedPart, ...]


def trace(log: AsRunLog, register: Register, occurrence: str) -> Trace | None:
    """None where nothing was heard or decided of that occurrence; raises StoreError."""
    entry = log.entry(occurrence)
    if entry is None:
        return None
    rows = {str(row.id): row for row in register.entries()}
    people = people_of(rows.values())
    parts = []
    for heard in entry.segments:
        row = rows.get(heard.approval)
        approval = approval_in(row) if row else None
        person = people.get(approval.by) if approval else None
        parts.append(TracedPart(heard, approval, person.name if person else ""))
    return Trace(entry, tuple(parts))
