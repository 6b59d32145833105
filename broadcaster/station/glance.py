"""How long a sound is, by a look at its header: for a check that must be quick and write nothing.

The programme's own assets would decode, trim and level each sound first, which takes seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["glance"]

_USUAL_MS = 10_000
"""What is assumed of a built-in sound, and of one whose header says nothing."""


def glance(folder: StationFolder) -> Callable[[str], Clip]:
    """A finder of the station's sounds that knows their lengths only; it never raises."""
    files = folder.sound_files()
    named = {path.stem: path for path in files} | {path.name: path for path in files}

    def find(name: str, /) -> Clip:
        path = named.get(name)
        return Clip(path, _length_ms(path)) if path else Clip(folder.sounds / name, _USUAL_MS)

    return find


def _length_ms(path: Path) -> int:
    import mutagen  # noqa: PLC0415 - only where a station has sounds of its own

    try:
        found = mutagen.File(path)
    except (mutagen.MutagenError, ValueError):
        return _USUAL_MS
    return round(found.info.length * 1000) if found and found.info.length else _USUAL_MS
