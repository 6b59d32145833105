"""On which outputs a slot airs, and what it changes there."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import LOCAL
from broadcaster.schedule import check_weeks, occurrences_between, parse_week, rundown
from broadcaster.schedule.known import Known

if TYPE_CHECKING:
    from broadcaster.model import WeekPlan

DAY = date(2026, 11, 23)
WEEK = """
programmes:
  tin: {title: Tin, segments: [{jingle: chuong}]}
  tin-raglai: {title: Tin Raglai, segments: [{jingle: chuong}]}
  tang: {title: Tang lễ, segments: [{jingle: chuong}]}
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: tin, outputs: OUTPUTS}
"""


def week(outputs: str, more: str = "") -> tuple[WeekPlan | None, list[str]]:
    text = WEEK.replace("OUTPUTS", outputs) + more
    plan, problems = parse_week(text, path=Path("tuan.yaml"))
    return plan, [problem.code for problem in problems]


def test_a_list_of_names() -> None:
    """A slot names the outputs on which it airs, and changes nothing there."""
    plan, problems = week("[tru-so, loa-ip]")
    assert problems == []
    assert [(o.name, o.programme_id, o.delay_ms, o.volume) for o in plan.slots[0].outputs] == [
        ("tru-so", "", None, None),
        ("loa-ip", "", None, None),
    ]


def test_each_output_may_differ() -> None:
    """An output of a slot has its own programme, delay and volume."""
    plan, problems = week("{tru-so: {volume: 60%}, loa-ip: {programme: tin-raglai, delay: 500ms}}")
    assert problems == []
    assert [(o.name, o.programme_id, o.delay_ms, o.volume) for o in plan.slots[0].outputs] == [
        ("tru-so", "", None, 60),
        ("loa-ip", "tin-raglai", 500, None),
    ]
    (item,) = rundown([plan], DAY).items
    assert [programme.id for programme in item.occurrence.own] == ["tin-raglai"]


@pytest.mark.parametrize(
    "outputs, code",
    [
        ("{loa: {volume: 101}}", "bad-volume"),
        ("{loa: {volume: to}}", "bad-volume"),
        ("{loa: {volume: -1}}", "bad-volume"),
        ("{loa: {delay: -1s}}", "bad-delay"),
        ("{loa: {delay: 2m}}", "bad-duration"),
        ("{loa: {delay: lâu}}", "bad-duration"),
        ("{loa: {giong: x}}", "unknown-key"),
        ("[loa hai]", "bad-id"),
        ("{loa: [1]}", "not-a-mapping"),
    ],
)
def test_a_slip_is_told_and_the_slot_airs(outputs: str, code: str) -> None:
    """A mistake in the outputs of a slot has a place and a code, and keeps no slot off the air."""
    plan, problems = week(outputs)
    assert problems == [code]
    assert [slot.id for slot in plan.slots] == ["sang"]


def test_an_unknown_programme_of_an_output_is_told() -> None:
    """An output's programme that nobody wrote is a problem with its place."""
    plan, _problems = week("{loa: {programme: khong-co}}")
    found = [p for p in check_weeks([plan], days=[DAY], known=Known()) if p.code[:7] == "unknown"]
    assert [(p.code, p.where.line) for p in found] == [("unknown-programme", 7)]


def test_a_programme_that_only_an_output_airs_is_used() -> None:
    """A programme of a single output counts as used."""
    plan, _problems = week("{loa: {programme: tin-raglai}}")
    unused = [p for p in check_weeks([plan], days=[DAY], known=Known()) if "unused" in p.code]
    assert len(unused) == 1
    assert "tang" in unused[0].message


def test_a_replaced_programme_is_replaced_everywhere() -> None:
    """On a day of mourning the other programme airs on every output, whatever they air else."""
    exception = "exceptions:\n  - {date: 2026-11-23, replace: {sang: tang}}\n"
    plan, problems = week("{loa: {programme: tin-raglai}}", exception)
    assert problems == []
    (item,) = rundown([plan], DAY).items
    assert (item.occurrence.programme.id, item.occurrence.own) == ("tang", ())


@given(st.text(alphabet="[]{}:, abc019%-ms\"'", max_size=40))
def test_whatever_is_written_there_nothing_breaks(text: str) -> None:
    """Whatever somebody types as the outputs of a slot: it is read, or told."""
    plan, problems = week(text)
    assert plan is not None or problems
    if plan:
        noon = datetime.combine(DAY, time(12), LOCAL)
        assert len(occurrences_between([plan], noon.replace(hour=0), noon)) <= 1
