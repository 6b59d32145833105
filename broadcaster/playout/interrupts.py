"""What becomes of a programme that something more important interrupts: it goes on, begins again,
or is over.

It stands apart from the decision because it is the policy of a slot (``after_interrupt``), which an
operator asks about.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import AfterInterrupt
from broadcaster.playout import reasons
from broadcaster.playout.actions import Interrupted, Pause, Stop
from broadcaster.playout.priority import ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from broadcaster.model import Occurrence
    from broadcaster.playout.state import OnAir, State

__all__ = ["given_way", "goes_on_from", "hopeless_after", "interrupted", "is_held"]

_MS = timedelta(milliseconds=1)


def given_way(item: OnAir, cutter: Occurrence, at: datetime) -> Pause | Stop:
    """How ``item`` falls silent at ``at`` for ``cutter``: for a while, or for good."""
    reason = reasons.cut_by(cutter)
    if ends(cutter, item.occurrence):
        return Stop(item.occurrence.id, reason)
    return Pause(item.occurrence.id, reason, item.interrupted_at(at))


def interrupted(state: State, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Those of ``occurrences`` that wait to go on."""
    left = {i for i, what in state.ledger.items() if isinstance(what, Interrupted)}
    return [occurrence for occurrence in occurrences if occurrence.id in left] if left else []


def goes_on_from(occurrence: Occurrence, left: Interrupted, at: datetime) -> int:
    """The place of its audio with which it goes on at ``at``."""
    if occurrence.after_interrupt is AfterInterrupt.JOIN:
        return max(left.from_ms, (at - left.started_at) // _MS)
    return left.from_ms


def hopeless_after(occurrence: Occurrence, left: Interrupted, latest_start: datetime) -> datetime:
    """The last instant at which it may go on.

    It has to end by when it could have ended without an interrupt, had it begun at
    ``latest_start``; what was ordered, by when it expires.
    """
    length_ms = min(left.duration_ms, occurrence.slot.max_ms)
    if occurrence.after_interrupt is AfterInterrupt.JOIN:
        return left.started_at + (length_ms - 1_000) * _MS
    longest = latest_start + timedelta(milliseconds=occurrence.slot.max_ms)
    return (occurrence.expires_at or longest) - (length_ms - left.from_ms) * _MS


def is_held(occurrence: Occurrence, at: datetime, *, due: Sequence[Occurrence]) -> bool:
    """Whether the air is kept free at ``at`` for the next repetition of something more
    important."""
    return any(
        other.order is not None
        and other.order.holds_from is not None
        and other.order.holds_from <= at < other.starts_at
        and other.slot.priority > occurrence.slot.priority
        for other in due
    )
