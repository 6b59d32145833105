"""What becomes of a programme that something more important interrupts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from occurrences import at, occurrence

from broadcaster.model import (
    AfterInterrupt,
    Occurrence,
    Order,
    Outcome,
    Priority,
    SegmentKind,
    SegmentPlan,
)
from broadcaster.playout import Arm, Interrupted, OnAir, Pause, QuietHours, State, Stop, decide

MINUTE_MS = 60_000
MARKS = (0, 20_000, 65_000, 130_000)


def programme(name: str = "sang", **more) -> Occurrence:
    return occurrence(name, "05:30", **more)


def policy(item: Occurrence, after: AfterInterrupt) -> Occurrence:
    return replace(item, slot=replace(item.slot, after_interrupt=after))


def order(name: str, starts: str, *, until: str = "06:00", **more) -> Occurrence:
    item = occurrence(name, starts, priority=Priority.EMERGENCY)
    item = policy(item, AfterInterrupt.RESTART)
    return replace(item, order=Order(by="Lan", expires_at=at(until), **more))


def on_air(item: Occurrence, since: str, *, minutes: float = 10) -> OnAir:
    return OnAir(
        occurrence=item,
        at=at(since),
        duration_ms=round(minutes * MINUTE_MS),
        marks_ms=MARKS,
    )


def sounding(*items: OnAir) -> State:
    return State(items, {item.occurrence.id: Outcome.ON_AIR for item in items})


def interrupted(item: Occurrence, *, from_ms: int, minutes: float = 10) -> State:
    left = Interrupted(
        started_at=item.starts_at, from_ms=from_ms, duration_ms=round(minutes * MINUTE_MS)
    )
    return State((), {item.id: left})


def pause_of(state: State, now: str, *items: Occurrence) -> Pause:
    [pause] = [a for a in decide(state, at(now), items).actions if isinstance(a, Pause)]
    return pause


def start_of(state: State, now: str, *items: Occurrence, **more) -> Arm | None:
    actions = decide(state, at(now), items, **more).actions
    return next((a for a in actions if isinstance(a, Arm)), None)


@pytest.mark.parametrize(
    ("after", "from_ms"), [(AfterInterrupt.RESUME, 20_000), (AfterInterrupt.RESTART, 0)]
)
def test_it_goes_on_with_the_sentence_that_was_broken_off(
    after: AfterInterrupt, from_ms: int
) -> None:
    """Broken off 45 seconds in, it goes on at the sentence that began 20 seconds in; or from its
    beginning, where its slot says so."""
    item = policy(programme(), after)
    alarm = order("bao", "05:30:45")
    state = sounding(on_air(item, "05:30"), on_air(alarm, "05:30:45", minutes=0.5))
    assert pause_of(state, "05:30:45", item, alarm).left.from_ms == from_ms


def test_what_was_said_to_the_end_is_not_said_again() -> None:
    """Interrupted in the pause before a sentence, it goes on with that sentence."""
    alarm = order("bao", "05:31:04.8")
    state = sounding(on_air(programme(), "05:30"), on_air(alarm, "05:31:04.8", minutes=0.5))
    assert pause_of(state, "05:31:04.8", programme(), alarm).left.from_ms == 65_000


def test_dropped_is_over() -> None:
    """“after_interrupt: bỏ” ends it, with the reason."""
    item, alarm = policy(programme(), AfterInterrupt.DROP), order("bao", "05:30:45")
    state = sounding(on_air(item, "05:30"), on_air(alarm, "05:30:45", minutes=0.5))
    [stop] = decide(state, at("05:30:45"), [item, alarm]).actions
    assert isinstance(stop, Stop)
    assert stop.reason.code == "cut-by-start"


def test_what_could_not_end_in_time_is_over_at_once() -> None:
    """Broken off so late that nothing of it could be said again before its slot is over: it is cut
    by what cut it, not put aside and given up a moment later."""
    item = programme(max_min=12, within_min=0)
    warning = replace(order("bao", "05:38"), order=None)
    state = State((replace(on_air(item, "05:30"), marks_ms=()),), {item.id: Outcome.ON_AIR})
    stop, arm = decide(state, at("05:38"), [item, warning]).actions
    assert isinstance(stop, Stop)
    assert stop.reason.code == "cut-by-start"
    assert isinstance(arm, Arm)


def test_the_next_slot_of_the_week_ends_what_runs_over() -> None:
    """A hard start of the same importance is no interrupt: the programme before it is over."""
    first, second = programme(), occurrence("tiep", "05:35")
    state = sounding(on_air(first, "05:30"), on_air(second, "05:35"))
    [stop] = decide(state, at("05:35"), [first, second]).actions
    assert isinstance(stop, Stop)


def test_it_goes_on_when_the_air_is_free() -> None:
    """After the emergency it goes on, from its place, before a soft start that waits."""
    item, soft = programme(), occurrence("mem", "05:31", hard=False)
    arm = start_of(interrupted(item, from_ms=20_000), "05:32", item, soft)
    assert arm is not None
    assert (arm.occurrence, arm.from_ms, arm.resumes) == (item, 20_000, True)


def test_the_more_important_goes_before_it() -> None:
    """A slot that is ưu tiên and waits goes on air before the rest of a routine one."""
    item = programme()
    urgent = occurrence("uu-tien", "05:31", hard=False, priority=Priority.PRIORITY)
    arm = start_of(interrupted(item, from_ms=20_000), "05:32", item, urgent)
    assert arm is not None
    assert arm.occurrence == urgent


def test_a_hard_start_that_would_have_cut_it_ends_it() -> None:
    """What the week planned after it begins, and the rest of it is over."""
    item, following = programme(), occurrence("tiep", "05:33")
    actions = decide(interrupted(item, from_ms=0), at("05:33"), [item, following]).actions
    assert [type(action) for action in actions] == [Stop, Arm]
    assert actions[0].occurrence_id == item.id


@pytest.mark.parametrize(("now", "goes_on"), [("06:00", True), ("06:35", False)])
def test_it_goes_on_only_where_it_still_ends_in_its_slot(now: str, goes_on: bool) -> None:
    """A programme of 05:30 with ten minutes' grace and an hour's length ends by 06:40."""
    item = programme()
    actions = decide(interrupted(item, from_ms=0), at(now), [item]).actions
    assert [type(action) for action in actions] == [Arm if goes_on else Stop]
    if not goes_on:
        assert actions[0].reason.code == "not-resumed"


def test_it_does_not_go_on_in_the_quiet_hours() -> None:
    """Interrupted until the quiet hours, it is over: nobody is woken for its rest."""
    item, night = programme(), QuietHours(at("05:40").time(), at("06:30").time())
    [stop] = decide(interrupted(item, from_ms=0), at("05:41"), [item], gate=night).actions
    assert isinstance(stop, Stop)
    assert stop.reason.code == "quiet-hours"


def test_what_left_the_week_does_not_go_on() -> None:
    """A slot that was taken out of the week meanwhile is closed."""
    [stop] = decide(interrupted(programme(), from_ms=0), at("05:31"), []).actions
    assert isinstance(stop, Stop)


def test_an_emergency_is_silent_when_its_time_is_over() -> None:
    """It is cut at the instant until which it was ordered, and never begins after it."""
    alarm = order("bao", "05:30", until="05:31")
    state = sounding(on_air(alarm, "05:30"))
    assert decide(state, at("05:30:59"), [alarm]).next_at == at("05:31")
    [stop] = decide(state, at("05:31"), [alarm]).actions
    assert stop.reason.code == "expired"
    assert start_of(State(), "05:31", alarm) is None


def test_a_short_pause_between_two_readings_is_silence() -> None:
    """Nothing begins or goes on in the pause that is kept free, and all of it afterwards."""
    item = programme()
    again = order("bao-2", "05:33", repetition=1, holds_from=at("05:31"))
    state = interrupted(item, from_ms=20_000)
    assert start_of(state, "05:31:30", item, again) is None
    arm = start_of(state, "05:32:59", item, again)
    assert arm is not None
    assert arm.occurrence == again


def test_in_a_long_pause_the_programme_goes_on() -> None:
    """A pause that nobody keeps free is the programme's."""
    item, again = programme(), order("bao-2", "05:43", repetition=1)
    arm = start_of(interrupted(item, from_ms=20_000), "05:31:30", item, again)
    assert arm is not None
    assert arm.occurrence == item


def test_of_two_emergencies_the_newer_is_heard_and_the_older_again_after_it() -> None:
    """The newer order interrupts the reading of the older one, which begins again later."""
    older, newer = order("bao", "05:30"), order("lu", "05:31")
    state = sounding(on_air(older, "05:30"))
    arm = start_of(state, "05:31", older, newer)
    assert arm is not None
    assert arm.occurrence == newer
    both = sounding(on_air(older, "05:30"), on_air(newer, "05:31", minutes=1))
    assert pause_of(both, "05:31:01", older, newer).left.from_ms == 0


def test_a_repetition_waits_for_the_other_emergency() -> None:
    """Two emergencies in turn never cut each other to pieces."""
    newer, again = order("lu", "05:31"), order("bao-2", "05:31:30", repetition=1)
    state = sounding(on_air(newer, "05:31", minutes=1))
    assert start_of(state, "05:31:30", newer, again) is None
    arm = start_of(state, "05:31:59.5", newer, again)
    assert arm is not None
    assert arm.at == at("05:32")


def test_a_new_order_does_not_wait_for_a_repetition() -> None:
    """A repetition that is about to begin, or has begun, gives way to a new emergency."""
    newer = order("lu", "05:31")
    again = order("bao-2", "05:31", repetition=1)
    arm = start_of(State(), "05:31", again, newer)
    assert arm is not None
    assert arm.occurrence == newer
    state = sounding(on_air(order("bao-2", "05:31:00.7", repetition=1), "05:31:00.7"))
    arm = start_of(state, "05:31", again, newer)
    assert arm is not None
    assert arm.occurrence == newer


def test_a_relay_goes_on_where_it_is_by_now() -> None:
    """What is relayed does not wait: interrupted, it is joined again, and ends on time."""
    line = SegmentPlan(kind=SegmentKind.RELAY)
    item = programme()
    item = replace(item, programme=replace(item.programme, segments=(line,)))
    arm = start_of(interrupted(item, from_ms=20_000), "05:32", item)
    assert arm is not None
    assert timedelta(milliseconds=arm.from_ms) == arm.at - item.starts_at


def test_a_microphone_goes_on_as_long_as_was_asked() -> None:
    """An emergency in the middle takes its minutes: the microphone ends when it would have."""
    mic = policy(occurrence("micro", "05:30", priority=Priority.LIVE), AfterInterrupt.JOIN)
    mic = replace(mic, order=Order(expires_at=at("05:40")))
    left = Interrupted(started_at=at("05:30"), from_ms=120_000, duration_ms=600_000)
    arm = start_of(State((), {mic.id: left}), "05:35", mic)
    assert arm is not None
    assert timedelta(milliseconds=arm.from_ms) == arm.at - at("05:30")
    [stop] = decide(State((), {mic.id: left}), at("05:40"), [mic]).actions
    assert isinstance(stop, Stop)
