"""A prepared programme beside its sound: one JSON file that the player reads without thinking.

It stands apart from preparation because the playout must never import what speaks or mixes:
the manifest is all that passes between the two.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from broadcaster.errors import SoundError
from broadcaster.model import (
    BulletinFacts,
    PreparedProgramme,
    PreparedSegment,
    Priority,
    SegmentKind,
)
from broadcaster.sound.fingerprint import fingerprint
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.model import Bulletin, Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = [
    "ProgrammeFiles",
    "files_at",
    "files_for",
    "files_of_bulletin",
    "files_of_emergency",
    "load",
    "load_verified",
    "mp3s",
    "save",
]


@dataclass(frozen=True, slots=True)
class ProgrammeFiles:
    """Where the sound of one programme lies, and what is known of it."""

    audio: Path
    mp3: Path | None
    manifest: Path


def files_for(folder: StationFolder, occurrence: Occurrence) -> ProgrammeFiles:
    """``programmes/2026-11-23/0530-sang.wav``, ``.mp3`` and ``.json``."""
    if occurrence.slot.priority is Priority.EMERGENCY:
        return files_of_emergency(folder, occurrence.programme.id)
    return files_at(folder, occurrence.slot.id, occurrence.starts_at)


def files_at(folder: StationFolder, slot_id: str, starts_at: datetime) -> ProgrammeFiles:
    """The same by the two parts of an occurrence's id; ``starts_at`` is local."""
    stem = f"{starts_at:%H%M}-{slot_id}"
    day = folder.programmes / f"{starts_at:%Y-%m-%d}"
    return ProgrammeFiles(*(day / f"{stem}.{ending}" for ending in ("wav", "mp3", "json")))


def files_of_emergency(folder: StationFolder, name: str) -> ProgrammeFiles:
    """``khan-cap/ID.wav``, ``.mp3`` and ``.json``: one sound for all its readings, ready at all
    times."""
    stem = folder.emergencies / name
    return ProgrammeFiles(
        *(stem.with_name(f"{name}.{ending}") for ending in ("wav", "mp3", "json"))
    )


def files_of_bulletin(folder: StationFolder, bulletin: Bulletin) -> ProgrammeFiles:
    """``bulletins/ID.wav`` and ``.json``, without an MP3."""
    audio = folder.bulletin_audio(bulletin.id)
    return ProgrammeFiles(audio, None, audio.with_suffix(".json"))


def save(path: Path, prepared: PreparedProgramme, *, key: str) -> None:
    """Write ``prepared``, whose sound lies beside ``path``; ``key`` names what it was made from.

    Raises SoundError when the disk does not take it.
    """
    assert prepared.audio is not None
    value = {"key": key, "stamp": _stamp(prepared.audio), **asdict(prepared)}
    value["audio"] = prepared.audio.name
    for segment, written in zip(prepared.segments, value["segments"], strict=True):
        written["facts"] = segment.facts and segment.facts.as_dict()
    with whole_file(path) as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=1).encode())


def load(path: Path) -> tuple[PreparedProgramme, str] | None:
    """(programme, key) of a manifest beside which its very sound lies, else None.

    A sound file that was cut short, replaced or touched since is another sound: it is not looked
    into, for the playout has no time to hash it.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        prepared = _from_json(value, path.parent)
        whole = value["stamp"][:2] == _stamp(path.parent / value["audio"])[:2]
        return (prepared, value["key"]) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_verified(path: Path) -> tuple[PreparedProgramme, str] | None:
    """As :func:`load`, for whoever has the time to hash: None, too, where another sound of the same
    size and time was put in the place of its own.

    Hashed is only what was touched in any way since it was stamped.
    """
    found = load(path)
    audio = found and found[0].audio
    if not found or not audio:
        return None
    if json.loads(path.read_text(encoding="utf-8"))["stamp"] == _stamp(audio):
        return found
    with suppress(SoundError):
        if fingerprint(audio) == found[0].audio_sha256:
            save(path, found[0], key=found[1])
            return found
    return None


def mp3s(day: Path) -> dict[str, Path]:
    """By its hash, each MP3 that lies beside a manifest in the folder ``day``."""
    found = {}
    for path in day.glob("*.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            found[json.loads(path.read_text(encoding="utf-8"))["mp3_sha256"]] = path
    return {sha256: path.with_suffix(".mp3") for sha256, path in found.items() if sha256}


def _from_json(value: dict[str, Any], folder: Path) -> PreparedProgramme:
    fields = {name: value[name] for name in PreparedProgramme.__dataclass_fields__ if name in value}
    segments = tuple(map(_segment, fields.pop("segments")))
    fields["left_out"] = tuple(fields["left_out"])
    fields["marks_ms"] = tuple(fields.get("marks_ms", ()))
    fields["said"] = tuple((int(at), str(words)) for at, words in fields.get("said", ()))
    prepared = PreparedProgramme(**{**fields, "segments": segments})
    return replace(prepared, audio=folder / value["audio"])


def _segment(value: dict[str, Any]) -> PreparedSegment:
    facts = value.get("facts")
    kind = SegmentKind(value["kind"])
    return PreparedSegment(
        **{**value, "kind": kind, "facts": facts and BulletinFacts.from_dict(facts)}
    )


def _stamp(audio: Path) -> list[int]:
    """Bytes, nanoseconds of its last writing, and of its last change of any kind: those nobody
    sets back who copies another sound over it, but a move of the whole folder changes them."""
    status = audio.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]
