"""A prepared programme beside its sound: one JSON file that the player reads without thinking.

It stands apart from preparation because the playout must never import what speaks or mixes:
the manifest is all that passes between the two.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from broadcaster.model import PreparedProgramme, PreparedSegment, SegmentKind

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.model import Bulletin, Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = ["ProgrammeFiles", "files_for", "files_of_bulletin", "load", "save"]


@dataclass(frozen=True, slots=True)
class ProgrammeFiles:
    """Where the sound of one programme lies, and what is known of it."""

    audio: Path
    mp3: Path | None
    manifest: Path


def files_for(folder: StationFolder, occurrence: Occurrence) -> ProgrammeFiles:
    """``programmes/2026-11-23/0530-sang.wav``, ``.json``, ``archive/2026-11/23-0530-sang.mp3``."""
    starts_at: datetime = occurrence.starts_at
    stem = f"{starts_at:%H%M}-{occurrence.slot.id}"
    day = folder.programmes / f"{starts_at:%Y-%m-%d}"
    mp3 = folder.archive / f"{starts_at:%Y-%m}" / f"{starts_at:%d}-{stem}.mp3"
    return ProgrammeFiles(day / f"{stem}.wav", mp3, day / f"{stem}.json")


def files_of_bulletin(folder: StationFolder, bulletin: Bulletin) -> ProgrammeFiles:
    """``bulletins/ID.wav`` and ``.json``, without an MP3."""
    audio = folder.bulletin_audio(bulletin.id)
    return ProgrammeFiles(audio, None, audio.with_suffix(".json"))


def save(path: Path, prepared: PreparedProgramme, *, key: str) -> None:
    """Write ``prepared`` atomically; ``key`` names everything that it was made from."""
    value: dict[str, Any] = {"key": key, **asdict(prepared)}
    value["audio"] = prepared.audio.name if prepared.audio else None
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".json.part")
    with half.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def load(path: Path) -> tuple[PreparedProgramme, str] | None:
    """(programme, key) of a manifest whose sound lies whole beside it, else None."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        prepared = _from_json(value, path.parent)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (prepared, value["key"]) if prepared.audio and _is_whole(prepared) else None


def _from_json(value: dict[str, Any], folder: Path) -> PreparedProgramme:
    fields = {name: value[name] for name in PreparedProgramme.__dataclass_fields__}
    segments = tuple(
        PreparedSegment(**{**segment, "kind": SegmentKind(segment["kind"])})
        for segment in fields.pop("segments")
    )
    fields["left_out"] = tuple(fields["left_out"])
    prepared = PreparedProgramme(**{**fields, "segments": segments})
    return replace(prepared, audio=folder / value["audio"] if value["audio"] else None)


def _is_whole(prepared: PreparedProgramme) -> bool:
    """Whether the PCM file is as long as the manifest says (48 kHz, 16 bit, mono)."""
    assert prepared.audio is not None
    try:
        size = prepared.audio.stat().st_size
    except OSError:
        return False
    return abs(size - prepared.duration_ms * 96) < 96 * 20
