"""Commands of operators, carried out by the daemon."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from broadcaster.asrun import Command, CommandQueue, CommandState, Store
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.errors import OutputError
from broadcaster.station.orders.control import Control, ask

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIVE = datetime(2026, 11, 23, 5, 0, tzinfo=LOCAL)


class Station:
    """A daemon that writes down what it was told to do."""

    def __init__(self, queue: CommandQueue) -> None:
        self.done: list[str] = []
        self.queue = queue
        self.control = Control(
            queue, {"stop": self.stop, "play": self.play, "break": lambda _: str(1 // 0)}
        )

    def stop(self, command: Command) -> str:
        self.done.append(f"stop by {command.ordered_by}")
        return "đã dừng"

    def play(self, command: Command) -> str:
        raise OutputError("không có loa", hint="cắm loa")

    def after(self, kind: str, argument: str = "") -> tuple[CommandState, str]:
        number = self.queue.order(kind, argument, by="trực máy")
        self.control.poll()
        command = self.queue.get(number)
        assert command is not None
        return command.state, command.outcome


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(FIVE)


@pytest.fixture
def station(tmp_path: Path, clock: SimulatedClock) -> Iterator[Station]:
    with Store.open(tmp_path / "station.db", clock=clock) as store:
        yield Station(CommandQueue(store))


def test_a_command_is_carried_out_and_answered(station: Station) -> None:
    """The operator's stop is done once, and the answer is the daemon's sentence."""
    assert station.after("stop") == (CommandState.DONE, "đã dừng")
    station.control.poll()
    assert station.done == ["stop by trực máy"]


def test_a_refusal_tells_why(station: Station) -> None:
    """What cannot be done is refused with the reason and the cure."""
    state, outcome = station.after("play")
    assert state is CommandState.REFUSED
    assert "không có loa" in outcome
    assert "cắm loa" in outcome


def test_an_unknown_command_is_refused(station: Station) -> None:
    """A newer page may order what this daemon cannot do: it says so."""
    state, outcome = station.after("dance")
    assert state is CommandState.REFUSED
    assert "dance" in outcome


def test_a_bug_in_one_command_stops_no_other(station: Station) -> None:
    """The broken command is refused and logged; the stop behind it is done."""
    station.queue.order("break", by="x")
    assert station.after("stop") == (CommandState.DONE, "đã dừng")
    broken = station.queue.get(1)
    assert broken is not None
    assert broken.state is CommandState.REFUSED
    assert "division" in broken.outcome


def test_all_that_waits_is_done_in_order(station: Station) -> None:
    """Several commands at one look."""
    for name in ("a", "b", "c"):
        station.queue.order("stop", by=name)
    assert station.control.poll() == 3
    assert station.done == ["stop by a", "stop by b", "stop by c"]
    assert station.control.poll() == 0


def test_what_a_crash_left_is_not_done_again(station: Station) -> None:
    """A new daemon does not repeat what the last one had begun."""
    station.queue.order("stop", by="x")
    station.queue.claim()
    station.control.take_over()
    assert station.control.poll() == 0
    assert station.done == []


def test_a_store_that_is_held_is_tried_again(
    tmp_path: Path, station: Station, caplog: pytest.LogCaptureFixture, clock: SimulatedClock
) -> None:
    """While the database cannot be written what plays goes on; the command is done afterwards,
    and the trouble is logged once."""
    station.queue.order("stop", by="x")
    station.queue._store.read("PRAGMA busy_timeout = 1")
    with Store.open(tmp_path / "station.db", clock=clock) as other:
        with other.writing():
            assert [station.control.poll() for _ in range(3)] == [0, 0, 0]
        assert len(caplog.records) == 1
        assert station.control.poll() == 1


class TickingClock(SimulatedClock):
    """A clock whose every wait lets the daemon look at its commands."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.control: Control | None = None

    def wait_until(self, instant: datetime, *, wake: object = None) -> None:
        super().wait_until(instant)
        if self.control and self.now() >= FIVE + timedelta(milliseconds=200):
            self.control.poll()


def test_who_asks_gets_the_answer(station: Station) -> None:
    """The command line waits a little, and shows what the daemon answered."""
    clock = TickingClock(FIVE)
    clock.control = station.control
    command = ask(station.queue, "stop", by="trực máy", clock=clock)
    assert (command.state, command.outcome) == (CommandState.DONE, "đã dừng")


def test_nobody_on_duty_is_seen(station: Station, clock: SimulatedClock) -> None:
    """Without a daemon the command still waits when patience ends, after three seconds."""
    command = ask(station.queue, "stop", by="trực máy", clock=clock)
    assert command.state is CommandState.WAITING
    assert clock.now() == FIVE + timedelta(seconds=3)
