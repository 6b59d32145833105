"""When an occurrence that follows another may begin: at the end of that one, once it is known.

It stands apart from the decision because it is what an operator asks about: a leader that ended
by itself makes room at once; one that was missed, failed, stopped or cut leaves its follower the
time that the week planned, so that silence that somebody wanted stays silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.model import Occurrence
    from broadcaster.playout.state import State

__all__ = ["begins_at"]


def begins_at(occurrence: Occurrence, state: State) -> datetime:
    """The planned start, or the end of what it follows where that comes sooner."""
    if not occurrence.follows:
        return occurrence.starts_at
    ends = [item.ends_at for item in state.on_air if item.occurrence.id == occurrence.follows]
    if ends:
        return min(occurrence.starts_at, *ends)
    if state.ledger.get(occurrence.follows) is Outcome.AIRED:
        return occurrence.earliest_start
    return occurrence.starts_at
