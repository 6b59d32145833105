"""What waits to leave on one way: on the disk, until it has left.

It stands apart from the ways because it knows no network: only when to try, and how much at once.
All that waits leaves together, so that a week without a network ends in one letter.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.alarms.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadcaster.station.alarms.ways import Way

__all__ = ["Outbox"]

_log = logging.getLogger(__name__)
_FIRST_AGAIN_S = 10.0
_LONGEST_AGAIN_S = 900.0
_SPACING_S = 60.0
_HOUR_S = 3_600.0
_MANY_AN_HOUR = 10
_MANY_SPACING_S = 900.0
_MOST = 200
"""The oldest of more is dropped: nobody reads two hundred."""


@dataclass(slots=True)
class Outbox:
    """The messages that wait for ``way``; one thread puts, another ticks.

    Between two letters lies a minute, and after ten in an hour a quarter of an hour.
    ``monotonic_s`` tells the time that only passes.
    """

    way: Way
    station: str
    path: Path
    monotonic_s: Callable[[], float] = time.monotonic
    trouble: str = ""
    """Why the last try failed; "" when it did not."""
    _waiting: list[Message] = field(default_factory=list)
    _tries: int = 0
    _not_before_s: float = float("-inf")
    _sent_at_s: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._waiting = _load(self.path)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def put(self, message: Message) -> None:
        """Let it leave with the next letter; on the disk when this returns, where that can be."""
        with self._lock:
            self._waiting = [*self._waiting, message][-_MOST:]
            self._save()

    def tick(self) -> None:
        """Send what waits, when it is time; never raises for what a network does."""
        now_s = self.monotonic_s()
        letter = list(self._waiting)
        if not letter or now_s < self._not_before_s:
            return
        try:
            self.way.send(self.station, letter)
        except BroadcasterError as error:
            self._fail(str(error))
            return
        self._succeed(letter)

    def _fail(self, trouble: str) -> None:
        if trouble != self.trouble:
            _log.warning("alarms wait for %s: %s", self.way.name, trouble)
        self.trouble = trouble
        again_s = min(_FIRST_AGAIN_S * 2**self._tries, _LONGEST_AGAIN_S)
        self._tries = min(self._tries + 1, 30)
        self._not_before_s = self.monotonic_s() + again_s

    def _succeed(self, letter: list[Message]) -> None:
        _log.info("%d alarms told by %s", len(letter), self.way.name)
        self.trouble, self._tries = "", 0
        now_s = self.monotonic_s()
        self._sent_at_s = [at for at in self._sent_at_s if at > now_s - _HOUR_S] + [now_s]
        many = len(self._sent_at_s) >= _MANY_AN_HOUR
        self._not_before_s = now_s + (_MANY_SPACING_S if many else _SPACING_S)
        with self._lock:
            self._waiting = [message for message in self._waiting if message not in letter]
            self._save()

    def _save(self) -> None:
        """A full disk keeps no alarm from leaving."""
        try:
            with whole_file(self.path) as file:
                waiting = [asdict(message) for message in self._waiting]
                file.write(json.dumps(waiting, ensure_ascii=False).encode())
        except BroadcasterError as error:
            _log.warning("alarms that wait are kept in memory only: %s", error)


def _load(path: Path) -> list[Message]:
    try:
        return [Message(**value) for value in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []
