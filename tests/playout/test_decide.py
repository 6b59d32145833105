"""What the air needs now, case by case."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise

import pytest
from occurrences import MINUTE, at, occurrence

from broadcaster.model import LateAction, Occurrence, Outcome, Priority
from broadcaster.playout import (
    Arm,
    Miss,
    OnAir,
    Pause,
    QuietHours,
    State,
    Stop,
    Unfinished,
    decide,
)

NIGHT = QuietHours(time(21), time(5))


def on_air(item: Occurrence, since: str, *, minutes: float = 30) -> State:
    playing = OnAir(occurrence=item, at=at(since), duration_ms=round(minutes * 60_000))
    return State((playing,), {item.id: Outcome.ON_AIR})


def kinds(state: State, now: str, *items: Occurrence) -> list[tuple[str, str]]:
    """(action, slot or reason) of each action, for short assertions."""
    found = []
    for action in decide(state, at(now), items).actions:
        match action:
            case Arm():
                found.append(("arm", action.occurrence.slot.id))
            case Miss(missed, reason):
                found.append((f"miss {missed.slot.id}", reason.code))
            case Pause(occurrence_id, reason):
                found.append((f"pause {occurrence_id.split('@')[0]}", reason.code))
            case Stop(occurrence_id, reason):
                found.append((f"stop {occurrence_id.split('@')[0]}", reason.code))
    return found


def test_nothing_happens_until_a_second_before_the_start() -> None:
    """A start is armed one second ahead, and the station sleeps until then."""
    morning = occurrence("morning", "05:30")
    early = decide(State(), at("05:00"), [morning])
    assert early.actions == ()
    assert early.next_at == at("05:29:59")
    [arm] = decide(State(), early.next_at, [morning]).actions
    assert arm == Arm(occurrence=morning, at=at("05:30"))


def test_what_is_in_the_ledger_never_starts_again() -> None:
    """Whatever became of a start, it does not start twice."""
    morning = occurrence("morning", "05:30")
    for outcome in Outcome:
        state = State(ledger={morning.id: outcome})
        assert decide(state, at("05:31"), [morning]).actions == ()


def test_a_hard_start_cuts_what_is_on_air() -> None:
    """A hard start is armed while the other still sounds, and silences it at its time."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10")
    state = on_air(first, "05:00")
    [arm] = decide(state, at("05:09:59"), [first, second]).actions
    assert arm == Arm(occurrence=second, at=at("05:10"))
    state = state.armed(arm, duration_ms=60_000)
    assert decide(state, at("05:09:59.5"), [first, second]).next_at == at("05:10")
    assert kinds(state, "05:10", first, second) == [("stop first", "cut-by-start")]


def test_a_soft_start_waits_for_what_is_on_air() -> None:
    """A soft start follows the end of the other without a gap."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10", hard=False)
    state = on_air(first, "05:00", minutes=15)
    waiting = decide(state, at("05:10"), [first, second])
    assert waiting.actions == ()
    assert waiting.next_at == at("05:14:59")
    [arm] = decide(state, waiting.next_at, [first, second]).actions
    assert arm == Arm(occurrence=second, at=at("05:15"), late_ms=300_000)


def test_a_soft_start_that_waits_too_long_is_missed() -> None:
    """A soft start that finds the air taken beyond its late policy is missed, with the reason."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10", hard=False)
    state = on_air(first, "05:00")
    assert kinds(state, "05:19", first, second) == []
    assert kinds(state, "05:20", first, second) == [("miss second", "air-busy")]


def test_the_more_important_is_never_cut_by_the_less_important() -> None:
    """A routine hard start waits for an urgent programme."""
    urgent = occurrence("urgent", "05:00", priority=Priority.PRIORITY)
    routine = occurrence("routine", "05:10")
    assert kinds(on_air(urgent, "05:00"), "05:10", urgent, routine) == []
    free = on_air(urgent, "05:00", minutes=12)
    assert kinds(free, "05:11:59", urgent, routine) == [("arm", "routine")]


def test_of_two_in_a_minute_the_more_important_comes_first() -> None:
    """Two starts in one minute: priority decides, then the order of the file."""
    low, high = occurrence("low", "05:00"), occurrence("high", "05:00", priority=Priority.PRIORITY)
    assert kinds(State(), "05:00", low, high) == [("arm", "high")]
    one, two = occurrence("one", "05:00"), occurrence("two", "05:00")
    assert kinds(State(), "05:00", one, two) == [("arm", "one")]
    assert kinds(on_air(one, "05:00"), "05:00", one, two) == []


def test_an_emergency_replaces_what_is_armed_but_not_heard_yet() -> None:
    """An emergency that arrives in the second before a start takes its place."""
    routine = occurrence("routine", "05:30")
    emergency = occurrence("emergency", at("05:29:59.2"), priority=Priority.EMERGENCY)
    state = on_air(routine, "05:30")
    assert kinds(state, "05:29:59.2", routine, emergency) == [
        ("pause routine", "cut-by-start"),
        ("arm", "emergency"),
    ]


@pytest.mark.parametrize(("late", "from_ms"), [(LateAction.START, 0), (LateAction.JOIN, 240_300)])
def test_a_late_start_begins_anew_or_joins(late: LateAction, from_ms: int) -> None:
    """After a power cut a slot starts from its beginning, or where it would be by now."""
    morning = occurrence("morning", "05:30", late=late)
    [arm] = decide(State(), at("05:34"), [morning]).actions
    assert arm == Arm(occurrence=morning, at=at("05:34:00.3"), from_ms=from_ms, late_ms=240_300)


def test_a_slot_that_must_not_be_late_is_missed() -> None:
    """With `late: skip` the delay of a busy machine is forgiven, more is not."""
    morning = occurrence("morning", "05:30", late=LateAction.SKIP)
    assert kinds(State(), "05:30:01.5", morning) == [("arm", "morning")]
    assert kinds(State(), "05:30:02", morning) == [("miss morning", "late-skip")]


def test_beyond_the_late_policy_it_is_missed() -> None:
    """Ten minutes late and more is missed, and says so."""
    morning = occurrence("morning", "05:30")
    assert kinds(State(), "05:40:01", morning) == [("miss morning", "too-late")]


def test_no_burst_after_the_clock_was_corrected() -> None:
    """A clock that jumps over a day misses what passed, and starts at most one."""
    day = [occurrence(f"s{hour}", f"{hour:02}:00") for hour in range(5, 21)]
    actions = decide(State(), at("20:05"), day).actions
    assert [type(action) for action in actions] == [Miss] * 15 + [Arm]


def test_after_a_crash_it_goes_on_where_it_would_be() -> None:
    """A programme that the station was torn out of goes on in the right place."""
    morning = occurrence("morning", "05:30")
    state = State(ledger={morning.id: Unfinished(at("05:30"), at("05:50"))})
    [arm] = decide(state, at("05:41"), [morning]).actions
    assert arm == Arm(
        occurrence=morning, at=at("05:41:00.3"), from_ms=660_300, late_ms=660_300, resumes=True
    )


def test_after_a_long_crash_it_is_closed() -> None:
    """A programme whose end passed while the station was off is logged as cut."""
    morning = occurrence("morning", "05:30")
    state = State(ledger={morning.id: Unfinished(at("05:30"), at("05:50"))})
    assert kinds(state, "05:50", morning) == [("stop morning", "interrupted")]
    assert kinds(state, "05:40") == [("stop morning", "interrupted")]


def test_after_a_crash_a_hard_start_that_is_due_wins() -> None:
    """What would have been cut in the meantime does not come back."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10")
    state = State(ledger={first.id: Unfinished(at("05:00"), at("05:30"))})
    assert kinds(state, "05:12", first, second) == [
        ("stop first", "cut-by-start"),
        ("arm", "second"),
    ]
    soft = occurrence("soft", "05:10", hard=False)
    assert kinds(state, "05:12", first, soft) == [("arm", "first")]


def test_a_crash_between_two_programmes_resumes_the_later_one() -> None:
    """When two starts were left open, only the later one sounds again."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10")
    ledger = {
        first.id: Unfinished(at("05:00"), at("05:30")),
        second.id: Unfinished(at("05:10"), at("05:30")),
    }
    assert kinds(State(ledger=ledger), "05:11", first, second) == [
        ("stop first", "interrupted"),
        ("arm", "second"),
    ]


def test_a_programme_longer_than_its_slot_is_stopped() -> None:
    """The longest duration of a slot holds, whatever was prepared."""
    morning = occurrence("morning", "05:30", max_min=10)
    state = on_air(morning, "05:30", minutes=12)
    assert decide(state, at("05:31"), [morning]).next_at == at("05:39:59")
    assert kinds(state, "05:40", morning) == [("stop morning", "max-over")]


def test_quiet_hours_refuse_a_start_but_not_an_emergency() -> None:
    """Nothing starts between 21:00 and 05:00, except an emergency."""
    early = occurrence("early", "04:30")
    [miss] = decide(State(), at("04:29:59"), [early], gate=NIGHT).actions
    assert isinstance(miss, Miss)
    assert miss.reason.code == "quiet-hours"
    alarm = occurrence("alarm", "04:30", priority=Priority.EMERGENCY)
    [arm] = decide(State(), at("04:29:59"), [alarm], gate=NIGHT).actions
    assert isinstance(arm, Arm)


def test_a_late_start_does_not_slip_into_the_quiet_hours() -> None:
    """What waits for the air until 21:00 is refused then."""
    first = occurrence("first", "20:30")
    second = occurrence("second", "20:55", hard=False)
    state = on_air(first, "20:30", minutes=30)
    assert decide(state, at("20:59:59"), [first, second], gate=NIGHT).actions == ()
    [miss] = decide(state, at("21:00"), [first, second], gate=NIGHT).actions
    assert isinstance(miss, Miss)
    assert miss.reason.code == "quiet-hours"


def test_five_o_clock_is_no_quiet_hour() -> None:
    """The quiet hours end when they say, to the second."""
    assert NIGHT.covers(at("04:59:59.999"))
    assert not NIGHT.covers(at("05:00"))
    assert NIGHT.covers(at("21:00"))
    assert not QuietHours(time(0), time(0)).covers(at("00:00"))


def test_the_station_does_not_wake_for_nothing() -> None:
    """Over a whole quiet day the station is asked a few times only."""
    day = [occurrence("morning", "05:30"), occurrence("evening", "17:00")]
    state, now, asked = State(), at("00:00"), [at("00:00")]
    while (decision := decide(state, now, day)).next_at:
        for action in decision.actions:
            assert isinstance(action, Arm)
            state = state.armed(action, duration_ms=600_000)
        now = decision.next_at
        asked.append(now)
        for item in state.on_air:
            if item.ends_at <= now:
                state = state.closed(item.occurrence.id, Outcome.AIRED)
    assert all(later > earlier for earlier, later in pairwise(asked))
    assert len(asked) < 15
    assert set(state.ledger.values()) == {Outcome.AIRED}


def test_reasons_are_vietnamese_for_the_operator(vietnamese: None) -> None:
    """The operator reads in Vietnamese why a slot was missed."""
    morning = occurrence("morning", "05:30")
    [miss] = decide(State(), at("05:30") + 11 * MINUTE, [morning]).actions
    assert isinstance(miss, Miss)
    assert "không thể bắt đầu trong vòng 10 phút" in miss.reason.text
    assert timedelta(minutes=10) == morning.latest_start - morning.starts_at


def test_the_end_of_another_does_not_stretch_the_late_policy() -> None:
    """A slot is not started half a second after its late policy ran out."""
    first, second = occurrence("first", "05:00"), occurrence("second", "05:10", hard=False)
    state = on_air(first, "05:00:00.5", minutes=20)
    assert kinds(state, "05:19:59.6", first, second) == []
    assert kinds(state, "05:20", first, second) == [("miss second", "air-busy")]


def test_a_delay_of_a_moment_does_not_chop_the_beginning() -> None:
    """A slot that joins late begins at its first sound when it is as good as on time."""
    morning = occurrence("morning", "05:30", late=LateAction.JOIN)
    [arm] = decide(State(), at("05:30:00.5"), [morning]).actions
    assert isinstance(arm, Arm)
    assert arm.from_ms == 0
