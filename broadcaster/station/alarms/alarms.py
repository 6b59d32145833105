"""Which alarms are open: each cause is told once, and once more when it is over.

It stands apart from what finds causes and from what sends letters: it only remembers, over a
restart too, what people know already.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import BroadcasterError
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.alarms.message import BEGUN, OVER, TEST, Message
from broadcaster.station.alarms.outbox import Outbox
from broadcaster.station.alarms.ways import ways_of
from broadcaster.station.upkeep.housekeeping import Housekeeping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.watch.cause import Cause

__all__ = ["Alarms", "send_test"]

_log = logging.getLogger(__name__)
_CALM_S = 60.0
"""What comes and goes (a loose plug) is one alarm."""
_EVENTS_KEPT = timedelta(days=2)
_SEND_S = 1.0


@dataclass(slots=True)
class _Open:
    code: str
    text: str
    since: str
    is_event: bool = False
    seen_s: float = field(default=0.0, compare=False)


class Alarms:
    """Told by :meth:`see` what is wrong now; sends by threads of its own from ``start``."""

    def __init__(
        self,
        folder: StationFolder,
        config: StationConfig,
        *,
        clock: Clock,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._monotonic_s = monotonic_s
        self._path = folder.alarms / "open.json"
        self._open = self._load()
        self.outboxes = [
            Outbox(way, config.name, folder.alarms / f"{way.name}.json", monotonic_s)
            for way in ways_of(config.alarm, folder.root)
        ]
        self._jobs = [_sending(outbox) for outbox in self.outboxes]

    def start(self) -> None:
        """Begin to send."""
        for jobs in self._jobs:
            jobs.start()

    def stop(self) -> None:
        """What has not left by now waits on the disk."""
        for jobs in self._jobs:
            jobs.stop(patience_s=1.0)

    def open(self) -> list[dict[str, Any]]:
        """What is wrong now, as the status tells it."""
        return [
            {"code": alarm.code, "text": alarm.text, "since": alarm.since}
            for alarm in list(self._open.values())
            if not alarm.is_event
        ]

    def see(self, causes: Sequence[Cause]) -> None:
        """``causes`` are all that is wrong now."""
        before = list(self._open)
        for cause in causes:
            if cause.key not in self._open:
                self._begin(cause)
            self._open[cause.key].seen_s = self._monotonic_s()
        self._end_what_is_over()
        if list(self._open) != before:
            self._save()

    def _begin(self, cause: Cause) -> None:
        since = self._clock.now().isoformat(timespec="seconds")
        self._open[cause.key] = _Open(cause.code, cause.text, since, cause.is_event)
        _log.error("alarm: %s [%s]", cause.text, cause.code)
        self._tell(BEGUN, self._open[cause.key])

    def _end_what_is_over(self) -> None:
        now, calm_since_s = self._clock.now(), self._monotonic_s() - _CALM_S
        for key, alarm in list(self._open.items()):
            if alarm.is_event:
                if datetime.fromisoformat(alarm.since) < now - _EVENTS_KEPT:
                    del self._open[key]
            elif alarm.seen_s < calm_since_s:
                del self._open[key]
                _log.warning("alarm over: %s [%s]", alarm.text, alarm.code)
                self._tell(OVER, alarm)

    def _tell(self, state: str, alarm: _Open) -> None:
        at = self._clock.now().isoformat(timespec="seconds")
        message = Message(state=state, code=alarm.code, text=alarm.text, at=at, since=alarm.since)
        for outbox in self.outboxes:
            outbox.put(message)

    def _load(self) -> dict[str, _Open]:
        """Those of the last life; each has the usual time to show that it is over."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
            found = {key: _Open(**value) for key, value in values.items()}
            for alarm in found.values():
                datetime.fromisoformat(alarm.since)
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
        for alarm in found.values():
            alarm.seen_s = self._monotonic_s()
        return found

    def _save(self) -> None:
        values = {key: asdict(alarm) for key, alarm in self._open.items()}
        try:
            with whole_file(self._path) as file:
                file.write(json.dumps(values, ensure_ascii=False).encode())
        except BroadcasterError as error:
            _log.warning("open alarms are kept in memory only: %s", error)


def _sending(outbox: Outbox) -> Housekeeping:
    jobs = Housekeeping(name=f"alarm {outbox.way.name}")
    jobs.every(_SEND_S, outbox.tick, name=f"alarm {outbox.way.name}")
    return jobs


def send_test(folder: StationFolder, config: StationConfig, *, now: datetime) -> dict[str, str]:
    """Send a test on each way at once; by way, why it failed, "" where it left."""
    at = now.isoformat(timespec="seconds")
    text = _("this is only a test; the station works")
    message = Message(state=TEST, code="alarm-test", text=text, at=at, since=at)
    results = {}
    for way in ways_of(config.alarm, folder.root):
        try:
            way.send(config.name, [message])
            results[way.name] = ""
        except BroadcasterError as error:
            results[way.name] = str(error)
    return results
