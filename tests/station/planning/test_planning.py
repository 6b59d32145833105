"""The plan of a station against its log: figures, gaps, recordings to make, answers to give."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from small_station import DAY, bulletin, schedule, small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.cli import main
from broadcaster.clock import SimulatedClock
from broadcaster.station.air.simulate import simulate
from broadcaster.station.content.content import load_content
from broadcaster.station.content.pairings import note_recordings
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

WEEK = """
programmes:
  tin:
    title: Tin
    segments: [{greeting: Chào.}, {bulletins: {most: 1, order: ORDER, topic: [cchc]}}]
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: tin}
  - {id: chieu, days: hằng ngày, at: 17:00, programme: tin}
"""
PLAN = """
title: Kế hoạch xã Mẫu
document: Kế hoạch số 8/KH-UBND
targets:
  - {topic: cchc, items: 3, airings: 10, minutes: 2, per: tuần}
  - {topic: sipas, kind: tin, items: 2, per: quý}
"""


def station(tmp_path: Path, *, order: str = "rotate", plan: str = PLAN) -> StationFolder:
    tmp_path.mkdir(exist_ok=True)
    folder = small_station(tmp_path / "dai", week=WEEK.replace("ORDER", order))
    for name, topic in (("01-mot", "cchc"), ("02-hai", "papi"), ("03-ba", "kinh-te")):
        bulletin(folder, name, f"---\ntopic: {topic}\n---\nNội dung của {name} hôm nay.\n")
    ke_hoach(folder, plan)
    return folder


def ke_hoach(folder: StationFolder, text: str) -> None:
    (folder.schedules / "ke-hoach").mkdir(exist_ok=True)
    (folder.schedules / "ke-hoach" / "2026.yaml").write_text(text, encoding="utf-8")


def run(folder: StationFolder, *words: str):
    line = ["-C", str(folder.root), *words]
    found = CliRunner(mix_stderr=False).invoke(main, line, obj=SimulatedClock(DAY))
    assert found.exit_code == 0, found.output + found.stderr
    return found


def heard(folder: StationFolder) -> list[str]:
    with Store.open(folder.simulated_database, clock=SimulatedClock(DAY)) as store:
        assert AsRunLog(store).verify() == []
        rows = store.read("SELECT bulletin_id FROM asrun WHERE bulletin_id <> '' ORDER BY id")
    return [name for (name,) in rows]


def test_the_plan_counts_what_the_rows_of_the_log_say(tmp_path: Path):
    """Items, airings and minutes are what a query over the raw rows adds up to."""
    folder = station(tmp_path)
    simulate(folder, start=DAY, until=DAY + timedelta(days=4))
    found = json.loads(run(folder, "plan", "--simulated", "--json").stdout)
    with Store.open(folder.simulated_database, clock=SimulatedClock(DAY)) as store:
        ((items, airings, seconds),) = store.read(
            "SELECT count(DISTINCT bulletin_id), count(DISTINCT occurrence || bulletin_id),"
            " sum((julianday(ended_at) - julianday(started_at)) * 86400)"
            " FROM asrun WHERE event = 'segment' AND bulletin_id IN ('01-mot', '02-hai')"
        )
    week = {t["measure"]: t for t in found["targets"] if t["per"] == "week"}
    assert (week["items"]["done"], week["airings"]["done"]) == (items, airings) == (2, 8)
    assert week["minutes"]["done"] == pytest.approx(seconds / 60, abs=0.05)
    assert week["airings"]["span"] == {
        "title": "Week 48/2026",
        "from": "2026-11-23",
        "until": "2026-11-29",
    }
    assert found["simulated"] is True
    assert {t["document"] for t in found["targets"]} == {"Kế hoạch số 8/KH-UBND"}


def test_plan_and_report_show_the_same_figures(tmp_path: Path):
    """Airings and minutes of a topic and its parts are the same on the plan and in the report."""
    folder = station(tmp_path)
    simulate(folder, start=DAY, until=DAY + timedelta(days=4))
    found = json.loads(run(folder, "plan", "--simulated", "--json").stdout)
    week = {t["measure"]: t["done"] for t in found["targets"] if t["per"] == "week"}
    span = ("--from", "2026-11-23", "--to", "2026-11-29")
    report = json.loads(run(folder, "report", *span, "--simulated", "--json").stdout)
    topics = [report["by_topic"][name] for name in ("cchc", "papi")]
    assert week["airings"] == sum(topic["aired"] for topic in topics) > 0
    assert week["minutes"] == pytest.approx(sum(topic["minutes"] for topic in topics))


def test_simulated_rows_are_only_counted_when_asked_for(tmp_path: Path):
    """The plan of the station itself knows nothing of a rehearsal."""
    folder = station(tmp_path)
    simulate(folder, start=DAY, until=DAY + timedelta(days=4))
    found = json.loads(run(folder, "plan", "--json").stdout)
    assert {t["done"] for t in found["targets"]} == {0}
    assert found["simulated"] is False


def test_the_same_log_gives_the_same_figures(tmp_path: Path):
    """After a bulletin was edited and another deleted, the figures are what they were."""
    folder = station(tmp_path)
    simulate(folder, start=DAY, until=DAY + timedelta(days=4))
    before = json.loads(run(folder, "plan", "--simulated", "--json").stdout)["targets"]
    bulletin(folder, "01-mot", "---\ntopic: kinh-te\nkind: bài\n---\nViết lại.\n")
    (folder.scripts / "02-hai.txt").unlink()
    assert json.loads(run(folder, "plan", "--simulated", "--json").stdout)["targets"] == before


@pytest.mark.usefixtures("vietnamese")
def test_a_gap_names_what_lies_ready(tmp_path: Path):
    """The sentence is that of an office, and the bulletin that would close it stands beside it."""
    folder = station(tmp_path)
    bulletin(folder, "04-bon", "---\ntopic: sipas\nkind: tin\n---\nĐo sự hài lòng.\n")
    text = run(folder, "plan").stdout
    assert "! Quý IV/2026 chưa phát nội dung SIPAS; còn thiếu 2 tin. Có sẵn: 04-bon" in text, text


def test_a_whole_year_has_every_span(tmp_path: Path):
    """--year shows each week and each quarter of the year once."""
    folder = station(tmp_path)
    found = json.loads(run(folder, "plan", "--year", "2026", "--json").stdout)["targets"]
    spans = [(t["per"], t["span"]["title"]) for t in found]
    assert len([s for s in spans if s[0] == "quarter"]) == 4
    assert len({s for s in spans if s[0] == "week"}) == 53
    assert {t["state"] for t in found} == {"short", "not-begun", "on-track", "behind"}


def test_programmes_make_good_what_is_behind(tmp_path: Path):
    """With “order: plan” the topic that is late is taken first, though others waited longer."""
    for order, first in (("rotate", "01-mot"), ("plan", "09-sipas")):
        folder = station(tmp_path / order, order=order)
        bulletin(folder, "09-sipas", "---\ntopic: sipas\nkind: tin\n---\nĐo sự hài lòng.\n")
        simulate(folder, start=DAY, until=DAY.replace(hour=6))
        assert heard(folder) == [first]


def test_what_is_made_good_gives_way(tmp_path: Path):
    """Once nothing is late any more, the turn of each decides again."""
    folder = station(tmp_path, order="plan")
    bulletin(folder, "09-sipas", "---\ntopic: sipas\nkind: tin\n---\nĐo sự hài lòng.\n")
    simulate(folder, start=DAY, until=DAY + timedelta(days=3))
    assert heard(folder)[:3] == ["09-sipas", "01-mot", "02-hai"]


def test_topics_of_a_choice_bring_their_parts(tmp_path: Path):
    """A programme on CCHC airs PAPI too, because the tree says that it is a part of it."""
    folder = station(tmp_path)
    simulate(folder, start=DAY, until=DAY + timedelta(days=1))
    assert set(heard(folder)) == {"01-mot", "02-hai"}


def test_a_missing_language_is_told_and_an_old_recording_too(tmp_path: Path):
    """“Not there yet in Raglai”; a recording closes it, until the text is changed."""
    folder = station(
        tmp_path,
        plan="languages: [{language: raglai, title: Raglai, zones: [loa], topics: [cchc]}]\n",
    )

    def states() -> list[tuple[str, str]]:
        found = json.loads(run(folder, "languages", "--json").stdout)
        return [(one["bulletin_id"], one["state"]) for one in found]

    assert states() == [("01-mot", "missing"), ("02-hai", "missing")]
    sound = 0.2 * np.sin(np.arange(48_000) / 30)
    soundfile.write(folder.sounds / "02-hai.raglai.wav", sound, 48_000)
    config, _problems = load_config(folder)
    note_recordings(folder, load_content(folder, config).bulletins)
    assert states() == [("01-mot", "missing")]
    bulletin(folder, "02-hai", "---\ntopic: papi\n---\nNội dung đã sửa.\n")
    assert states() == [("01-mot", "missing"), ("02-hai", "outdated")]


@pytest.mark.usefixtures("vietnamese")
def test_a_missing_language_in_words(tmp_path: Path):
    """“Chưa có bản tiếng Raglai”, with the name that the file is to have."""
    folder = station(tmp_path, plan="languages: [{language: raglai, title: Raglai}]\n")
    text = run(folder, "languages").stdout
    assert "chưa có bản tiếng Raglai" in text
    assert "01-mot.raglai.m4a" in text


def test_questions_wait_are_overdue_answered_and_heard(tmp_path: Path):
    """Each question says how it stands, and those that wait come first and are counted."""
    folder = station(tmp_path)
    head = "---\nkind: hỏi–đáp\ntopic: cchc\nquestion: Bao lâu?\nanswered_by: UBND xã\n"
    bulletin(folder, "11-cho", f"{head}due: 2026-12-01\n---\n")
    bulletin(folder, "12-qua-han", f"{head}due: 2026-11-20\n---\n")
    bulletin(folder, "13-dap", f"{head}due: 2026-11-21\nvalid_from: 2027-01-01\n---\nMột ngày.\n")
    bulletin(folder, "10-phat", f"{head}due: 2026-11-22\npriority: ưu tiên\n---\nMột ngày.\n")
    simulate(folder, start=DAY, until=DAY + timedelta(days=2))
    found = json.loads(run(folder, "questions", "--simulated", "--json").stdout)
    assert [(one["bulletin_id"], one["state"]) for one in found] == [
        ("12-qua-han", "overdue"),
        ("11-cho", "waiting"),
        ("13-dap", "answered"),
        ("10-phat", "heard"),
    ]
    assert found[3]["heard_at"] == "2026-11-23T05:30:00+07:00"
    counted = json.loads(run(folder, "plan", "--simulated", "--json").stdout)["questions"]
    assert counted == {"asked": 4, "unanswered": 2, "overdue": 1, "heard": 1}
    assert {"11-cho", "12-qua-han"}.isdisjoint(heard(folder))


def test_check_reads_the_plan(tmp_path: Path):
    """A slip in the plan stands among the problems of the station, with its place."""
    folder = station(tmp_path, plan="targets:\n  - {topic: sipaz, items: 2, per: quý}\n")
    line = ["-C", str(folder.root), "check", "--json"]
    found = CliRunner(mix_stderr=False).invoke(main, line, obj=SimulatedClock(DAY))
    codes = [
        (p["code"], p["where"]["line"], p["where"]["column"]) for p in json.loads(found.stdout)
    ]
    assert ("unknown-in-plan", 2, 13) in codes


def test_a_damaged_plan_silences_nothing(tmp_path: Path):
    """Whatever is wrong with the plan, the week is heard."""
    folder = station(tmp_path, order="plan", plan="targets: [\n")
    simulate(folder, start=DAY, until=DAY.replace(hour=6))
    assert heard(folder) == ["01-mot"]


def test_a_plan_of_another_day(tmp_path: Path):
    """--on looks at the plan as it stood when that day began."""
    folder = station(tmp_path)
    found = json.loads(run(folder, "plan", "--on", "2026-10-01", "--json").stdout)
    assert found["day"] == str(date(2026, 10, 1))
    assert {t["due"] for t in found["targets"] if t["per"] == "quarter"} == {0}


def test_a_station_without_a_plan_is_told_how_to_begin(tmp_path: Path):
    """No plan is no error."""
    folder = small_station(tmp_path / "dai")
    schedule(folder, WEEK.replace("ORDER", "plan"))
    assert "schedules/ke-hoach" in run(folder, "plan").stdout
