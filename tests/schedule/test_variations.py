"""A programme in another language, and on a day without music: what stays and what goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from week_plans import slot, week

from broadcaster.model import ProgrammePlan, SegmentKind, SegmentPlan, Validity, WeekPlan
from broadcaster.schedule import Known, check_weeks, parse_week, rundown

MONDAY = date(2026, 11, 23)
TEXT = """
programmes:
  sang:
    title: Sáng
    bed: nhac-nen
    segments:
      - ident: nhac-hieu
      - greeting: Chào bà con.
      - music: nhac-nen
      - headlines: Những tin chính.
      - bulletins: {most: 2, between: nhac-cat}
      - feature: {title: CCHC, signature: nhac-chuyen-muc, segments: [{bulletin: 01-tin}]}
      - jingle: chuong
      - fill: {bulletins: {kind: [khẩu hiệu]}, music: nhac-nen}
      - closing: Hết.
  chieu: {title: Chiều, segments: [{jingle: chuong}, {bulletin: 01-tin}]}
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: sang, outputs: {thon: {programme: chieu}}}
exceptions:
  - {date: 2026-11-23, music: không, reason: Quốc tang, add: {id: them, at: 19h, programme: chieu}}
"""


@pytest.fixture
def plan() -> WeekPlan:
    found, problems = parse_week(TEXT, path=Path("lich.yaml"))
    assert [p.code for p in problems] == ["fill-without-length"]
    assert found is not None
    return found


def _airs(plan: WeekPlan, slot_id: str, day: date = MONDAY) -> ProgrammePlan:
    return next(o.programme for o in rundown([plan], day).occurrences() if o.slot.id == slot_id)


def test_a_day_without_music_keeps_words_idents_and_signatures(plan: WeekPlan) -> None:
    """Songs, beds and jingles are gone; idents, signatures, words and bulletins stay in order."""
    lines = _airs(plan, "sang").segments
    usual = _airs(plan, "sang", date(2026, 11, 24)).segments
    gone = {SegmentKind.MUSIC, SegmentKind.JINGLE, SegmentKind.BED}
    assert [line.kind for line in lines] == [
        line.kind for line in usual if line.kind not in gone or line.fills
    ]
    assert not any(line.bed for line in lines)
    assert not any(line.choice and line.choice.between for line in lines)
    (fill,) = [line for line in lines if line.fills]
    assert fill.asset == ""
    assert fill.choice is not None


def test_no_slot_of_such_a_day_escapes(plan: WeekPlan) -> None:
    """What single outputs air, and what is added for the day, is without music too."""
    assert [line.bulletin_id for line in _airs(plan, "them").segments] == ["01-tin"]
    (morning,) = [o for o in rundown([plan], MONDAY).occurrences() if o.slot.id == "sang"]
    assert morning.reason == "Quốc tang"
    assert [line.bulletin_id for line in morning.own[0].segments] == ["01-tin"]


def test_music_that_is_allowed_is_no_change() -> None:
    """“music: có” takes nothing away."""
    text = TEXT.replace("music: không, reason", "music: có, reason")
    found, _problems = parse_week(text, path=Path("lich.yaml"))
    assert found is not None
    assert _airs(found, "sang") == _airs(found, "sang", date(2026, 11, 24))


def _in_jrai(*lines: SegmentPlan) -> WeekPlan:
    plan = week(slot("jrai", "06:00", language="jrai"))
    plan.programmes["tin"] = ProgrammePlan("tin", "Tin", lines)
    return plan


def test_a_bulletin_that_is_not_recorded_in_the_language_is_told() -> None:
    """The check names the slot and the file that is missing; a choice simply passes over it."""
    plan = _in_jrai(SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id="01-tin"))
    spoken: set[tuple[str, str]] = set()
    known = Known(bulletins={"01-tin": Validity()}, is_spoken_in=lambda *asked: asked in spoken)
    (problem,) = [
        p for p in check_weeks([plan], days=[MONDAY], known=known) if p.code != "unused-programme"
    ]
    assert problem.code == "not-in-language"
    assert "01-tin.jrai.m4a" in problem.hint
    spoken.add(("01-tin", "jrai"))
    found = check_weeks([plan], days=[MONDAY], known=known)
    assert [p.code for p in found if p.code != "unused-programme"] == []


def test_replaced_is_told_apart_from_expired() -> None:
    """From the day of the newer bulletin on the check names that one; before, nothing is wrong."""
    plan = week(slot("sang", "05:30"))
    plan.programmes["tin"] = ProgrammePlan(
        "tin", "Tin", (SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id="cu"),)
    )

    def codes(last: date | None, newer: str) -> list[str]:
        known = Known(
            bulletins={"cu": Validity(None, last)}, replaced_by={"cu": newer} if newer else {}
        )
        found = check_weeks([plan], days=[MONDAY], known=known)
        return [p.code for p in found if p.code != "unused-programme"]

    assert codes(date(2026, 11, 22), "moi") == ["bulletin-replaced"]
    assert codes(date(2026, 11, 23), "moi") == []
    assert codes(date(2026, 11, 22), "") == ["bulletin-not-valid"]
