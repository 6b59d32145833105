"""What single outputs air instead is prepared under names of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from small_station import DAY, SETTINGS, WEEK, occurrence_of, small_station, worker

from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.coming import prepare_coming
from broadcaster.station.preparing.playnow import prepare_now, prepared_occurrence
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.station.preparing.variants import variants, with_profile
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

OUTPUTS = """outputs:
  san: {to: "null"}
  ip: {to: "null", profile: loa}
"""
OWN = WEEK.replace("programme: tin}", "programme: tin, outputs: {san: , ip: {programme: mot}}}")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    settings = SETTINGS.replace('output: "null"\n', OUTPUTS)
    return small_station(tmp_path / "dai", settings=settings, week=OWN)


def test_a_programme_and_a_profile_of_an_output_have_names(folder: StationFolder) -> None:
    """The names of what outputs air apart are no names that a slot could have."""
    maker = worker(folder)
    config, _problems = load_config(folder)
    names = {
        slot: [
            (v.occurrence.slot.id, v.occurrence.programme.id, v.profile)
            for v in variants(occurrence_of(maker, slot), config)
        ]
        for slot in ("sang", "trua")
    }
    assert names == {
        "sang": [("sang+mot~loa", "mot", "loa")],
        "trua": [("trua~loa", "mot", "loa")],
    }


def test_each_is_made_beside_the_common_one(folder: StationFolder) -> None:
    """The common programme and that of an output lie side by side, each with its manifest, and
    another profile is another sound."""
    maker = worker(folder)
    config, _problems = load_config(folder)
    occurrence = occurrence_of(maker, "trua")
    common = maker.prepare(occurrence)
    (own,) = variants(occurrence, config)
    made = with_profile(maker, own.profile).prepare(own.occurrence)
    assert common.audio is not None
    assert made.audio is not None
    assert made.audio.name == "1100-trua~loa.wav"
    assert made.audio.parent == common.audio.parent
    assert made.audio_sha256 != common.audio_sha256
    assert made.lufs > common.lufs + 1
    ready = PreparedFiles(folder)
    assert ready.get(occurrence) == common
    assert ready.get(own.occurrence) == made


@pytest.mark.integration
def test_the_preparer_makes_all_that_outputs_air(folder: StationFolder) -> None:
    """A pass over the coming hours leaves nothing out that an output will need."""
    prepare_coming(folder, now=DAY)
    made = {path.stem for path in folder.programmes.glob("2026-11-23/*.json")}
    assert {"0530-sang", "0530-sang+mot~loa", "1100-trua", "1100-trua~loa"} <= made


def test_an_order_is_made_for_each_profile(folder: StationFolder) -> None:
    """What is ordered now sounds on every output as that output is set."""
    maker = worker(folder)
    config, _problems = load_config(folder)
    plan = maker.assembler.content.plans[0].programmes["mot"]
    now = DAY + timedelta(hours=8)
    name = prepare_now(folder, config, maker.assembler.content, plan, now)
    ordered = prepared_occurrence(folder, name)
    assert ordered is not None
    (own,) = variants(ordered, config)
    assert manifest.load(manifest.files_for(folder, own.occurrence).manifest) is not None


def test_one_output_needs_nothing_more(tmp_path: Path) -> None:
    """A station with one output makes each programme once."""
    plain = small_station(tmp_path / "dai")
    config, _problems = load_config(plain)
    occurrence = occurrence_of(worker(plain), "sang")
    assert list(variants(occurrence, config)) == []
    assert list(variants(replace(occurrence, own=()), config)) == []
