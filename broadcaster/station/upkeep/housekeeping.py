"""The chores of the station (rescan, prepare ahead, prune, heartbeat), in a thread of their own.

It stands apart from playout because nothing here may ever hold the air back.  The ``schedule``
package ticks these chores, and does not own the broadcast times, for what is harmless for a chore
is a wrong broadcast: after a correction of the clock it runs every passed slot at once, after a
restart it has forgotten a slot, a job that raises is run again at each tick before the jobs
behind it, and after the clock was set back it waits for the old time to come again.  The last two
are mended here: a chore cannot raise, and chores are planned anew when their time is too far off.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schedule import Scheduler

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

__all__ = ["Housekeeping"]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Chore:
    """A job that cannot raise; the same failure is logged once until it works again."""

    name: str
    seconds: float
    job: Callable[[], object]
    failure: str = ""

    def run(self) -> None:
        try:
            self.job()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other chores go on
            if self.failure != repr(error):
                _log.error("%s: the chore failed; it is tried again", self.name, exc_info=error)
            self.failure = repr(error)
        else:
            if self.failure:
                _log.info("%s: the chore works again", self.name)
            self.failure = ""


class Housekeeping:
    """Chores added by ``every``, then run by a thread from ``start`` to ``stop``.

    A simulation starts no thread, and calls ``run_all`` whenever its clock has moved on.
    """

    def __init__(self, *, tick_s: float = 0.5, name: str = "housekeeping") -> None:
        self._scheduler = Scheduler()
        self._chores: list[_Chore] = []
        self._tick_s = tick_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def every(self, seconds: float, job: Callable[[], object], *, name: str) -> None:
        """Run ``job`` every so many seconds; ``name`` is how the service log calls it."""
        chore = _Chore(name, seconds, job)
        self._chores.append(chore)
        self._plan(chore)

    def start(self) -> None:
        """Begin to tick; only once."""
        self._thread.start()

    def stop(self, *, patience_s: float = 5.0) -> None:
        """No further chore begins; returns when the one at hand is done, or patience is."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(patience_s)

    @property
    def alive(self) -> bool:
        """Whether the thread runs; False after ``start`` and before ``stop`` means it died."""
        return self._thread.is_alive()

    @property
    def next_run(self) -> datetime | None:
        """When the next chore is due."""
        due = self._scheduler.next_run
        return due.astimezone(LOCAL) if due else None

    @property
    def failing(self) -> dict[str, str]:
        """By name, the chores whose last run failed, and how."""
        return {chore.name: chore.failure for chore in self._chores if chore.failure}

    def tick(self) -> None:
        """Run what is due."""
        idle_s = self._scheduler.idle_seconds
        if idle_s is not None and idle_s > min(chore.seconds for chore in self._chores):
            self._plan_anew()  # the clock was set back
        self._scheduler.run_pending()

    def run_all(self) -> None:
        """Run every chore once, due or not, in the order in which they were added."""
        for chore in self._chores:
            chore.run()

    def _work(self) -> None:
        while not self._stopping.wait(self._tick_s):
            self.tick()

    def _plan_anew(self) -> None:
        self._scheduler.clear()
        for chore in self._chores:
            self._plan(chore)

    def _plan(self, chore: _Chore) -> None:
        self._scheduler.every(chore.seconds).seconds.do(chore.run)  # type: ignore[arg-type]
