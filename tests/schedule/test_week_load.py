"""Reading a week's file: what is kept, what is said, and that nothing ever raises."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.model import (
    AfterInterrupt,
    BulletinChoice,
    ExceptionKind,
    LateAction,
    LatePolicy,
    Priority,
    SegmentKind,
    StartType,
    WeekPlan,
)
from broadcaster.schedule import load_week, parse_week

if TYPE_CHECKING:
    from broadcaster.errors import Problem

WEEK = """
valid: {from: 2026-01-01, until: 31/12/2026}
programmes:
  sang:
    title: Chương trình sáng
    segments:
      - ident: nhac-hieu
      - greeting: "Đây là {station}. {{Hôm nay}} là {weekday}."
      - bulletins: {topic: [cchc], kind: tin, language: [vi, raglai], most: 3, between: nhac-cat}
      - bulletin: 05-hoi-dap
      - jingle: nhac-cat
        gain: -3
      - silence: 2s
      - closing: Chào bà con.
slots:
  - id: sang
    days: T2-CN
    at: 05:30
    programme: sang
    start: soft
    max: 30m
    late: {action: join, within: 5m}
    priority: ưu tiên
  - {id: chieu, days: hằng ngày, at: "17:00", programme: sang}
exceptions:
  - date: 2026-09-02
    cancel: [sang]
    reason: Nghỉ lễ
  - {from: 2026-12-30, until: 2027-01-01, replace: {sang: tet, chieu: tet}}
  - {date: 2027-01-02, add: {id: them, at: 9h, programme: tet}, cancel: all}
"""


def _parsed(text: str) -> tuple[WeekPlan | None, list[str]]:
    plan, problems = parse_week(text, path=Path("lich.yaml"))
    return plan, [problem.code for problem in problems]


@pytest.fixture(scope="module")
def plan() -> WeekPlan:
    plan, problems = parse_week(WEEK, path=Path("lich.yaml"))
    assert problems == []
    assert plan is not None
    return plan


def test_reads_the_validity(plan: WeekPlan) -> None:
    """A file may say from which day until which day it holds, in two ways of writing a date."""
    assert plan.validity.first == date(2026, 1, 1)
    assert plan.validity.last == date(2026, 12, 31)


def test_a_week_number_means_monday_to_sunday() -> None:
    """“week: 2026-W53” holds from Monday 28/12/2026 until Sunday 3/1/2027."""
    plan, codes = _parsed("week: 2026-W53\nslots: [{id: a, days: CN, at: 9h, programme: b}]")
    assert codes == []
    assert plan is not None
    assert (plan.validity.first, plan.validity.last) == (date(2026, 12, 28), date(2027, 1, 3))


def test_reads_every_kind_of_segment(plan: WeekPlan) -> None:
    """A programme is its lines in their order, each with one source."""
    segments = plan.programmes["sang"].segments
    assert [(s.kind, s.asset or s.bulletin_id or s.text or s.length_ms) for s in segments] == [
        (SegmentKind.IDENT, "nhac-hieu"),
        (SegmentKind.GREETING, "Đây là {station}. {{Hôm nay}} là {weekday}."),
        (SegmentKind.SPEECH, 0),
        (SegmentKind.SPEECH, "05-hoi-dap"),
        (SegmentKind.JINGLE, "nhac-cat"),
        (SegmentKind.SILENCE, 2_000),
        (SegmentKind.CLOSING, "Chào bà con."),
    ]
    choice = BulletinChoice(("cchc",), ("tin",), ("vi", "raglai"), 3, "nhac-cat")
    assert segments[2].choice == choice
    assert segments[4].gain_db == -3
    assert (segments[4].where.line, segments[4].where.column) == (11, 9)


def test_reads_slots_with_and_without_their_options(plan: WeekPlan) -> None:
    """What a slot does not say has the station's default; times need no quotes."""
    sang, chieu = plan.slots
    assert (sang.start, chieu.start) == (time(5, 30), time(17))
    assert (sang.start_type, sang.max_ms, sang.priority) == (
        StartType.SOFT,
        1_800_000,
        Priority.PRIORITY,
    )
    assert sang.late == LatePolicy(LateAction.JOIN, 300_000)
    assert (chieu.start_type, chieu.max_ms, chieu.priority, chieu.late) == (
        StartType.HARD,
        3_600_000,
        Priority.ROUTINE,
        LatePolicy(),
    )
    assert sang.days == chieu.days == frozenset(range(7))


def test_reads_exceptions(plan: WeekPlan) -> None:
    """One entry may cancel, replace and add; each becomes an exception of its own."""
    assert [(e.kind, e.first.day, e.last.day, e.slot_ids) for e in plan.exceptions] == [
        (ExceptionKind.CANCEL, 2, 2, ("sang",)),
        (ExceptionKind.REPLACE, 30, 1, ("sang",)),
        (ExceptionKind.REPLACE, 30, 1, ("chieu",)),
        (ExceptionKind.CANCEL, 2, 2, ()),
        (ExceptionKind.ADD, 2, 2, ()),
    ]
    assert plan.exceptions[0].reason == "Nghỉ lễ"
    added = plan.exceptions[-1].slot
    assert added is not None
    assert (added.id, added.start, added.programme_id) == ("them", time(9), "tet")


@pytest.mark.parametrize(
    "written,policy",
    [
        ("3m", LatePolicy(LateAction.START, 180_000)),
        ("skip", LatePolicy(LateAction.SKIP, 0)),
        ("join", LatePolicy(LateAction.JOIN, 420_000)),
        ("{within: 1h}", LatePolicy(LateAction.START, 3_600_000)),
        ("{action: skip, within: 1h}", LatePolicy(LateAction.SKIP, 0)),
        ("0s", LatePolicy(LateAction.START, 0)),
    ],
)
def test_lateness_is_written_briefly_or_at_length(written: str, policy: LatePolicy) -> None:
    """“late” is a length, a word, or both; what it leaves out is the station's own policy."""
    text = f"slots: [{{id: a, days: CN, at: 9h, programme: b, late: {written}}}]"
    default = LatePolicy(LateAction.START, 420_000)
    plan, problems = parse_week(text, path=Path("lich.yaml"), late=default)
    assert problems == []
    assert plan is not None
    assert plan.slots[0].late == policy


def test_the_station_says_what_late_means_where_a_slot_does_not() -> None:
    """A slot without “late” has the policy of station.yaml."""
    text = "slots: [{id: a, days: CN, at: 9h, programme: b}]"
    policy = LatePolicy(LateAction.SKIP, 0)
    plan, _problems = parse_week(text, path=Path("lich.yaml"), late=policy)
    assert plan is not None
    assert plan.slots[0].late == policy


@pytest.mark.parametrize(
    "written,days",
    [
        ("T2-CN", "0123456"),
        ("hằng ngày", "0123456"),
        ("Hàng ngày", "0123456"),
        ("daily", "0123456"),
        ("T2,T4,T6", "024"),
        ("[T2, T4, CN]", "026"),
        ("T2, T4 - T6; CN", "02346"),
        ("t7–cn", "56"),
        ("T7-T2", "056"),
        ("thứ 2, 4, 6", "024"),
        ("thứ hai đến thứ sáu", "01234"),
        ("Chủ nhật", "6"),
        ("mon-fri", "01234"),
        ("Sat, Sun", "56"),
    ],
)
def test_days_are_written_as_people_write_them(written: str, days: str) -> None:
    """Days may be a range, a list or a word, in Vietnamese or in English, Sunday included."""
    text = f"slots:\n  - id: a\n    days: {written}\n    at: 9h\n    programme: b\n"
    plan, codes = _parsed(text)
    assert codes == []
    assert plan is not None
    assert plan.slots[0].days == {int(day) for day in days}


@pytest.mark.parametrize(
    "written", ["T8", "T1", "T2-", "-T2", "2026", "T2-T4-T6", "[]", "'T2,,T3'"]
)
def test_days_that_do_not_exist_are_told(written: str) -> None:
    """A day that does not exist costs its slot, with a problem."""
    plan, codes = _parsed(
        f"slots: [{{id: a, days: {written}, at: 9h,"
        " programme: b}, {id: c, days: CN, at: 9h, programme: b}]"
    )
    assert codes == ["bad-days"]
    assert plan is not None
    assert [slot.id for slot in plan.slots] == ["c"]


@pytest.mark.parametrize("text", ["", "# chỉ có lời giải thích\n", "---\n", "\ufeff"])
def test_an_empty_file_is_told(tmp_path: Path, text: str) -> None:
    """An empty file is a problem, not a week without programmes."""
    path = tmp_path / "lich.yaml"
    path.write_text(text, encoding="utf-8")
    plan, problems = load_week(path)
    assert plan is None
    assert [problem.code for problem in problems] == ["empty-file"]


@pytest.mark.parametrize("text", ["xin chào", "[1, 2]", "valid:\n", "a: 1"])
def test_a_file_that_is_no_week_is_told(text: str) -> None:
    """A file that holds something else gives no week and at least one problem."""
    plan, codes = _parsed(text)
    assert plan is None
    assert codes


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A file that vanished between listing and reading is a problem, never a crash."""
    plan, problems = load_week(tmp_path / "khong-co.yaml")
    assert plan is None
    assert [problem.code for problem in problems] == ["unreadable-file"]


def test_a_bad_slot_never_takes_the_good_ones_with_it() -> None:
    """With one slot and one programme broken, everything else still airs."""
    plan, codes = _parsed(
        WEEK.replace("at: 05:30", "at: 25:10").replace("- silence: 2s", "- la: 2")
    )
    assert codes == ["unknown-key", "bad-time"]
    assert plan is not None
    assert [slot.id for slot in plan.slots] == ["chieu"]
    assert len(plan.programmes["sang"].segments) == 6


# -- anything at all ----------------------------------------------------------------------


def _check(problems: list[Problem], plan: WeekPlan | None) -> None:
    assert plan is not None or problems
    assert all(problem.message and problem.where.path for problem in problems)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_plan_or_a_problem(tmp_path_factory, data: bytes) -> None:
    """Whatever bytes lie in the folder, reading them ends with a plan or with problems."""
    path = tmp_path_factory.getbasetemp() / "bat-ky.yaml"
    path.write_bytes(data)
    plan, problems = load_week(path)
    _check(problems, plan)


_WORDS = """valid week programmes slots exceptions id days at programme max late segments ident
greeting bulletins cancel add replace date from until title silence gain la"""
_KEYS = st.sampled_from(_WORDS.split())
_SCALARS = st.sampled_from(
    (
        "T2-CN|05:30|25:10|sang|{station}|{|2026-W48|30m|-1|2026-02-30||null|all|1e999|&a b|*a"
        f"|!!int 3|\t|“|[|%|{'9' * 400}m"
    ).split("|")
)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


def _written(tree: object) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_written, tree)) + "]"
    return str(tree)


@settings(deadline=None)
@given(st.dictionaries(_KEYS, _TREES, max_size=5))
def test_any_tree_gives_a_plan_or_a_problem(tree: dict[str, object]) -> None:
    """However keys and values are mixed up, reading ends with a plan or with problems."""
    plan, problems = parse_week(_written(tree), path=Path("lich.yaml"))
    assert all(problem.message for problem in problems)
    assert plan is not None or problems or not tree


@settings(deadline=None)
@given(st.integers(0, len(WEEK)), st.text(max_size=4), st.integers(0, 8))
def test_a_slip_of_the_hand_is_a_problem_or_harmless(at: int, typed: str, gone: int) -> None:
    """A good week with a few letters typed over still gives a plan or problems."""
    plan, problems = parse_week(WEEK[:at] + typed + WEEK[at + gone :], path=Path("lich.yaml"))
    _check(problems, plan)


@pytest.mark.parametrize(
    "written,policy",
    [
        ("phát tiếp", AfterInterrupt.RESUME),
        ("Phát lại", AfterInterrupt.RESTART),
        ("bỏ", AfterInterrupt.DROP),
        ("drop", AfterInterrupt.DROP),
    ],
)
def test_a_slot_says_what_becomes_of_it_after_an_interrupt(
    written: str, policy: AfterInterrupt
) -> None:
    """“after_interrupt” takes Vietnamese and English words."""
    text = f"slots: [{{id: a, days: CN, at: 9h, programme: b, after_interrupt: {written}}}]"
    plan, problems = parse_week(text, path=Path("lich.yaml"))
    assert problems == []
    assert plan is not None
    assert plan.slots[0].after_interrupt is policy


def test_a_relay_s_way_is_not_offered_to_slots() -> None:
    """A word that nobody knows is named, and the slot keeps the usual way."""
    text = "slots: [{id: a, days: CN, at: 9h, programme: b, after_interrupt: join}]"
    plan, problems = parse_week(text, path=Path("lich.yaml"))
    assert [problem.code for problem in problems] == ["unknown-value"]
    assert plan is not None
    assert plan.slots[0].after_interrupt is AfterInterrupt.RESUME


def test_the_station_says_what_becomes_of_what_is_interrupted(tmp_path: Path) -> None:
    """A slot without “after_interrupt” has the policy of station.yaml."""
    path = tmp_path / "lich.yaml"
    path.write_text("slots: [{id: a, days: CN, at: 9h, programme: b}]", encoding="utf-8")
    plan, _problems = load_week(path, after_interrupt=AfterInterrupt.DROP)
    assert plan is not None
    assert plan.slots[0].after_interrupt is AfterInterrupt.DROP
