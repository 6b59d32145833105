"""Slows down whoever guesses: after some wrong passwords each further try has to wait longer.

It stands apart because it knows neither people nor passwords, only names that failed and when.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.clock import Clock

__all__ = ["Throttle"]

_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_NAMES = 10_000


class Throttle:
    """Counts failures by any key: a name, an address; memory of one process, forgotten in an
    hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[str, tuple[int, datetime]] = {}
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> timedelta:
        """How long whoever has one of ``keys`` must still wait before the next try."""
        now = self._clock.now()
        with self._lock:
            found = [self._of(key, now) for key in keys]
        waits = [at + _pause(count) - now for count, at in found]
        return max(timedelta(), *waits)

    def failed(self, *keys: str) -> None:
        """Another wrong try."""
        now = self._clock.now()
        with self._lock:
            for key in keys:
                self._failures[key] = (self._of(key, now)[0] + 1, now)
            if len(self._failures) > _MOST_NAMES:
                oldest = min(self._failures, key=lambda key: self._failures[key][1])
                del self._failures[oldest]

    def succeeded(self, *keys: str) -> None:
        """The right one."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _of(self, key: str, now: datetime) -> tuple[int, datetime]:
        count, at = self._failures.get(key, (0, now))
        return (0, now) if now - at > _FORGOTTEN_AFTER else (count, at)


def _pause(count: int) -> timedelta:
    """After the free tries each failure doubles the wait."""
    if count < _FREE_TRIES:
        return timedelta()
    doublings = min(count - _FREE_TRIES, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
