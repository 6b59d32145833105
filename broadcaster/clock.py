"""The only module that asks what time it is, or waits.

It stands apart so that a day, or a year, of a station can be run in a test: every other module
is handed a :class:`Clock`.
"""

from __future__ import annotations

import ctypes
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = [
    "LOCAL",
    "Clock",
    "SimulatedClock",
    "SteadyClock",
    "SystemClock",
    "WallClock",
    "as_utc_text",
    "from_utc_text",
    "is_synchronised",
]

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_TIMESYNCD_SAYS = Path("/run/systemd/timesync/synchronized")
_TIMEX_BYTES = 512
"""More than any kernel's ``struct timex``; all zero, it only reads."""
_TIME_ERROR = 5


class Clock(Protocol):
    """A source of time-zone-aware instants that also knows how to wait for one."""

    def now(self) -> datetime:
        """The present instant, in :data:`LOCAL`."""

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        """Return at ``instant``, or earlier when ``wake`` is set."""


class WallClock(Clock, Protocol):
    """A clock that people and servers may set, beside a count that nobody can."""

    def elapsed(self) -> timedelta:
        """The time since some instant, which no setting of the clock changes."""


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

    def elapsed(self) -> timedelta:
        if self._speed == 1.0:  # also while the machine sleeps, as its clock does
            return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))
        return timedelta(seconds=(time.monotonic() - self._monotonic) * self._speed)

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        left_s = (instant - self.now()).total_seconds() / self._speed
        if left_s > 0:
            (wake or threading.Event()).wait(left_s)


class SimulatedClock:
    """A clock that never waits: waiting moves it on."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(LOCAL)
        self._elapsed = timedelta()

    def now(self) -> datetime:
        return self._now

    def elapsed(self) -> timedelta:
        return self._elapsed

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        if wake is None or not wake.is_set():
            passed = max(timedelta(), instant - self._now)
            self._now += passed
            self._elapsed += passed

    def step(self, by: timedelta) -> None:
        """Somebody sets the clock: it shows another time, and no time has passed."""
        self._now += by


class SteadyClock:
    """``wall`` as it was when it was last followed: whoever sets the clock disturbs nothing that
    is under way, until :meth:`follow`."""

    def __init__(self, wall: WallClock) -> None:
        self._wall = wall
        self._offset = self._measured()

    def now(self) -> datetime:
        return self._offset + self._wall.elapsed()

    def wait_until(self, instant: datetime, *, wake: threading.Event | None = None) -> None:
        self._wall.wait_until(self._wall.now() + (instant - self.now()), wake=wake)

    def leap(self) -> timedelta:
        """By how much the wall clock was set forward (or back) since it was last followed."""
        return self._measured() - self._offset

    def follow(self) -> timedelta:
        """Show what the wall clock shows from now on; returns the leap that this makes."""
        before, self._offset = self._offset, self._measured()
        return self._offset - before

    def _measured(self) -> datetime:
        """Of three readings the one between whose halves the least time passed."""
        return min((self._read() for _try in range(3)), key=lambda read: read[0])[1]

    def _read(self) -> tuple[timedelta, datetime]:
        before, wall, after = self._wall.elapsed(), self._wall.now(), self._wall.elapsed()
        return after - before, wall - (before + after) / 2


def is_synchronised() -> bool:
    """Whether the machine's clock is kept right by a server, as its kernel or systemd says."""
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES))
    except (OSError, AttributeError):
        state = -1
    return 0 <= state < _TIME_ERROR or _TIMESYNCD_SAYS.exists()


def as_utc_text(instant: datetime) -> str:
    """``instant`` as UTC ISO 8601 text with microseconds, which sorts by time."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def from_utc_text(text: str) -> datetime:
    """The instant written by :func:`as_utc_text`, in :data:`LOCAL`."""
    return datetime.fromisoformat(text).astimezone(LOCAL)
