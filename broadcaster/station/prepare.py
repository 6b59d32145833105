"""Programmes ready ahead of time: assembled, mixed, and kept until something in them changes.

Everything slow happens here, so that the playout never waits.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from broadcaster.programme import Assets, Mp3Tags, cue_sheet, mix
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.station import manifest
from broadcaster.station.assemble import Assembler
from broadcaster.station.describe import Assembled, describe
from broadcaster.station.history import aired_before
from broadcaster.station.quarantine import Quarantine
from broadcaster.station.voices import chain_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadcaster.model import Bulletin, CueSheet, Occurrence, PreparedProgramme
    from broadcaster.station.config import StationConfig
    from broadcaster.station.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.history import Aired

__all__ = ["Preparer", "preparer"]

_FORMAT = "2"
"""Changes whenever the same ingredients would be mixed to another sound."""


@dataclass(frozen=True, slots=True)
class Preparer:
    """Makes the sound file and the manifest of occurrences."""

    folder: StationFolder
    config: StationConfig
    assembler: Assembler

    def prepare(self, occurrence: Occurrence, *, force: bool = False) -> PreparedProgramme:
        """The programme of ``occurrence``, mixed anew only when an ingredient has changed.

        Raises SoundError and other BroadcasterErrors when it cannot be mixed.
        """
        tags = Mp3Tags(
            title=occurrence.programme.title,
            station=self.config.name,
            date=occurrence.starts_at.date(),
        )
        assembled = self.assembler.assemble(occurrence)
        files = manifest.files_for(self.folder, occurrence)
        return self._kept_or_mixed(assembled, files, tags=tags, force=force)

    def prepare_bulletin(self, bulletin: Bulletin, *, force: bool = False) -> PreparedProgramme:
        """One bulletin as a file that its editor can listen to.

        Raises SpeechError when no voice could speak it, and other BroadcasterErrors.
        """
        assembled = Assembled(self.assembler.alone(bulletin), ())
        files = manifest.files_of_bulletin(self.folder, bulletin)
        return self._kept_or_mixed(assembled, files, tags=None, force=force)

    def _kept_or_mixed(
        self,
        assembled: Assembled,
        files: manifest.ProgrammeFiles,
        *,
        tags: Mp3Tags | None,
        force: bool,
    ) -> PreparedProgramme:
        """The sound is kept while nothing in it has changed; what is said of it is always new."""
        key = _key(cue_sheet(assembled.programme), self.config.loudness)
        kept = manifest.load(files.manifest)
        if kept is None or kept[1] != key or force:
            prepared = self._mixed(assembled, files, tags=tags)
        else:
            prepared = _described_anew(kept[0], assembled)
        if kept != (prepared, key):
            manifest.save(files.manifest, prepared, key=key)
        return prepared

    def _mixed(
        self, assembled: Assembled, files: manifest.ProgrammeFiles, *, tags: Mp3Tags | None
    ) -> PreparedProgramme:
        sheet = cue_sheet(assembled.programme)
        if not sheet.cues:  # what was in it was taken back: the last good one must not air either
            files.manifest.unlink(missing_ok=True)
        loudness = self.config.loudness
        result = mix(sheet, files.audio, mp3=files.mp3, tags=tags, target_lufs=loudness)
        return replace(
            describe(assembled, sheet),
            audio=files.audio,
            audio_sha256=result.sha256,
            lufs=result.lufs,
            peak_db=result.peak_db,
        )


@contextmanager
def preparer(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    *,
    take_up: Callable[[str], None] = lambda _sha256: None,
    aired: Aired | None = None,
) -> Iterator[Preparer]:
    """A preparer with real voices, which it closes at the end; see :class:`Assembler` for
    ``take_up`` and ``aired``, which is what the station's log remembers unless given."""
    assets = Assets(folder.sounds, folder.sound_cache)
    cache = SpeechCache(folder.cache / "speech")
    with Speaker(cache, chain_of(config), voices=folder.voices) as speaker:
        assembler = Assembler(
            config=config,
            content=content,
            speaker=speaker,
            find_asset=assets.find,
            set_aside=Quarantine(folder.state).reasons(),
            take_up=take_up,
            aired=aired or aired_before(folder),
        )
        yield Preparer(folder, config, assembler)


def _described_anew(kept: PreparedProgramme, assembled: Assembled) -> PreparedProgramme:
    """The sound of ``kept``, with the names, hashes and reasons of today."""
    return replace(
        describe(assembled, cue_sheet(assembled.programme)),
        audio=kept.audio,
        audio_sha256=kept.audio_sha256,
        lufs=kept.lufs,
        peak_db=kept.peak_db,
    )


def _key(sheet: CueSheet, loudness: float) -> str:
    """A hash of all that the sound depends on; clips lie under names that hash their content."""
    cues = [[cue.clip.path.name, cue.clip.duration_ms, *astuple(cue)[2:]] for cue in sheet.cues]
    starts = [cue.start_ms for cue in sheet.cues]
    parts = [_FORMAT, loudness, sheet.title, sheet.duration_ms, starts, cues]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
