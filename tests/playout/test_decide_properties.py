"""What holds for every rundown: many random days, late ticks, clock jumps and crashes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import DAY, MINUTE, occurrence

from broadcaster.model import LateAction, Occurrence, Outcome, Priority, StartType
from broadcaster.playout import (
    GRACE,
    Arm,
    Gate,
    Miss,
    Pause,
    QuietHours,
    Reason,
    State,
    Stop,
    Unfinished,
    decide,
)

QUIET = QuietHours(time(6, 30), time(6, 45))
LAST_MINUTE = 120
"""Starts lie between 05:00 and 07:00."""


@st.composite
def rundowns(draw: st.DrawFn) -> list[Occurrence]:
    count = draw(st.integers(1, 8))
    return [
        occurrence(
            f"s{number}",
            DAY + timedelta(hours=5) + MINUTE * draw(st.integers(0, LAST_MINUTE)),
            hard=draw(st.booleans()),
            priority=draw(st.sampled_from(Priority)),
            late=draw(st.sampled_from(LateAction)),
            within_min=draw(st.sampled_from([0, 1, 10, 30])),
            max_min=draw(st.sampled_from([1, 10, 60])),
        )
        for number in range(count)
    ]


@dataclass
class Air:
    """A station that carries out every decision, and checks it."""

    rundown: list[Occurrence]
    durations_ms: list[int]
    gate: Gate | None
    now: datetime = DAY + timedelta(hours=4)
    state: State = field(default_factory=State)
    starts: list[Arm] = field(default_factory=list)
    resumes: list[Arm] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    nothing_left: bool = False

    def tick(self) -> datetime | None:
        self._end_what_is_over()
        self.nothing_left = False
        decision = decide(self.state, self.now, self.rundown, gate=self.gate)
        assert sum(isinstance(action, Arm) for action in decision.actions) <= 1
        for action in decision.actions:
            self._carry_out(action)
        for action in decision.actions:
            if isinstance(action, Stop) and action.reason.code == "cut-by-start":
                self._check_cut(action)
        again = decide(self.state, self.now, self.rundown, gate=self.gate)
        assert again.actions == () or self.nothing_left, "asking twice changes nothing"
        begun = [i for i in self.state.on_air if i.at <= self.now < i.ends_at]
        assert len(begun) <= 1, "two on air at once"
        assert again.next_at is None or again.next_at > self.now
        return again.next_at

    def _end_what_is_over(self) -> None:
        for item in self.state.on_air:
            if item.ends_at <= self.now and not item.is_too_long:
                self.state = self.state.closed(item.occurrence.id, Outcome.AIRED)

    def _carry_out(self, action: Arm | Miss | Pause | Stop) -> None:
        match action:
            case Arm():
                self._arm(action)
            case Miss(missed, _reason):
                self.misses.append(action)
                self.state = self.state.closed(missed.id, Outcome.MISSED)
            case Pause():
                self.state = self.state.paused(action)
            case Stop(occurrence_id, _reason):
                self.state = self.state.closed(occurrence_id, Outcome.CUT)

    def _arm(self, arm: Arm) -> None:
        assert self.now <= arm.at <= self.now + timedelta(seconds=1)
        duration_ms = self.durations_ms[int(arm.occurrence.slot.id[1:])]
        if arm.from_ms >= duration_ms:
            self.nothing_left = True
            self._carry_out(Miss(arm.occurrence, Reason("nothing-left", "")))
            return
        (self.resumes if arm.resumes else self.starts).append(arm)
        self.state = self.state.armed(arm, duration_ms=duration_ms)

    def _check_cut(self, stop: Stop) -> None:
        """The reason names what cut it, and that was at least as important."""
        [stopped] = [o for o in self.rundown if o.id == stop.occurrence_id]
        [cutter] = [o for o in self.rundown if f"“{o.programme.title}”" in stop.reason.text]
        assert cutter is not stopped
        assert cutter.slot.priority >= stopped.slot.priority

    def crash(self) -> None:
        left = {
            item.occurrence.id: Unfinished(item.started_at, item.ends_at)
            for item in self.state.on_air
        }
        self.state = State((), {**self.state.ledger, **left})


@settings(deadline=None)
@given(
    rundown=rundowns(),
    minutes=st.lists(st.floats(0.05, 45), min_size=8, max_size=8),
    delays_s=st.lists(st.floats(0, 3), min_size=1, max_size=7),
    jumps=st.dictionaries(st.integers(1, 25), st.floats(1, 90), max_size=3),
    crashes=st.sets(st.integers(1, 25), max_size=4),
    quiet=st.booleans(),
)
def test_every_occurrence_starts_once_or_is_missed_once(
    rundown: list[Occurrence],
    minutes: list[float],
    delays_s: list[float],
    jumps: dict[int, float],
    crashes: set[int],
    quiet: bool,
) -> None:
    """Late ticks, clock jumps and crashes: each slot starts once, or is missed with a reason."""
    lengths = [round(m * 60_000) for m in minutes]
    air = Air(rundown, lengths, QUIET if quiet else None)
    for step in range(1, 400):
        next_at = air.tick()
        if next_at is None and not air.state.on_air:
            break
        if step in crashes:
            air.crash()
        ends = [item.ends_at for item in air.state.on_air if item.ends_at > air.now]
        wake = min([*ends, *([next_at] if next_at else [])], default=air.now)
        delay_s = delays_s[step % len(delays_s)] + 60 * jumps.get(step, 0)
        air.now = max(air.now, wake) + timedelta(seconds=delay_s)
    else:
        raise AssertionError("the station never comes to rest")
    once = sorted([arm.occurrence.id for arm in air.starts] + [m.occurrence.id for m in air.misses])
    assert once == sorted(o.id for o in rundown)
    for arm in air.starts:
        check_start(arm, air.gate)


@settings(deadline=None)
@given(rundown=rundowns())
def test_the_most_important_hard_start_is_never_late(rundown: list[Occurrence]) -> None:
    """On a machine that keeps time, the most important hard start is heard at its minute."""
    air = Air(rundown, [20 * 60_000] * len(rundown), None)
    while (next_at := air.tick()) or air.state.on_air:
        ends = [item.ends_at for item in air.state.on_air if item.ends_at > air.now]
        air.now = min([*ends, *([next_at] if next_at else [])], default=air.now)
    highest = max(o.slot.priority for o in rundown)
    top = [o for o in rundown if o.slot.priority == highest]
    for item in top:
        alone = sum(o.starts_at == item.starts_at for o in top) == 1
        if alone and item.slot.start_type is StartType.HARD:
            [start] = [arm for arm in air.starts if arm.occurrence.id == item.id]
            assert start.at == item.starts_at


def check_start(arm: Arm, gate: Gate | None) -> None:
    late = arm.at - arm.occurrence.starts_at
    slot = arm.occurrence.slot
    allowed = timedelta(0) if slot.late.action is LateAction.SKIP else within(arm.occurrence)
    assert timedelta(0) <= late <= max(allowed, GRACE)
    assert arm.late_ms == late // timedelta(milliseconds=1)
    assert arm.from_ms in {0, arm.late_ms}
    if gate and slot.priority is not Priority.EMERGENCY:
        assert gate.refusal(arm.occurrence, arm.at) is None


def within(item: Occurrence) -> timedelta:
    return timedelta(milliseconds=item.slot.late.within_ms)
