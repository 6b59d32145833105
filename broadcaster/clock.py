"""The only module that asks what time it is, or waits.

It stands apart so that a day, or a year, of a station can be run in a test: every other module
is handed a :class:`Clock`.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = ["LOCAL", "Clock", "SimulatedClock", "SystemClock", "as_utc_text", "from_utc_text"]

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """A source of time-zone-aware instants that also knows how to wait for one."""

    def now(self) -> datetime:
        """The present instant, in :data:`LOCAL`."""

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        """Return at ``instant``, or earlier when ``wake`` is set."""


class SystemClock:
    """The machine's clock; ``speed`` > 1 lets it run that many times faster from now on."""

    def __init__(self, *, speed: float = 1.0) -> None:
        self._speed = speed
        self._origin = datetime.now(LOCAL)
        self._monotonic = time.monotonic()

    def now(self) -> datetime:
        if self._speed == 1.0:
            return datetime.now(LOCAL)
        passed_s = (time.monotonic() - self._monotonic) * self._speed
        return self._origin + timedelta(seconds=passed_s)

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        left_s = (instant - self.now()).total_seconds() / self._speed
        if left_s > 0:
            (wake or threading.Event()).wait(left_s)


class SimulatedClock:
    """A clock that never waits: waiting moves it on."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(LOCAL)

    def now(self) -> datetime:
        return self._now

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        if wake is None or not wake.is_set():
            self._now = max(self._now, instant.astimezone(LOCAL))


def as_utc_text(instant: datetime) -> str:
    """``instant`` as UTC ISO 8601 text with microseconds, which sorts by time."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def from_utc_text(text: str) -> datetime:
    """The instant written by :func:`as_utc_text`, in :data:`LOCAL`."""
    return datetime.fromisoformat(text).astimezone(LOCAL)
