"""Emergencies, interrupts and the microphone at the desk: what is heard, and what the log says."""

from __future__ import annotations

import itertools
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from duty import SECOND, Duty
from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import MINUTE, at, occurrence

from broadcaster.model import Outcome, Priority
from broadcaster.station import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import AsRunEntry


@pytest.fixture
def air(tmp_path: Path) -> Iterator[Duty]:
    air = Duty(tmp_path)
    air.planned = [occurrence("sang", "05:30")]
    yield air
    air.close()


def test_an_emergency_is_heard_at_once_and_the_programme_goes_on(air: Duty) -> None:
    """It begins within a second, twice with a pause; then the programme goes on at the beginning
    of the part that was broken off, and both stand in the log."""
    air.run("05:37:00.5")
    air.emergency(seconds=30, repeat=2, every_ms=60_000, why="bão số 5")
    air.run("06:00")
    first, second = air.readings("bao")
    assert first.starts[0] - at("05:37:00.5") < SECOND
    assert second.starts[0] == at("05:38:00.5")
    assert (first.operator, first.outcome) == ("Lan", Outcome.AIRED)
    assert first.reason == "bão số 5 [ordered]"
    entry = air.entry("sang")
    assert air.events("sang") == ["started", "paused", "resumed", "ended"]
    assert entry.starts[1] > at("05:38:30")
    assert entry.outcome is Outcome.AIRED
    assert [s.title for s in entry.segments] == ["sang 0", "sang 1", "sang 1"]
    assert entry.segments[2].started_at == entry.starts[1]
    assert "Bao" in entry.reason
    assert "gone-on" in entry.reason


def test_between_two_readings_there_is_silence(air: Duty) -> None:
    """In a pause of half a minute nothing else is heard."""
    air.run("05:37")
    air.emergency(seconds=30, repeat=3, every_ms=60_000)
    air.run("05:40:10")
    assert air.events("sang") == ["started", "paused", "resumed"]


def test_in_a_long_pause_the_programme_goes_on(air: Duty) -> None:
    """Every ten minutes a warning, and the programme between."""
    air.run("05:33")
    air.emergency(seconds=30, repeat=2, every_ms=600_000)
    air.run("06:00")
    assert air.events("sang") == [
        *("started", "paused", "resumed", "paused", "resumed", "ended"),
    ]
    assert len(air.readings("bao")) == 2


def test_it_ends_with_its_time(air: Duty) -> None:
    """A reading that would last beyond its time is not begun; the first is cut then."""
    air.run("05:10")
    air.emergency(seconds=40, minutes=1.5, repeat=0)
    air.emergency("dai", seconds=300, minutes=2, repeat=0)
    air.run("06:00")
    assert [e.outcome for e in air.readings("dai")] == [Outcome.CUT]
    assert all(e.ended_at <= at("05:12") for e in air.readings("dai"))
    assert all(e.ended_at is None or e.ended_at <= at("05:11:30") for e in air.readings("bao"))


def test_one_command_ends_it_and_the_programme_goes_on(air: Duty) -> None:
    """“emergency stop”: silence at once, no further reading, and the programme goes on."""
    air.run("05:33")
    air.emergency(repeat=0)
    air.run("05:33:10")
    air.standing.emergencies.clear()
    assert air.desk.stop_order(Priority.EMERGENCY, reasons.stopped(), "Lan") == 1
    assert not air.desk.console.sounding
    air.run("06:00")
    [reading] = air.readings("bao")
    assert reading.ended_at == at("05:33:10")
    assert air.entry("sang").starts[1] < at("05:33:12")


def test_stop_is_silence_for_all(air: Duty) -> None:
    """“stop” in an emergency: neither it nor what it interrupted is heard again."""
    air.run("05:33")
    air.emergency(repeat=0)
    air.run("05:33:10")
    air.stop()
    air.run("06:00")
    assert air.events("sang") == ["started", "paused", "ended"]
    assert (air.entry("sang").outcome, air.entry("sang").operator) == (Outcome.CUT, "Lan")
    assert air.entry("sang").ended_at < at("05:33:01")
    assert len(air.readings("bao")) == 1


def test_what_was_armed_and_not_heard_begins_afterwards(air: Duty) -> None:
    """An emergency in the second before a start: the slot begins late, and is heard once."""
    air.run("05:29:59.3")
    air.emergency(seconds=30)
    air.run("06:00")
    entry = air.entry("sang")
    assert len(entry.starts) == 1
    assert at("05:30:28") < entry.starts[0] < at("05:30:32")
    assert entry.outcome is Outcome.AIRED


def test_an_emergency_sounds_while_the_log_cannot_be_written(air: Duty) -> None:
    """On a full disk a slot waits, but not an emergency; its rows are written later, as it was."""
    air.store.full = True
    air.run("05:20:00.5")
    air.emergency(seconds=30)
    air.run("05:25")
    assert air.output.plays
    assert air.readings("bao") == []
    air.store.full = False
    air.run("06:00")
    [reading] = air.readings("bao")
    assert reading.outcome is Outcome.AIRED
    assert at("05:20") < reading.starts[0] < at("05:20:02")


def test_after_a_crash_it_goes_on(air: Duty) -> None:
    """Killed in an emergency, the station goes on with it, and afterwards with the programme."""
    air.run("05:33")
    air.emergency(seconds=30, repeat=2, every_ms=60_000)
    air.run("05:33:10")
    air.crash(away_s=3)
    air.run("06:00")
    first, second = air.readings("bao")
    assert (first.outcome, len(first.starts)) == (Outcome.AIRED, 2)
    assert (second.outcome, second.starts[0]) == (Outcome.AIRED, at("05:34"))
    assert air.entry("sang").outcome is Outcome.AIRED
    assert air.events("sang") == ["started", "paused", "resumed", "ended"]


def test_after_a_crash_what_was_interrupted_twice_keeps_its_place(air: Duty) -> None:
    """The place to go on is in the log: killed in the pause, and in the rest, nothing is lost."""
    air.run("05:36")
    air.emergency(seconds=20)
    air.run("05:36:10")
    air.crash()
    air.run("05:38")
    air.crash()
    air.run("06:00")
    entry = air.entry("sang")
    assert entry.outcome is Outcome.AIRED
    assert entry.segments[-1].title == "sang 1"
    heard = [(s.ended_at - s.started_at) for s in entry.segments if s.title == "sang 1"]
    assert sum(heard, timedelta()) > 5.9 * MINUTE


def test_the_microphone_takes_the_air_and_gives_it_back(air: Duty) -> None:
    """The programme waits while somebody speaks; a soft slot waits too; it returns by itself."""
    air.planned += [occurrence("mem", "05:34", hard=False, within_min=30)]
    air.run("05:33")
    mic = air.mic(minutes=5)
    air.run("05:33:02")
    assert air.desk.is_on_air(Priority.LIVE)
    assert len(air.output.plays) == 1
    air.run("06:30")
    entry = air.entry(mic.occurrence.slot.id)
    assert (entry.operator, entry.outcome) == ("Lan", Outcome.AIRED)
    assert entry.ended_at == at("05:38")
    assert at("05:38") <= air.entry("sang").starts[1] < at("05:38:02")
    assert air.entry("mem").outcome is Outcome.AIRED


def test_an_emergency_takes_the_air_from_the_microphone(air: Duty) -> None:
    """It is heard at once, and the microphone has what is left of its minutes."""
    air.run("05:10")
    mic = air.mic(minutes=5)
    air.run("05:12")
    air.emergency(seconds=60)
    air.run("05:13:30")
    assert air.desk.is_on_air(Priority.LIVE)
    air.run("06:00")
    assert air.entry(mic.occurrence.slot.id).ended_at == at("05:15")


def test_the_microphone_outlives_a_restart(air: Duty) -> None:
    """The daemon is restarted in between: the schedule still waits until the end."""
    air.run("05:33")
    mic = air.mic(minutes=5)
    air.run("05:34")
    air.desk.leave(reasons.daemon_stopped())
    air.crash(away_s=5)
    air.run("06:30")
    entry = air.entry(mic.occurrence.slot.id)
    assert len(entry.starts) == 2
    assert entry.ended_at == at("05:38")
    assert air.entry("sang").starts[-1] >= at("05:38")


_ORDER = st.tuples(
    st.floats(0, 50),
    st.sampled_from(["bao", "lu", "mic", "stop", "crash"]),
    st.integers(1, 4),
    st.sampled_from([0, 60_000, 400_000]),
)


@settings(max_examples=40, deadline=None)
@given(
    minutes=st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True),
    orders=st.lists(_ORDER, min_size=1, max_size=6),
)
def test_whatever_is_ordered_one_thing_sounds_and_stop_is_silence(minutes, orders) -> None:
    """Any week, any orders, any crash: one thing at a time; each start once; an emergency within
    a second and never after its time; after a stop nothing of before; parts begin where they
    may."""
    with tempfile.TemporaryDirectory() as folder:
        air = Duty(Path(folder))
        air.planned = [
            occurrence(f"k{n}", at("05:30") + m * MINUTE, hard=bool(m % 2), within_min=20)
            for n, m in enumerate(sorted(minutes))
        ]
        ordered, stops, crashes = [], [], []
        for minute, what, times, every_ms in sorted(orders):
            when = at("05:30") + minute * MINUTE
            if when < air.clock.now():
                continue
            air.run(when)
            match what:
                case "stop":
                    air.stop()
                    stops.append(air.clock.now())
                case "crash":
                    crashes.append(air.clock.now())
                    air.crash()
                case "mic":
                    air.mic(minutes=times)
                case name:
                    ordered.append(
                        air.emergency(name, seconds=20, minutes=15, repeat=times, every_ms=every_ms)
                    )
        air.run("07:30")
        entries = air.log.entries()
        assert all(e.outcome is not Outcome.ON_AIR for e in entries)
        _check_one_at_a_time(entries)
        _check_emergencies(air, ordered, [*stops, *crashes])
        for stopped in stops:
            _check_silence(entries, stopped)
        rows = air.store.read("SELECT details FROM asrun WHERE event = 'paused' AND slot LIKE 'k%'")
        assert {row[0] for row in rows} <= {'{"resume_ms": 0}', '{"resume_ms": 300000}'}
        assert air.log.verify() == []
        air.close()


def _check_one_at_a_time(entries: list[AsRunEntry]) -> None:
    parts = sorted((s.started_at, s.ended_at) for e in entries for s in e.segments)
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(parts))


def _check_emergencies(air: Duty, ordered: list, troubles: list) -> None:
    readings = air.log.entries()
    for order in ordered:
        [first] = [o.id for o in order.around(order.ordered_at) if not o.order.repetition]
        entry = next((e for e in readings if e.occurrence == first), None)
        at_once = (
            timedelta()
            <= (entry.starts[0] - order.ordered_at if entry and entry.starts else timedelta(days=1))
            < SECOND
        )
        disturbed = any(
            abs(when - order.ordered_at) < SECOND
            for when in [*troubles, *(o.ordered_at for o in ordered if o is not order)]
        )
        assert at_once or disturbed
    for entry in readings:
        if entry.slot.startswith("khan-cap") and entry.segments:
            expires = max(o.expires_at for o in ordered if o.wish.name in entry.slot)
            assert entry.segments[-1].ended_at <= expires


def _check_silence(entries: list[AsRunEntry], stopped) -> None:
    for entry in entries:
        if entry.starts and entry.starts[0] < stopped:
            assert all(s.started_at <= stopped for s in entry.segments)
            assert all(s.ended_at <= stopped for s in entry.segments)
