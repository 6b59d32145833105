"""A disk that is nearly full: the order in which things go, and the reserve beside the log."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from occurrences import at

from broadcaster.station.folder import StationFolder
from broadcaster.station.upkeep.room import free_floor, keep_reserve, make_room

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = at("12:00")
FLOOR = 100


def put(path: Path, *, days_old: float = 9) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * 10)
    then = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(path, (then, then))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    folder = StationFolder(tmp_path)
    folder.ensure()
    return folder


@pytest.fixture
def files(folder: StationFolder) -> dict[str, Path]:
    """One of each kind, in the order in which they go; the last three stay."""
    return {
        "rendering": put(folder.bulletin_audio("cu")),
        "sound": put(folder.sound_cache / "nhac.wav"),
        "clip": put(folder.cache / "speech/ab/cd.wav"),
        "old broadcast": put(folder.archive / "2026-10/01-0530-sang.mp3"),
        "new broadcast": put(folder.archive / "2026-11/01-0530-sang.mp3"),
        "programme": put(folder.programmes / "2026-11-23/0530-sang.wav"),
        "clip of today": put(folder.cache / "speech/ab/ef.wav", days_old=1),
        "log": put(folder.database),
    }


def free_after(folder: StationFolder, removals: int) -> Callable[[Path], int]:
    """A disk with room as soon as so many files of the station are gone."""

    def count() -> int:
        return sum(path.is_file() for path in folder.root.rglob("*"))

    before = count()
    return lambda _path: FLOOR if before - count() >= removals else 0


@pytest.mark.parametrize("removals", range(6))
def test_what_can_be_made_again_goes_first(
    folder: StationFolder, files: dict[str, Path], removals: int
) -> None:
    """No more goes than is needed: renderings, sounds, clips, then the oldest broadcasts."""
    make_room(folder, now=NOW, floor=FLOOR, free=free_after(folder, removals))
    assert [name for name, path in files.items() if not path.exists()] == list(files)[:removals]


def test_programmes_clips_of_today_and_the_log_never_go(
    folder: StationFolder, files: dict[str, Path]
) -> None:
    """However full the disk is, the station goes on air and writes its log."""
    make_room(folder, now=NOW, floor=FLOOR, free=lambda _path: 0)
    assert [name for name, path in files.items() if path.exists()] == list(files)[5:]


def test_a_broadcast_whose_programme_lies_here_frees_nothing(folder: StationFolder) -> None:
    """Today's archive is a second name of today's programme: removing it would gain no room."""
    programme = put(folder.programmes / "2026-11-23/0530-sang.mp3")
    kept = folder.archive / "2026-11/23-0530-sang.mp3"
    kept.parent.mkdir()
    os.link(programme, kept)
    make_room(folder, now=NOW, floor=FLOOR, free=lambda _path: 0)
    assert kept.exists()


def test_the_reserve_is_given_up_and_taken_again(folder: StationFolder) -> None:
    """Some megabytes beside the log are there for the hour when the disk is full."""
    reserve = folder.state / "reserve"
    keep_reserve(folder, floor=FLOOR, free=lambda _path: FLOOR - 1)
    assert not reserve.exists()
    keep_reserve(folder, floor=FLOOR, free=lambda _path: FLOOR)
    assert reserve.stat().st_size == 20_000_000
    keep_reserve(folder, floor=10_000_000, free=lambda _path: 9_000_000)
    assert reserve.exists()
    keep_reserve(folder, floor=10_000_000, free=lambda _path: 1_000_000)
    assert not reserve.exists()


def test_the_floor_is_a_gigabyte_or_less(tmp_path: Path) -> None:
    """A small card keeps a twentieth of itself free."""
    assert 0 < free_floor(tmp_path) <= 1_000_000_000
