"""Guessing is slowed down, and whoever has not guessed is never made to wait."""

from __future__ import annotations

from broadcaster.clock import SystemClock
from broadcaster.web.throttle import Throttle


def test_the_first_visitor_does_not_wait():
    """With a clock that goes on between two looks at it, a first try is let through."""
    throttle = Throttle(SystemClock())
    assert not any(throttle.wait("name hoa", f"address {n}") for n in range(200))
