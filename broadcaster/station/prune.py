"""Room on the disk: what is over, what nobody listens to any more, and what can be made again.

The archive stays: it is what the station has broadcast.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.speech import SpeechCache
from broadcaster.speech.shelf.installed import sweep

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["prune"]

_PROGRAMMES_KEPT = timedelta(days=2)
_BULLETINS_KEPT = timedelta(days=30)
_SOUNDS_KEPT = timedelta(days=30)
_PARTS_KEPT = timedelta(days=1)


def prune(folder: StationFolder, *, now: datetime, cache_max_mb: int) -> None:
    """Remove programmes of days that are over, renderings of single bulletins that are a month
    old, sounds made ready that nothing has asked for as long, what a broken installation of a voice
    left, and the clips that were used longest ago above ``cache_max_mb`` megabytes.

    Raises OSError where the clips cannot be looked at or removed.
    """
    first_day = f"{now - _PROGRAMMES_KEPT:%F}"
    for day in folder.programmes.glob("????-??-??"):
        if day.name < first_day:
            shutil.rmtree(day, ignore_errors=True)
    for rendering in folder.bulletin_audio("").parent.glob("*"):
        if _is_older(rendering, now - _BULLETINS_KEPT):
            rendering.unlink(missing_ok=True)
    _prune_sounds(folder.sound_cache, now)
    sweep(folder.voices)
    SpeechCache(folder.cache / "speech").prune(cache_max_mb * 1_000_000)


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
