"""One programme is kept sounding, whatever its output does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fragile import FragileOutput
from occurrences import at

from broadcaster.clock import SimulatedClock
from broadcaster.playout import (
    Ended,
    Event,
    Failed,
    Player,
    Resumed,
    Started,
    open_output,
)

if TYPE_CHECKING:
    from datetime import datetime

SECOND = timedelta(seconds=1)


def run(player: Player, clock: SimulatedClock, until: datetime) -> list[Event]:
    """Tick at each instant that the player asks for."""
    events = player.tick()
    while (next_at := player.next_at) and next_at <= until:
        clock.wait_until(next_at)
        events += player.tick()
    clock.wait_until(until)
    return events + player.tick()


def test_an_undisturbed_programme_starts_and_ends_on_time() -> None:
    """Started at its time, ended after its length, nothing in between."""
    clock = SimulatedClock(at("05:29:59"))
    player = Player(open_output("null", clock=clock), clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    assert player.next_at == at("05:30")
    events = run(player, clock, at("06:00"))
    assert events == [Started(at("05:30")), Ended(at("05:40"))]
    assert player.is_idle
    assert player.next_at is None


def test_a_join_begins_in_the_middle_and_ends_on_time() -> None:
    """A programme joined at minute four ends when it would have ended."""
    clock = SimulatedClock(at("05:34"))
    player = Player(open_output("null", clock=clock), clock)
    player.arm(None, at=at("05:34:00.3"), from_ms=240_300, duration_ms=600_000)
    events = run(player, clock, at("06:00"))
    assert events == [Started(at("05:34:00.3"), 240_300), Ended(at("05:40"))]


def test_a_lost_loudspeaker_is_tried_each_second_and_goes_on_in_the_right_place() -> None:
    """Out for 5.5 seconds: tried each second, then on at the place of that moment."""
    clock = SimulatedClock(at("05:29:59"))
    output = FragileOutput(clock)
    player = Player(output, clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    events = run(player, clock, at("05:31"))
    output.pull_out()
    events += run(player, clock, at("05:31:05.5"))
    output.trouble = ""
    events += run(player, clock, at("06:00"))
    assert events == [
        Started(at("05:30")),
        Failed(at("05:31"), "no loudspeaker"),
        Resumed(at("05:31:06.3"), 66_300),
        Ended(at("05:40")),
    ]
    assert [opened[0] for opened in output.opened[1:8]] == [
        at("05:31:00.3") + n * SECOND for n in range(7)
    ]


def test_an_output_that_refuses_in_the_lead_second_is_tried_again() -> None:
    """A loudspeaker that comes two seconds late costs two seconds, not the programme."""
    clock = SimulatedClock(at("05:29:59"))
    output = FragileOutput(clock, trouble="busy")
    player = Player(output, clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    events = run(player, clock, at("05:30:01.5"))
    output.trouble = ""
    events += run(player, clock, at("06:00"))
    assert events == [
        Failed(at("05:29:59"), "busy"),
        Started(at("05:30:02.3"), 2_300),
        Ended(at("05:40")),
    ]


def test_a_programme_that_nobody_could_hear_ends_with_the_reason() -> None:
    """Without a loudspeaker to the end, the end says so."""
    clock = SimulatedClock(at("05:29:59"))
    player = Player(FragileOutput(clock, trouble="no loudspeaker"), clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    events = run(player, clock, at("06:00"))
    assert events == [
        Failed(at("05:29:59"), "no loudspeaker"),
        Ended(at("05:40"), "no loudspeaker"),
    ]


def test_after_a_stop_nothing_happens_any_more() -> None:
    """A stop is final: no event, no second try."""
    clock = SimulatedClock(at("05:29:59"))
    output = FragileOutput(clock)
    player = Player(output, clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    run(player, clock, at("05:31"))
    player.stop()
    player.stop()
    output.pull_out()
    assert run(player, clock, at("06:00")) == []
    assert len(output.opened) == 1


def test_what_is_armed_again_silences_what_sounded() -> None:
    """One player, one voice."""
    clock = SimulatedClock(at("05:29:59"))
    output = FragileOutput(clock)
    player = Player(output, clock)
    player.arm(None, at=at("05:30"), duration_ms=600_000)
    run(player, clock, at("05:31"))
    first = output.playing
    player.arm(None, at=at("05:31:01"), duration_ms=60_000)
    assert first is not None
    assert first._stopped_at == at("05:31")
    assert run(player, clock, at("06:00"))[-1] == Ended(at("05:32:01"))
