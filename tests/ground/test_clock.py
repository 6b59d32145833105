"""The clock: the only thing that knows the time or waits."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import LOCAL, SimulatedClock, SystemClock, as_utc_text, from_utc_text

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=LOCAL)


def test_local_time_is_seven_hours_ahead_all_year() -> None:
    """The station's time is UTC+7 in summer and in winter."""
    for month in (1, 7):
        assert datetime(2026, month, 1, tzinfo=LOCAL).utcoffset() == timedelta(hours=7)


def test_a_simulated_clock_moves_by_waiting() -> None:
    """Waiting for an instant in a simulation is being there; it never goes back."""
    clock = SimulatedClock(NOON.astimezone(UTC))
    assert clock.now() == NOON
    assert clock.now().tzinfo is LOCAL
    clock.wait_until(NOON + timedelta(days=365))
    clock.wait_until(NOON)
    assert clock.now() == NOON + timedelta(days=365)


def test_a_simulated_wait_is_cut_short_by_a_wake() -> None:
    """Whoever is woken before the wait began finds the clock where it was."""
    clock, wake = SimulatedClock(NOON), threading.Event()
    wake.set()
    clock.wait_until(NOON + timedelta(hours=1), wake=wake)
    assert clock.now() == NOON


def test_the_systems_clock_is_aware_and_goes_forward() -> None:
    """The machine's clock gives local, time-zone-aware instants."""
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is LOCAL
    assert clock.now() >= first


def test_waiting_for_the_past_is_no_wait() -> None:
    """An instant that has passed is there at once; so is any instant when woken."""
    clock, wake = SystemClock(), threading.Event()
    wake.set()
    begun = time.monotonic()
    clock.wait_until(clock.now() - timedelta(hours=1))
    clock.wait_until(clock.now() + timedelta(hours=1), wake=wake)
    assert time.monotonic() - begun < 10


def test_a_fast_clock_runs_faster() -> None:
    """At speed 3,600 an hour passes in a second, and waiting for it takes no longer."""
    clock = SystemClock(speed=36_000)
    begun, start = time.monotonic(), clock.now()
    clock.wait_until(start + timedelta(minutes=10))
    passed = clock.now() - start
    assert passed >= timedelta(minutes=10)
    assert time.monotonic() - begun < 10


@given(st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1)))
def test_stored_instants_come_back_and_sort_by_time(moment: datetime) -> None:
    """What is stored as UTC text comes back as the same instant, and text order is time order."""
    instant = moment.replace(tzinfo=LOCAL)
    assert from_utc_text(as_utc_text(instant)) == instant
    later = instant + timedelta(microseconds=1)
    assert as_utc_text(instant) < as_utc_text(later)


def test_a_naive_instant_is_none() -> None:
    """An instant without a zone is never stored as if it were local."""
    with pytest.raises(TypeError):
        _ = datetime(2026, 1, 1) < NOON
