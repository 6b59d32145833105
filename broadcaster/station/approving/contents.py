"""What there is to decide on: each bulletin with what would be heard of it, and recordings that a
week names by themselves.

It stands apart from decisions because it reads files, and from the announcer because it needs no
sound.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from broadcaster import __version__
from broadcaster.errors import BroadcasterError
from broadcaster.model import SegmentKind
from broadcaster.programme import Assets
from broadcaster.station.assembly.readings import Readings, lone_recording
from broadcaster.station.assembly.voices import allowed_voices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.approval import Spoken
    from broadcaster.errors import Where
    from broadcaster.model import Bulletin
    from broadcaster.script import Lexicon
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Subject", "Subjects", "lexicon_version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A bulletin as it would be heard today; ``trouble`` says why that cannot be told.

    ``voices`` may speak it (engine and name); a recording has none.
    """

    bulletin: Bulletin
    spoken: Spoken
    voices: tuple[str, ...] = ()
    trouble: str = ""

    @property
    def id(self) -> str:
        return self.bulletin.id

    @property
    def sha256(self) -> str:
        return self.spoken.sha256


@dataclass(frozen=True)
class Subjects:
    """All that may be decided on at the station, read with the lexicon of ``content``."""

    folder: StationFolder
    config: StationConfig
    content: Content

    def all(self) -> dict[str, Subject]:
        """By id: the bulletins, then recordings without one."""
        found = [self.of(bulletin) for bulletin in self.content.bulletins.values()]
        lone = dict(_recordings_in(self.content))
        found += [self.of(lone_recording(name, where)) for name, where in sorted(lone.items())]
        return {subject.id: subject for subject in found}

    def of(self, bulletin: Bulletin, *, lexicon: Lexicon | None = None) -> Subject:
        """``bulletin``, read with another ``lexicon`` where one is given."""
        readings = Readings(lexicon, self.config.reading) if lexicon else self._readings
        if not bulletin.recording:
            voices = allowed_voices(self.config, self.content, bulletin)
            return Subject(bulletin=bulletin, spoken=readings.spoken(bulletin), voices=voices)
        try:
            sha256 = self._assets.fingerprint(bulletin.recording)
            trouble = ""
        except BroadcasterError as error:
            sha256, trouble = "", str(error)
        spoken = readings.recorded(bulletin, sha256)
        return Subject(bulletin=bulletin, spoken=spoken, trouble=trouble)

    @cached_property
    def _readings(self) -> Readings:
        return Readings(self.content.lexicon, self.config.reading)

    @cached_property
    def _assets(self) -> Assets:
        return Assets(self.folder.sounds, self.folder.sound_cache)


def _recordings_in(content: Content) -> Iterator[tuple[str, Where]]:
    for plan in content.plans:
        for programme in plan.programmes.values():
            for line in programme.segments:
                if line.kind is SegmentKind.RECORDING and line.asset:
                    yield line.asset, line.where


def lexicon_version(folder: StationFolder) -> str:
    """The program's own tables by its version, and the station's by the hash of their file."""
    try:
        own = hashlib.sha256(folder.lexicon.read_bytes()).hexdigest()[:12]
    except OSError:
        own = "-"
    return f"{__version__}+{own}"
