"""The loop of the daemon: orders, desk, amplifier, a sign of life, sleep.

It stands apart from the daemon, which knows the order in which things are opened and closed: here
is what happens again and again, and what may interrupt it.
"""

from __future__ import annotations

import logging
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.station.air.notify import Notifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from broadcaster.clock import Clock
    from broadcaster.station.air.amplifier import Amplifier
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.air.pulse import Pulse
    from broadcaster.station.air.relays import Relays
    from broadcaster.station.orders.control import Control
    from broadcaster.station.upkeep.chores import Chores
    from broadcaster.station.watch import Watch

__all__ = ["Ending", "Signs", "broadcast", "signals"]

_log = logging.getLogger(__name__)
_GLANCE = timedelta(milliseconds=40)
"""How long the loop sleeps at most: an operator's stop is heard within it."""
_FINE = timedelta(milliseconds=4)
"""How long it sleeps around a start, where the pulse must tell a start heard from one not."""
_AROUND_START = timedelta(milliseconds=60)


@dataclass(slots=True)
class Ending:
    """Whether somebody has asked the daemon to end."""

    asked: bool = False
    interrupted: bool = False
    """By SIGINT, the Ctrl-C of somebody at the keyboard."""


def _nothing() -> None:
    return


@dataclass(slots=True)
class Signs:
    """What the loop leaves of itself: the pulse for the next life, a look for the watch and for
    the relays, which open their streams early."""

    pulse: Pulse
    watch: Watch | None = None
    relays: Relays | None = None
    look_at_clock: Callable[[], None] = _nothing
    """What is done about a clock that was set."""

    def leave(self, desk: Desk, now: datetime) -> None:
        if self.relays:
            self.relays.look(now, desk)
        if self.watch:
            self.watch.see(desk, now)
        sounding = max(desk.console.sounding.values(), key=lambda s: s.heard.zero, default=None)
        if sounding is None:
            self.pulse.beat(now)
            return
        position_ms = (now - sounding.heard.zero) // timedelta(milliseconds=1)
        self.pulse.beat(now, occurrence=sounding.occurrence.id, position_ms=position_ms)


def broadcast(
    desk: Desk,
    control: Control,
    chores: Chores,
    signs: Signs,
    clock: Clock,
    *,
    amplifier: Amplifier | None,
    ending: Ending,
) -> None:
    """The loop: commands, desk, amplifier, heartbeat, sleep."""
    notifier = Notifier.from_environment()
    notifier.ready()
    _log.info("on duty")
    while not ending.asked:
        signs.look_at_clock()
        control.poll()
        due = desk.tick()
        now = clock.now()
        if amplifier:
            amplifier.tick(now, sounds=bool(desk.console.sounding), next_start=desk.next_start(now))
        signs.leave(desk, now)
        chores.raise_if_dead()
        notifier.alive()
        clock.wait_until(_until(desk, now, due))
    notifier.stopping()


def _until(desk: Desk, now: datetime, due: datetime | None) -> datetime:
    """When to look again."""
    starts = (abs(s.since - now) for s in desk.console.sounding.values() if s.since)
    glance = _FINE if min(starts, default=_AROUND_START) < _AROUND_START else _GLANCE
    return min(now + glance, due or now + glance)


@contextmanager
def signals(chores: Chores) -> Iterator[Ending]:
    """TERM and INT end the loop, HUP reloads; the old handlers come back at the end.

    A handler may interrupt anything, so it takes no lock: it sets a flag, which the loop sees at
    its next glance.
    """
    ending = Ending()

    def end(number: int, _frame: object) -> None:
        ending.asked = True
        ending.interrupted = number == signal.SIGINT

    wanted = {signal.SIGTERM: end, signal.SIGINT: end, signal.SIGHUP: lambda *_: chores.reload()}
    before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
