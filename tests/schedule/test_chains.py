"""Slots that follow others, and replays: where they come to stand, and what is wrong with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.rrule import DAILY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st
from week_plans import add, cancel, replace, slot, week

from broadcaster.model import ProgrammePlan, Replay, Slot, StartType, WeekPlan
from broadcaster.schedule import Expansion, check_weeks, occurrences_between, parse_week, rundown

MONDAY = date(2026, 11, 23)
MINUTE_MS = 60_000


def _after(name: str, leader: str, **more) -> Slot:
    return slot(name, "00:00", after=leader, start_type=StartType.SOFT, **more)


def _starts(plan: WeekPlan, day: date = MONDAY) -> list[str]:
    return [f"{o.slot.id} {o.starts_at:%d %H:%M}" for o in rundown([plan], day).occurrences()]


def _codes(*plans: WeekPlan) -> list[str]:
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    return [p.code for p in check_weeks(plans, days=days) if p.code != "unused-programme"]


def _again(name: str, at: str, of: str, **which) -> Slot:
    return slot(name, at, airs="", replay=Replay(slot_id=of, **which))


# -- what follows -------------------------------------------------------------------------


def test_stands_where_the_one_before_it_ends() -> None:
    """What follows a programme of twelve minutes is planned twelve minutes after its start."""
    plan = week(slot("a", "05:30", max_ms=15 * MINUTE_MS), _after("b", "a", max_ms=5 * MINUTE_MS))
    assert _starts(plan) == ["a 23 05:30", "b 23 05:45"]
    plan.programmes["tin"] = ProgrammePlan("tin", "Tin", (), length_ms=12 * MINUTE_MS)
    assert _starts(plan) == ["a 23 05:30", "b 23 05:42"]


def test_a_chain_stands_in_its_order_however_it_is_written() -> None:
    """Three in a row, written from the last to the first, and into the next day."""
    plan = week(_after("c", "b"), _after("b", "a"), slot("a", "23:30", max_ms=20 * MINUTE_MS))
    assert _starts(plan) == ["a 23 23:30", "b 23 23:50", "c 24 00:50"]
    assert _codes(plan) == []


def test_what_follows_across_midnight_is_found_the_next_day() -> None:
    """Its start after midnight belongs to the evening before, and is looked for there."""
    plan = week(slot("a", "23:30", days=[0]), _after("b", "a", max_ms=MINUTE_MS))
    (found,) = rundown([plan], MONDAY).occurrences()[1:]
    assert found.id == "b@2026-11-24T00:30+07:00"
    window = occurrences_between([plan], found.starts_at, found.starts_at)
    assert [o.id for o in window] == [found.id]
    early = found.not_before
    assert early is not None
    assert [o.slot.id for o in occurrences_between([plan], early, early)] == ["a", "b"]


def test_airs_on_the_days_of_its_leader_and_fewer_if_it_says_so() -> None:
    """It follows a leader of Monday and Tuesday on both days, or on the one that it names."""
    text = """
programmes: {tin: {segments: [{ident: nhac-hieu}]}}
slots:
  - {id: a, days: "T2,T3", at: 05:30, programme: tin}
  - {id: b, after: a, programme: tin}
  - {id: c, after: b, days: T3, programme: tin}
"""
    plan, problems = parse_week(text, path=week().path)
    assert plan is not None
    assert problems == []
    names = [
        [o.slot.id for o in rundown([plan], MONDAY + timedelta(days=n)).occurrences()]
        for n in range(3)
    ]
    assert names == [["a", "b"], ["a", "b", "c"], []]


def test_a_cancelled_leader_leaves_its_time() -> None:
    """Where the leader is cancelled, what follows it starts at the usual time, waiting for none."""
    plan = week(slot("a", "05:30"), _after("b", "a"), exceptions=[cancel(MONDAY, "a")])
    (found,) = rundown([plan], MONDAY).occurrences()
    assert (f"{found.starts_at:%H:%M}", found.follows) == ("06:30", "")


def test_a_moved_leader_takes_its_follower_along() -> None:
    """Where the leader is cancelled and added at another time, what follows it moves too."""
    moved = [cancel(MONDAY, "a"), add(MONDAY, slot("a", "09:00"))]
    plan = week(slot("a", "05:30"), _after("b", "a"), exceptions=moved)
    assert _starts(plan) == ["a 23 09:00", "b 23 10:00"]


def test_a_replaced_leader_has_another_length() -> None:
    """What follows stands at the end of the programme that really airs."""
    plan = week(slot("a", "05:30"), _after("b", "a"), exceptions=[replace(MONDAY, "a", "tet")])
    plan.programmes["tet"] = ProgrammePlan("tet", "Tết", (), length_ms=3 * MINUTE_MS)
    assert _starts(plan) == ["a 23 05:30", "b 23 05:33"]


def test_an_unknown_leader_and_a_circle_are_told() -> None:
    """What follows nothing, or itself, never airs, and the check says so."""
    assert _codes(week(slot("a", "05:30"), _after("b", "x"))) == ["unknown-leader"]
    circle = week(slot("a", "05:30"), _after("b", "c"), _after("c", "b"))
    assert _codes(circle) == ["follows-circle"] * 2
    assert _starts(circle) == ["a 23 05:30"]
    assert _codes(week(_after("b", "b"))) == ["follows-circle"]


def test_it_overlaps_nobody_it_waits_for() -> None:
    """A leader that may last longer than its programme is no overlap with what waits for it."""
    plan = week(slot("a", "05:30", max_ms=15 * MINUTE_MS), _after("b", "a", max_ms=MINUTE_MS))
    plan.programmes["tin"] = ProgrammePlan(
        "tin", "Tin", week().programmes["tin"].segments, length_ms=MINUTE_MS
    )
    assert "overlap" not in _codes(plan)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 600)), min_size=1, max_size=7),
    st.integers(0, 1_439),
)
def test_every_chain_ends_where_an_addition_says(links: list[tuple[int, int]], minute: int) -> None:
    """Whatever follows whatever, each start is the sum of the lengths before it; none is twice."""
    first = slot("k0", f"{minute // 60:02}:{minute % 60:02}", max_ms=links[0][1] * MINUTE_MS)
    leaders = [min(leader, n) for n, (leader, _length) in enumerate(links[1:])]
    others = [
        _after(f"k{n}", f"k{leader}", max_ms=length * MINUTE_MS)
        for n, (leader, (_i, length)) in enumerate(zip(leaders, links[1:], strict=True), 1)
    ]
    plan = week(*reversed(others), first)
    expected = {"k0": minute}
    for n, leader in enumerate(leaders, 1):
        expected[f"k{n}"] = expected[f"k{leader}"] + links[leader][1]
    found = rundown([plan], MONDAY).occurrences()
    offsets = {
        o.slot.id: (o.starts_at.date() - MONDAY).days * 1_440
        + o.starts_at.hour * 60
        + o.starts_at.minute
        for o in found
    }
    assert len(found) == len(expected)
    assert offsets == expected


# -- replays ------------------------------------------------------------------------------


def _sources(plan: WeekPlan, day: date = MONDAY) -> list[str]:
    return [o.replays.id[:-6] for o in rundown([plan], day).occurrences() if o.replays]


def test_repeats_the_last_airing_before_it() -> None:
    """In the morning that is yesterday evening's, at noon the morning's."""
    plan = week(slot("chieu", "17:00"), _again("som", "05:30", "chieu"))
    assert _sources(plan) == ["chieu@2026-11-22T17:00"]
    plan = week(slot("sang", "05:30"), _again("trua", "11:00", "sang"))
    assert _sources(plan) == ["sang@2026-11-23T05:30"]


@pytest.mark.parametrize(
    "which,source",
    [
        ({}, "2026-11-20"),
        ({"days_before": 1}, None),
        ({"days_before": 7}, "2026-11-16"),
        ({"day": date(2026, 11, 18)}, "2026-11-18"),
        ({"day": date(2026, 11, 19)}, None),
    ],
)
def test_repeats_a_named_airing(which: dict, source: str | None) -> None:
    """The last, that of a day before, or of a date; with nothing to repeat it does not air."""
    evening = slot("chieu", "17:00", days=[0, 2, 4])
    plan = week(evening, _again("som", "05:30", "chieu", **which))
    assert _sources(plan) == ([f"chieu@{source}T17:00"] if source else [])
    (morning,) = [i for i in rundown([plan], MONDAY).items if i.occurrence.slot.id == "som"]
    assert morning.cancelled is (source is None)
    assert bool(morning.occurrence.reason) is (source is None)


def test_passes_over_what_was_cancelled() -> None:
    """An evening that was cancelled cannot be repeated; the one before it is."""
    yesterday = MONDAY - timedelta(days=1)
    plan = week(
        slot("chieu", "17:00"), _again("som", "05:30", "chieu"), exceptions=[cancel(yesterday)]
    )
    assert _sources(plan) == ["chieu@2026-11-21T17:00"]


def test_what_is_remembered_of_a_year_is_what_each_day_says() -> None:
    """A station that asks day after day is told the same as one that asks afresh, replays too, and
    remembers no more in its third year than in its first."""
    plan = week(
        slot("chieu", "17:00", days=[0, 2, 4]),
        _again("som", "05:30", "chieu"),
        exceptions=[cancel(MONDAY + timedelta(days=40))],
    )
    remembered = Expansion([plan])
    for day in (MONDAY + timedelta(days=n) for n in range(3 * 365)):
        assert remembered.rundown(day) == rundown([plan], day)
        assert len(remembered._known) < 200


def test_repeats_what_really_aired_under_a_marked_title() -> None:
    """The programme of that day, a replaced one too, with “(phát lại)” in its title."""
    yesterday = MONDAY - timedelta(days=1)
    plan = week(
        slot("chieu", "17:00"),
        _again("som", "05:30", "chieu"),
        exceptions=[replace(yesterday, "chieu", "tet")],
    )
    morning = rundown([plan], MONDAY).occurrences()[0]
    assert (morning.programme.id, morning.programme.title) == ("tet", "Tet (phát lại)")


def test_repeats_what_another_file_brought() -> None:
    """On Monday of a new week's file, Sunday's evening comes from the file before."""
    old = week(slot("chieu", "17:00"), name="cu.yaml", last=MONDAY - timedelta(days=1))
    new = week(_again("som", "05:30", "chieu"), name="moi.yaml", first=MONDAY)
    found = rundown([old, new], MONDAY)
    assert [o.replays.id[:-6] for o in found.occurrences()] == ["chieu@2026-11-22T17:00"]
    assert found.problems == ()


def test_a_day_may_replace_a_replay() -> None:
    """On a day with a programme of its own there is nothing to repeat."""
    plan = week(
        slot("chieu", "17:00"),
        _again("som", "05:30", "chieu"),
        exceptions=[replace(MONDAY, "som", "tet")],
    )
    morning = rundown([plan], MONDAY).occurrences()[0]
    assert (morning.programme.id, morning.replays) == ("tet", None)


def test_wrong_replays_are_told() -> None:
    """A replay of nothing, of an unknown slot, or of another replay is told once."""
    sunday_only = slot("chieu", "17:00", days=[6])
    assert _codes(week(sunday_only, _again("som", "05:30", "chieu", days_before=1))) == [
        "nothing-to-replay"
    ]
    assert _codes(week(slot("a", "17:00"), _again("som", "05:30", "x"))) == ["unknown-replay"]
    twice = week(slot("a", "17:00"), _again("b", "05:30", "a"), _again("c", "11:00", "b"))
    assert _codes(twice) == ["replay-of-replay"]


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(0, 6), min_size=1), st.dates(date(2028, 2, 20), date(2028, 3, 5)))
def test_the_last_airing_is_what_a_library_finds(days: set[int], day: date) -> None:
    """Over 29 February, too, a replay at 05:30 repeats the last evening that dateutil knows."""
    plan = week(slot("chieu", "17:00", days=days), _again("som", "05:30", "chieu"))
    evenings = rrule(
        DAILY, dtstart=date(2028, 1, 1), byweekday=sorted(days), until=day - timedelta(days=1)
    )
    assert _sources(plan, day) == [f"chieu@{list(evenings)[-1]:%Y-%m-%d}T17:00"]
