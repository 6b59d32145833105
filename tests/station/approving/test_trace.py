"""Every aired second leads back to who stands for it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from approvers import approve, approving_of, people_of
from click.testing import CliRunner
from small_station import APPROVED, DAY, occurrence_of, small_station, worker

from broadcaster.asrun import AsRunLog, Store
from broadcaster.cli import main
from broadcaster.clock import SimulatedClock
from broadcaster.model import Outcome
from broadcaster.station.air.onair import Heard
from broadcaster.station.preparing.prepared import PreparedFiles

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

NOON = DAY + timedelta(hours=11)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """A station whose noon programme was approved, prepared and heard to its end."""
    folder = small_station(tmp_path / "dai", settings=APPROVED)
    people_of(folder, DAY)
    approve(folder, DAY, "02-hai")
    maker = worker(folder)
    occurrence = occurrence_of(maker, "trua")
    maker.prepare(occurrence)
    found = PreparedFiles(folder).get(occurrence)
    assert found is not None
    heard = Heard(found, NOON)
    heard.spans.append((NOON, heard.ends_at))
    with Store.open(folder.database, clock=SimulatedClock(NOON)) as store:
        log = AsRunLog(store)
        log.started(occurrence, found, at=NOON, output="null")
        log.ended(occurrence.id, at=heard.ends_at, outcome=Outcome.AIRED, segments=heard.segments())
        assert log.verify() == []
    return folder


def run(folder: StationFolder, *words: str):
    runner = CliRunner(mix_stderr=False)
    arguments = ["--lang", "en", "-C", str(folder.root), *words]
    return runner.invoke(main, arguments, obj=SimulatedClock(NOON))


def test_the_log_names_the_approval(folder: StationFolder) -> None:
    """Each part of an entry has the row of the register, and the hash of its words."""
    (entry,) = json.loads(run(folder, "log", "--json").stdout)
    with approving_of(folder, NOON) as desk:
        approval = desk.state_of("02-hai").approval
        assert approval is not None
        row = desk.register.entry(approval.id)
    (part,) = entry["segments"]
    assert part["approval"] == str(approval.id)
    assert part["content_sha256"] == row.content_sha256


def test_trace_tells_words_approver_and_hashes(folder: StationFolder) -> None:
    """Also after the text was changed: what is told is what was heard."""
    (folder.scripts / "02-hai.txt").write_text("Bản tin khác.\n\nLời khác.\n", encoding="utf-8")
    shown = run(folder, "trace", "trua@2026-11-23T11:00+07:00")
    assert shown.exit_code == 0, shown.stderr
    assert "approved by Hoa (hoa)" in shown.stdout
    assert "Nội dung của bản tin hai hôm nay" in shown.stdout
    value = json.loads(run(folder, "trace", "trua@2026-11-23T11:00+07:00", "--json").stdout)
    (part,) = value["parts"]
    assert (part["approved_by"], part["own"], part["voice"]) == ("hoa", False, "tone:vi")
    assert part["lexicon"]
    assert part["approved_script_sha256"] == part["script_sha256"]
    assert part["spoken"]["sentences"]


def test_an_occurrence_that_nobody_knows(folder: StationFolder) -> None:
    """It names the nearest one that is known."""
    refused = run(folder, "trace", "trua@2026-11-24T11:00+07:00")
    assert refused.exit_code == 1
    assert "trua@2026-11-23T11:00+07:00" in refused.stderr
