"""How far a plan is carried out: figures that another way of counting gives as well."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from heard import about, broadcast, plan_of
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import Where
from broadcaster.model import Bulletin, BulletinFacts, Outcome, Priority
from broadcaster.plan import (
    Measure,
    Per,
    State,
    closers,
    earliest_day,
    gap_sentence,
    no_plan,
    progress,
    span_of,
    span_title,
    standing,
)
from broadcaster.plan.plan import Plan
from broadcaster.plan.targets import Target, Wanted

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 29)
SIPAS = "targets: [{topic: sipas, kind: tin, items: 2, per: quý}]\n"


def bulletin(name: str, topic: str = "sipas", **more: object) -> Bulletin:
    return Bulletin(
        **{
            "id": name,
            "title": name,
            "text": "Lời.",
            "where": Where(),
            "sha256": "",
            "topic": topic,
        }
        | more
    )


def one(plan: Plan, *broadcasts, day: date = TODAY):
    (found,) = progress(plan, broadcasts, day=day)
    return found


@pytest.mark.usefixtures("vietnamese")
def test_a_gap_is_told_in_a_sentence(tmp_path: Path):
    """“Quý IV/2026 chưa phát nội dung SIPAS; còn thiếu 2 tin”."""
    plan = plan_of(tmp_path, SIPAS)
    gap = one(plan)
    assert gap.state is State.BEHIND
    assert gap_sentence(plan, gap) == "Quý IV/2026 chưa phát nội dung SIPAS; còn thiếu 2 tin"


@pytest.mark.usefixtures("vietnamese")
def test_a_gap_that_is_partly_closed_says_how_much_there_is(tmp_path: Path):
    """A quarter that is over tells what was heard of it and what was not."""
    plan = plan_of(tmp_path, SIPAS)
    gap = one(plan, broadcast(date(2026, 11, 1), "a", facts=about("sipas")), day=date(2026, 12, 31))
    assert (gap.wanted, gap.done, gap.due, gap.behind, gap.missing) == (2, 1, 1, 0, 1)
    (over,) = progress(
        plan,
        [broadcast(date(2026, 11, 1), "a", facts=about("sipas"))],
        day=date(2027, 1, 1),
        days=(date(2026, 12, 31), date(2026, 12, 31)),
    )
    assert over.state is State.SHORT
    assert gap_sentence(plan, over) == "Quý IV/2026 mới phát 1 tin nội dung SIPAS; còn thiếu 1 tin"


def test_what_is_due_grows_day_by_day(tmp_path: Path):
    """Of 30 airings in November, none is due on its first morning and 29 on its last."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, airings: 30, per: tháng}]\n")
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 30)]
    assert [one(plan, day=day).due for day in days] == [0, 1, 29]


def test_ahead_on_track_met_and_not_begun(tmp_path: Path):
    """The state says whether there is something to do."""
    plan = plan_of(
        tmp_path,
        "campaigns: {tet: {from: 2026-12-20, until: 2026-12-31}}\n"
        "targets: [{topic: cchc, airings: 3, per: tháng}, {campaign: tet, airings: 1}]\n",
    )
    aired = broadcast(date(2026, 11, 2), "a", facts=about("cchc"))
    early = one(plan, aired, day=date(2026, 11, 5))
    assert (early.state, early.ahead, early.behind) == (State.ON_TRACK, 1, 0)
    met = one(plan, aired, aired, aired, day=date(2026, 11, 5))
    assert (met.state, met.missing) == (State.MET, 0)
    year = progress(plan, [], day=TODAY, days=(date(2026, 1, 1), date(2026, 12, 31)))
    assert year[-1].state is State.NOT_BEGUN
    assert len(year) == 13


def test_only_what_was_heard_to_its_end_is_an_airing(tmp_path: Path):
    """What was cut counts its minutes; what was missed counts nothing."""
    plan = plan_of(tmp_path, "targets: [{airings: 9, items: 9, minutes: 9, per: tháng}]\n")
    day = date(2026, 11, 3)
    found = progress(
        plan,
        [
            broadcast(day, "a", "b", facts=about("cchc")),
            broadcast(day, "c", outcome=Outcome.CUT, heard_ms=60_000, facts=about("cchc")),
            broadcast(day, "d", outcome=Outcome.MISSED, heard_ms=0, facts=about("cchc")),
        ],
        day=TODAY,
    )
    assert {p.measure: p.done for p in found} == {
        Measure.ITEMS: 2,
        Measure.AIRINGS: 2,
        Measure.MINUTES: 4,
    }


def test_rows_of_an_older_program_count_for_nothing(tmp_path: Path):
    """An airing of which the log does not say what it was about is no proof of anything."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, airings: 1, per: tháng}]\n")
    assert one(plan, broadcast(date(2026, 11, 3), "a")).done == 0


def test_a_period_without_data_is_all_missing(tmp_path: Path):
    """A year in which nothing aired is no error: everything of it is missing."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, items: 8, per: năm}]\n")
    (found,) = progress(plan, [], day=TODAY, days=(date(2021, 1, 1), date(2021, 12, 31)))
    assert (found.state, found.done, found.missing) == (State.SHORT, 0, 8)
    assert progress(plan, [], day=TODAY, days=(date(2031, 1, 1), date(2031, 12, 31))) == []


def test_the_old_name_of_a_topic_counts_until_its_last_day(tmp_path: Path):
    """A topic renamed on 1 July keeps what was heard of it before."""
    plan = plan_of(
        tmp_path,
        "topics: {sipas: {title: SIPAS, aliases: [{name: hai-long, until: 2026-06-30}]}}\n"
        "targets: [{topic: sipas, airings: 4, per: năm}]\n",
    )
    heard = [
        broadcast(date(2026, 6, 30), "a", facts=about("hai-long")),
        broadcast(date(2026, 7, 1), "a", facts=about("hai-long")),
        broadcast(date(2026, 7, 1), "a", facts=about("sipas")),
    ]
    assert one(plan, *heard).done == 2


def test_a_merged_commune_answers_for_its_own_days(tmp_path: Path):
    """The target of a commune that ended on 30 June 2025 is for its half of the year."""
    plan = plan_of(
        tmp_path,
        "units: {a: {title: Xã A, until: 2025-06-30}}\n"
        "targets: [{unit: a, airings: 10, per: năm}]\n",
    )
    heard = [
        broadcast(date(2025, 6, 30), "a", facts=about("cchc")),
        broadcast(date(2025, 7, 1), "a", facts=about("cchc")),
    ]
    (found,) = progress(plan, heard, day=TODAY, days=(date(2025, 1, 1), date(2025, 12, 31)))
    assert (found.wanted, found.done) == (math.ceil(10 * 181 / 365), 1)
    assert found.held.last == date(2025, 6, 30)


@pytest.mark.parametrize(
    "audience, counts",
    [("người dân", 1), ("Người dân, doanh nghiệp", 1), ("doanh nghiệp", 0), ("", 0)],
)
def test_a_bulletin_may_be_for_several_audiences(tmp_path: Path, audience: str, counts: int):
    """A bulletin for people and businesses counts for each of them."""
    plan = plan_of(tmp_path, "targets: [{audience: người dân, airings: 1, per: tháng}]\n")
    heard = broadcast(date(2026, 11, 3), "a", facts=about("cchc", audience=audience))
    assert one(plan, heard).done == counts


def test_languages_are_one_however_they_are_written(tmp_path: Path):
    """“Ra-glai” of the plan is raglai of the log."""
    plan = plan_of(tmp_path, "targets: [{language: Ra-glai, airings: 1, per: tháng}]\n")
    heard = broadcast(date(2026, 11, 3), "a", facts=about("cchc", language="raglai"))
    assert one(plan, heard).done == 1


@pytest.mark.usefixtures("vietnamese")
def test_spans_are_called_as_offices_call_them():
    """“Quý IV/2026”, “Tháng 11/2026”, “Tuần 48/2026”, “Năm 2026”."""
    names = [
        span_title(span_of(per, TODAY)) for per in (Per.QUARTER, Per.MONTH, Per.WEEK, Per.YEAR)
    ]
    assert names == ["Quý IV/2026", "Tháng 11/2026", "Tuần 48/2026", "Năm 2026"]
    assert span_title(span_of(Per.WEEK, date(2027, 1, 3))) == "Tuần 53/2026"


# -- another way of counting ----------------------------------------------------------------

DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
FACTS = st.builds(
    about,
    st.sampled_from(["cchc", "sipas", "papi", "kinh-te", ""]),
    kind=st.sampled_from(["tin", "bài", "hỏi–đáp"]),
    language=st.sampled_from(["vi", "raglai"]),
    audience=st.sampled_from(["", "người dân", "người dân, doanh nghiệp"]),
)
HEARD = st.lists(
    st.builds(
        broadcast,
        DAYS,
        st.sampled_from("abcde"),
        outcome=st.sampled_from(Outcome),
        heard_ms=st.integers(0, 400_000),
        facts=st.one_of(st.none(), FACTS),
    ),
    max_size=40,
)
TOPICS = {"cchc": {"cchc", "sipas", "papi"}, "sipas": {"sipas"}, "": None}


@given(
    HEARD,
    DAYS,
    st.sampled_from([Per.WEEK, Per.MONTH, Per.QUARTER, Per.YEAR]),
    st.sampled_from(sorted(TOPICS)),
    st.integers(1, 50),
)
def test_figures_are_those_of_another_count(heard, day, per, topic, number):
    """Items, airings and minutes are what a plain walk over the calendar adds up to."""
    wanted = tuple(Wanted(measure, number) for measure in Measure)
    plan = Plan(topics=no_plan().topics, targets=(Target(wanted=wanted, per=per, topic=topic),))
    found = {p.measure: p for p in progress(plan, heard, day=day)}

    same_span = {
        Per.WEEK: lambda d: d.isocalendar()[:2] == day.isocalendar()[:2],
        Per.MONTH: lambda d: (d.year, d.month) == (day.year, day.month),
        Per.QUARTER: lambda d: (d.year, (d.month + 2) // 3) == (day.year, (day.month + 2) // 3),
        Per.YEAR: lambda d: d.year == day.year,
    }[per]
    allowed = TOPICS[topic]
    names, airings, ms = set(), Counter(), defaultdict(int)
    for b in heard:
        for a in b.airings:
            if a.facts is None or not same_span(b.scheduled_at.date()):
                continue
            if allowed is not None and a.facts.topic not in allowed:
                continue
            ms["all"] += a.heard_ms if a.outcome.value != "on-air" else 0
            airings[a.outcome.value] += 1
            names |= {a.bulletin_id} if a.outcome.value == "aired" else set()
    assert found[Measure.ITEMS].done == len(names)
    assert found[Measure.AIRINGS].done == airings["aired"]
    assert abs(found[Measure.MINUTES].done - ms["all"] / 60_000) <= 0.05

    calendar = [day + timedelta(days=n) for n in range(-366, 367)]
    length = sum(map(same_span, calendar))
    over = sum(same_span(d) for d in calendar if d < day)
    for p in found.values():
        assert p.due == math.floor(number * over / length)
        assert p.ahead - p.behind == pytest.approx(p.done - p.due)
        assert p.missing == pytest.approx(max(0, number - p.done))
    assert earliest_day(plan, day) == min(d for d in calendar if same_span(d))


# -- what closes a gap ----------------------------------------------------------------------


def test_what_lies_ready_for_a_gap(tmp_path: Path):
    """Bulletins of the topic that may still air close it; what was heard is no new item."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, items: 5, per: quý}]\n")
    gap = one(plan, broadcast(date(2026, 10, 3), "da-phat", facts=about("sipas")))
    ready = [
        bulletin("moi"),
        bulletin("da-phat"),
        bulletin("khac", "kinh-te"),
        bulletin("het-han", valid_until=date(2026, 11, 28)),
        bulletin("nam-sau", valid_from=date(2027, 1, 1)),
        bulletin("khan", priority=Priority.EMERGENCY),
    ]
    assert [b.id for b in closers(plan, gap, ready)] == ["moi"]


def test_for_airings_what_was_not_heard_comes_first(tmp_path: Path):
    """A gap of airings is closed by what was heard, too, but by new things first."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, airings: 90, per: quý}]\n")
    gap = one(plan, broadcast(date(2026, 10, 3), "a", facts=about("sipas")))
    assert [b.id for b in closers(plan, gap, [bulletin("a"), bulletin("b")])] == ["b", "a"]


def test_a_span_that_is_over_is_closed_by_nothing(tmp_path: Path):
    """What was missed last quarter cannot be made good in this one."""
    plan = plan_of(tmp_path, "targets: [{topic: cchc, airings: 90, per: quý}]\n")
    (gap,) = progress(plan, [], day=TODAY, days=(date(2026, 7, 1), date(2026, 7, 1)))
    assert closers(plan, gap, [bulletin("a")]) == []


def test_how_much_a_bulletin_matters(tmp_path: Path):
    """The widest gap that a bulletin would help says how much it matters; others matter nothing."""
    plan = plan_of(
        tmp_path,
        "targets: [{topic: sipas, airings: 91, per: quý}, {topic: cchc, airings: 2, per: năm}]\n",
    )
    found = progress(plan, [], day=TODAY)
    behind = standing(plan, found, [bulletin("a"), bulletin("b", "papi"), bulletin("c", "kinh-te")])
    assert behind == {"a": 58 / 91, "b": 1 / 2}


def test_facts_are_what_counts_not_the_bulletin_of_today():
    """A bulletin that is edited afterwards changes no figure."""
    assert BulletinFacts.of(bulletin("a")).topic == "sipas"
