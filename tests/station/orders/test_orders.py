"""What an operator orders, from the row in the store to the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from air import Air
from occurrences import at, occurrence
from small_station import small_station, worker

from broadcaster.asrun import CommandKind, CommandQueue
from broadcaster.model import Outcome
from broadcaster.playout import QuietHours
from broadcaster.station.air.amplifier import Amplifier
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.orders.control import Control
from broadcaster.station.orders.orders import Orders
from broadcaster.station.preparing.playnow import _occurrence, plan_of
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.outputs import AmplifierSettings
from broadcaster.station.upkeep.chores import Chores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Relay:
    """A switch that obeys at once."""

    state: str = ""
    is_busy: bool = False

    def turn(self, state: str) -> None:
        self.state = state

    def settled(self) -> str:
        return self.state


class Desk(Air):
    """A desk with the operator's queue beside it."""

    has_amplifier = False

    def open(self) -> Desk:
        self.station = small_station(self.folder / "dai")
        self.queue = CommandQueue(self.store)
        week = LiveWeek([], since=self.start)
        chores = Chores(self.station, StationConfig(name="Đài"), week, clock=self.clock)
        settings = AmplifierSettings(on=("on",), off=("off",), before_ms=8_000)
        self.relay = Relay()
        amplifier = Amplifier(settings, self.relay) if self.has_amplifier else None
        orders = Orders(self.station, self.desk, chores, amplifier)
        self.control = Control(self.queue, orders.handlers())
        return self

    def order(self, kind: str, argument: str = "") -> tuple[str, str]:
        """(state, answer) of an order, carried out at once."""
        number = self.queue.order(kind, argument, by="Lan")
        self.control.poll()
        command = self.queue.get(number)
        return str(command.state), command.outcome

    def prepare(self, name: str, time: str) -> str:
        maker = worker(self.station)
        order = _occurrence(f"phat-{name}", at(time), plan_of(maker.assembler.content, name))
        maker.prepare(order)
        return order.id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path).open()
    desk.planned = [occurrence("sang", "05:30")]
    yield desk
    desk.close()


def test_stop(desk: Desk) -> None:
    """Stop says whether anything was stopped, and the log who wanted it."""
    assert desk.order(CommandKind.STOP) == ("done", "nothing was on air")
    desk.run("05:33")
    assert desk.order(CommandKind.STOP) == ("done", "stopped")
    assert (desk.entry("sang").outcome, desk.entry("sang").operator) == (Outcome.CUT, "Lan")


def test_skip(desk: Desk) -> None:
    """Skip names what will not be heard."""
    _state, answer = desk.order(CommandKind.SKIP)
    assert "sang@2026-11-23T05:30+07:00" in answer
    assert desk.entry("sang").operator == "Lan"
    assert desk.order(CommandKind.SKIP) == ("done", "nothing is due in the next hours")


def test_play(desk: Desk) -> None:
    """A prepared bulletin goes on air now; the same order again is refused with the reason."""
    name = desk.prepare("01-mot", "05:00")
    desk.desk.console.prepared = PreparedFiles(desk.station)
    assert desk.order(CommandKind.PLAY, name)[0] == "done"
    assert desk.order(CommandKind.PLAY, name)[0] == "refused"
    desk.run("05:01")
    assert desk.entry("phat-01-mot").outcome is Outcome.AIRED
    state, answer = desk.order(CommandKind.PLAY, name)
    assert state == "refused"
    assert "next" in answer


def test_play_waits_for_the_amplifier(tmp_path: Path) -> None:
    """The amplifier is off: it is switched on, and the bulletin begins when it is warm."""
    desk = Desk(tmp_path)
    desk.has_amplifier = True
    desk.open()
    name = desk.prepare("01-mot", "05:00")
    desk.desk.console.prepared = PreparedFiles(desk.station)
    state, answer = desk.order(CommandKind.PLAY, name)
    assert (state, "in 8 seconds" in answer, desk.relay.state) == ("done", True, "on")
    desk.run("05:01")
    (start,) = desk.entry("phat-01-mot").starts
    assert at("05:00:08") < start < at("05:00:09")
    desk.close()


def test_play_what_is_not_there(desk: Desk) -> None:
    """Nothing sounds for a name that nobody prepared."""
    state, answer = desk.order(CommandKind.PLAY, "phat-x@2026-11-23T05:00+07:00")
    assert (state, "is not prepared" in answer) == ("refused", True)


def test_play_in_the_quiet_hours(desk: Desk) -> None:
    """At night an order is refused with the reason, not silently missed."""
    desk.desk.gate = QuietHours(at("21:00").time(), at("05:15").time())
    state, answer = desk.order(CommandKind.PLAY, desk.prepare("01-mot", "05:00"))
    assert state == "refused"
    assert "21:00" in answer


def test_reload(desk: Desk) -> None:
    """Reload is acknowledged at once; the files are read by housekeeping."""
    assert desk.order(CommandKind.RELOAD) == ("done", "the files are read again")
