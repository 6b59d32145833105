"""Types of days: against the days off that were announced, the law, another moon, a library."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, YEARLY, rrule, weekday
from hypothesis import given, settings
from hypothesis import strategies as st
from sky import common_day
from week_plans import week

from broadcaster.clock import LOCAL
from broadcaster.model import DayType, Slot, StationCalendar, WeekPlan
from broadcaster.schedule import day_type, days_to_check, occurrences_between, parse_week, rundown

NONE = StationCalendar()
HEAD = "programmes: {tin: {segments: [{ident: nhac-hieu}]}}\n"

TET_OFF = {
    2021: ("10/2", "16/2"),
    2022: ("31/1", "4/2"),
    2023: ("20/1", "26/1"),
    2024: ("8/2", "14/2"),
    2025: ("27/1", "31/1"),
    2026: ("16/2", "20/2"),
}
"""First and last working day off of Tết, as the government announced."""
OTHER_DAYS_OFF = {
    2021: "1/1 21/4 30/4 3/5 2/9 3/9",
    2022: "3/1 11/4 2/5 3/5 1/9 2/9",
    2023: "2/1 1/5 2/5 3/5 1/9 4/9",
    2024: "1/1 18/4 29/4 30/4 1/5 2/9 3/9",
    2025: "1/1 7/4 30/4 1/5 2/5 1/9 2/9",
}
"""Working days (Monday to Friday) off for other reasons, announced as well."""


def _date(text: str, year: int) -> date:
    day, month = (int(part) for part in text.split("/"))
    return date(year, month, day)


def _working_days_off(year: int, kind: DayType) -> list[date]:
    days = rrule(DAILY, dtstart=date(year, 1, 1), until=date(year, 12, 31))
    return [d.date() for d in days if d.weekday() < 5 and day_type(d.date(), NONE) is kind]


@pytest.mark.parametrize("year", TET_OFF)
def test_tet_is_off_on_the_days_that_were_announced(year: int) -> None:
    """The working days off of Tết are those that the government announced for that year."""
    first, last = (_date(text, year) for text in TET_OFF[year])
    days = rrule(DAILY, dtstart=first, until=last, byweekday=(MO, TU, WE, TH, FR))
    assert _working_days_off(year, DayType.TET) == [d.date() for d in days]


@pytest.mark.parametrize("year", OTHER_DAYS_OFF)
def test_other_holidays_are_off_on_the_days_that_were_announced(year: int) -> None:
    """Holidays, substitute days and swapped days are those that were announced."""
    announced = [_date(text, year) for text in OTHER_DAYS_OFF[year].split()]
    assert _working_days_off(year, DayType.HOLIDAY) == announced


@pytest.mark.parametrize("year", range(2020, 2041))
def test_every_holiday_of_the_labour_code_is_one(year: int) -> None:
    """Bộ luật Lao động 2019, art. 112: each of its days is lễ or Tết, by the real moon."""
    new_year = common_day(1, 1, year)
    fixed = [date(year, *day) for day in ((1, 1), (4, 30), (5, 1), (9, 2))]
    holidays = [*fixed, common_day(10, 3, year)]
    tet = [new_year + timedelta(days=n) for n in range(-1, 4)]
    assert {day_type(day, NONE) for day in holidays} == {DayType.HOLIDAY}
    assert {day_type(day, NONE) for day in tet} == {DayType.TET}


@pytest.mark.parametrize("year", range(2022, 2041))
def test_a_holiday_on_a_weekend_is_made_up_for(year: int) -> None:
    """Art. 111: who loses a weekly day of rest to a holiday has the next working day off."""
    off = {DayType.HOLIDAY, DayType.TET}
    for day in (date(year, 1, 1), common_day(10, 3, year), date(year, 9, 2)):
        if day.weekday() >= 5:
            week_after = [day + timedelta(days=n) for n in range(1, 8)]
            monday = next(d for d in week_after if d.weekday() < 5)
            assert day_type(monday, NONE) in off


def test_what_a_year_decides_wins_over_the_law() -> None:
    """Swapped days, a working Saturday and mourning of station.yaml count before the library."""
    friday, saturday = date(2030, 5, 3), date(2030, 5, 11)
    decided = StationCalendar(
        days_off=frozenset({friday}),
        workdays=frozenset({saturday, date(2030, 9, 2)}),
        mourning=((date(2030, 7, 1), date(2030, 7, 2)),),
    )
    assert day_type(friday, NONE) is DayType.ORDINARY
    assert day_type(friday, decided) is DayType.HOLIDAY
    assert day_type(saturday, NONE) is DayType.WEEKEND
    assert day_type(saturday, decided) is DayType.ORDINARY
    assert day_type(date(2030, 9, 2), decided) is DayType.ORDINARY
    mourning = [date(2030, 7, n) for n in range(1, 4)]
    assert [day_type(day, decided) is DayType.MOURNING for day in mourning] == [True, True, False]


def test_a_day_off_before_tet_is_tet() -> None:
    """A day that the year adds next to mùng một belongs to Tết, any other is a holiday."""
    before, summer = date(2030, 1, 31), date(2030, 6, 6)
    decided = StationCalendar(days_off=frozenset({before, summer}))
    assert day_type(before, decided) is DayType.TET
    assert day_type(summer, decided) is DayType.HOLIDAY


@given(st.dates(date(1890, 1, 1), date(2150, 12, 31)))
def test_each_day_has_one_type(day: date) -> None:
    """Any day has a type, in years that no almanac covers too; a weekend is seldom ordinary."""
    kind = day_type(day, NONE)
    swapped = {date(2014, 12, 27), date(2019, 1, 5)}
    if day.weekday() >= 5 and kind is DayType.ORDINARY:
        assert day.year in range(2010, 2027) or day in swapped


# -- days of slots ------------------------------------------------------------------------


def _plan(days: str, more: str = "", calendar: StationCalendar = NONE) -> WeekPlan:
    text = f"{HEAD}slots:\n  - {{id: s, days: '{days}', at: 05:30, programme: tin}}\n{more}"
    plan, problems = parse_week(text, path=Path("lich.yaml"), calendar=calendar)
    assert problems == []
    assert plan is not None
    return plan


def _aired(plan: WeekPlan, first: date, last: date) -> list[date]:
    begin = datetime.combine(first, time(), LOCAL)
    end = datetime.combine(last, time(23, 59), LOCAL)
    found = occurrences_between([plan], begin, end)
    return [o.starts_at.date() for o in found if o.starts_at >= begin]


_YEARS = (date(2027, 1, 1), date(2028, 12, 31))


def _lunar(day: int, month: int) -> list[date]:
    return [
        d
        for year in (2026, 2027, 2028)
        if _YEARS[0] <= (d := common_day(day, month, year)) <= _YEARS[1]
    ]


@pytest.mark.parametrize(
    "days,expected",
    [
        ("giỗ tổ", _lunar(10, 3)),
        ("rằm tháng Giêng", _lunar(15, 1)),
        ("15/7 âm lịch", _lunar(15, 7)),
        ("lịch âm: 5/5", _lunar(5, 5)),
        ("mùng một Tết", _lunar(1, 1)),
        ("giao thừa", [d - timedelta(days=1) for d in _lunar(1, 1)]),
        ("2/9", [date(2027, 9, 2), date(2028, 9, 2)]),
        (
            "ngày 30 hằng tháng, trừ 30/4",
            [
                date(year, month, 30)
                for year in (2027, 2028)
                for month in range(1, 13)
                if month not in {2, 4}
            ],
        ),
        ("29/2", [date(2028, 2, 29)]),
        ("quốc tang", []),
    ],
)
def test_airs_on_that_day_of_each_year(days: str, expected: list[date]) -> None:
    """A slot of a lunar day, or of a day of the year, airs on it once a year and never else."""
    assert _aired(_plan(days), *_YEARS) == expected


def test_airs_on_each_full_moon_and_first_day() -> None:
    """A slot of rằm and mùng một airs twice a lunar month, in a leap month too."""
    found = _aired(_plan("rằm, mùng một"), date(2028, 1, 1), date(2028, 12, 31))
    assert len(found) == 25
    gaps = [(later - sooner).days for sooner, later in pairwise(found)]
    assert set(gaps) <= {14, 15, 16}


_WEEK_DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@settings(deadline=None, max_examples=60)
@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.sampled_from(["lễ", "Tết", "quốc tang"])),
    st.sets(st.sampled_from(["lễ", "Tết", "cuối tuần", "2/9", "29/2"])),
    st.dates(date(2027, 12, 1), date(2028, 3, 31)),
)
def test_any_days_are_what_a_library_expands(
    weekdays: set[int], types: set[str], but: set[str], first: date
) -> None:
    """Week days and types, without others: dateutil's expansion, filtered, airs the same days."""
    named = [*(_WEEK_DAYS[n] for n in sorted(weekdays)), *sorted(types)]
    rule = ", ".join(named) + (f", trừ {', '.join(sorted(but))}" if but else "")
    mourning = StationCalendar(mourning=((date(2028, 3, 1), date(2028, 3, 2)),))
    last = first + timedelta(days=60)
    by_week = {
        d.date()
        for d in rrule(DAILY, dtstart=first, until=last, byweekday=[weekday(n) for n in weekdays])
    }
    every = [d.date() for d in rrule(DAILY, dtstart=first, until=last)]
    yearly = {d.date() for d in rrule(YEARLY, dtstart=date(2027, 9, 2), count=3)}
    yearly |= {date(2028, 2, 29)} if "29/2" in but else set()
    yearly -= set() if "2/9" in but else {d for d in yearly if d.month == 9}

    def is_of(day: date, words: set[str]) -> bool:
        return str(day_type(day, mourning)) in {word.casefold() for word in words}

    expected = [
        d
        for d in every
        if (d in by_week or is_of(d, types)) and not is_of(d, but) and d not in yearly
    ]
    assert _aired(_plan(rule, calendar=mourning), first, last) == expected


# -- seasons ------------------------------------------------------------------------------

SEASONS = f"""{HEAD}seasons:
  he: {{from: 15/4, until: 14/10}}
  dong: {{from: 15/10, until: 14/4}}
slots:
  - {{id: s, days: hằng ngày, at: {{he: 05:00, dong: 05:30}}, programme: tin}}
"""


def _seasonal(text: str = SEASONS) -> WeekPlan:
    plan, problems = parse_week(text, path=Path("lich.yaml"))
    assert [p.code for p in problems if p.code != "season-missing"] == []
    assert plan is not None
    return plan


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)))
def test_summer_and_winter_start_at_their_hours(day: date) -> None:
    """From 15 April to 14 October at 05:00, across New Year and on 29 February at 05:30."""
    (occurrence,) = rundown([_seasonal()], day).occurrences()
    is_summer = date(day.year, 4, 15) <= day <= date(day.year, 10, 14)
    assert f"{occurrence.starts_at:%H:%M}" == ("05:00" if is_summer else "05:30")


def test_the_rest_of_the_year_may_be_named_so() -> None:
    """With “còn lại” one season is enough; without it nothing airs in the rest of the year."""
    rest = SEASONS.replace("dong: 05:30", "còn lại: 06:00").replace("dong:", "thu-dong:")
    winter = date(2027, 1, 1)
    assert [f"{o.starts_at:%H:%M}" for o in rundown([_seasonal(rest)], winter).occurrences()] == [
        "06:00"
    ]
    only = SEASONS.replace(", dong: 05:30", "")
    assert rundown([_seasonal(only)], winter).occurrences() == ()


@pytest.mark.parametrize(
    "old,new,codes",
    [
        ("until: 14/10", "until: 15/10", ["seasons-overlap"]),
        ("until: 14/10", "until: 31/2", ["bad-season-day", "unknown-season"]),
        ("dong: 05:30", "thu: 05:30", ["unknown-season"]),
        (", dong: 05:30", "", ["season-missing"]),
        (
            "at: {he: 05:00, dong: 05:30}",
            "at: {he: 25:00, dong: 05:30}",
            ["bad-time"],
        ),
        ("at:", "after: x, at:", ["two-rivals"]),
        ("programme: tin}", "programme: tin, replay: x}", ["two-rivals"]),
        ("at: {he: 05:00, dong: 05:30}", "after: x, start: hard", ["hard-follower"]),
        ("programme: tin}", "replay: {slot: x, of: hôm kia}}", ["bad-replay"]),
        ("programme: tin}", "replay: {slot: x, of: 31/2/2026}}", ["bad-date"]),
        ("at: {he: 05:00, dong: 05:30}, ", "", ["missing-key"]),
        ("programme: tin}", "late: 5m}", ["missing-key"]),
    ],
)
def test_slips_are_told(old: str, new: str, codes: list[str]) -> None:
    """What cannot be understood of seasons, followers and replays is told where it stands."""
    assert old in SEASONS
    _found, problems = parse_week(SEASONS.replace(old, new), path=Path("lich.yaml"))
    assert sorted({p.code for p in problems}) == sorted(codes)
    assert all(problem.where.line for problem in problems)


# -- exceptions by the calendar -----------------------------------------------------------


def test_an_exception_comes_back_each_year() -> None:
    """“days: Tết” cancels on the days of every Tết; a date beside it narrows it to one."""
    every = _plan("hằng ngày", "exceptions:\n  - {days: Tết, cancel: all}\n")
    for year in (2027, 2028):
        assert rundown([every], common_day(1, 1, year)).occurrences() == ()
    one = "exceptions:\n  - {from: 1/1/2027, until: 31/12/2027, days: Tết, cancel: all}\n"
    found = [rundown([_plan("hằng ngày", one)], common_day(1, 1, y)) for y in (2027, 2028)]
    assert [len(day.occurrences()) for day in found] == [0, 1]


def test_a_surge_adds_sessions_sundays_too_and_ends() -> None:
    """A dated period with more slots: on each of its days, the last included, and no longer."""
    more = (
        "exceptions:\n  - {from: 10/5/2027, until: 23/5/2027, reason: Bầu cử, add: ["
        "{id: trua, at: 11:00, programme: tin}, {id: toi, at: 19:00, programme: tin}]}\n"
    )
    plan = _plan("T2-T6", more)
    counts = [len(rundown([plan], date(2027, 5, day)).occurrences()) for day in (9, 10, 16, 23, 24)]
    assert counts == [0, 3, 2, 2, 1]


def test_the_check_looks_ahead_to_the_days_of_the_calendar() -> None:
    """A slip on Tết or at a full moon is told months before, and seasons are looked at once."""
    plan = _plan(
        "rằm",
        "exceptions:\n  - {days: 20/11, cancel: all}\nseasons: {he: {from: 15/4, until: 14/10}}\n",
    )
    days = days_to_check([plan], date(2026, 11, 22), count=1)
    assert date(2027, 4, 15) in days
    assert date(2027, 11, 20) in days
    assert sum(day < date(2027, 4, 1) for day in days) == 5


def test_a_slot_knows_its_rule_only_where_it_needs_one() -> None:
    """Plain week days stay week days, so that older parts of the program understand them."""
    assert _plan("T2-T6").slots[0].days == frozenset(range(5))
    assert _plan("T2-T6, trừ T4").slots[0].rule is None
    assert _plan("T2-T6, trừ lễ").slots[0].rule is not None
    assert isinstance(week(*_plan("T2").slots).slots[0], Slot)


_PIECES = st.sampled_from(
    [
        *("T2", "T6", "CN", "lễ", "Tết", "trừ", "và", ",", "-", "rằm", "mùng", "một", "tháng"),
        *("15/7", "âm lịch", "lịch âm:", "29/2", "31/2", "0/0", "99", "quốc tang", "TRỪ", "*"),
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=8).map(" ".join)))
def test_no_text_for_days_breaks_the_reader(text: str) -> None:
    """Whatever stands in “days”, there is a rule or a problem, and any rule can be asked."""
    quoted = "'" + text.replace("'", "''").replace("\n", " ").replace("\r", " ") + "'"
    week_text = f"{HEAD}slots:\n  - {{id: s, days: {quoted}, at: 05:30, programme: tin}}\n"
    plan, problems = parse_week(week_text, path=Path("lich.yaml"))
    if not problems:
        assert plan is not None
        assert len(plan.slots) == 1
        assert len(rundown([plan], date(2028, 2, 29)).items) <= 1
