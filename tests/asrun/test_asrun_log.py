"""The as-run log: what its rows tell, and what it refuses."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from airings import FIVE, SANG, occurrence, segment
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.asrun import AsRunLog, RefusedError, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    OpenLog = Callable[[], AsRunLog]

LATER = FIVE + timedelta(minutes=15)


def start(log: AsRunLog, *, day: int = 0) -> str:
    log.started(occurrence(day=day), SANG, at=FIVE + timedelta(days=day), output="null")
    return occurrence(day=day).id


def test_an_airing_is_told_from_start_to_end(log: AsRunLog) -> None:
    """The entry has what was planned, heard, by which voice, and how it ended."""
    name = start(log)
    log.ended(name, at=LATER, outcome=Outcome.AIRED, segments=[segment(0), segment(1)])
    entry = log.entry(name)
    assert entry is not None
    assert (entry.slot, entry.title, entry.scheduled_at) == ("sang", "Chương trình sáng", FIVE)
    assert (entry.starts, entry.ended_at, entry.outcome) == ((FIVE,), LATER, Outcome.AIRED)
    assert (entry.voice, entry.audio_sha256, entry.output) == ("espeak:vi", "ab" * 32, "null")
    assert entry.segments == (segment(0), segment(1))
    assert log.open_occurrences() == []


def test_outputs_that_sounded_are_those_of_the_entry(log: AsRunLog) -> None:
    """Two outputs should have sounded and one did: the entry and its parts name that one."""
    both = "tru-so, loa-ip"
    log.started(occurrence(), SANG, at=FIVE, output=both, own={"loa-ip": SANG})
    heard = replace(segment(0), output="tru-so")
    name = occurrence().id
    log.ended(name, at=LATER, outcome=Outcome.AIRED, output="tru-so", segments=[heard])
    entry = log.entry(name)
    assert entry is not None
    assert (entry.output, entry.segments) == ("tru-so", (heard,))
    assert log.verify() == []


def test_what_is_on_air_is_seen_by_another_process_at_once(open_log: OpenLog) -> None:
    """A start is in the file when the call returns, before any sound."""
    name = start(open_log())
    (seen,) = open_log().open_occurrences()
    assert (seen.occurrence, seen.outcome, seen.ended_at) == (name, Outcome.ON_AIR, None)


def test_a_crash_and_a_resumption_are_two_starts_of_one_entry(log: AsRunLog) -> None:
    """After a crash the entry shows both instants at which sound began, and why."""
    name = start(log)
    log.resumed(name, SANG, at=LATER, output="pacat", reason="mất điện")
    entry = log.entry(name)
    assert entry is not None
    assert (entry.starts, entry.reason, entry.output) == ((FIVE, LATER), "mất điện", "pacat")


def test_a_start_that_was_never_heard_is_taken_back(log: AsRunLog) -> None:
    """A crash between the row and the sound leaves no start in the report, and it may start
    again."""
    name = start(log)
    log.retract_start(name, reason="dừng trước khi có tiếng")
    assert (log.entry(name), log.open_occurrences(), log.entries()) == (None, [], [])
    log.started(occurrence(), SANG, at=LATER, output="null")
    entry = log.entry(name)
    assert entry is not None
    assert entry.starts == (LATER,)
    assert log.verify() == []


def test_only_the_last_start_is_taken_back(log: AsRunLog) -> None:
    """A resumption that was never heard does not hide the first start, which was."""
    name = start(log)
    log.resumed(name, SANG, at=LATER, output="null")
    log.retract_start(name, reason="x")
    entry = log.entry(name)
    assert entry is not None
    assert entry.starts == (FIVE,)


def test_a_dead_device_is_a_failure_without_a_start(log: AsRunLog) -> None:
    """When no sound ever left, the entry says failed and counts no start."""
    name = start(log)
    log.retract_start(name, reason="không mở được loa")
    log.ended(name, at=LATER, outcome=Outcome.FAILED, reason="không mở được loa")
    entry = log.entry(name)
    assert entry is not None
    assert (entry.starts, entry.outcome, entry.reason) == ((), Outcome.FAILED, "không mở được loa")


def test_what_was_left_out_is_the_reason_of_the_entry(log: AsRunLog) -> None:
    """A bulletin that was set aside is named in the log while its slot airs without it."""
    programme = replace(SANG, left_out=("bản tin 03 bị để riêng",))
    log.started(occurrence(), programme, at=FIVE, output="null")
    log.ended(occurrence().id, at=LATER, outcome=Outcome.AIRED)
    entry = log.entry(occurrence().id)
    assert entry is not None
    assert entry.reason == "bản tin 03 bị để riêng"


def test_what_was_missed_says_why(log: AsRunLog) -> None:
    """A slot that nobody heard is in the log with its reason."""
    log.missed(occurrence(), reason="mất điện")
    (entry,) = log.entries()
    assert (entry.starts, entry.ended_at, entry.outcome) == ((), None, Outcome.MISSED)


def test_who_cut_it_is_in_the_entry(log: AsRunLog) -> None:
    """The operator's stop is logged with the operator's name."""
    log.ended(start(log), at=LATER, outcome=Outcome.CUT, reason="dừng", operator="trực máy")
    log.missed(occurrence(day=1), reason="bỏ qua", operator="trực máy")
    assert [entry.operator for entry in log.entries()] == ["trực máy", "trực máy"]


def test_a_name_that_is_no_text_does_not_stop_the_log(log: AsRunLog) -> None:
    """A file named in an old encoding can be the reason of a row, and the chain holds."""
    log.missed(occurrence(), reason="hỏng tệp b\udce0i.txt")
    (entry,) = log.entries()
    assert entry.reason == "hỏng tệp b?i.txt"
    assert log.verify() == []


@pytest.mark.parametrize("ending", ["ended", "missed"])
def test_nothing_is_logged_after_the_end(log: AsRunLog, ending: str) -> None:
    """What has aired, or was missed, can neither start, resume nor end a second time."""
    if ending == "ended":
        log.ended(start(log), at=LATER, outcome=Outcome.AIRED)
    else:
        log.missed(occurrence(), reason="x")
    head = log.head_hash()
    for again in (
        lambda: start(log),
        lambda: log.resumed(occurrence().id, SANG, at=LATER, output="null"),
        lambda: log.ended(occurrence().id, at=LATER, outcome=Outcome.CUT),
        lambda: log.missed(occurrence(), reason="x"),
        lambda: log.retract_start(occurrence().id, reason="x"),
    ):
        with pytest.raises(ValueError, match="already ended"):
            again()
    assert log.head_hash() == head


def test_a_second_start_is_refused_while_the_first_is_on_air(open_log: OpenLog) -> None:
    """Two daemons cannot start one slot twice: the database itself refuses."""
    name = start(open_log())
    for again in (
        start,
        lambda log: log.missed(occurrence(), reason="x"),
    ):
        with pytest.raises(RefusedError, match="cannot start twice"):
            again(open_log())
    assert len(open_log().ledger(FIVE)[name].starts) == 1


def test_what_never_started_cannot_go_on(log: AsRunLog) -> None:
    """A resumption, an end or a retraction needs a start."""
    with pytest.raises(RefusedError, match="has not started"):
        log.resumed("sang@x", SANG, at=FIVE, output="null")
    with pytest.raises(RefusedError, match="has not started"):
        log.retract_start("sang@x", reason="x")
    name = start(log)
    log.retract_start(name, reason="x")
    with pytest.raises(RefusedError, match="has not started"):
        log.retract_start(name, reason="x")


def test_a_device_that_comes_back_makes_the_first_start(log: AsRunLog) -> None:
    """When the loudspeaker was dead at the start and came back, that is when the sound began."""
    name = start(log)
    log.retract_start(name, reason="không có loa")
    log.resumed(name, SANG, at=LATER, output="pacat")
    log.ended(name, at=LATER, outcome=Outcome.AIRED)
    entry = log.entry(name)
    assert entry is not None
    assert entry.starts == (LATER,)


def test_rows_can_be_neither_changed_nor_deleted(log: AsRunLog) -> None:
    """Nobody rewrites the log by mistake: the database refuses."""
    start(log)
    for statement in ("UPDATE asrun SET title = 'x'", "DELETE FROM asrun"):
        with pytest.raises(RefusedError, match="append-only"), log._store.writing() as db:
            db.execute(statement)


def test_days_are_local_and_both_ends_count(log: AsRunLog) -> None:
    """A day is a day in Viet Nam: five in the morning is still the evening before in UTC."""
    for day in range(4):
        log.missed(occurrence(day=day), reason="x")
    found = log.entries(date(2026, 11, 24), date(2026, 11, 25))
    assert [entry.scheduled_at.day for entry in found] == [24, 25]
    assert len(log.entries(date(2026, 11, 24))) == 3
    assert len(log.entries(None, date(2026, 11, 24))) == 2
    assert len(log.entries(date.min, date.max)) == 4


def test_the_ledger_holds_what_was_scheduled_since(log: AsRunLog) -> None:
    """The daemon knows, after a restart, what it need not start again."""
    for day in range(3):
        log.missed(occurrence(day=day), reason="x")
    assert set(log.ledger(FIVE + timedelta(days=1))) == {occurrence(day=1).id, occurrence(day=2).id}


def test_the_present_is_not_before_the_last_row(log: AsRunLog) -> None:
    """The last row's time is a floor: a clock that shows an earlier one is wrong."""
    assert log.last_written_at() is None
    start(log)
    assert log.last_written_at() == FIVE


OPERATIONS = st.tuples(
    st.sampled_from(["start", "resume", "retract", "end", "miss", "reopen", "kill"]),
    st.integers(0, 2),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(OPERATIONS, max_size=25))
def test_any_story_is_told_as_it_happened(operations: list[tuple[str, int]]) -> None:
    """Whatever happens in whatever order, with crashes in between: each occurrence ends at most
    once, its starts are those that stand, and the chain holds."""
    with tempfile.TemporaryDirectory() as folder:
        told, log = _Told(), _open(Path(folder) / "0")
        for number, (what, day) in enumerate(operations, start=1):
            if what in ("reopen", "kill"):
                log = _crash(log, Path(folder) / str(number), killed=what == "kill")
                continue
            allowed = told.allows(what, day)
            try:
                _do(log, what, day)
            except RefusedError:
                assert not allowed
            else:
                assert allowed
                told.happened(what, day)
            assert told.tells(log)
        assert log.verify() == []
        log._store.close()


class _Told:
    """The simplest account of what the log should say."""

    def __init__(self) -> None:
        self.starts = [0, 0, 0]
        self.ended = [False] * 3
        self.started = [False] * 3

    def allows(self, what: str, day: int) -> bool:
        if self.ended[day]:
            return False
        return {
            "start": self.starts[day] == 0,
            "miss": self.starts[day] == 0,
            "resume": self.started[day],
            "retract": self.starts[day] > 0,
            "end": self.started[day],
        }[what]

    def happened(self, what: str, day: int) -> None:
        self.started[day] |= what == "start"
        self.starts[day] += {"start": 1, "resume": 1, "retract": -1}.get(what, 0)
        self.ended[day] |= what in ("end", "miss")

    def tells(self, log: AsRunLog) -> bool:
        entries = {entry.occurrence: entry for entry in log.entries()}
        on_air = {entry.occurrence for entry in log.open_occurrences()}
        for day in range(3):
            entry, name = entries.get(occurrence(day=day).id), occurrence(day=day).id
            if (entry is not None) != bool(self.starts[day] or self.ended[day]):
                return False
            if entry and len(entry.starts) != self.starts[day]:
                return False
            if (name in on_air) != (self.starts[day] > 0 and not self.ended[day]):
                return False
        return True


def _do(log: AsRunLog, what: str, day: int) -> None:
    name = occurrence(day=day).id
    match what:
        case "start":
            log.started(occurrence(day=day), SANG, at=FIVE, output="null")
        case "resume":
            log.resumed(name, SANG, at=FIVE, output="null")
        case "retract":
            log.retract_start(name, reason="x")
        case "end":
            log.ended(name, at=FIVE, outcome=Outcome.AIRED, segments=[segment(1), segment(2)])
        case "miss":
            log.missed(occurrence(day=day), reason="x")


def _open(folder: Path) -> AsRunLog:
    return AsRunLog(Store.open(folder / "station.db", clock=SimulatedClock(FIVE)))


def _crash(log: AsRunLog, folder: Path, *, killed: bool) -> AsRunLog:
    """Another process over the same files; of a killed one, those that it left in mid-air."""
    if not killed:
        log._store.close()
    shutil.copytree(log._store.path.parent, folder)
    log._store.close()
    return _open(folder)
