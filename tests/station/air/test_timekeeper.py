"""The clock is set, or cannot be believed, while the station is on duty."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from air import Air, week
from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import at, occurrence

from broadcaster.asrun import CommandKind, CommandQueue
from broadcaster.clock import LOCAL, SimulatedClock, SteadyClock
from broadcaster.model import Outcome
from broadcaster.station.air.clockrecord import (
    confirm_at_rest,
    doubt_of,
    first_look,
    standing_doubt,
    vouch,
)
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.air.timekeeper import Timekeeper
from broadcaster.station.folder import StationFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SERVER = {"synchronised": lambda: True}
NOBODY = {"synchronised": lambda: False}


class Duty:
    """A desk, its week and its timekeeper, under a wall clock that a test sets."""

    def __init__(self, folder: StationFolder, wall: SimulatedClock, slots, **server) -> None:
        folder.ensure()
        self.folder, self.wall, self.server = folder, wall, server or NOBODY
        self.clock = SteadyClock(wall)
        self.air = Air(folder.root)
        self.air.store.close()
        self.air.store = type(self.air.store).open(folder.database, clock=wall)
        self.air.log = type(self.air.log)(self.air.store)
        self.air.clock, self.air.output.clock = self.clock, self.clock
        self.week = LiveWeek([week(*slots)], since=self.clock.now())
        trust = first_look(folder, self.air.store, clock=self.clock, **self.server)
        self.keeper = Timekeeper(folder, self.clock, trust=trust, beat=None, **self.server)
        self.desk = self.air.sit_down(holds=self.keeper.holds, excuse=self.keeper.excuse)
        self.desk.occurrences = self.week.around
        self.log = self.air.log

    def run(self, span: timedelta) -> None:
        """So much real time passes."""
        until = self.wall.elapsed() + span
        while True:
            self.keeper.look(self.desk, self.week)
            due = self.desk.tick()
            if (passed := self.wall.elapsed()) >= until:
                return
            now = self.clock.now()
            rest = min(until - passed, timedelta(seconds=10))
            self.clock.wait_until(min(due or now + rest, now + rest))

    def run_to(self, instant: datetime) -> None:
        """Until the clock shows ``instant``, which nobody sets meanwhile."""
        self.run(instant - self.clock.now())

    def told(self) -> dict[str, tuple[str, int]]:
        """By slot and time, the outcome and the number of starts."""
        return {
            e.occurrence.removesuffix("+07:00"): (str(e.outcome), len(e.starts))
            for e in self.log.entries()
        }

    def reason(self, name: str) -> str:
        found = [e for e in self.log.entries() if e.occurrence.startswith(name)]
        return found[0].reason

    def close(self) -> None:
        self.air.store.close()


def on_hours(*hours: str):
    return [slot_at(f"gio{hour[:2]}", hour) for hour in hours]


def slot_at(name: str, moment: str):
    return occurrence(name, moment).slot


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return StationFolder(tmp_path)


@pytest.fixture
def duties(folder: StationFolder) -> Iterator:
    """Make a station that is on duty since a moment; a second one is its next life."""
    made: list[Duty] = []

    def begin(start: datetime, *hours: str, **server) -> Duty:
        made.append(Duty(folder, SimulatedClock(start), on_hours(*hours), **server))
        return made[-1]

    yield begin
    for duty in made:
        duty.close()


def test_what_sounds_goes_on_undisturbed_when_the_clock_is_set(duties) -> None:
    """Set back by half an hour in mid-programme: it plays to its end, the log has its length, and
    the clock is followed afterwards."""
    duty = duties(at("05:59"), "06:00", "07:00")
    duty.run_to(at("06:03"))
    duty.wall.step(-30 * timedelta(seconds=1))
    duty.run(5 * MINUTE)
    duty.wall.step(-29 * timedelta(seconds=1))
    duty.run(3 * MINUTE)
    [entry] = duty.log.entries()
    assert entry.outcome is Outcome.AIRED
    assert entry.ended_at - entry.starts[0] == timedelta(minutes=10)
    assert duty.air.output.plays == [(at("06:00"), 0)]
    assert duty.clock.now() == duty.wall.now()


def test_a_loudspeaker_that_comes_back_after_a_step_goes_on_at_the_right_place(duties) -> None:
    """The clock jumps by an hour and the cable is out for five seconds: on at the place that the
    programme has really reached."""
    duty = duties(at("05:59"), "06:00")
    duty.run_to(at("06:02"))
    duty.wall.step(HOUR / 2)
    duty.air.output.trouble = "no cable"
    duty.run(timedelta(seconds=5))
    duty.air.output.trouble = ""
    duty.run(20 * MINUTE)
    [entry] = duty.log.entries()
    _first, *others = duty.air.output.plays
    resumed_at, from_ms = others[-1]
    assert from_ms == (resumed_at - at("06:00")) // timedelta(milliseconds=1)
    assert from_ms < 130_000
    assert entry.ended_at == at("06:10")
    assert entry.outcome is Outcome.AIRED


def test_no_burst_after_the_clock_was_set_ahead(duties) -> None:
    """Five slots lie in the fifty minutes that were jumped over: those that are late by the true
    time are missed, and it is said why; the one within its limit starts, late."""
    starts = ("06:10", "06:20", "06:30", "06:40", "06:50", "07:30")
    slots = [slot_at(f"s{s[:2]}{s[3:]}", s) for s in starts]
    duty = duties(at("06:05"))
    duty.week.replace([week(*slots)], now=duty.clock.now())
    duty.run(MINUTE)
    duty.wall.step(49 * MINUTE)
    duty.run(20 * MINUTE)
    told = duty.told()
    missed = [name for name, (outcome, _starts) in told.items() if outcome == "missed"]
    assert [m.partition("@")[0] for m in missed] == ["s0610", "s0620", "s0630", "s0640"]
    assert all("[clock-stepped]" in duty.reason(name) for name in missed)
    assert [at for at, _from_ms in duty.air.output.plays] == [at("06:55:00.3")]


def test_nothing_starts_twice_after_the_clock_was_set_back(duties) -> None:
    """Set back by an hour over two slots that had aired: silence until the clock is believed, and
    then each of the day still has exactly one start."""
    duty = duties(at("05:59"), "06:00", "06:20", "07:00")
    duty.run_to(at("06:35"))
    duty.wall.step(-HOUR)
    duty.run(2 * HOUR)
    assert duty.keeper.doubt is not None
    assert len(duty.air.output.plays) == 2
    duty.keeper.confirm(confirmation(duty))
    duty.run(HOUR)
    told = duty.told()
    assert told["gio06@2026-11-23T06:00"] == ("aired", 1)
    assert len(duty.air.output.plays) == 2


@pytest.mark.parametrize("server", [NOBODY, SERVER], ids=["nobody", "server"])
def test_a_clock_set_back_lets_nothing_expired_be_heard_again(duties, server) -> None:
    """A bulletin ended yesterday, and the clock goes back to that day, before a slot that never
    aired: silence until the true time is there, after a restart too, whatever a server says."""
    today = at("05:59") + timedelta(days=1)
    duty = duties(today, "06:00", "07:00", **server)
    duty.run_to(today + 20 * MINUTE)
    aired = list(duty.air.output.plays)
    assert len(aired) == 1
    duty.wall.step(timedelta(days=-1))
    duty.run(2 * HOUR)
    assert duty.air.output.plays == aired
    reborn = duties(at("06:55"), "06:00", "07:00", **server)
    reborn.run(HOUR)
    assert reborn.air.output.plays == []


def test_a_programme_on_air_delays_a_start_until_the_clock_is_followed(duties) -> None:
    """Set ahead in mid-programme past the next slot: that one starts after the programme, late by
    the true time, never over it."""
    duty = duties(at("05:59"), "06:00", "07:00")
    duty.run_to(at("06:05"))
    duty.wall.step(56 * MINUTE)
    duty.run(20 * MINUTE)
    assert list(duty.told().values()) == [("aired", 1), ("aired", 1)]
    first, second = (at for at, _ in duty.air.output.plays)
    assert first == at("06:00")
    assert at("07:06") < second < at("07:06:15")


def confirmation(duty: Duty):
    queue = CommandQueue(duty.air.store)
    text = vouch(duty.folder, duty.air.store, clock=duty.wall).as_text()
    command_id = queue.order(CommandKind.CLOCK_CONFIRM, text, by="An")
    queue.claim()
    from broadcaster.asrun import CommandState  # noqa: PLC0415

    queue.finish(command_id, state=CommandState.DONE)
    return queue.get(command_id)


def test_a_dead_battery_silences_the_schedule_until_a_server_sets_the_clock(duties, folder):
    """The machine wakes in the year 2000: nothing planned sounds or is missed, and a file says
    why; when a server has set the clock, the past is missed with its reason and the rest airs."""
    duties(at("05:59"), "06:00").run_to(at("06:15"))
    server = []
    duty = duties(
        datetime(2000, 1, 1, 5, 59, tzinfo=LOCAL),
        "06:00",
        "08:00",
        synchronised=lambda: bool(server),
    )
    duty.run(HOUR)
    assert duty.air.output.plays == []
    assert len(duty.log.entries()) == 1
    assert standing_doubt(folder).reason.code == "clock-behind"
    server.append("time.example")
    duty.wall.step(at("08:30") - duty.wall.now())
    duty.run(MINUTE)
    assert standing_doubt(folder) is None
    assert duty.told()["gio06@2026-11-23T06:00"] == ("aired", 1)
    assert "[clock-doubted]" in duty.reason("gio08@2026-11-23T08:00")
    duty.run(24 * HOUR)
    assert duty.told()["gio08@2026-11-24T08:00"] == ("aired", 1)
    assert duty.log.verify() == []


def test_a_row_from_2099_silences_nobody_for_good(duties, folder):
    """A wrong clock wrote rows of 2099; back in the present nothing planned sounds until a person
    confirms the clock, then everything does, restarts too, and the chain holds."""
    duties(datetime(2099, 5, 1, 5, 59, tzinfo=LOCAL), "06:00").run(HOUR)
    present = duties(at("05:59"), "06:00", "07:00")
    present.run(30 * MINUTE)
    assert present.air.output.plays == []
    assert present.keeper.doubt is not None
    present.keeper.confirm(confirmation(present))
    present.run(HOUR)
    assert present.told()["gio07@2026-11-23T07:00"] == ("aired", 1)
    reborn = duties(at("07:30"), "08:00")
    assert reborn.keeper.doubt is None
    reborn.run(HOUR)
    assert reborn.told()["gio08@2026-11-23T08:00"] == ("aired", 1)
    assert reborn.log.verify() == []


def test_what_passed_in_doubt_starts_late_on_a_station_with_no_other_past(duties, folder):
    """All that the log has is of 2099; a slot passes in doubt, and five minutes later a
    person confirms the clock: it starts late, once."""
    duties(datetime(2099, 5, 1, 5, 59, tzinfo=LOCAL), "06:00").run(HOUR)
    duty = duties(at("05:29"), "05:30")
    duty.run(6 * MINUTE)
    duty.keeper.confirm(confirmation(duty))
    duty.run(HOUR)
    assert duty.told()["gio05@2026-11-23T05:30"] == ("aired", 1)


def test_confirmed_while_the_station_is_off(duties, folder):
    """A person may confirm the clock before the station is started."""
    duties(datetime(2099, 5, 1, 5, 59, tzinfo=LOCAL), "06:00").run(HOUR)
    wall = SimulatedClock(at("05:00"))
    assert doubt_of(folder, clock=wall, **NOBODY) is not None
    assert "05:00:00 23/11/2026" in confirm_at_rest(folder, clock=wall, by="An")
    assert doubt_of(folder, clock=wall, **NOBODY) is None
    assert duties(at("05:59"), "06:00").keeper.doubt is None


def test_a_doubt_outlives_a_restart(duties, folder):
    """A doubted clock that has run past its floor is doubted by the next life as well."""
    duties(at("05:59"), "06:00").run_to(at("06:15"))
    duties(at("05:10"), "07:00").run(HOUR)
    duty = duties(at("06:30"), "07:00")
    duty.run(HOUR)
    assert duty.air.output.plays == []
    assert duties(at("06:31"), "07:00", **SERVER).keeper.doubt is None


def test_an_emergency_sounds_with_any_clock(duties):
    """Nobody knows the time, and a person orders a warning: it is heard."""
    from dataclasses import replace  # noqa: PLC0415

    from broadcaster.model import Order, Priority  # noqa: PLC0415

    duty = duties(datetime(2000, 1, 1, 5, 59, tzinfo=LOCAL), "06:00")
    now = duty.clock.now()
    warning = occurrence("bao", now + MINUTE, priority=Priority.EMERGENCY)
    order = Order(by="An", why="bão", expires_at=now + HOUR, repetition=0, holds_from=None)
    ordered = replace(warning, order=order)
    duty.desk.occurrences = lambda now: (*duty.week.around(now), ordered)
    duty.run(30 * MINUTE)
    assert [at for at, _ in duty.air.output.plays] == [now + MINUTE]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(), 3 * HOUR),
            st.timedeltas(-26 * HOUR, 26 * HOUR),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_one_start_for_each_occurrence_however_the_clock_is_set(tmp_path_factory, steps):
    """Random waits and steps of up to a day, by a server or by hand: never two starts of one
    occurrence, never two programmes at once, and the chain holds."""
    server = []
    folder = StationFolder(tmp_path_factory.mktemp("dai"))
    hours = on_hours("00:10", "05:00", "06:00", "11:00", "17:00", "23:55")
    duty = Duty(folder, SimulatedClock(at("04:50")), hours, synchronised=lambda: bool(server))
    try:
        for wait, step, by_server in steps:
            duty.run(wait)
            server[:] = ["yes"] if by_server else []
            duty.wall.step(step)
        duty.run(2 * HOUR)
        assert all(starts <= 1 for _outcome, starts in duty.told().values())
        real = sorted((e.starts[0], e.ended_at) for e in duty.log.entries() if e.starts)
        assert len(duty.air.output.plays) == len(real)
        assert duty.log.verify() == []
    finally:
        duty.close()
