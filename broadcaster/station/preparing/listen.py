"""One bulletin made to be listened to, with the moment at which each sentence begins.

It stands apart from rendering because a page follows the sound sentence by sentence, and because
what was corrected is spoken again alone: the other sentences come from the cache.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadcaster.programme import cue_sheet
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Bulletin
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.prepare import Preparer

__all__ = ["Heard", "Mark", "heard_of", "make_to_listen"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence in the sound of a bulletin, by milliseconds from its beginning."""

    start_ms: int
    end_ms: int
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A sound to listen to; a recording has no marks.

    ``new_sentences`` is how many had to be spoken now.
    """

    audio: Path
    duration_ms: int
    voice: str
    marks: tuple[Mark, ...]
    new_sentences: int = 0


def make_to_listen(worker: Preparer, bulletin: Bulletin) -> Heard:
    """Speak and mix ``bulletin``, a draft too: its editor hears it before anybody else.

    Raises SpeechError when no voice could speak it, SoundError when the disk does not take it.
    """
    bulletin = replace(bulletin, draft=False)
    speech = None if bulletin.recording else worker.assembler.speech_of(bulletin)
    prepared = worker.prepare_bulletin(bulletin)
    sheet = cue_sheet(worker.assembler.alone(bulletin))
    marks = [Mark(cue.start_ms, cue.end_ms, cue.clip.text) for cue in sheet.cues if cue.clip.text]
    _save(_marks_of(worker.folder, bulletin), prepared.audio_sha256, marks)
    return Heard(
        audio=worker.folder.bulletin_audio(bulletin.id),
        duration_ms=prepared.duration_ms,
        voice=prepared.voice,
        marks=tuple(marks),
        new_sentences=speech.calls if speech else 0,
    )


def heard_of(folder: StationFolder, bulletin: Bulletin) -> Heard | None:
    """What lies ready of ``bulletin`` as it is written now; None for nothing."""
    files = manifest.files_of_bulletin(folder, bulletin)
    kept = manifest.load(files.manifest)
    if kept is None or not files.audio.is_file():
        return None
    prepared = kept[0]
    if {part.script_sha256 for part in prepared.segments} != {bulletin.sha256}:
        return None
    return Heard(
        audio=files.audio,
        duration_ms=prepared.duration_ms,
        voice=prepared.voice,
        marks=_load(_marks_of(folder, bulletin), prepared.audio_sha256),
    )


def _marks_of(folder: StationFolder, bulletin: Bulletin) -> Path:
    return folder.bulletin_audio(bulletin.id).with_suffix(".marks")


def _save(path: Path, audio_sha256: str, marks: list[Mark]) -> None:
    rows = [[mark.start_ms, mark.end_ms, mark.spoken] for mark in marks]
    with whole_file(path) as file:
        file.write(json.dumps({"audio": audio_sha256, "marks": rows}).encode())


def _load(path: Path, audio_sha256: str) -> tuple[Mark, ...]:
    """Nothing where they are missing, or of another sound."""
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return ()
    return tuple(Mark(*row) for row in said["marks"]) if said["audio"] == audio_sha256 else ()
