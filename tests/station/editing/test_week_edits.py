"""Changes of real week files: what was asked for happens, and nothing else."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import ContentError, Severity, Where
from broadcaster.model import ExceptionKind, StartType
from broadcaster.schedule import parse_week
from broadcaster.schedule.exchange import import_sheets, read_text_sheet, week_text
from broadcaster.station.editing.copied_week import copied_week
from broadcaster.station.editing.slots import (
    WantedSlot,
    changed_slot,
    days_value,
    free_id,
    with_slot,
    without_days,
    without_slot,
)
from broadcaster.station.editing.special_days import (
    WantedDay,
    with_special_day,
    without_special_day,
)

ROOT = Path(__file__).parents[3]
NOWHERE = Where()


def _imported(path: Path) -> str:
    sheet = read_text_sheet(path.read_text(encoding="utf-8"), path=path)
    return week_text(import_sheets([sheet], path=path, today=date(2026, 11, 23)))


def _weeks() -> list[str]:
    """The sample week, the golden ones without errors, and timetables as they are imported."""
    sample = (ROOT / "schedules" / "tuan-mau.yaml").read_text(encoding="utf-8")
    golden = [p.read_text("utf-8") for p in (ROOT / "tests/schedule/golden").glob("*.yaml")]
    tables = sorted((ROOT / "tests/schedule/timetables").glob("*.txt"))[:6]
    texts = [sample, *golden, *map(_imported, tables)]
    good = [text for text in texts if _plan(text) and not _errors(text) and _plan(text).slots]
    return [*good, *(text.replace("\n", "\r\n") for text in good[:2])]


def _plan(text):
    return parse_week(text, path=Path("tuan.yaml"))[0]


def _errors(text):
    found = parse_week(text, path=Path("tuan.yaml"))[1]
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _slots(plan):
    return {slot.id: replace(slot, where=NOWHERE) for slot in _placeless(plan)}


def _placeless(plan):
    for slot in plan.slots:
        outputs = tuple(replace(output, where=NOWHERE) for output in slot.outputs)
        yield replace(slot, outputs=outputs)


WEEKS = _weeks()
weeks = st.sampled_from(WEEKS)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.frozensets(st.integers(0, 6), min_size=1)


def test_there_are_many_real_weeks():
    """The properties below are tried on more than the sample."""
    assert len(WEEKS) >= 8


@given(text=weeks, at=times, on=days, minutes=st.integers(1, 90), soft=st.booleans())
def test_a_slot_is_added_and_every_other_line_stays(text, at, on, minutes, soft):
    """The new slot is read back as it was asked for, and the old file is in the new one."""
    plan = _plan(text)
    programme = next(iter(plan.programmes), "sang")
    wanted = WantedSlot(
        id=free_id(text, "Tiếng cơ sở"),
        programme=programme,
        at=at,
        days=on,
        max_ms=minutes * 60_000,
        is_soft=soft,
    )
    changed = with_slot(text, wanted)
    new = _plan(changed)
    added = _slots(new).pop(wanted.id)
    assert (added.start, added.days, added.max_ms) == (at, on, minutes * 60_000)
    assert added.start_type is (StartType.SOFT if soft else StartType.HARD)
    assert {k: v for k, v in _slots(new).items() if k != wanted.id} == _slots(plan)
    assert _only_adds(text, changed)
    assert without_slot(changed, wanted.id).split() == text.split()


@given(text=weeks, at=times, on=days, data=st.data())
def test_a_slot_moves_alone(text, at, on, data):
    """Only the moved slot differs afterwards, in time and days and nothing else."""
    plan = _plan(text)
    slot = data.draw(st.sampled_from([s for s in plan.slots if not s.after]))
    values = {"at": f"{at:%H:%M}", "days": days_value(on)}
    changed = changed_slot(text, slot.id, values)
    expected = _slots(plan)
    expected[slot.id] = replace(expected[slot.id], start=at, days=on, rule=None, by_season=())
    assert _slots(_plan(changed)) == expected
    assert _comments(changed) == _comments(text)


@given(text=weeks, data=st.data())
def test_a_slot_leaves_alone(text, data):
    """The other slots stay as they were, and no special day speaks of it any more."""
    plan = _plan(text)
    slot = data.draw(st.sampled_from(plan.slots))
    changed = without_slot(text, slot.id)
    if new := _plan(changed):
        left = _slots(plan)
        del left[slot.id]
        assert _slots(new) == left
        assert not any(slot.id in exception.slot_ids for exception in new.exceptions)
    assert _only_adds(changed, text) or "exceptions" in text


@given(text=weeks, data=st.data(), gone=days)
def test_a_slot_gives_up_days(text, data, gone):
    """It airs on the days that are left, and is gone where none is."""
    plan = _plan(text)
    slot = data.draw(st.sampled_from([s for s in plan.slots if not s.rule and not s.after]))
    new = _plan(without_days(text, slot.id, slot.days, gone))
    left = slot.days - gone
    if new:
        assert _slots(new).get(slot.id) == (
            replace(_slots(plan)[slot.id], days=left) if left else None
        )


@given(
    text=weeks,
    start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    more=st.integers(0, 5),
    reason=st.text(st.characters(codec="utf-8"), max_size=40),
    data=st.data(),
)
def test_a_special_day_is_added_and_taken_away(text, start, more, reason, data):
    """It is read back as it was asked for; taken away, the file says what it said."""
    plan = _plan(text)
    name = data.draw(st.sampled_from(plan.slots)).id
    programme = next(iter(plan.programmes), "sang")
    added = WantedSlot(id=free_id(text, "Thêm"), programme=programme, at=time(9, 15))
    wanted = WantedDay(
        first=start,
        last=start + timedelta(days=more),
        cancel=(name,),
        replace=((name, programme),),
        add=added,
        reason=reason,
    )
    changed = with_special_day(text, wanted)
    found = _plan(changed).exceptions[len(plan.exceptions) :]
    assert {e.kind for e in found} == {
        ExceptionKind.CANCEL,
        ExceptionKind.REPLACE,
        ExceptionKind.ADD,
    }
    assert all((e.first, e.last) == (wanted.first, wanted.last) for e in found)
    assert _slots(_plan(changed)) == _slots(plan)
    assert _only_adds(text.replace("exceptions: []", "exceptions:"), changed)
    assert without_special_day(changed, found[0].where.line).split() in (
        text.split(),
        [*text.split(), "exceptions:"],
    )


@given(text=weeks, weeks_on=st.integers(0, 200))
def test_a_week_is_copied_for_one_other_week(text, weeks_on):
    """The copy holds for that week alone, with the same slots and without dated special days."""
    monday = date(2026, 11, 23) + timedelta(weeks=weeks_on)
    new = _plan(copied_week(text, monday, note="Chép từ tuan-mau.yaml"))
    assert (new.validity.first, new.validity.last) == (monday, monday + timedelta(days=6))
    assert _slots(new) == _slots(_plan(text))
    assert all(e.first == date.min for e in new.exceptions)


def test_a_slot_that_nobody_knows_is_refused():
    """The name that was meant is told."""
    with pytest.raises(ContentError, match="sang"):
        changed_slot(WEEKS[0], "sagn", {"at": "06:00"})


def test_a_replaced_slot_is_taken_out_of_the_special_days():
    """In the sample week, without “sang” the first day of Tết has nothing to replace."""
    text = without_slot(WEEKS[0], "sang")
    assert "days: mùng một Tết" not in text
    assert "cancel: [cchc, cuoi-tuan]" in text
    assert "cancel: [cuoi-tuan]" in without_slot(WEEKS[0], "cchc")


def _only_adds(old: str, new: str) -> bool:
    """Whether ``new`` is ``old`` with lines put in."""
    steps = difflib.SequenceMatcher(
        None, old.splitlines(), new.splitlines(), autojunk=False
    ).get_opcodes()
    return all(step[0] in {"equal", "insert"} for step in steps)


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
