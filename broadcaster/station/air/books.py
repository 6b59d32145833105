"""The rows that the desk owes to the log: written in their order, as soon as the disk takes them.

It stands apart from the desk because a disk that is full for a minute must neither silence the
air nor lose a row: what cannot be written now waits here, before everything that comes after it.
"""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.asrun import RefusedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from broadcaster.clock import Clock

__all__ = ["Books"]

_log = logging.getLogger(__name__)
_REST = timedelta(seconds=1)


class Books:
    """Writes rows through the callables that it is given; each names its occurrence."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: deque[tuple[str, Callable[[], None]]] = deque()
        self._rests_until: datetime | None = None

    @property
    def rests_until(self) -> datetime | None:
        """When to try again, after the log could not be written; None while it can."""
        return self._rests_until

    @property
    def is_resting(self) -> bool:
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def note(self, occurrence_id: str, write: Callable[[], None]) -> None:
        """Write this row now or later; one that the log refuses is told to the service log."""
        self._waiting.append((occurrence_id, write))
        self.settle()

    def settle(self) -> None:
        """Try to write everything that waits."""
        try:
            self._write_waiting()
        except StoreError as error:
            self._rest(error)

    def commit(self, write: Callable[[], None]) -> bool:
        """Write this row after all that wait; False when the log cannot be written.

        Raises RefusedError when the row contradicts the log.
        """
        try:
            self._write_waiting()
            write()
        except StoreError as error:
            self._rest(error)
            return False
        return True

    def _write_waiting(self) -> None:
        while self._waiting:
            occurrence_id, write = self._waiting[0]
            try:
                write()
            except RefusedError as error:
                _log.error("%s: a row is missing in the log: %s", occurrence_id, error)
            self._waiting.popleft()
        if self._rests_until is not None:
            self._rests_until = None
            _log.info("the log can be written again")

    def _rest(self, error: StoreError) -> None:
        if self._rests_until is None:
            _log.error("the log cannot be written; it is tried each second: %s", error)
        self._rests_until = self._clock.now() + _REST
