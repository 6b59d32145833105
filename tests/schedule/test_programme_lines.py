"""The grammar of a programme: what an operator may write, and what he is told otherwise."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from broadcaster.model import (
    BedPlan,
    BulletinChoice,
    ChoiceOrder,
    ProgrammePlan,
    SegmentKind,
    Share,
)
from broadcaster.schedule import parse_week


def read(lines: str, *, keys: str = "") -> tuple[ProgrammePlan, list[str]]:
    """The programme of these lines, and «line:column code» of each problem; lines begin at 4."""
    body = indent(f"segments:\n{indent(lines, '  ')}\n{keys}", "    ")
    plan, problems = parse_week(f"programmes:\n  p:\n{body}\n", path=Path("w.yaml"))
    assert plan is not None
    codes = [f"{p.where.line}:{p.where.column} {p.code}" for p in problems]
    return plan.programmes["p"], codes


def test_headlines_say_what_comes() -> None:
    """A headlines line is a sentence, or a sentence and which titles."""
    plan, problems = read("- headlines: Tin chính\n- headlines: {text: Tin, kind: [tin], most: 2}")
    short, long = plan.segments
    assert problems == []
    assert (short.kind, short.text) == (SegmentKind.HEADLINES, "Tin chính")
    assert long.choice == BulletinChoice(kinds=("tin",), at_most=2)


def test_a_feature_stands_between_its_signatures() -> None:
    """The lines of a feature know it, and its signature opens and closes it."""
    plan, problems = read(
        "- feature:\n    title: CCHC\n    signature: nhac-chuyen-muc\n    bed: nhac-nen\n"
        "    segments:\n      - bulletin: a\n- bulletin: b"
    )
    opening, item, closing, after = plan.segments
    assert problems == []
    assert [s.asset for s in (opening, closing)] == ["nhac-chuyen-muc"] * 2
    assert {s.kind for s in (opening, closing)} == {SegmentKind.SIGNATURE}
    assert item.feature is not None
    assert item.feature.title == "CCHC"
    assert item.bed is not None
    assert (opening.bed, after.feature, after.bed) == (None, None, None)


def test_a_feature_may_close_with_another_tune() -> None:
    """Opening and closing may differ, and one may be missing."""
    plan, _problems = read(
        "- feature:\n    signature: {opening: mo}\n    segments:\n      - bulletin: a"
    )
    assert [line.asset for line in plan.segments] == ["mo", ""]


def test_a_programmes_bed_lies_under_what_is_said() -> None:
    """The bed of a programme is under speech, not under music; a line may have another or none."""
    plan, problems = read(
        "- ident: a\n- greeting: Chào\n- bulletin: b\n  bed: {music: khac, level: -24}\n"
        "- closing: Hết\n  bed: không",
        keys="bed: nhac-nen",
    )
    assert problems == []
    beds = [line.bed and (line.bed.asset, line.bed.level_db) for line in plan.segments]
    assert beds == [None, ("nhac-nen", BedPlan("x").level_db), ("khac", -24.0), None]


def test_a_bed_alone_is_a_piece_of_music() -> None:
    """A line that is nothing but a bed still sounds, as it always did."""
    plan, problems = read("- bed: nhac-nen")
    assert problems == []
    assert [(line.kind, line.asset, line.bed) for line in plan.segments] == [
        (SegmentKind.BED, "nhac-nen", None)
    ]


def test_a_choice_has_voices_an_order_a_share_and_times() -> None:
    """Everything that a line of bulletins may say."""
    plan, problems = read(
        "- bulletins: {voices: [a, espeak:nam rate=95], order: fresh, times: 2,"
        " share: {topic: [cchc], least: 2}}"
    )
    (line,) = plan.segments
    assert problems == []
    assert line.times == 2
    assert line.choice == BulletinChoice(
        order=ChoiceOrder.FRESH,
        share=Share(topics=("cchc",), least=2),
        voices=("a", "espeak:nam rate=95"),
    )


def test_a_named_bulletin_may_be_read_three_times() -> None:
    """`times` stands beside a bulletin."""
    plan, problems = read("- bulletin: a\n  times: 3")
    assert ([line.times for line in plan.segments], problems) == ([3], [])


def test_a_programme_has_a_length_and_names() -> None:
    """How long it lasts, and who made it."""
    plan, problems = read("- ident: a", keys="length: 15m\neditors: [A, B]\nannouncers: C")
    assert problems == []
    assert (plan.length_ms, plan.editors, plan.announcers) == (900_000, ("A", "B"), ("C",))


def test_music_or_slogans_fill() -> None:
    """A fill line has music, slogans, or both."""
    plan, problems = read(
        "- fill: {music: nhac-nen, bulletins: {kind: [khẩu hiệu]}}", keys="length: 15m"
    )
    (line,) = plan.segments
    assert problems == []
    assert (line.fills, line.asset) == (True, "nhac-nen")
    assert line.choice is not None
    assert line.choice.kinds == ("khẩu hiệu",)
    plain, _problems = read("- fill: nhac-nen", keys="length: 15m")
    assert plain.segments[0].asset == "nhac-nen"


FEATURE = "- feature:\n    segments:\n      - {}"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (FEATURE.format("feature: {segments: [{bulletin: a}]}"), ["6:24 misplaced-line"]),
        (FEATURE.format("headlines: Tin"), ["6:26 misplaced-line"]),
        (FEATURE.format("fill: nhac"), ["6:21 misplaced-line"]),
        ("- feature: {title: A}", ["4:18 missing-key"]),
        ("- feature: {titel: A, segments: [{bulletin: a}]}", ["4:19 unknown-key"]),
        ("- feature: A", ["4:18 not-a-mapping"]),
        ("- fill: {}", ["4:15 empty-fill"]),
        ("- fill: {music: }", ["4:15 empty-fill"]),
        ("- bulletin: a\n  bed: {level: -20}", ["5:14 missing-key"]),
        ("- bulletin: a\n  bed: {music: b, level: -3}", ["5:32 bad-number"]),
        ("- bulletin: a\n  bed: [a, b]", ["5:14 not-a-text"]),
        ("- ident: a\n  bed: nen", ["5:14 misplaced-key"]),
        ("- ident: a\n  times: 2", ["5:16 misplaced-key"]),
        ("- bulletin: a\n  times: 9", ["5:16 bad-number"]),
        ("- bulletins: {times: -1}", ["4:28 bad-number"]),
        ("- bulletins: {share: {least: 2}}", ["4:28 empty-share"]),
        ("- bulletins: {most: 2, share: {topic: cchc, least: 3}}", ["4:58 share-too-large"]),
        ("- bulletins: {share: cchc}", ["4:28 not-a-mapping"]),
        ("- bulletins: {share: {topic: cchc, lest: 1}}", ["4:42 unknown-key"]),
        ("- bulletins: {order: xoay}", ["4:28 unknown-value"]),
        ('- headlines: "{titel}"', ["4:20 unknown-placeholder"]),
        ("- headlines: {kinds: [tin]}", ["4:21 unknown-key"]),
    ],
)
def test_a_slip_is_told_at_its_place(lines: str, expected: list[str]) -> None:
    """Each mistake has one sentence at its line and column, and costs no other line."""
    plan, problems = read(f"{lines}\n- ident: nhac-hieu")
    assert problems == expected
    assert plan.segments[-1].asset == "nhac-hieu"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("length: -5m", ["5:13 bad-duration"]),
        ("length: 3s", ["5:13 bad-duration"]),
        ("lenght: 15m", ["5:5 unknown-key"]),
        ("editors: {a: b}", ["5:14 not-a-text"]),
    ],
)
def test_a_slip_beside_the_lines_is_told(keys: str, expected: list[str]) -> None:
    """A length below ten seconds, a misspelt key: told, and the programme is there all the same."""
    plan, problems = read("- ident: a", keys=keys)
    assert problems == expected
    assert len(plan.segments) == 1


def test_two_lines_that_fill_are_told() -> None:
    """Only one place of a programme can take what time is left."""
    _plan, problems = read("- fill: a\n- fill: b", keys="length: 15m")
    assert problems == ["3:5 two-fills"]


def test_a_fill_without_a_length_is_told() -> None:
    """Nobody knows how long the music should be where the programme has no length."""
    _plan, problems = read("- fill: a")
    assert problems == ["3:5 fill-without-length"]
