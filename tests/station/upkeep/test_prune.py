"""Room on the disk: what goes, and what stays."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from occurrences import at

from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.archive import ArchiveSettings
from broadcaster.station.upkeep.prune import prune

if TYPE_CHECKING:
    from pathlib import Path

NOW = at("12:00")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    return folder


def put(path: Path, *, days_old: float = 0, size: int = 10) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    then = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(path, (then, then))
    return path


def test_programmes_of_past_days_go(folder: StationFolder) -> None:
    """Yesterday's programmes stay for a crash, older ones go; what no day is named by stays."""
    days = {
        d: put(folder.programmes / d / "x.wav") for d in ("2026-11-20", "2026-11-21", "2026-11-23")
    }
    note = put(folder.programmes / "README.txt", days_old=99)
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert {d: path.exists() for d, path in days.items()} == {
        "2026-11-20": False,
        "2026-11-21": True,
        "2026-11-23": True,
    }
    assert note.exists()


def test_old_renderings_of_bulletins_go(folder: StationFolder) -> None:
    """What an editor listened to a month ago can be made again."""
    old = put(folder.bulletin_audio("cu"), days_old=31)
    new = put(folder.bulletin_audio("moi"), days_old=29)
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert (old.exists(), new.exists()) == (False, True)


def test_sounds_that_nobody_asks_for_go(folder: StationFolder) -> None:
    """A recording of last month, and what a killed preparer left of one, make room."""
    old = put(folder.sound_cache / "cu.wav", days_old=31)
    told = put(folder.sound_cache / "cu.json", days_old=31)
    new = put(folder.sound_cache / "moi.wav", days_old=29)
    half = put(folder.sound_cache / ".moi.wav.1-1.part", days_old=2)
    growing = put(folder.sound_cache / ".moi.wav.2-2.part")
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert [path.exists() for path in (old, told, new, half, growing)] == [
        False,
        False,
        True,
        False,
        True,
    ]


def test_the_clips_used_longest_ago_go(folder: StationFolder) -> None:
    """The cache keeps to its size."""
    old, new = (
        put(folder.cache / "speech/ab" / f"{d}.wav", days_old=d, size=800_000) for d in (2, 1)
    )
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert (old.exists(), new.exists()) == (False, True)


def test_what_is_kept_long_enough_goes(folder: StationFolder) -> None:
    """Of the archive goes what is older than the station wants; what a person put there stays."""
    names = ("2025-11/22-0530-sang.mp3", "2025-11/23-0530-sang.mp3", "2026-11/23-0530-sang.mp3")
    old, last, new = (put(folder.archive / name) for name in names)
    foreign = put(folder.archive / "ghi-chu.txt", days_old=999)
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert [path.exists() for path in (old, last, new, foreign)] == [False, True, True, True]


def test_the_archive_keeps_to_its_size(folder: StationFolder) -> None:
    """Above its limit the oldest broadcasts go, however young they are."""
    names = (f"2026-11/{day}-0530-sang.mp3" for day in (20, 21, 22))
    files = [put(folder.archive / name, size=40_000_000) for name in names]
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings(max_mb=100))
    assert [path.exists() for path in files] == [False, True, True]


@pytest.mark.parametrize(
    "archive", [ArchiveSettings(is_kept=False), ArchiveSettings(keep_ms=None, max_mb=None)]
)
def test_an_archive_without_limits_stays(folder: StationFolder, archive: ArchiveSettings) -> None:
    """Without a limit, and where nothing more is archived, nothing is removed."""
    kept = put(folder.archive / "2020-01" / "01-0530-sang.mp3", days_old=2000)
    prune(folder, now=NOW, cache_max_mb=1, archive=archive)
    assert kept.exists()


def test_what_dead_processes_have_half_written_goes(folder: StationFolder) -> None:
    """A crash leaves no half file for ever, and takes none from a process that writes still."""
    nobody = 2**22 + 1  # above every number that the kernel gives
    dead = put(folder.programmes / "2026-11-23" / f".0530-sang.wav.{nobody}-7.part")
    hung = put(folder.archive / "2026-11" / f".23-0530-sang.mp3.{os.getpid()}-7.part", days_old=2)
    live = put(folder.programmes / "2026-11-23" / f".1100-trua.wav.{os.getpid()}-7.part")
    other = put(folder.programmes / "2026-11-23" / ".ghi-chu.part")
    prune(folder, now=NOW, cache_max_mb=1, archive=ArchiveSettings())
    assert [path.exists() for path in (dead, hung, live, other)] == [False, False, True, True]


def test_warnings_of_one_day_go_and_templates_stay(folder: StationFolder) -> None:
    """What somebody typed in an emergency goes two days later; a template waits for years."""
    typed = put(folder.emergencies / "loi-091200.wav", days_old=3)
    fresh = put(folder.emergencies / "tep-chu-tich-091200.wav", days_old=1)
    template = put(folder.emergencies / "bao.wav", days_old=900)
    prune(folder, now=NOW, cache_max_mb=100, archive=ArchiveSettings())
    assert [path.exists() for path in (typed, fresh, template)] == [False, True, True]
