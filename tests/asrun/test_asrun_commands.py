"""The queue of commands: each is carried out once, soon, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from airings import FIVE

from broadcaster.asrun import CommandKind, CommandQueue, CommandState, Store
from broadcaster.clock import SimulatedClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(FIVE)


@pytest.fixture
def queue(tmp_path: Path, clock: SimulatedClock) -> Iterator[CommandQueue]:
    with Store.open(tmp_path / "station.db", clock=clock) as store:
        yield CommandQueue(store)


def test_a_command_is_claimed_and_told(queue: CommandQueue) -> None:
    """Who ordered it sees that it is done, and what came of it."""
    number = queue.order(CommandKind.PLAY, "sang", by="trực máy")
    command = queue.claim()
    assert command is not None
    assert (command.id, command.kind, command.argument) == (number, "play", "sang")
    assert (command.ordered_by, command.ordered_at) == ("trực máy", FIVE)
    queue.finish(number, state=CommandState.DONE, outcome="đang phát")
    after = queue.get(number)
    assert after is not None
    assert (after.state, after.outcome, after.state.is_final) == ("done", "đang phát", True)


def test_commands_come_in_their_order(queue: CommandQueue) -> None:
    """First ordered, first carried out."""
    numbers = [queue.order(kind, by="x") for kind in ("skip", "stop", "reload")]
    claimed = [queue.claim() for _ in numbers]
    assert [command.id for command in claimed if command] == numbers
    assert queue.claim() is None


def test_two_daemons_never_take_the_same_command(tmp_path: Path) -> None:
    """Each command is claimed once, however many look at the same time."""
    stores = [Store.open(tmp_path / "s.db", clock=SimulatedClock(FIVE)) for _ in range(4)]
    queues = [CommandQueue(store) for store in stores]
    for _ in range(20):
        queues[0].order("skip", by="x")

    def take_all(queue: CommandQueue) -> list[int]:
        return [command.id for command in iter(queue.claim, None) if command]

    with ThreadPoolExecutor(4) as pool:
        taken = [number for numbers in pool.map(take_all, queues) for number in numbers]
    for store in stores:
        store.close()
    assert sorted(taken) == list(range(1, 21))


@pytest.mark.parametrize("passed_s", [61, -61, 86_400])
def test_an_old_command_is_not_carried_out(
    queue: CommandQueue, clock: SimulatedClock, passed_s: int
) -> None:
    """“Play now” of a minute ago, or of before a correction of the clock, was for that moment."""
    number = queue.order("play", "sang", by="x")
    clock._now = FIVE + timedelta(seconds=passed_s)
    assert queue.claim() is None
    command = queue.get(number)
    assert command is not None
    assert command.state is CommandState.EXPIRED
    assert "60 seconds" in command.outcome


def test_a_command_of_a_minute_ago_is_still_carried_out(
    queue: CommandQueue, clock: SimulatedClock
) -> None:
    """Sixty seconds are allowed."""
    queue.order("stop", by="x")
    clock.wait_until(FIVE + timedelta(seconds=60))
    assert queue.claim() is not None


def test_a_command_cut_short_by_a_crash_is_not_repeated(queue: CommandQueue) -> None:
    """After a crash nobody knows how far it came, so it is given up and says so."""
    number = queue.order("play", "sang", by="x")
    queue.claim()
    assert queue.give_up_claimed() == 1
    command = queue.get(number)
    assert command is not None
    assert command.state is CommandState.REFUSED
    assert queue.claim() is None


def test_a_finished_command_stays_as_it_is(queue: CommandQueue) -> None:
    """What became of a command is told once."""
    number = queue.order("skip", by="x")
    queue.claim()
    queue.finish(number, state=CommandState.DONE, outcome="a")
    queue.finish(number, state=CommandState.REFUSED, outcome="b")
    command = queue.get(number)
    assert command is not None
    assert (command.state, command.outcome) == (CommandState.DONE, "a")


def test_nothing_changes_while_nobody_orders(tmp_path: Path, queue: CommandQueue) -> None:
    """A look finds news only when somebody, in this process or another, wrote."""
    queue.changed()
    assert not queue.changed()
    with Store.open(tmp_path / "station.db", clock=SimulatedClock(FIVE)) as other:
        CommandQueue(other).order("stop", by="trang web")
    assert queue.changed()
    assert not queue.changed()


def test_an_unknown_command_has_no_row(queue: CommandQueue) -> None:
    """Asking after a command that nobody gave finds nothing."""
    assert queue.get(7) is None


def test_a_file_named_in_an_old_encoding_can_be_ordered(queue: CommandQueue) -> None:
    """What the terminal hands over, even if it is no text, is no reason to crash."""
    number = queue.order("play", "b\udce0i.mp3", by="x")
    command = queue.get(number)
    assert command is not None
    assert command.argument == "b?i.mp3"
