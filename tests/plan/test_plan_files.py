"""Plans as files: what is wrong in them, as the operator reads it, beside the file.

After a deliberate change of a sentence: ``GOLDEN=write pytest tests/plan/test_plan_files.py``,
and read the difference.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from broadcaster.model import Validity
from broadcaster.plan import Measure, Per, check_plan, load_plan, no_plan
from broadcaster.schedule import by_place

FOLDER = Path(__file__).parent / "golden"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("name", FILES)
def test_says_what_is_wrong_where_and_what_to_do(name: str) -> None:
    """Every mistake of a plan stands in one listing, with its place and a cure."""
    plan, problems = load_plan([FOLDER / f"{name}.yaml"])
    problems += check_plan(plan, zones=["thon-5", "tru-so"])
    found = sorted(problems, key=by_place)
    listing = "".join(f"{problem}\n" for problem in found).replace(f"{FOLDER}{os.sep}", "")
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(listing, encoding="utf-8")
    assert listing == expected.read_text(encoding="utf-8")


def load(tmp_path: Path, *texts: str):
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return load_plan(paths)


def test_a_plan_is_read(tmp_path: Path):
    """A target knows its number, its span, the document that asks for it and who answers."""
    plan, problems = load(
        tmp_path,
        "title: Kế hoạch\ndocument: Kế hoạch số 8/KH-UBND\noffice: Văn phòng\n"
        "targets: [{topic: sipas, kind: tin, items: 2, minutes: 10, per: quý, office: Tổ số}]\n",
    )
    assert problems == []
    assert check_plan(plan) == []
    target = plan.targets[0]
    assert [(w.measure, w.number) for w in target.wanted] == [
        (Measure.ITEMS, 2),
        (Measure.MINUTES, 10),
    ]
    assert (target.per, target.document, target.office) == (
        Per.QUARTER,
        "Kế hoạch số 8/KH-UBND",
        "Tổ số",
    )
    assert plan.period == Validity(date(2021, 1, 1), date(2030, 12, 31))


def test_a_slip_in_one_target_costs_that_target(tmp_path: Path):
    """The other targets of the file stay in force."""
    plan, problems = load(
        tmp_path, "targets:\n  - {itms: 3, per: năm}\n  - {topic: cchc, items: 8, per: năm}\n"
    )
    assert [p.code for p in problems] == ["unknown-key", "target-without-number"]
    assert [(p.where.line, p.where.column) for p in problems] == [(2, 6), (2, 5)]
    assert [target.topic for target in plan.targets] == ["cchc"]


def test_topics_and_targets_may_stand_in_different_files(tmp_path: Path):
    """A province hands out its tree of topics, and the commune writes its targets beside it."""
    plan, problems = load(
        tmp_path,
        "topics: {cchc: {title: CCHC, topics: {mot-cua: Một cửa}}}\n",
        "targets: [{topic: mot-cua, airings: 4, per: tháng}]\n",
    )
    assert problems + check_plan(plan) == []
    assert set(plan.topics.topics) == {"cchc", "mot-cua"}


def test_one_name_twice_and_two_periods_are_told(tmp_path: Path):
    """Two files of a plan that do not go together are told, each at its place."""
    _plan, problems = load(
        tmp_path,
        "period: {from: 2021-01-01, until: 2030-12-31}\ntopics: {cchc: CCHC}\n",
        "period: {from: 2026-01-01, until: 2030-12-31}\ntopics: {cchc: Cải cách}\n",
    )
    assert sorted(p.code for p in problems) == ["plan-name-twice", "two-periods"]
    assert {p.where.path.name for p in problems} == {"1.yaml"}


def test_the_built_in_topics_hold_where_a_station_has_none():
    """A station without a plan knows the topics of the field, and has no target."""
    plan = no_plan()
    assert plan.topics.title("sipas") == "SIPAS"
    assert plan.targets == ()
    assert check_plan(plan) == []
    day = date(2026, 11, 29)
    assert plan.topics.is_within("sipas", "cchc", day)
    assert not plan.topics.is_within("cchc", "sipas", day)


def test_a_topic_that_is_renamed_in_mid_year_is_one_topic(tmp_path: Path):
    """What aired under the old name counts for the topic, on the days of that name only."""
    plan, problems = load(
        tmp_path,
        "topics: {sipas: {title: SIPAS, from: 2026-07-01,"
        " aliases: [{name: hai-long, until: 2026-06-30}]}}\n",
    )
    assert problems + check_plan(plan) == []
    tree = plan.topics
    assert tree.is_within("hai-long", "sipas", date(2026, 6, 30))
    assert not tree.is_within("hai-long", "sipas", date(2026, 7, 1))
    assert tree.is_within("SIPAS", "sipas", date(2026, 7, 1))


def test_an_old_name_may_be_given_to_another_topic(tmp_path: Path):
    """From its new day on the name means the other topic, and nothing is counted twice."""
    plan, problems = load(
        tmp_path,
        "topics:\n  sipas: {title: SIPAS, aliases: [{name: hai-long, until: 2026-06-30}]}\n"
        "  hai-long: {title: Góp ý, from: 2026-07-01}\n",
    )
    assert problems + check_plan(plan) == []
    assert plan.topics.find("hai-long", date(2026, 6, 30)).id == "sipas"
    assert plan.topics.find("hai-long", date(2026, 7, 1)).id == "hai-long"


def test_communes_merged_on_the_first_of_july_2025(tmp_path: Path):
    """The old communes count until 30 June, the new one from 1 July on; a year names all."""
    units = (
        "units:\n  a: {title: Xã A, until: 2025-06-30}\n  b: {title: Xã B, until: 2025-06-30}\n"
        "  c: {title: Xã C, from: 2025-07-01, merges: [a, b]}\n"
    )
    plan, problems = load(tmp_path, units + "targets: [{unit: a, airings: 10, per: năm}]\n")
    assert problems + check_plan(plan) == []
    assert [u.title for u in plan.units_between(date(2025, 1, 1), date(2025, 12, 31))] == [
        "Xã A",
        "Xã B",
        "Xã C",
    ]
    assert [u.id for u in plan.units_between(date(2025, 7, 1), date(2025, 7, 1))] == ["c"]
    assert plan.days_of(plan.targets[0]).last == date(2025, 6, 30)
