"""Occurrences for tests of playout and of the desk, in one line each."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from broadcaster.clock import LOCAL
from broadcaster.model import (
    LateAction,
    LatePolicy,
    Occurrence,
    Priority,
    ProgrammePlan,
    Slot,
    StartType,
)

DAY = datetime(2026, 11, 23, tzinfo=LOCAL)
MINUTE = timedelta(minutes=1)


def at(clock_time: str) -> datetime:
    """``05:30`` or ``05:30:01.5`` of the test day."""
    moment = time.fromisoformat(clock_time)
    return datetime.combine(DAY.date(), moment, LOCAL)


def occurrence(
    name: str,
    starts: str | datetime,
    *,
    hard: bool = True,
    priority: Priority = Priority.ROUTINE,
    late: LateAction = LateAction.START,
    within_min: float = 10,
    max_min: float = 60,
) -> Occurrence:
    start = at(starts) if isinstance(starts, str) else starts
    slot = Slot(
        id=name,
        start=start.time(),
        days=frozenset(range(7)),
        programme_id=name,
        start_type=StartType.HARD if hard else StartType.SOFT,
        max_ms=round(max_min * 60_000),
        priority=priority,
        late=LatePolicy(late, round(within_min * 60_000)),
    )
    return Occurrence(slot, start, ProgrammePlan(name, name.title(), ()))
