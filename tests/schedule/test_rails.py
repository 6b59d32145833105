"""What the rails refuse: too long, too often, on too many days; and what they leave alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from week_plans import cancel, slot, week

from broadcaster.model import Priority, Rails, Surge, WeekPlan
from broadcaster.schedule import Known, breaches_of_week, check_weeks, rundown

MONDAY = date(2026, 11, 23)
MINUTE_MS = 60_000
DAYS = [MONDAY + timedelta(days=n) for n in range(7)]
WARD = Rails(session_ms=15 * MINUTE_MS, sessions=2, days=5)


def _short(name: str, at: str, **more):
    return slot(name, at, max_ms=15 * MINUTE_MS, **more)


def _refused(plan: WeekPlan, rails: Rails = WARD, day: date = MONDAY) -> list[tuple[str, str, str]]:
    return [
        (f"{b.day:%a}", b.occurrence.slot.id, b.code) for b in breaches_of_week([plan], day, rails)
    ]


def test_two_short_sessions_on_weekdays_are_fine() -> None:
    """A ward's week of two sessions of fifteen minutes from Monday to Friday breaks no rail."""
    assert (
        _refused(
            week(_short("sang", "06:00", days=range(5)), _short("chieu", "17:00", days=range(5)))
        )
        == []
    )


def test_the_third_session_of_a_day_is_refused() -> None:
    """Of three sessions a day the last is refused; cancelling another one lets it air."""
    slots = [
        _short(name, at, days=[0]) for name, at in (("a", "06:00"), ("b", "11:00"), ("c", "17:00"))
    ]
    assert _refused(week(*slots)) == [("Mon", "c", "too-many-sessions")]
    assert _refused(week(*slots, exceptions=[cancel(MONDAY, "a")])) == []


def test_saturday_and_sunday_are_too_many_days() -> None:
    """A daily slot under five days a week is refused on Saturday and on Sunday."""
    plan = week(_short("sang", "06:00"))
    assert _refused(plan) == [("Sat", "sang", "too-many-days"), ("Sun", "sang", "too-many-days")]


def test_slots_close_together_are_one_session() -> None:
    """Ten minutes and ten minutes with a short rest between are a session of more than fifteen."""
    plan = week(
        slot("a", "06:00", days=[0], max_ms=10 * MINUTE_MS),
        slot("b", "06:15", days=[0], max_ms=10 * MINUTE_MS),
        slot("c", "06:30", days=[0], max_ms=5 * MINUTE_MS),
    )
    assert _refused(plan) == [
        ("Mon", "b", "session-too-long"),
    ]


def test_the_length_of_the_programme_counts_where_it_has_one() -> None:
    """A slot of an hour is no breach when its programme is fitted to twelve minutes."""
    plan = week(slot("a", "06:00", days=[0]))
    assert _refused(plan) == [("Mon", "a", "session-too-long")]
    tin = plan.programmes["tin"]
    plan.programmes["tin"] = type(tin)(tin.id, tin.title, tin.segments, length_ms=12 * MINUTE_MS)
    assert _refused(plan) == []


def test_what_the_quiet_hours_refuse_is_no_session() -> None:
    """A slot of 04:30 is refused for the hour and does not use up one of two sessions."""
    rails = Rails(sessions=2, quiet_until=time(5), quiet_from=time(21))
    plan = week(
        *(_short(n, at, days=[0]) for n, at in (("a", "04:30"), ("b", "06:00"), ("c", "17:00")))
    )
    assert _refused(plan, rails) == [("Mon", "a", "quiet-hours")]


def test_a_surge_allows_more_on_its_days_last_day_included() -> None:
    """During an election five sessions and Sundays are allowed; on the day after they are not."""
    surge = Surge(first=MONDAY, last=MONDAY + timedelta(days=6), sessions=5, days=7)
    rails = Rails(sessions=2, days=5, surges=(surge,))
    plan = week(*(_short(f"k{hour}", f"{hour:02}:00") for hour in (6, 9, 12, 15, 18)))
    assert _refused(plan, rails) == []
    after = _refused(plan, rails, MONDAY + timedelta(days=7))
    assert after[:3] == [("Mon", name, "too-many-sessions") for name in ("k12", "k15", "k18")]


def test_what_an_operator_orders_is_not_planned() -> None:
    """What has a higher priority than a timetable can give neither counts nor is refused."""
    plan = week(
        _short("a", "06:00", days=[0]),
        _short("lenh", "07:00", days=[0], priority=Priority.EMERGENCY),
        _short("b", "17:00", days=[0]),
    )
    assert _refused(plan, Rails(sessions=1)) == [("Mon", "b", "too-many-sessions")]


def test_the_check_tells_each_breach_once_with_its_place() -> None:
    """The check names the slot that will be refused, for the first of the days it looks at."""
    plan = week(_short("sang", "06:00"))
    found = check_weeks([plan], days=DAYS, known=Known(rails=WARD))
    assert [(p.code, p.where) for p in found if p.code != "unused-programme"] == [
        ("too-many-days", plan.slots[0].where)
    ]
    weekdays = check_weeks([plan], days=DAYS[:5], known=Known(rails=WARD))
    assert [p.code for p in weekdays if p.code != "unused-programme"] == []


_STARTS = st.sets(st.integers(0, 95), min_size=1, max_size=8)


@settings(deadline=None, max_examples=50)
@given(
    _STARTS,
    st.sampled_from([5, 15, 40]),
    st.one_of(st.none(), st.integers(1, 3)),
    st.one_of(st.none(), st.integers(10, 60)),
    st.one_of(st.none(), st.integers(1, 7)),
)
def test_what_is_left_never_breaks_a_rail(
    quarters: set[int], minutes: int, sessions: int | None, longest: int | None, days: int | None
) -> None:
    """Whatever the week, what is not refused has few enough days, and sessions short enough."""
    plan = week(
        *(
            slot(f"k{n}", f"{n // 4:02}:{n % 4 * 15:02}", max_ms=minutes * MINUTE_MS)
            for n in sorted(quarters)
        )
    )
    rails = Rails(sessions=sessions, session_ms=longest and longest * MINUTE_MS, days=days)
    refused = {b.occurrence.id for b in breaches_of_week([plan], MONDAY, rails)}
    aired = [[o for o in rundown([plan], day).occurrences() if o.id not in refused] for day in DAYS]
    assert sum(map(bool, aired)) <= (days or 7)
    for day in aired:
        spans = _sessions([(o.starts_at, o.ends_by) for o in day])
        assert len(spans) <= (sessions or len(spans))
        assert all(end - first <= timedelta(minutes=longest or 99_999) for first, end in spans)


def _sessions(spans: list[tuple[datetime, datetime]]) -> list[list[datetime]]:
    """Joined where no more than fifteen minutes lie between, by the words of the rule."""
    found: list[list[datetime]] = []
    for first, end in spans:
        if found and (first - found[-1][1]).total_seconds() <= 900:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([first, end])
    return found


@pytest.mark.parametrize("monday", [date(2026, 12, 28), date(2028, 2, 28)])
def test_a_week_over_new_year_or_the_29th_of_february_is_one_week(monday: date) -> None:
    """Days a week count from Monday to Sunday, whatever the calendar does between."""
    plan = week(_short("sang", "06:00"))
    assert [name for name, *_rest in _refused(plan, WARD, monday)] == ["Sat", "Sun"]
