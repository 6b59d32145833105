"""How long sounds are, by a look at their headers: for a check that is quick and writes nothing.

The programme's own assets would decode, trim and level each sound first, which takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.model import Clip
from broadcaster.programme import Assets, built_in_ms

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder

__all__ = ["Recorded", "glance", "recorded"]

_USUAL_MS = 10_000
"""What is assumed of a sound whose header says nothing."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A bulletin that a person has spoken, with its file; 0 ms where no length is told."""

    bulletin_id: str
    language: str
    file: str
    duration_ms: int


def glance(folder: StationFolder) -> Callable[[str], Clip]:
    """A finder of the station's sounds that knows their lengths only; it never raises."""
    assets = Assets(folder.sounds, folder.sound_cache)

    @cache
    def find(name: str, /) -> Clip:
        return Clip(Path(name), assets.length_ms(name) or built_in_ms(name) or _USUAL_MS)

    return find


def recorded(folder: StationFolder, content: Content) -> tuple[Recorded, ...]:
    """The bulletins of ``content`` that are heard from a recording, by their ids."""
    assets = Assets(folder.sounds, folder.sound_cache)
    return tuple(
        Recorded(b.id, b.language, b.recording, assets.length_ms(b.recording) or 0)
        for b in sorted(content.bulletins.values(), key=lambda bulletin: bulletin.id)
        if b.recording
    )
