"""A circuit breaker: a service that failed several times in a row is left alone for a while.

It stands apart so that its clock can be simulated.  The clock is a monotonic one: a correction
of the time of day neither opens nor closes anything.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CircuitBreaker"]


class CircuitBreaker:
    """Open for ``first_open_s`` after ``failures`` in a row, then for twice as long each time.

    When that time is over one request may try; its failure opens the breaker again at once, its
    success forgets everything.
    """

    def __init__(
        self,
        *,
        failures: int = 3,
        first_open_s: float = 60.0,
        longest_open_s: float = 1800.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed_failures = failures
        self._first_open_s = first_open_s
        self._longest_open_s = longest_open_s
        self._monotonic = monotonic
        self.succeeded()

    def seconds_left(self) -> float:
        """How long the service is still left alone; 0 when it may be asked."""
        return max(0.0, self._open_until - self._monotonic())

    def succeeded(self) -> None:
        """The service answered."""
        self._failures = 0
        self._open_until = float("-inf")

    def failed(self) -> None:
        """The service failed once more."""
        self._failures += 1
        times_opened = self._failures - self._allowed_failures
        if times_opened >= 0:
            open_s = min(self._first_open_s * 2.0 ** min(times_opened, 32), self._longest_open_s)
            self._open_until = self._monotonic() + open_s
