"""Sound that is ready, and a programme laid out in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model.airing import BulletinFacts
    from broadcaster.model.recipe import SegmentKind

__all__ = [
    "Bed",
    "Clip",
    "Cue",
    "CueSheet",
    "PreparedProgramme",
    "PreparedSegment",
    "Programme",
    "Segment",
    "Speech",
]


@dataclass(frozen=True, slots=True)
class Clip:
    """A whole sound file: house-rate mono WAV, from the speech cache or made from an asset.

    ``text`` is what is said in it; the pause follows the sound.
    """

    path: Path
    duration_ms: int
    pause_after_ms: int = 0
    text: str = ""

    @property
    def length_ms(self) -> int:
        """Sound and pause together."""
        return self.duration_ms + self.pause_after_ms


@dataclass(frozen=True, slots=True)
class Speech:
    """A bulletin or a text, spoken by one voice: a clip for each sentence.

    ``voice`` is ``engine:name`` (``espeak:vi``); ``calls`` counts what the engine was asked for
    now, 0 when every sentence came from the cache.  ``fallbacks`` says why voices before this
    one in the chain did not speak.
    """

    voice: str
    clips: tuple[Clip, ...]
    calls: int = 0
    fallbacks: tuple[str, ...] = ()

    @property
    def duration_ms(self) -> int:
        return sum(clip.length_ms for clip in self.clips)


@dataclass(frozen=True, slots=True)
class Bed:
    """Music that is repeated under speech, ``level_db`` below it."""

    clip: Clip
    level_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a programme with its sound ready.

    ``overlap_ms`` is how early it begins under the end of the part before it.  With ``length_ms``
    its one clip is repeated or broken off to last so long.  Neighbours with the same ``bed``
    share one, which plays on between them.  ``relay`` is the address that is heard instead;
    ``facts`` are those of its bulletin, and ``content_sha256`` what an approval binds of
    it, "" for what needs none.
    """

    kind: SegmentKind
    title: str
    clips: tuple[Clip, ...] = ()
    gain_db: float = 0.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0
    overlap_ms: int = 0
    length_ms: int = 0
    bed: Bed | None = None
    bulletin_id: str = ""
    voice: str = ""
    script_sha256: str = ""
    content_sha256: str = ""
    rendition_sha256: str = ""
    relay: str = ""
    facts: BulletinFacts | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """Ordered segments whose sound is ready, under one title.

    ``length_ms`` is how long it lasts at least: silence at its end makes up for what is missing.
    """

    id: str
    title: str
    segments: tuple[Segment, ...]
    length_ms: int = 0


@dataclass(frozen=True, slots=True)
class Cue:
    """A clip at its absolute place in a programme.

    ``length_ms`` is how long it sounds: a longer one than the clip's is filled by repeating it
    (a bed), a shorter one breaks it off; 0 is the clip's own length.  ``envelope`` holds
    (milliseconds from the start, decibels) in order of time, straight lines between them, on top
    of ``gain_db``; it is empty where the level stays.
    """

    start_ms: int
    clip: Clip
    segment: int
    gain_db: float = 0.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0
    length_ms: int = 0
    envelope: tuple[tuple[int, float], ...] = ()

    @property
    def end_ms(self) -> int:
        return self.start_ms + (self.length_ms or self.clip.duration_ms)


@dataclass(frozen=True, slots=True)
class CueSheet:
    """A programme laid out in time (bảng dẫn): cues in order of their start."""

    title: str
    cues: tuple[Cue, ...]
    duration_ms: int
    spans_ms: tuple[tuple[int, int], ...]
    """(start, end) of each segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSegment:
    """A part of a prepared programme, as the log will name it; ``relay`` is the address that is
    heard instead of it, ``facts`` are those of its bulletin, ``content_sha256`` what an approval
    binds of it.

    ``approval`` is why it may be heard: the row of the register, or the name of a class;
    ``is_new_rendition`` where its approver heard other clips of the same words.
    """

    kind: SegmentKind
    title: str
    start_ms: int
    end_ms: int
    bulletin_id: str = ""
    voice: str = ""
    script_sha256: str = ""
    content_sha256: str = ""
    rendition_sha256: str = ""
    relay: str = ""
    facts: BulletinFacts | None = None
    approval: str = ""
    is_new_rendition: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedProgramme:
    """A programme ready for air: one PCM file, and what is in it.

    ``audio`` is None in a simulation without sound; ``mp3_sha256`` is "" where no MP3 lies beside
    it.  ``left_out`` has a sentence for each part that could not be made.  ``voice`` joins the
    voices with commas; ``lufs`` and ``peak_db`` are the measured loudness and true peak.
    """

    programme_id: str
    title: str
    duration_ms: int
    audio: Path | None = None
    audio_sha256: str = ""
    mp3_sha256: str = ""
    lufs: float = 0.0
    peak_db: float = 0.0
    voice: str = ""
    segments: tuple[PreparedSegment, ...] = ()
    left_out: tuple[str, ...] = ()
    marks_ms: tuple[int, ...] = ()
    """Where a sentence or a part begins: the places at which it may go on after an interrupt."""
    said: tuple[tuple[int, str], ...] = ()
    """(milliseconds, words) of each sentence, in their order: what somebody hears at a moment."""
