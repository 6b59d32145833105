"""A disk that is nearly full: what goes first, what never goes, and what is held in reserve.

It stands apart from the hourly pruning because it is asked each minute: what can be made again
goes first, then the oldest of the archive; neither the log nor what is about to air ever goes.
"""

from __future__ import annotations

import logging
import os
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.speech import SpeechCache
from broadcaster.station.upkeep.archive import archived_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["free_floor", "keep_reserve", "make_room"]

_log = logging.getLogger(__name__)
_FLOOR_BYTES = 1_000_000_000
_FLOOR_PART = 20  # a small card: a twentieth of it
_IN_USE = timedelta(days=2)
"""Clips used since then belong to programmes of these days: they would be spoken again."""

_RESERVE_BYTES = 20_000_000
_NO_ROOM_BYTES = 5_000_000


def free_floor(path: Path) -> int:
    """How many bytes are to stay free on the disk of ``path``."""
    return min(_FLOOR_BYTES, shutil.disk_usage(path).total // _FLOOR_PART)


def free_bytes(path: Path) -> int:
    """What is free on the disk of ``path``."""
    return shutil.disk_usage(path).free


def make_room(
    folder: StationFolder,
    *,
    now: datetime,
    floor: int,
    free: Callable[[Path], int] = free_bytes,
) -> None:
    """Remove, until ``floor`` bytes are free: renderings of single bulletins, sounds and clips that
    nothing of these days uses, and at last the archive, the oldest first.

    Raises OSError where the folders cannot be looked at.
    """
    if free(folder.audio_out) >= floor:
        return
    renderings = folder.bulletin_audio("").parent.glob("*")
    sounds = _unused(folder.sound_cache.glob("*"), now - _IN_USE)
    clips = SpeechCache(folder.cache / "speech").used_before(now - _IN_USE)
    archive = (path for path in archived_files(folder) if path.stat().st_nlink == 1)
    for name, paths in (
        ("renderings", renderings),
        ("sounds", sounds),
        ("clips", clips),
        ("archive", archive),
    ):
        gone = _removed(paths, lambda: free(folder.audio_out) >= floor)
        if gone:
            _log.warning("the disk is nearly full: %d files removed (%s)", gone, name)


def _removed(paths: Iterable[Path], is_enough: Callable[[], bool]) -> int:
    gone = 0
    for path in paths:
        if is_enough():
            break
        path.unlink(missing_ok=True)
        gone += 1
    return gone


def _unused(paths: Iterable[Path], since: datetime) -> list[Path]:
    return [path for path in paths if path.stat().st_mtime < since.timestamp()]


def keep_reserve(
    folder: StationFolder, *, floor: int, free: Callable[[Path], int] = free_bytes
) -> None:
    """Hold some megabytes beside the log, and give them up when the disk is full, so that what
    airs can still be written down.  Raises OSError."""
    reserve = folder.state / "reserve"
    left = free(folder.state)
    if left < _NO_ROOM_BYTES and reserve.exists():
        reserve.unlink()
        _log.error("the disk is full: the reserve beside the log is given up")
    elif left >= floor and not reserve.exists():
        with reserve.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, _RESERVE_BYTES)
