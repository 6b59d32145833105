"""What the running station does with messages from above: take them in, and write the answer.

It stands apart from the chores because it remembers which message could not be read, so that one
that nobody mends is told once, and not every few seconds.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.above.acknowledge import acknowledged, as_file
from broadcaster.station.above.receive import dropped, take_in
from broadcaster.station.filestamp import file_stamp

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.asrun import AsRunLog
    from broadcaster.clock import Clock
    from broadcaster.station.filestamp import FileStamp
    from broadcaster.station.folder import StationFolder

__all__ = ["Mailbox"]

_log = logging.getLogger(__name__)
_ANSWERED = timedelta(days=92)
"""What came longer ago is in no answer that the station writes by itself."""
_ANSWERS = "da-phat"
_ANSWER = "xac-nhan.json"


class Mailbox:
    """The folder ``tu-cap-tren`` of one station."""

    def __init__(self, folder: StationFolder, *, station: str, clock: Clock) -> None:
        self._folder = folder
        self._station = station
        self._clock = clock
        self._seen: dict[Path, FileStamp] = {}
        self._answered: object = None

    def take_in(self) -> None:
        """Take in what is new; a half-copied message is no JSON yet, and is looked at again."""
        waiting = {path: stamp for path in dropped(self._folder) if (stamp := file_stamp(path))}
        if waiting == self._seen:
            return
        received = take_in(self._folder, now=self._clock.now())
        for one in received.bulletins:
            _log.info("from above: %s (%s)", one.id, one.taken)
        for problem in received.problems:
            _log.warning("%s", problem)
        self._seen = {path: waiting[path] for path in waiting if path not in received.whole}

    def answer(self, log: AsRunLog) -> None:
        """Write when everything was heard, where that has changed."""
        now = self._clock.now()
        day = now.astimezone(LOCAL).date()
        found = acknowledged(self._folder, log, day=day, since=day - _ANSWERED)
        if found and found != self._answered:
            answer = self._folder.from_above / _ANSWERS / _ANSWER
            answer.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(answer) as file:
                file.write(as_file(found, station=self._station, now=now))
            self._answered = found
