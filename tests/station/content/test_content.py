"""Everything people wrote, read together: a bad file costs that file and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadcaster.model import LateAction, LatePolicy
from broadcaster.script import read_text
from broadcaster.station.content.content import load_content
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.config import StationConfig

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = StationConfig(name="Đài")
WEEK = """
programmes: {tin: {segments: [{bulletins: {}}]}}
slots: [{id: sang, days: hằng ngày, at: 05:30, programme: tin}]
"""
TEXT = "Đây là một bản tin ngắn của xã.\n"


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    (folder.scripts / "01-tin.txt").write_text(TEXT, encoding="utf-8")
    (folder.schedules / "lich.yaml").write_text(WEEK, encoding="utf-8")
    return folder


def _codes(folder: StationFolder) -> list[str]:
    return [problem.code for problem in load_content(folder, CONFIG).problems]


def test_reads_bulletins_weeks_and_words(folder: StationFolder) -> None:
    """Bulletins come by their names, weeks by their files, and nothing is wrong."""
    content = load_content(folder, CONFIG)
    assert content.problems == ()
    assert {name: b.id for name, b in content.bulletins.items()} == {"01-tin": "01-tin"}
    assert [plan.path.name for plan in content.plans] == ["lich.yaml"]


def test_an_empty_folder_is_an_empty_station(tmp_path: Path) -> None:
    """Where nothing was written yet, nothing is read and nothing is wrong."""
    content = load_content(StationFolder(tmp_path), CONFIG)
    assert (content.bulletins, content.plans, content.problems) == ({}, (), ())


def test_the_station_says_what_late_means(folder: StationFolder) -> None:
    """The policy of station.yaml holds for slots that name none."""
    policy = LatePolicy(LateAction.SKIP, 0)
    content = load_content(folder, StationConfig(name="Đài", late=policy))
    assert content.plans[0].slots[0].late == policy


def test_two_bulletins_with_one_name(folder: StationFolder) -> None:
    """Of two bulletins with one name the first file stays, and the second is told."""
    text = f"---\nid: 01-tin\n---\n{TEXT}"
    (folder.scripts / "02-tin.txt").write_text(text, encoding="utf-8")
    content = load_content(folder, CONFIG)
    (problem,) = content.problems
    assert problem.code == "duplicate-bulletin"
    assert problem.where.path == folder.scripts / "02-tin.txt"
    assert content.bulletins["01-tin"].where.path == folder.scripts / "01-tin.txt"


def test_a_bad_file_costs_only_itself(folder: StationFolder) -> None:
    """A broken bulletin and a broken week leave the good ones in force."""
    (folder.scripts / "00-hong.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder.schedules / "hong.yaml").write_text("slots: [", encoding="utf-8")
    content = load_content(folder, CONFIG)
    assert set(content.bulletins) == {"01-tin"}
    assert len(content.plans) == 1
    assert len(content.problems) == 2


def test_files_that_nobody_reads_are_told(folder: StationFolder) -> None:
    """A document that was dropped among the bulletins is told, with what to do; junk is not."""
    (folder.scripts / "bai.xlsx").write_bytes(b"PK")
    (folder.scripts / "~$bai.xlsx").write_bytes(b"PK")
    (folder.scripts / "tin.txt.part").write_text(TEXT, encoding="utf-8")
    (folder.sounds / "nhac.mp3").write_bytes(b"ID3")
    assert _codes(folder) == ["unread-file"]


def test_files_among_the_sounds_that_nobody_plays_are_told(folder: StationFolder) -> None:
    """A kind of sound file that cannot be played is told where it lies; notes are not."""
    (folder.sounds / "01-tin.raglai.mid").write_bytes(b"MThd")
    (folder.sounds / "README.md").write_text("…", encoding="utf-8")
    (problem,) = load_content(folder, CONFIG).problems
    assert problem.code == "unread-file"
    assert problem.where.path == folder.sounds / "01-tin.raglai.mid"
    assert "WAV" in problem.hint


def test_the_station_has_words_of_its_own(folder: StationFolder) -> None:
    """A word of the station's own list is in force after reading."""
    folder.lexicon.write_text("THPM\ttruyền thanh Phước Mẫu\n", encoding="utf-8")
    content = load_content(folder, CONFIG)
    assert content.problems == ()
    reading = read_text("Ban THPM thông báo.", lexicon=content.lexicon)
    assert "truyền thanh Phước Mẫu" in reading.spoken
