"""A slot that follows another: when it begins, whatever became of the one before it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from occurrences import at, occurrence

from broadcaster.model import Occurrence, Outcome
from broadcaster.playout import Arm, OnAir, State, decide

NEWS = occurrence("tin", "05:30", max_min=30)
JRAI = replace(
    occurrence("tin-jrai", "06:00", hard=False), follows=NEWS.id, not_before=NEWS.starts_at
)


def _on_air(minutes: float) -> State:
    playing = OnAir(occurrence=NEWS, at=NEWS.starts_at, duration_ms=round(minutes * 60_000))
    return State((playing,), {NEWS.id: Outcome.ON_AIR})


def _armed(state: State, now: str, *items: Occurrence) -> list[tuple[str, str]]:
    actions = decide(state, at(now), items or (NEWS, JRAI)).actions
    return [(a.occurrence.slot.id, f"{a.at:%H:%M:%S}") for a in actions if isinstance(a, Arm)]


def test_begins_when_the_programme_before_it_ends() -> None:
    """News of twelve minutes: what follows is armed a second before and sounds at 05:42:00."""
    state = _on_air(12)
    assert _armed(state, "05:41:58") == []
    assert decide(state, at("05:41:58"), (NEWS, JRAI)).next_at == at("05:41:59")
    assert _armed(state, "05:41:59") == [("tin-jrai", "05:42:00")]


def test_it_is_not_late_when_it_begins_early() -> None:
    """A start before the latest planned one counts as on time."""
    [arm] = decide(_on_air(12), at("05:41:59"), (NEWS, JRAI)).actions
    assert isinstance(arm, Arm)
    assert (arm.late_ms, arm.from_ms) == (0, 0)


def test_begins_at_once_after_one_that_was_aired() -> None:
    """After a restart of the daemon between the two, it does not wait for the planned time."""
    state = State(ledger={NEWS.id: Outcome.AIRED})
    assert _armed(state, "05:45") == [("tin-jrai", "05:45:00")]


@pytest.mark.parametrize("outcome", [Outcome.MISSED, Outcome.FAILED, Outcome.CUT])
def test_keeps_its_planned_time_where_the_one_before_did_not_air(outcome: Outcome) -> None:
    """After one that was missed or stopped it starts at the planned time, never sooner."""
    state = State(ledger={NEWS.id: outcome})
    assert _armed(state, "05:45") == []
    assert _armed(state, "05:59:59") == [("tin-jrai", "06:00:00")]


def test_waits_for_one_that_began_late() -> None:
    """News that began eight minutes late and last for thirty are not cut by what follows."""
    playing = OnAir(occurrence=NEWS, at=at("05:38"), duration_ms=30 * 60_000)
    state = State((playing,), {NEWS.id: Outcome.ON_AIR})
    assert _armed(state, "06:00") == []
    assert _armed(state, "06:07:59") == [("tin-jrai", "06:08:00")]


def test_a_chain_needs_no_clock() -> None:
    """Three in a row, each shorter than planned: each begins where the one before it ends."""
    third = replace(occurrence("ket", "07:00", hard=False), follows=JRAI.id, not_before=at("05:30"))
    second = OnAir(occurrence=JRAI, at=at("05:42"), duration_ms=5 * 60_000)
    state = State((second,), {NEWS.id: Outcome.AIRED, JRAI.id: Outcome.ON_AIR})
    assert _armed(state, "05:46:59", NEWS, JRAI, third) == [("ket", "05:47:00")]
