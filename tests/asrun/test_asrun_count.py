"""What plans and reports count: broadcasts, and the bulletins in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from airings import FIVE, SANG, occurrence
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.asrun import AsRunLog, Store
from broadcaster.asrun.count import count
from broadcaster.clock import SimulatedClock, as_utc_text
from broadcaster.model import (
    AsRunSegment,
    BulletinFacts,
    Outcome,
    PreparedProgramme,
    PreparedSegment,
    Priority,
    SegmentKind,
)

if TYPE_CHECKING:
    from pathlib import Path

MINUTE = timedelta(minutes=1)
CCHC = BulletinFacts(topic="cchc", kind="tin", language="vi", audience="người dân")
RAGLAI = BulletinFacts(topic="y tế", kind="thông báo", language="rgl", priority=Priority.PRIORITY)


def programme(*names: str, facts: BulletinFacts | None = CCHC) -> PreparedProgramme:
    """An ident of a minute, then a bulletin of a minute for each name."""
    ident = PreparedSegment(kind=SegmentKind.IDENT, title="nhac-hieu", start_ms=0, end_ms=60_000)
    parts = [
        PreparedSegment(
            kind=SegmentKind.SPEECH,
            title=f"Bản tin {name}",
            start_ms=n * 60_000,
            end_ms=(n + 1) * 60_000,
            bulletin_id=name,
            facts=facts,
        )
        for n, name in enumerate(names, start=1)
    ]
    return replace(SANG, segments=(ident, *parts))


def heard(made: PreparedProgramme, *, minutes: float, day: int = 0) -> list[AsRunSegment]:
    """What of ``made`` was heard in its first ``minutes``."""
    zero = FIVE + timedelta(days=day)
    until = zero + minutes * MINUTE
    return [
        AsRunSegment(
            kind=part.kind,
            title=part.title,
            started_at=zero + timedelta(milliseconds=part.start_ms),
            ended_at=min(until, zero + timedelta(milliseconds=part.end_ms)),
            bulletin_id=part.bulletin_id,
        )
        for part in made.segments
        if zero + timedelta(milliseconds=part.start_ms) < until
    ]


def air(log: AsRunLog, made: PreparedProgramme, outcome: Outcome, minutes: float, day: int = 0):
    where = occurrence(day=day)
    log.started(where, made, at=where.starts_at, output="null")
    at = where.starts_at + minutes * MINUTE
    parts = heard(made, minutes=minutes, day=day)
    log.ended(where.id, at=at, outcome=outcome, segments=parts)


def outcomes(log: AsRunLog) -> dict[str, Outcome]:
    (found,) = log.broadcasts()
    return {airing.bulletin_id: airing.outcome for airing in found.airings}


def test_a_bulletin_is_counted_with_what_was_said_of_it_when_it_aired(log: AsRunLog) -> None:
    air(log, programme("a"), Outcome.AIRED, 2)
    (found,) = log.broadcasts()
    (airing,) = found.airings
    assert (found.outcome, found.heard_ms, found.priority) == (
        Outcome.AIRED,
        120_000,
        Priority.ROUTINE,
    )
    assert (airing.outcome, airing.heard_ms, airing.facts) == (Outcome.AIRED, 60_000, CCHC)


def test_of_a_programme_that_was_cut_each_bulletin_has_its_own_outcome(log: AsRunLog) -> None:
    air(log, programme("a", "b", "c"), Outcome.CUT, 2.5)
    assert outcomes(log) == {"a": Outcome.AIRED, "b": Outcome.CUT, "c": Outcome.MISSED}


def test_what_lay_ready_for_a_missed_slot_is_missed_too(log: AsRunLog) -> None:
    log.missed(occurrence(), reason="mất điện", programme=programme("a", facts=RAGLAI))
    (found,) = log.broadcasts()
    (airing,) = found.airings
    assert (found.outcome, found.started_at, found.heard_ms) == (Outcome.MISSED, None, 0)
    assert (airing.outcome, airing.heard_ms, airing.facts) == (Outcome.MISSED, 0, RAGLAI)


def test_of_a_missed_slot_for_which_nothing_was_ready_no_bulletin_is_known(log: AsRunLog) -> None:
    log.missed(occurrence(), reason="mất điện")
    assert log.broadcasts()[0].airings == ()


def test_rows_of_an_older_program_are_unknown_and_never_guessed(log: AsRunLog) -> None:
    """They name the bulletins that were heard, and nothing of them."""
    made = programme("a", "b")
    log.started(occurrence(), replace(made, segments=()), at=FIVE, output="null")
    parts = heard(made, minutes=2.5)
    log.ended(occurrence().id, at=FIVE, outcome=Outcome.CUT, segments=parts)
    (found,) = log.broadcasts()
    assert [(a.outcome, a.facts) for a in found.airings] == [
        (Outcome.AIRED, None),
        (Outcome.CUT, None),
    ]


def test_what_two_outputs_air_at_once_is_counted_once(log: AsRunLog) -> None:
    made = programme("a")
    log.started(occurrence(), made, at=FIVE, output="a, b")
    late = [
        replace(part, started_at=part.started_at + MINUTE / 2, ended_at=part.ended_at + MINUTE / 2)
        for part in heard(made, minutes=2)
    ]
    parts = [*heard(made, minutes=2), *late]
    log.ended(occurrence().id, at=FIVE + 3 * MINUTE, outcome=Outcome.AIRED, segments=parts)
    (found,) = log.broadcasts()
    assert (found.heard_ms, found.airings[0].heard_ms) == (150_000, 90_000)


def test_a_start_that_was_never_heard_is_not_counted(log: AsRunLog) -> None:
    log.started(occurrence(), SANG, at=FIVE, output="null")
    log.retract_start(occurrence().id, reason="loa hỏng")
    assert log.broadcasts() == []


def test_what_is_on_air_has_no_outcome_yet(log: AsRunLog) -> None:
    log.started(occurrence(), programme("a"), at=FIVE, output="null")
    assert outcomes(log) == {"a": Outcome.ON_AIR}


def test_only_the_days_that_are_asked_for_are_counted(log: AsRunLog) -> None:
    for day in range(4):
        air(log, programme("a"), Outcome.AIRED, 2, day=day)
    found = log.broadcasts(date(2026, 11, 24), date(2026, 11, 25))
    assert [b.scheduled_at.day for b in found] == [24, 25]


def test_rows_of_a_doubted_clock_are_marked(tmp_path: Path) -> None:
    with Store.open(tmp_path / "station.db", clock=SimulatedClock(FIVE)) as store:
        doubted = [True]
        log = AsRunLog(store, is_clock_doubted=lambda: doubted[0])
        log.missed(occurrence(), reason="không biết giờ")
        doubted[0] = False
        log.missed(occurrence(day=1), reason="mất điện")
        assert [b.clock_doubted for b in log.broadcasts()] == [True, False]
        assert log.verify() == []


def test_damaged_rows_are_counted_as_failed_and_never_stop_the_count() -> None:
    row = (1, "sang@x", "sang", "Sáng", "hôm qua", "started", "", "", "", "", "", None, "{")
    (found,) = count([row], [])
    assert found.outcome is Outcome.FAILED


_minutes = st.lists(st.integers(0, 600), min_size=2, max_size=12, unique=True).map(sorted)


@given(_minutes)
def test_minutes_are_those_in_which_there_was_sound(instants: list[int]) -> None:
    """Whatever overlaps is heard once: seconds counted one by one say the same."""
    spans = [*pairwise(instants[::2]), *pairwise(instants)]
    at = as_utc_text(FIVE)
    start = (1, "o", "sang", "Sáng", at, "started", "", "", "", at, "", None, "{}")
    parts = [("o", "a", "A", _text(begin), _text(end)) for begin, end in spans]
    (found,) = count([start], parts)
    sounded = {second for begin, end in spans for second in range(begin, end)}
    assert found.heard_ms == 1000 * len(sounded)
    assert datetime.fromisoformat(at) == found.started_at


_END_S = 99
_lengths = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), min_size=1, max_size=6)
_windows = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20), st.integers(0, 40)))


@given(_lengths, _windows.filter(lambda found: len(found) < 4), st.sampled_from(Outcome))
def test_each_bulletin_becomes_what_counting_its_seconds_one_by_one_says(
    read: list[tuple[str, int]], windows: list[tuple[int, int, int]], outcome: Outcome
) -> None:
    """A programme of ``read`` bulletins of so many seconds, of which ``windows`` were heard, each
    from a second on, so long, and that much later: interrupted, again, or on two outputs.  Where
    the log has no part of what has ended, it was heard from its start to its end."""
    sounding = [name for name, seconds in read for _second in range(seconds)]
    heard = {
        (sounding[second], second + later)
        for begin, seconds, later in windows
        for second in range(begin, min(begin + seconds, len(sounding)))
    }
    parts = [
        ("o", name, name.upper(), _text(second), _text(second + 1))
        for name, second in sorted(heard)
    ]
    (found,) = count(_story(_items(read), outcome), parts)
    unparted = 0 if outcome is Outcome.ON_AIR else _END_S
    seconds_heard = len({second for _name, second in heard}) or unparted
    assert found.heard_ms == 1000 * seconds_heard
    assert [airing.bulletin_id for airing in found.airings] == list(dict.fromkeys(sounding))
    for airing in found.airings:
        seconds = len([name for name, _second in heard if name == airing.bulletin_id])
        assert airing.heard_ms == 1000 * seconds
        assert airing.facts == CCHC
        assert airing.outcome is _became(outcome, seconds, sounding.count(airing.bulletin_id))


def _became(whole: Outcome, seconds: int, length: int) -> Outcome:
    if whole is Outcome.ON_AIR:
        return Outcome.ON_AIR
    if seconds:
        return Outcome.AIRED if seconds >= length else Outcome.CUT
    return Outcome.FAILED if whole is Outcome.FAILED else Outcome.MISSED


def _items(read: list[tuple[str, int]]) -> str:
    lengths: dict[str, int] = {}
    for name, seconds in read:
        lengths[name] = lengths.get(name, 0) + 1000 * seconds
    items = [
        {"bulletin_id": name, "title": name.upper(), "length_ms": length, "facts": CCHC.as_dict()}
        for name, length in lengths.items()
    ]
    return json.dumps({"items": items, "priority": "routine"})


def _story(details: str, outcome: Outcome) -> list[tuple]:
    """The start, and the end unless it is on air."""
    at, named = _text(0), ("o", "sang", "Sáng", _text(0))
    start = (1, *named, "started", "", "", "", at, "", None, details)
    end = (2, *named, "ended", outcome.value, "", "", "", _text(_END_S), None, "{}")
    return [start] if outcome is Outcome.ON_AIR else [start, end]


def _text(second: int) -> str:
    return as_utc_text(FIVE + timedelta(seconds=second))
