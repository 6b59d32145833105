"""``broadcaster report`` from outside: periods, formats, what it says of the log."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from broadcaster.asrun import AsRunLog, Store
from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import (
    AsRunSegment,
    BulletinFacts,
    Occurrence,
    Outcome,
    PreparedProgramme,
    PreparedSegment,
    ProgrammePlan,
    SegmentKind,
    Slot,
)

if TYPE_CHECKING:
    from pathlib import Path

FIVE = datetime(2026, 11, 2, 5, 0, tzinfo=LOCAL)
NOON = datetime(2026, 11, 28, 12, 0, tzinfo=LOCAL)
PART = PreparedSegment(
    kind=SegmentKind.SPEECH,
    title="Tin một cửa",
    start_ms=0,
    end_ms=90_000,
    bulletin_id="01",
    facts=BulletinFacts(topic="cu", kind="tin", language="vi"),
)
SOUND = PreparedProgramme(programme_id="sang", title="Sáng", duration_ms=90_000, segments=(PART,))
PLAN = """
topics: {moi: {title: cải cách hành chính, aliases: [{name: cu, until: 2026-12-31}]}}
units:
  a: {title: xã Cũ, until: 2026-11-15}
  b: {title: xã Mới, from: 2026-11-16, merges: [a]}
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """Ten days: nine that aired, and one without power."""
    (tmp_path / "station.yaml").write_text("name: Đài xã Mẫu\n", encoding="utf-8")
    plans = tmp_path / "schedules" / "ke-hoach"
    plans.mkdir(parents=True)
    (plans / "ke-hoach.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / ".broadcaster").mkdir()
    fill(tmp_path / ".broadcaster" / "station.db")
    return tmp_path


def fill(path: Path) -> None:
    with Store.open(path, clock=SimulatedClock(FIVE)) as store:
        log = AsRunLog(store)
        for day in range(10):
            occurrence = _occurrence(day)
            if day == 4:
                log.missed(occurrence, reason="mất điện [not-running]", programme=SOUND)
                continue
            at = occurrence.starts_at
            ends = at + timedelta(milliseconds=SOUND.duration_ms)
            log.started(occurrence, SOUND, at=at, output="null")
            heard = AsRunSegment(
                kind=PART.kind, title=PART.title, started_at=at, ended_at=ends, bulletin_id="01"
            )
            log.ended(occurrence.id, at=ends, outcome=Outcome.AIRED, segments=[heard])


def _occurrence(day: int) -> Occurrence:
    at = FIVE + timedelta(days=day)
    slot = Slot(id="sang", start=at.time(), days=frozenset(range(7)), programme_id="sang")
    return Occurrence(slot, at, ProgrammePlan("sang", "Sáng", ()))


def run(station: Path, *words: object) -> Result:
    command = ["-C", str(station), "report", *map(str, words)]
    return CliRunner().invoke(main, command, obj=SimulatedClock(NOON))


def value(station: Path, *words: object) -> dict:
    result = run(station, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_month_is_counted_from_what_was_heard(station: Path) -> None:
    found = value(station, "--month", "2026-11")
    totals = {"planned": 10, "aired": 9, "cut": 0, "missed": 1, "failed": 0, "minutes": 13.5}
    assert found["totals"] == found["items"] == found["by_kind"]["tin"] == totals
    assert found["on_time"] == {"on_time": 9, "late": 0, "share": 90.0}
    assert found["reasons"] == {"mất điện": 1}


def test_a_topic_that_was_renamed_is_counted_under_its_name_of_today(station: Path) -> None:
    assert list(value(station, "--month", "2026-11")["by_topic"]) == ["moi"]


def test_a_report_is_headed_by_the_commune_of_its_last_day(station: Path) -> None:
    result = run(station, "--month", "2026-11", "-o", station / "bc.html")
    assert result.exit_code == 0, result.output
    page = (station / "bc.html").read_text(encoding="utf-8")
    assert "Ủy ban nhân dân xã Mới" in page
    assert "xã Cũ (đến hết" in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "words, planned",
    [
        (("--quarter", "2026-Q4"), 10),
        (("--half", "2026-H2"), 10),
        (("--year", "2026"), 10),
        (("--from", "2026-11-03", "--to", "2026-11-04"), 2),
        (("--from", "2026-11-10"), 2),
        ((), 10),
        (("--month", "2026-10"), 0),
        (("--month", "2026-11", "--simulated"), 0),
    ],
)
def test_a_period_counts_its_days_and_no_others(station: Path, words, planned: int) -> None:
    assert value(station, *words)["totals"]["planned"] == planned


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "2026-13"),
        ("--month", "2026-11", "--year", "2026"),
        ("--from", "2026-11-03", "--to", "2026-11-01"),
        ("--month", "2026-11", "-o", "bao-cao.odt"),
    ],
)
def test_what_makes_no_sense_is_refused(station: Path, words) -> None:
    assert run(station, *words).exit_code == 2


def test_a_file_that_stands_there_is_not_overwritten_by_accident(station: Path) -> None:
    target = station / "bc.csv"
    target.write_text("của tôi", encoding="utf-8")
    assert run(station, "-o", target).exit_code == 2
    assert target.read_text(encoding="utf-8") == "của tôi"
    assert run(station, "-o", target, "--force").exit_code == 0


def test_a_log_that_somebody_changed_is_told_on_screen_and_paper(station: Path) -> None:
    with sqlite3.connect(station / ".broadcaster" / "station.db") as db:
        db.execute("DROP TRIGGER asrun_no_update")
        db.execute("UPDATE asrun SET title = 'khác' WHERE id = 2")
    assert "2" in value(station, "--month", "2026-11")["seal"]["broken"]
    assert run(station, "-o", station / "bc.html").exit_code == 0
    assert "CẢNH BÁO" in (station / "bc.html").read_text(encoding="utf-8")


def test_a_broken_template_is_a_problem_with_its_line(station: Path) -> None:
    (station / "mau-bao-cao").mkdir()
    (station / "mau-bao-cao" / "bao-cao.md").write_text("# BÁO CÁO\n{{ x }}\n", encoding="utf-8")
    result = run(station, "-o", station / "bc.docx")
    assert "bao-cao.md:2" in result.output
    assert (station / "bc.docx").stat().st_size > 10_000
