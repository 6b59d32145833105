"""The rundown of a day: what airs, in which order, and which file decides."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from week_plans import add, cancel, replace, slot, week

from broadcaster.clock import LOCAL
from broadcaster.model import (
    DayException,
    ExceptionKind,
    LateAction,
    LatePolicy,
    Priority,
    WeekPlan,
)
from broadcaster.schedule import load_week, occurrences_between, plan_for, rundown

MONDAY, TUESDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 29))


def _names(plans: list[WeekPlan], day: date) -> list[str]:
    return [occurrence.slot.id for occurrence in rundown(plans, day).occurrences()]


def test_airs_on_its_days_only() -> None:
    """A slot of Monday and Sunday airs on Monday and on Sunday, not on Tuesday."""
    plan = week(slot("sang", "05:30", days=(0, 6)))
    assert [_names([plan], day) for day in (MONDAY, TUESDAY, SUNDAY)] == [["sang"], [], ["sang"]]


def test_names_a_start_by_slot_and_instant() -> None:
    """An occurrence is named by its slot and its start in local time."""
    (occurrence,) = rundown([week(slot("sang", "05:00"))], MONDAY).occurrences()
    assert occurrence.id == "sang@2026-11-23T05:00+07:00"


def test_orders_by_start_then_priority_then_name() -> None:
    """A day is read from morning to evening; at one minute the higher priority comes first."""
    plan = week(
        slot("chieu", "17:00"),
        slot("b", "05:00"),
        slot("uu-tien", "05:00", priority=Priority.PRIORITY),
        slot("a", "05:00"),
    )
    assert _names([plan], MONDAY) == ["uu-tien", "a", "b", "chieu"]


def test_a_weeks_file_beats_an_open_one() -> None:
    """Of the files that hold on a day, the one for the shortest time decides alone."""
    plans = [
        week(slot("luon-luon", "05:00"), name="a.yaml"),
        week(slot("tu-nay", "05:00"), name="b.yaml", first=date(2026, 6, 1)),
        week(slot("nam", "05:00"), name="c.yaml", first=date(2026, 1, 1), last=date(2026, 12, 31)),
        week(slot("tuan", "05:00"), name="d.yaml", first=MONDAY, last=SUNDAY),
    ]
    days = (date(2025, 12, 31), date(2027, 1, 1), date(2026, 11, 22), MONDAY, SUNDAY)
    assert [_names(plans, day) for day in days] == [
        ["luon-luon"],
        ["tu-nay"],
        ["nam"],
        ["tuan"],
        ["tuan"],
    ]


def test_a_later_beginning_beats_an_earlier_one() -> None:
    """A file that holds from July on replaces, from July on, the one from January on."""
    old = week(name="cu.yaml", first=date(2026, 1, 1))
    new = week(name="moi.yaml", first=date(2026, 7, 1))
    assert plan_for([old, new], date(2026, 6, 30)) is old
    assert plan_for([old, new], date(2026, 7, 1)) is new


def test_of_equal_files_the_first_by_name_decides_and_the_day_says_so() -> None:
    """Two files for the same days: one is taken, always the same, and the day has a problem."""
    plans = [week(slot("b", "05:00"), name="b.yaml"), week(slot("a", "05:00"), name="a.yaml")]
    assert _names(plans, MONDAY) == ["a"]
    assert [p.code for p in rundown(plans, MONDAY).problems] == ["two-files"]


def test_without_a_file_nothing_airs() -> None:
    """A day that no file covers is empty."""
    plan = week(slot("sang", "05:00"), last=date(2026, 1, 1))
    assert rundown([plan], MONDAY).items == ()
    assert rundown([], MONDAY).items == ()


def test_a_cancelled_slot_stays_visible_with_its_reason() -> None:
    """What is cancelled stays in the list of the day and says why, but does not air."""
    plan = week(
        slot("sang", "05:00"),
        slot("chieu", "17:00"),
        exceptions=[cancel(MONDAY, "sang", reason="Nghỉ lễ")],
    )
    day = rundown([plan], MONDAY)
    assert [(i.occurrence.slot.id, i.cancelled, i.occurrence.reason) for i in day.items] == [
        ("sang", True, "Nghỉ lễ"),
        ("chieu", False, ""),
    ]
    assert _names([plan], MONDAY) == ["chieu"]


def test_the_last_day_of_a_range_belongs_to_it() -> None:
    """A range of days includes its first and its last day."""
    plan = week(slot("sang", "05:00"), exceptions=[cancel(TUESDAY, last=SUNDAY)])
    days = [MONDAY + timedelta(days=n) for n in range(8)]
    assert [bool(_names([plan], day)) for day in days] == [True, *[False] * 6, True]


def test_cancelling_all_leaves_what_the_day_adds() -> None:
    """On a day with “cancel: all” only what was added for that day airs."""
    plan = week(
        slot("sang", "05:00"),
        slot("chieu", "17:00"),
        exceptions=[add(MONDAY, slot("le", "09:00", airs="tet")), cancel(MONDAY)],
    )
    assert _names([plan], MONDAY) == ["le"]


def test_cancelled_and_added_again_is_moved() -> None:
    """A slot that is cancelled and added at another time airs once, at the other time."""
    plan = week(
        slot("sang", "05:00"),
        exceptions=[cancel(MONDAY, "sang"), add(MONDAY, slot("sang", "06:00"))],
    )
    assert [o.id for o in rundown([plan], MONDAY).occurrences()] == ["sang@2026-11-23T06:00+07:00"]


def test_cancelled_and_added_at_the_same_minute_airs_the_added_one() -> None:
    """A slot that is cancelled and added at its own time airs what was added."""
    plan = week(
        slot("sang", "05:00"),
        exceptions=[cancel(MONDAY, "sang"), add(MONDAY, slot("sang", "05:00", airs="tet"))],
    )
    assert [o.programme.id for o in rundown([plan], MONDAY).occurrences()] == ["tet"]


def test_the_last_replacement_counts() -> None:
    """Of two replacements of one slot on one day, the lower one in the file counts."""
    plan = week(
        slot("sang", "05:00"),
        exceptions=[replace(MONDAY, "sang", "khac"), replace(MONDAY, "sang", "tet")],
        programmes=("tin", "khac", "tet"),
    )
    assert [o.programme.id for o in rundown([plan], MONDAY).occurrences()] == ["tet"]


def test_an_unknown_programme_keeps_its_slot() -> None:
    """A slot whose programme is unknown stays in the day, empty, and the day has a problem."""
    day = rundown([week(slot("sang", "05:00", airs="la"))], MONDAY)
    assert [o.programme.segments for o in day.occurrences()] == [()]
    assert [problem.code for problem in day.problems] == ["unknown-programme"]


def test_the_same_slot_at_the_same_minute_is_one_start() -> None:
    """Two slots with one name at one minute are one start: it must never air twice."""
    plan = week(slot("sang", "05:00"), slot("sang", "05:00", airs="tet"), slot("sang", "06:00"))
    assert [o.id for o in rundown([plan], MONDAY).occurrences()] == [
        "sang@2026-11-23T05:00+07:00",
        "sang@2026-11-23T06:00+07:00",
    ]


@pytest.mark.parametrize("year,airs", [(2028, True), (2026, False)])
def test_the_29th_of_february_is_a_day_like_any_other(year: int, *, airs: bool) -> None:
    """A daily slot airs on 29 February of a leap year, and the year has as many starts as days."""
    plan = week(slot("sang", "05:00"))
    start = datetime(year, 1, 1, tzinfo=LOCAL)
    end = datetime(year, 12, 31, 23, 59, tzinfo=LOCAL)
    found = [o.id for o in occurrences_between([plan], start, end) if o.starts_at >= start]
    assert len(found) == (366 if airs else 365)
    assert (f"sang@{year}-02-29T05:00+07:00" in found) is airs


def test_new_years_eve_belongs_to_the_year_that_ends() -> None:
    """On 31 December the file of the year still holds, on 1 January the next one does."""
    plans = [
        week(slot("cu", "23:59"), name="cu.yaml", first=date(2026, 1, 1), last=date(2026, 12, 31)),
        week(
            slot("moi", "00:00"), name="moi.yaml", first=date(2027, 1, 1), last=date(2027, 12, 31)
        ),
    ]
    assert _names(plans, date(2026, 12, 31)) == ["cu"]
    assert _names(plans, date(2027, 1, 1)) == ["moi"]


# -- instants -----------------------------------------------------------------------------


def _between(plan: WeekPlan, start: str, end: str) -> list[str]:
    instants = [datetime.fromisoformat(text).replace(tzinfo=LOCAL) for text in (start, end)]
    return [o.id.partition("+")[0] for o in occurrences_between([plan], *instants)]


def test_what_began_yesterday_may_still_be_on_air() -> None:
    """A slot of 23:59 is still found after midnight, as long as it may last."""
    plan = week(slot("dem", "23:59", max_ms=1_800_000, late=LatePolicy(LateAction.SKIP, 0)))
    assert _between(plan, "2026-11-24T00:10", "2026-11-24T01:00") == ["dem@2026-11-23T23:59"]
    assert _between(plan, "2026-11-24T00:29", "2026-11-24T01:00") == []


def test_what_may_still_start_late_is_found() -> None:
    """A short slot of 23:59 is still found at 00:08, because it may start ten minutes late."""
    plan = week(slot("dem", "23:59", max_ms=60_000))
    assert _between(plan, "2026-11-24T00:08", "2026-11-24T01:00") == ["dem@2026-11-23T23:59"]
    assert _between(plan, "2026-11-24T00:09", "2026-11-24T01:00") == []


def test_both_ends_are_included() -> None:
    """A start exactly at the first or at the last instant is found."""
    plan = week(slot("sang", "05:00", max_ms=1_000, late=LatePolicy(LateAction.SKIP, 0)))
    assert _between(plan, "2026-11-23T05:00", "2026-11-24T05:00") == [
        "sang@2026-11-23T05:00",
        "sang@2026-11-24T05:00",
    ]


def test_a_day_long_slot_is_found_the_next_evening() -> None:
    """A slot of a whole day is found until a whole day has passed."""
    plan = week(slot("ca-ngay", "23:00", days=(0,), max_ms=86_400_000))
    assert _between(plan, "2026-11-24T22:59", "2026-11-24T23:30") == ["ca-ngay@2026-11-23T23:00"]


# -- an independent expansion -------------------------------------------------------------

_DATES = st.dates(date(2026, 1, 28), date(2026, 3, 4))
_SLOT_IDS = st.sampled_from(["sang", "trua", "chieu", "dem"])
_SLOTS = st.builds(
    slot,
    _SLOT_IDS,
    st.sampled_from(["00:00", "05:00", "05:00:30", "17:00", "23:59"]),
    days=st.sets(st.integers(0, 6)),
    airs=st.sampled_from(["tin", "tet", "khong-co"]),
    max_ms=st.sampled_from([60_000, 3_600_000, 86_400_000]),
    priority=st.sampled_from([Priority.ROUTINE, Priority.PRIORITY]),
)


@st.composite
def _exceptions(draw: st.DrawFn) -> DayException:
    first, last = sorted((draw(_DATES), draw(_DATES)))
    kind = draw(st.sampled_from(ExceptionKind))
    if kind is ExceptionKind.ADD:
        return add(first, draw(_SLOTS), last=last)
    if kind is ExceptionKind.REPLACE:
        return replace(first, draw(_SLOT_IDS), draw(st.sampled_from(["tet", "la"])), last=last)
    return cancel(first, *draw(st.sets(_SLOT_IDS, max_size=2)), last=last)


@st.composite
def _weeks(draw: st.DrawFn) -> list[WeekPlan]:
    plans = []
    for name in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        first, last = sorted((draw(_DATES), draw(_DATES)))
        plans.append(
            week(
                *draw(st.lists(_SLOTS, max_size=4)),
                name=f"{name}.yaml",
                first=draw(st.sampled_from([first, None])),
                last=draw(st.sampled_from([last, None])),
                exceptions=draw(st.lists(_exceptions(), max_size=4)),
            )
        )
    return plans


def _days_of(plan: WeekPlan) -> range:
    """The days of a plan, one by one, as numbers of the calendar."""
    first = plan.validity.first or date(1, 1, 1)
    last = plan.validity.last or date(9999, 12, 31)
    return range(first.toordinal(), last.toordinal() + 1)


def _expand(plans: list[WeekPlan], day: date) -> set[tuple[str, str, str]]:
    """(slot, minute, programme) of ``day``, by the words of the contract, one at a time."""
    sizes = sorted(
        (len(_days_of(p)), str(p.path), p) for p in plans if day.toordinal() in _days_of(p)
    )
    if not sizes:
        return set()
    plan = sizes[0][2]
    today = [e for e in plan.exceptions if day >= e.first and not day > e.last]
    airing = {}
    for exception in reversed(today):
        if exception.kind == "add":
            new = exception.slot
            airing[new.id, new.start.strftime("%H:%M")] = new.programme_id
    for each in reversed(plan.slots):
        if "MTWtFSU"[day.isoweekday() - 1] not in {"MTWtFSU"[n] for n in each.days}:
            continue
        if any(e.kind == "cancel" and (e.slot_ids == () or each.id in e.slot_ids) for e in today):
            continue
        airs = [e.programme_id for e in today if e.kind == "replace" and each.id in e.slot_ids]
        airing[each.id, each.start.strftime("%H:%M")] = (each.programme_id, *airs)[-1]
    return {(name, minute, airs) for (name, minute), airs in airing.items()}


@settings(deadline=None)
@given(_weeks(), _DATES)
def test_any_day_is_what_an_independent_expansion_says(plans: list[WeekPlan], day: date) -> None:
    """Whatever weeks and exceptions there are, a day airs exactly what the rules say, once."""
    found = [
        (o.slot.id, f"{o.starts_at:%H:%M}", o.programme.id)
        for o in rundown(plans, day).occurrences()
    ]
    assert len(found) == len(set(found))
    assert set(found) == _expand(plans, day)


@settings(deadline=None)
@given(_weeks(), _DATES, st.times(), st.integers(0, 3 * 1440))
def test_the_instants_of_a_window_are_those_of_its_days(
    plans: list[WeekPlan], day: date, at: time, minutes: int
) -> None:
    """A window holds every start in it, and what is still running at its beginning."""
    start = datetime.combine(day, at, LOCAL)
    end = start + timedelta(minutes=minutes)
    days = [day + timedelta(days=n) for n in range(-4, 6)]
    expected = {
        o.id
        for each in days
        for o in rundown(plans, each).occurrences()
        if o.starts_at <= end
        and (o.starts_at >= start or o.ends_by > start or o.latest_start > start)
    }
    found = occurrences_between(plans, start, end)
    assert {o.id for o in found} == expected
    assert [o.starts_at for o in found] == sorted(o.starts_at for o in found)


def test_the_repository_week_agrees_with_its_own_file() -> None:
    """The sample week airs two sessions a day for a whole year of days."""
    plan, _problems = load_week(Path(__file__).parents[2] / "schedules" / "tuan-mau.yaml")
    assert plan is not None
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert all({"sang", "chieu"} <= set(_names([plan], day)) for day in days)
