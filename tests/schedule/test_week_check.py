"""What the check of the weeks finds before it is heard, and what it leaves alone."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from week_plans import SOMETHING, add, cancel, replace, slot, week

from broadcaster.errors import Severity
from broadcaster.model import (
    BulletinChoice,
    ProgrammePlan,
    Rails,
    SegmentKind,
    SegmentPlan,
    Validity,
    WeekPlan,
)
from broadcaster.schedule import Known, check_weeks, days_to_check

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
DAYS = [SUNDAY + timedelta(days=n) for n in range(8)]


def _codes(*plans, days=DAYS, unused: bool = False, **known) -> list[str]:
    found = check_weeks(plans, days=days, known=Known(**known))
    return [p.code for p in found if unused or p.code != "unused-programme"]


def test_a_good_week_has_no_problem_and_gaps_are_none() -> None:
    """A week with long gaps between its slots is fine."""
    assert _codes(week(slot("sang", "05:00"), slot("chieu", "17:00"))) == []


def test_back_to_back_is_no_overlap() -> None:
    """A slot may start in the second in which the one before must end."""
    assert _codes(week(slot("a", "05:00", max_ms=1_800_000), slot("b", "05:30"))) == []


def test_an_overlap_is_a_warning() -> None:
    """A slot that may still last when the next starts is a warning, told once for all days."""
    plan = week(slot("a", "05:00", max_ms=1_860_000), slot("b", "05:30"))
    (problem,) = [p for p in check_weeks([plan], days=DAYS) if p.code == "overlap"]
    assert problem.severity is Severity.WARNING
    assert "22/11/2026" in problem.message


def test_an_overlap_across_midnight_is_found() -> None:
    """Sunday's last slot that may run into Monday's first is found, though they lie a day apart."""
    plan = week(slot("dem", "23:50", days=[6], max_ms=1_200_000), slot("som", "00:05", days=[0]))
    assert _codes(plan) == ["overlap"]
    assert _codes(week(*plan.slots[:1], slot("som", "00:10", days=[0]))) == []


def test_a_long_slot_overlaps_more_than_its_neighbour() -> None:
    """A slot that covers two others is told for both of them."""
    plan = week(
        slot("dai", "05:00"), slot("b", "05:10", max_ms=1_000), slot("c", "05:20", max_ms=1_000)
    )
    assert _codes(plan) == ["overlap", "overlap"]


def test_two_in_one_minute_are_an_error() -> None:
    """Two slots in one minute are an error, because only one of them can be heard."""
    plan = week(slot("a", "05:00", days=[3], max_ms=1_000), slot("b", "05:00", max_ms=1_000))
    (problem,) = [p for p in check_weeks([plan], days=DAYS) if p.code == "same-minute"]
    assert problem.severity is Severity.ERROR
    assert "26/11/2026" in problem.message


def test_two_in_one_minute_are_found_under_a_longer_one() -> None:
    """Two slots in one minute are an error also while a third may still be on air."""
    plan = week(
        slot("dai", "05:00"), slot("b", "05:10", max_ms=1_000), slot("c", "05:10", max_ms=1_000)
    )
    assert sorted(_codes(plan, days=[MONDAY])) == ["overlap", "overlap", "same-minute"]


def test_a_cancelled_slot_collides_with_nothing() -> None:
    """Where an exception cancels one of two, there is no collision on that day."""
    plan = week(slot("a", "05:00"), exceptions=[add(MONDAY, slot("b", "05:00"))])
    assert _codes(plan, days=[MONDAY]) == ["same-minute"]
    moved = week(*plan.slots, exceptions=[*plan.exceptions, cancel(MONDAY, "a")])
    assert _codes(moved, days=[MONDAY]) == []


@pytest.mark.parametrize("at,fine", [("04:59", 0), ("05:00", 1), ("20:59", 1), ("21:00", 0)])
def test_no_start_within_the_quiet_hours(at: str, *, fine: bool) -> None:
    """A start before 05:00 or from 21:00 on is an error; at 05:00 it is allowed."""
    plan = week(slot("a", at, max_ms=60_000))
    codes = _codes(plan, rails=Rails(quiet_until=time(5), quiet_from=time(21)))
    assert codes == ([] if fine else ["quiet-hours"])


def test_names_nobody_knows() -> None:
    """Unknown programmes, bulletins and sounds are found with the nearest name."""
    segments = (
        SegmentPlan(kind=SegmentKind.IDENT, asset="nhac-hiu"),
        SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id="02-tin"),
        SegmentPlan(kind=SegmentKind.SPEECH, choice=BulletinChoice(between="nhac-heu")),
    )
    plan = week(slot("a", "05:00"), slot("b", "07:00", airs="tinn"))
    plan.programmes["tin"] = ProgrammePlan("tin", "Tin", segments)
    problems = check_weeks(
        [plan], days=DAYS, known=Known(bulletins={"01-tin": Validity()}, assets=["nhac-hieu"])
    )
    hints = {p.code: p.hint for p in problems if p.severity is Severity.ERROR}
    assert "“nhac-hieu”" in hints["missing-asset"]
    assert "“01-tin”" in hints["missing-bulletin"]
    assert "“tin”" in hints["unknown-programme"]
    assert len(problems) == 5


def test_without_knowledge_names_are_not_judged() -> None:
    """Where bulletins and sounds are not handed in, none is missing."""
    plan = week(slot("a", "05:00"))
    plan.programmes["tin"] = ProgrammePlan(
        "tin", "Tin", (SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id="la"),)
    )
    assert _codes(plan) == []


def test_the_fallback_is_used_without_a_slot() -> None:
    """A programme that no slot airs is a warning, unless it is the station's fallback."""
    plan = week(slot("a", "05:00"), programmes=("tin", "du-phong"))
    assert _codes(plan, unused=True) == ["unused-programme"]
    assert _codes(plan, unused=True, fallback="du-phong") == []


def test_a_bulletin_must_hold_on_its_day() -> None:
    """A bulletin is told on the first airing day on which it does not hold, last day included."""
    plan = week(slot("a", "05:00", days=[0]))
    plan.programmes["tin"] = ProgrammePlan(
        "tin", "Tin", (SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id="x"),)
    )
    assert _codes(plan, bulletins={"x": Validity(MONDAY, MONDAY)}) == []
    assert _codes(plan, bulletins={"x": Validity(None, SUNDAY)}) == ["bulletin-not-valid"]
    tuesday = MONDAY + timedelta(days=1)
    assert _codes(plan, bulletins={"x": Validity(tuesday, None)}) == ["bulletin-not-valid"]


def test_a_programme_longer_than_its_slot_is_a_warning() -> None:
    """What will be left out for time is told before; an unknown length is nothing to tell."""
    plan = week(slot("a", "05:00", max_ms=600_000))
    assert _codes(plan, lengths_ms=lambda _occurrence: (600_000, 0)) == []
    assert _codes(plan, lengths_ms=lambda _occurrence: (600_001, 0)) == ["overlong-programme"]
    assert _codes(plan, lengths_ms=lambda _occurrence: None) == []


def test_a_slot_shorter_than_its_ident_is_an_error() -> None:
    """Where ident, greeting and closing alone are too long, no bulletin could ever be heard."""
    plan = week(slot("a", "05:00", max_ms=15_000))
    assert _codes(plan, lengths_ms=lambda _occurrence: (90_000, 15_001)) == ["slot-too-short"]


def _timed(length_ms: int, *more: SegmentPlan, max_ms: int = 600_000) -> WeekPlan:
    plan = week(slot("a", "05:00", max_ms=max_ms))
    plan.programmes["tin"] = ProgrammePlan("tin", "Tin", (*SOMETHING, *more), length_ms=length_ms)
    return plan


def test_a_length_is_what_counts_where_there_is_one() -> None:
    """A programme of five minutes has five minutes, though its slot would give it ten."""
    too_long = {"lengths_ms": lambda _occurrence: (300_001, 0)}
    assert _codes(_timed(300_000), **too_long) == ["overlong-programme"]


def test_a_length_over_the_slots_is_told() -> None:
    """A programme of fifteen minutes in a slot of ten ends after ten."""
    assert _codes(_timed(900_000)) == ["length-over-max"]


def test_time_that_nothing_fills_is_told() -> None:
    """Minutes without sound before the end are told, unless a line fills them."""
    short = {"lengths_ms": lambda _occurrence: (200_000, 0)}
    assert _codes(_timed(300_000), **short) == ["nothing-fills"]
    music = SegmentPlan(kind=SegmentKind.MUSIC, asset="nhac-nen", fills=True)
    assert _codes(_timed(300_000, music), **short) == []


def test_an_empty_programme_is_an_error() -> None:
    """A programme without segments would be silence."""
    plan = week(slot("a", "05:00"))
    plan.programmes["tin"] = ProgrammePlan("tin", "Tin", ())
    assert _codes(plan) == ["empty-programme"]


def test_exceptions_that_miss() -> None:
    """An exception with an unknown slot, a wrong year, a wrong weekday or programme is told."""
    sunday_slot = slot("a", "05:00", days=[6])

    def codes(exception) -> list[str]:
        year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
        return _codes(week(sunday_slot, exceptions=[exception], **year))

    assert codes(cancel(SUNDAY, "a")) == []
    assert codes(cancel(SUNDAY, "b")) == ["unknown-slot"]
    assert codes(cancel(SUNDAY.replace(year=2025), "a")) == ["exception-outside"]
    assert codes(cancel(MONDAY, "a")) == ["exception-in-vain"]
    assert codes(cancel(MONDAY)) == ["exception-in-vain"]
    assert (
        codes(replace(SUNDAY, "a", "la"))
        == ["unknown-programme", "unknown-programme"][:1] + ["unknown-programme"][:0]
    )
    assert codes(cancel(date(2026, 12, 31), last=date(2027, 1, 4))) == ["exception-in-vain"]
    assert codes(cancel(date(2026, 12, 27), last=date(2027, 1, 4))) == []


def test_an_exception_in_the_shadow_of_another_file_is_told() -> None:
    """An exception of the year's file does nothing in a week that has a file of its own."""
    year = week(slot("a", "05:00"), name="nam.yaml", exceptions=[cancel(MONDAY, "a")])
    own = week(slot("a", "06:00"), name="tuan.yaml", first=MONDAY, last=date(2026, 11, 29))
    assert _codes(year, own) == ["exception-shadowed"]


def test_two_files_for_the_same_days_are_an_error() -> None:
    """Two files for equally many days that share a day are an error; in turn they are fine."""
    one = week(slot("a", "05:00"), name="a.yaml", first=date(2026, 11, 1), last=date(2026, 11, 30))
    two = week(slot("a", "05:00"), name="b.yaml", first=date(2026, 11, 30), last=date(2026, 12, 29))
    after = week(
        slot("a", "05:00"), name="c.yaml", first=date(2026, 12, 1), last=date(2026, 12, 30)
    )
    assert _codes(one, two) == ["two-files"]
    assert _codes(one, after) == []


def test_a_day_without_a_file_is_a_warning() -> None:
    """The first of the coming days that no file covers is told, because nothing will air."""
    plan = week(slot("a", "05:00"), last=date(2026, 11, 25))
    (problem,) = [p for p in check_weeks([plan], days=DAYS) if p.code == "no-week"]
    assert "26/11/2026" in problem.message


def test_looks_at_coming_days_and_at_every_special_day() -> None:
    """The check looks at two weeks, at far exceptions, and at files that begin later."""
    far, later = date(2027, 9, 2), date(2027, 6, 1)
    plans = [
        week(exceptions=[cancel(far), cancel(date(2026, 1, 1))], name="a.yaml"),
        week(name="b.yaml", first=later, last=date(2027, 6, 3)),
    ]
    days = days_to_check(plans, SUNDAY)
    assert days[:14] == [SUNDAY + timedelta(days=n) for n in range(14)]
    assert days[14:] == [*(later + timedelta(days=n) for n in range(7)), far, date(2027, 9, 3)]
    assert not any(day < SUNDAY for day in days)


def test_a_far_collision_on_a_holiday_is_found_today() -> None:
    """A slot that is added for a holiday next year and collides is told now."""
    far = date(2027, 9, 2)
    plan = week(slot("a", "05:00"), exceptions=[add(far, slot("le", "05:00"))])
    assert _codes(plan, days=days_to_check([plan], SUNDAY)) == ["same-minute"]
