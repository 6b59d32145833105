"""The sums of a report, against a count that is made in another way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logged import CCHC, CHAM, NOVEMBER, a_report, airing, broadcast

from broadcaster.model import BulletinFacts, Outcome, Priority
from broadcaster.report import (
    NOT_GIVEN,
    UNKNOWN,
    alike,
    by_fact,
    by_month,
    days,
    of_airings,
    of_broadcasts,
)
from broadcaster.report.period import half, month, quarter, year
from broadcaster.report.words import label, number, percent, tidy, written

ENDED = [outcome for outcome in Outcome if outcome is not Outcome.ON_AIR]
_facts = st.none() | st.builds(
    BulletinFacts,
    topic=st.sampled_from(["", "cchc", "y-te", "đất đai"]),
    kind=st.sampled_from(["tin", "bài"]),
    language=st.sampled_from(["vi", "cham"]),
    priority=st.sampled_from([Priority.ROUTINE, Priority.EMERGENCY]),
)
_airings = st.lists(
    st.builds(
        airing, outcome=st.sampled_from(Outcome), heard_ms=st.integers(0, 999_999), facts=_facts
    ),
    max_size=40,
)


def figure(one) -> tuple[int, ...]:
    return one.planned, one.aired, one.cut, one.missed, one.failed


@given(_airings, st.sampled_from(["topic", "kind", "language", "priority"]))
def test_groups_add_up_to_the_whole_and_each_is_counted_one_by_one(airings, fact):
    """Whatever became of the bulletins, no column of a table disagrees with its sum."""
    groups = by_fact(alike(airings), fact)
    ended = [a for a in airings if a.outcome is not Outcome.ON_AIR]
    for key, figures in groups.items():
        own = [a for a in ended if _key(a, fact) == key]
        counted = [sum(a.outcome is outcome for a in own) for outcome in ENDED]
        assert figure(figures) == (len(own), *counted)
        assert abs(figures.minutes - sum(a.heard_ms for a in own) / 60_000) < 0.1
    exact = Decimal(sum(a.heard_ms for a in ended)) / 60_000
    total = sum((Decimal(str(figures.minutes)) for figures in groups.values()), Decimal(0))
    assert abs(total - exact) <= Decimal("0.05")
    whole = of_airings(alike(airings))
    assert whole.planned == sum(figures.planned for figures in groups.values()) == len(ended)
    assert Decimal(str(whole.minutes)) == total


def _key(one, fact: str) -> str:
    if one.facts is None:
        return UNKNOWN
    value = getattr(one.facts, fact)
    return (value.name.lower() if isinstance(value, Priority) else value) or NOT_GIVEN


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Outcome)), max_size=40))
def test_months_add_up_to_the_totals(told):
    broadcasts = [broadcast(day, outcome=outcome) for day, outcome in told]
    whole, months = of_broadcasts(broadcasts), by_month(broadcasts).values()
    assert figure(whole) == tuple(map(sum, zip(*map(figure, months), strict=True))) or not months
    assert whole.minutes == pytest.approx(sum(one.minutes for one in months))


def test_what_nobody_wrote_and_what_nobody_knows_are_two_things():
    found = by_fact(alike([airing(facts=None), airing(facts=BulletinFacts()), airing()]), "topic")
    assert list(found) == ["cchc", NOT_GIVEN, UNKNOWN]


def test_what_is_on_air_is_not_counted_yet():
    report = a_report([broadcast(0, airing()), broadcast(1, outcome=Outcome.ON_AIR)])
    assert (report.totals.planned, report.open) == (1, 1)


def test_a_start_is_late_from_a_minute_on():
    late = broadcast(1, started_at=broadcast(1).scheduled_at.replace(minute=2))
    found = a_report([broadcast(), late, broadcast(2, outcome=Outcome.MISSED)]).on_time
    assert (found.on_time, found.late, found.share) == (1, 1, 33.3)


def test_sources_and_approvers_are_those_of_what_was_heard():
    silent = airing("x", outcome=Outcome.MISSED, heard_ms=0)
    found = a_report([broadcast(0, airing(), airing("b", facts=CHAM), silent)])
    assert (found.sources, found.approvers) == ({CCHC.source: 2}, {CCHC.approved_by: 2})


def test_days_of_which_the_log_holds_nothing_are_named():
    found = a_report([broadcast(0), broadcast(2)], made_on=date(2026, 11, 5)).silent_days
    assert found == (date(2026, 11, 2), date(2026, 11, 4))


def test_reasons_lose_the_code_that_only_a_program_needs():
    found = a_report([broadcast(0, outcome=Outcome.MISSED, reason="mất điện [not-running]")])
    assert found.reasons == {"mất điện": 1}


@pytest.mark.parametrize(
    "found, first, last, name",
    [
        (month("2026-02"), date(2026, 2, 1), date(2026, 2, 28), "tháng 2 năm 2026"),
        (month("2028-02"), date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        (quarter("2026-Q4"), date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        (half("2026-H2"), date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        (year("2026"), date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (days(date(2026, 11, 1), date(2026, 11, 1)), *[date(2026, 11, 1)] * 2, "ngày 01/11/2026"),
    ],
)
def test_a_period_reaches_to_its_last_day(found, first, last, name):
    assert (found.first, found.last, found.name) == (first, last, name)


@pytest.mark.parametrize(
    "read, text", [(month, "2026-13"), (month, "11"), (quarter, "2026-Q5"), (year, "26")]
)
def test_no_period_is_guessed(read, text):
    with pytest.raises(ValueError):  # noqa: PT011 - the command line names the text
        read(text)


def test_numbers_and_dates_are_written_as_the_decree_asks():
    """Days below ten and the first two months have a zero in front."""
    assert (number(1234), number(1234.5), percent(98.5), percent(100.0)) == (
        *("1.234", "1.234,5", "98,5%", "100%"),
    )
    nbsp = "\N{NO-BREAK SPACE}"
    dates = [written(date(2026, 3, 5)), written(date(2026, 1, 15))]
    assert [text.replace(nbsp, " ") for text in dates] == [
        "ngày 05 tháng 3 năm 2026",
        "ngày 15 tháng 01 năm 2026",
    ]
    assert tidy("phát 12 buổi") == f"phát 12{nbsp}buổi"
    assert label("language", "cham") == "Tiếng Chăm"


def test_nothing_in_a_month_is_a_report_too():
    found = a_report([])
    assert (found.totals.planned, found.totals.minutes, found.on_time.share) == (0, 0.0, None)
    assert found.period is NOVEMBER
