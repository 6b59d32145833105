"""Room on the disk: what is over, what nobody listens to any more, and what can be made again.

Of the archive goes what is older, or more, than the station wants to keep; its rows in the log
stay.
"""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.sound.wholefile import sweep_parts
from broadcaster.speech import SpeechCache
from broadcaster.speech.shelf.installed import sweep
from broadcaster.station.upkeep.archive import archived_files

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.archive import ArchiveSettings

__all__ = ["prune"]

_log = logging.getLogger(__name__)
_PROGRAMMES_KEPT = timedelta(days=2)
_BULLETINS_KEPT = timedelta(days=30)
_SOUNDS_KEPT = timedelta(days=30)
_PARTS_KEPT = timedelta(days=1)
_OF_ONE_ORDER = ("loi-", "tep-")
"""Warnings that somebody typed or recorded for one day; templates wait for years."""


def prune(
    folder: StationFolder, *, now: datetime, cache_max_mb: int, archive: ArchiveSettings
) -> None:
    """Remove programmes of days that are over, renderings of single bulletins that are a month
    old, sounds made ready that nothing has asked for as long, what a broken installation of a voice
    left, what dead processes have half written, the clips that were used longest ago above
    ``cache_max_mb`` megabytes, and what ``archive`` does not keep.

    Raises OSError where the clips cannot be looked at or removed.
    """
    first_day = f"{now - _PROGRAMMES_KEPT:%F}"
    for day in folder.programmes.glob("????-??-??"):
        if day.name < first_day:
            shutil.rmtree(day, ignore_errors=True)
    for rendering in folder.bulletin_audio("").parent.glob("*"):
        if _is_older(rendering, now - _BULLETINS_KEPT):
            rendering.unlink(missing_ok=True)
    for warning in folder.emergencies.glob("*"):
        if warning.name.startswith(_OF_ONE_ORDER) and _is_older(warning, now - _PROGRAMMES_KEPT):
            warning.unlink(missing_ok=True)
    _prune_sounds(folder.sound_cache, now)
    sweep(folder.voices)
    for half_written in (folder.audio_out, folder.state):
        sweep_parts(half_written, now_s=now.timestamp())
    SpeechCache(folder.cache / "speech").prune(cache_max_mb * 1_000_000)
    if archive.is_kept:
        _prune_archive(folder, now, archive)


def _prune_archive(folder: StationFolder, now: datetime, archive: ArchiveSettings) -> None:
    """The oldest first; each is named in the service log."""
    first_day = now - timedelta(milliseconds=archive.keep_ms) if archive.keep_ms else None
    files = [(path, path.stat().st_size) for path in archived_files(folder)]
    most = (archive.max_mb or 0) * 1_000_000
    excess = sum(size for _path, size in files) - most if most else 0
    for path, size in files:
        too_old = first_day is not None and _day(path) < f"{first_day.astimezone(LOCAL):%Y-%m-%d}"
        if not too_old and excess <= 0:
            break
        path.unlink(missing_ok=True)
        excess -= size
        _log.info("archive: %s is removed (%s)", path.name, "too old" if too_old else "too much")


def _day(path: Path) -> str:
    """``2026-11/23-0530-sang.mp3`` → ``2026-11-23``."""
    return f"{path.parent.name}-{path.name[:2]}"


def _prune_sounds(cache: Path, now: datetime) -> None:
    """A meeting of three hours is a gigabyte, and so is what a killed preparer has half written."""
    for path in cache.glob("*"):
        kept = _PARTS_KEPT if path.suffix == ".part" else _SOUNDS_KEPT
        if _is_older(path, now - kept):
            path.unlink(missing_ok=True)


def _is_older(path: Path, instant: datetime) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < instant.timestamp()
    except OSError:
        return False
