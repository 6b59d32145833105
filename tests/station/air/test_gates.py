"""What refuses a planned start: the hours, then the rails; what an operator orders passes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from air import week
from occurrences import DAY, at, occurrence

from broadcaster.model import Occurrence, Priority, Rails
from broadcaster.schedule import occurrences_between
from broadcaster.station.air.gates import WeekRails, gate_of
from broadcaster.station.settings.config import StationConfig

SLOTS = [
    occurrence(name, start, max_min=10).slot
    for name, start in (("a", "06:00"), ("b", "11:00"), ("c", "17:00"))
]
PLANS = (week(*SLOTS),)
CONFIG = StationConfig(name="Đài", rails=Rails(sessions=2))


def _today(name: str) -> Occurrence:
    found = occurrences_between(PLANS, DAY, DAY.replace(hour=23))
    return next(o for o in found if o.slot.id == name and o.starts_at > DAY)


def _code(wanted: Occurrence, clock: str) -> str:
    reason = gate_of(CONFIG, lambda: PLANS).refusal(wanted, at(clock))
    return reason.code if reason else ""


@pytest.mark.parametrize("name,code", [("a", ""), ("b", ""), ("c", "too-many-sessions")])
def test_what_comes_after_the_last_allowed_session_is_refused(name: str, code: str) -> None:
    """Of three sessions a day under a rail of two, the third is refused on air."""
    planned = _today(name)
    assert _code(planned, f"{planned.starts_at:%H:%M}") == code


def test_the_hours_are_asked_by_the_clock_and_before_the_rails() -> None:
    """What would start late in the night is refused for the hour."""
    assert _code(_today("c"), "21:05") == "quiet-hours"


def test_a_start_that_is_late_is_no_other_session() -> None:
    """A morning slot that starts late, near another one, is not refused for it."""
    assert _code(_today("a"), "10:55") == ""


@pytest.mark.parametrize("priority", [Priority.OVERRIDE, Priority.EMERGENCY])
def test_orders_pass_the_rails(priority: Priority) -> None:
    """What an operator puts on air by hand, and khẩn cấp, is not planned and not refused."""
    planned = _today("c")
    ordered = replace(planned, slot=replace(planned.slot, priority=priority))
    assert _code(ordered, "17:00") == ""


def test_other_plans_are_counted_anew() -> None:
    """When the operator takes a slot away, the one that was refused airs."""
    plans = [PLANS]
    gate = WeekRails(CONFIG.all_rails, lambda: plans[0])
    assert gate.refusal(_today("c"), at("17:00")) is not None
    plans[0] = (week(*SLOTS[1:]),)
    assert gate.refusal(_today("c"), at("17:00")) is None


def test_without_rails_nothing_is_refused_by_day() -> None:
    """A station that writes no rails has the quiet hours only."""
    gate = gate_of(StationConfig(name="Đài"), lambda: PLANS)
    assert [gate.refusal(_today(name), _today(name).starts_at) for name in "abc"] == [None] * 3
