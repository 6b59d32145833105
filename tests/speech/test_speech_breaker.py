"""The circuit breaker, by a simulated clock."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.speech.breaker import CircuitBreaker


class _Seconds:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _failed(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        breaker.failed()


def test_two_failures_are_not_enough():
    """A service that stumbles is asked again."""
    breaker = CircuitBreaker(monotonic=_Seconds())
    _failed(breaker, 2)
    assert breaker.seconds_left() == 0


def test_three_failures_in_a_row_open_it_for_a_minute():
    """Then it is left alone for a minute, and may be asked after it."""
    clock = _Seconds()
    breaker = CircuitBreaker(monotonic=clock)
    _failed(breaker, 3)
    assert breaker.seconds_left() == 60
    clock.now += 59.5
    assert breaker.seconds_left() == 0.5
    clock.now += 0.5
    assert breaker.seconds_left() == 0


def test_each_further_failure_doubles_the_time_up_to_half_an_hour():
    """A service that stays down is asked more and more seldom, but never forgotten."""
    clock = _Seconds()
    breaker = CircuitBreaker(monotonic=clock)
    _failed(breaker, 2)
    waits = []
    for _ in range(8):
        breaker.failed()
        waits.append(breaker.seconds_left())
        clock.now += breaker.seconds_left()
    assert waits == [60, 120, 240, 480, 960, 1800, 1800, 1800]


def test_a_success_forgets_everything():
    """After one answer the count begins anew."""
    breaker = CircuitBreaker(monotonic=_Seconds())
    _failed(breaker, 5)
    breaker.succeeded()
    assert breaker.seconds_left() == 0
    _failed(breaker, 2)
    assert breaker.seconds_left() == 0


@given(st.lists(st.one_of(st.booleans(), st.floats(0, 4000)), max_size=60))
def test_it_is_never_shut_for_longer_than_half_an_hour(events: list[bool | float]):
    """Whatever happens in whatever order, the service gets another chance."""
    clock = _Seconds()
    breaker = CircuitBreaker(monotonic=clock)
    for event in events:
        if event is True:
            breaker.succeeded()
        elif event is False:
            breaker.failed()
        else:
            clock.now += event
        assert 0 <= breaker.seconds_left() <= 1800
