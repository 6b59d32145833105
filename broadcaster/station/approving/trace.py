"""Every aired second back to who stands for it: script, reading, words, voice, approver, hashes.

It stands apart from the log, which keeps the number of a row, because here that row is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.approval import approval_in, people_of, spoken_in

if TYPE_CHECKING:
    from broadcaster.approval import Approval, Spoken
    from broadcaster.asrun import AsRunLog, Register
    from broadcaster.model import AsRunEntry, AsRunSegment

__all__ = ["Trace", "TracedPart", "trace"]


@dataclass(frozen=True, slots=True)
class TracedPart:
    """A part that was heard; ``approval`` is None for a class, an order, and where the station
    asked for none.  ``spoken`` is what was approved, ``approver`` the name of who signed."""

    heard: AsRunSegment
    approval: Approval | None = None
    spoken: Spoken | None = None
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
    people = people_of(register.of_people())
    parts = []
    for heard in entry.segments:
        row = register.entry(int(heard.approval)) if heard.approval.isdecimal() else None
        approval = approval_in(row) if row else None
        person = people.get(approval.by) if approval else None
        spoken = spoken_in(row) if row else None
        parts.append(TracedPart(heard, approval, spoken, person.name if person else ""))
    return Trace(entry, tuple(parts))
