"""A clock that nobody disturbs while something is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import LOCAL, SimulatedClock, SteadyClock, SystemClock, is_synchronised

START = datetime(2026, 11, 23, 5, 0, tzinfo=LOCAL)
SPANS = st.timedeltas(timedelta(days=-4000), timedelta(days=4000))
WAITS = st.timedeltas(timedelta(), timedelta(days=2))


@given(st.lists(st.tuples(SPANS, WAITS), max_size=15))
def test_it_goes_on_evenly_however_the_wall_clock_is_set(steps: list[tuple[timedelta, timedelta]]):
    """Between two followings it shows the time that passed, and knows by how much it is off."""
    wall = SimulatedClock(START)
    clock = SteadyClock(wall)
    shown, off = clock.now(), timedelta()
    for step, wait in steps:
        wall.step(step)
        clock.wait_until(clock.now() + wait)
        off += step
        shown += wait
        assert clock.now() == shown
        assert clock.leap() == off
    assert clock.follow() == off
    assert clock.now() == wall.now()
    assert clock.leap() == timedelta()


def test_the_real_clock_is_read_closely():
    """Two readings of the machine's own clocks agree to a fraction of a millisecond."""
    clock = SteadyClock(SystemClock())
    assert abs(clock.leap()) < timedelta(milliseconds=20)
    assert abs(clock.now() - SystemClock().now()) < timedelta(milliseconds=20)


def test_the_kernel_is_asked_whether_the_clock_is_synchronised():
    """It answers yes or no, and asking harms nothing."""
    assert is_synchronised() in {True, False}
