"""Room on the disk: programmes that are over, and clips that nobody asked for in a long time."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from broadcaster.speech import SpeechCache

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.station.folder import StationFolder

__all__ = ["prune"]


def prune(folder: StationFolder, *, before: date, cache_max_mb: int) -> None:
    """Remove the programmes of days before ``before``, and clips above ``cache_max_mb`` MB."""
    for day in sorted(folder.programmes.glob("????-??-??")):
        if day.is_dir() and day.name < before.isoformat():
            shutil.rmtree(day, ignore_errors=True)
    SpeechCache(folder.cache / "speech").prune(cache_max_mb * 1_000_000)
