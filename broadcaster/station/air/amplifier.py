"""The amplifier: on a while before the sound, off a while after it.

It stands apart from the desk because a relay that hangs must cost no sound: the commands run in
a thread of their own, one after another, each with a time limit and a process group to kill.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from broadcaster.station.program import failure_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.station.settings.outputs import AmplifierSettings

__all__ = ["Amplifier", "CommandSwitch", "Switch"]

_log = logging.getLogger(__name__)
_PATIENCE_S = 10.0
_AGAIN = timedelta(seconds=5)
_LOOK_EVERY = timedelta(milliseconds=200)


class Switch(Protocol):
    """Something that can be switched without waiting for it."""

    def turn(self, state: str) -> None:
        """Begin to switch ``on`` or ``off``."""

    def settled(self) -> str:
        """The state that was reached; "" while it is on its way, unknown, or after a failure."""

    @property
    def is_busy(self) -> bool: ...


@dataclass(slots=True)
class Amplifier:
    """Decides when it is on; :meth:`tick` never waits.

    It stays on between two slots when it would have to come on again at once.
    """

    settings: AmplifierSettings
    switch: Switch
    _last_sound: datetime | None = None
    _look_at: datetime | None = None
    _asked: str = ""
    _asked_at: datetime | None = None

    @property
    def before(self) -> timedelta:
        return timedelta(milliseconds=self.settings.before_ms)

    @property
    def after(self) -> timedelta:
        return timedelta(milliseconds=self.settings.after_ms)

    def tick(self, now: datetime, *, sounds: bool, next_start: datetime | None) -> None:
        """See to it: ``sounds`` says that something is on air or armed, ``next_start`` when the
        next programme is planned."""
        if self._look_at is not None and self._look_at - _LOOK_EVERY <= now < self._look_at:
            return
        self._look_at = now + _LOOK_EVERY
        if sounds:
            self._last_sound = now
        wanted = "on" if sounds or self._is_near(now, next_start) else "off"
        if wanted != self.switch.settled():
            self._ask_for(wanted, now)

    def ready_at(self, now: datetime) -> datetime:
        """Switch it on for an order; returns when it is warm."""
        if self.switch.settled() != "on":
            self._ask_for("on", now)
            self._last_sound = now + self.before
            return now + self.before
        return now

    def _is_near(self, now: datetime, next_start: datetime | None) -> bool:
        """Whether the last sound was just now, or the next one is so near that it stays on."""
        if self._last_sound is not None and now < self._last_sound + self.after:
            return True
        stays = self.after if self.switch.settled() == "on" else timedelta()
        return next_start is not None and next_start - self.before - stays <= now

    def _ask_for(self, state: str, now: datetime) -> None:
        """Once; again after a while when that failed."""
        again = self._asked_at is None or not self._asked_at <= now < self._asked_at + _AGAIN
        if not self.switch.is_busy and (state != self._asked or again):
            self._asked, self._asked_at = state, now
            self.switch.turn(state)


@dataclass(slots=True)
class CommandSwitch:
    """Runs the commands ``on`` and ``off``: a program and its arguments, no shell."""

    on: Sequence[str]
    off: Sequence[str]
    patience_s: float = _PATIENCE_S
    _state: str = ""
    _complaint: str = ""
    _worker: threading.Thread | None = field(default=None, repr=False)

    @property
    def is_busy(self) -> bool:
        return self._worker is not None and self._worker.is_alive()

    def settled(self) -> str:
        return "" if self.is_busy else self._state

    def turn(self, state: str) -> None:
        self._worker = threading.Thread(
            target=self._run, args=(state,), name=f"amplifier {state}", daemon=True
        )
        self._worker.start()

    def close(self, *, within_s: float = 3.0) -> None:
        """Switch off and wait for it, at most so long."""
        if self._worker is not None:
            self._worker.join(within_s)
        if self.settled() != "off" and not self.is_busy:
            self.turn("off")
            assert self._worker is not None
            self._worker.join(within_s)

    def _run(self, state: str) -> None:
        command = self.on if state == "on" else self.off
        failure = failure_of(command, patience_s=self.patience_s)
        self._state = "" if failure else state
        if failure and failure != self._complaint:
            _log.error("amplifier %s: %s: %s", state, command[0], failure)
        elif not failure:
            _log.info("amplifier %s", state)
        self._complaint = failure
