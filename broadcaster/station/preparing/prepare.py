"""Programmes ready ahead of time: assembled, mixed, and kept until something in them changes.

Everything slow happens here, so that the playout never waits.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

from broadcaster.errors import ContentError, SoundError
from broadcaster.model import Priority
from broadcaster.programme import Assets, Mp3Tags, cue_sheet, mix
from broadcaster.sound.profile import PROFILES
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.station.assembly.assemble import Assembler
from broadcaster.station.assembly.describe import Assembled, describe
from broadcaster.station.assembly.history import history
from broadcaster.station.assembly.voices import chain_of
from broadcaster.station.content.pairings import note_recordings
from broadcaster.station.preparing import manifest, validity_file
from broadcaster.station.preparing.consent import decisions_in
from broadcaster.station.preparing.quarantine import Quarantine
from broadcaster.station.preparing.sealing import seal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadcaster.model import Bulletin, CueSheet, Occurrence, PreparedProgramme
    from broadcaster.programme import MixResult
    from broadcaster.sound.profile import Profile
    from broadcaster.station.assembly.history import Aired
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

    _Entry = tuple[PreparedProgramme, str]
    """A programme and its key, as the manifest keeps them."""

__all__ = ["Begun", "Mix", "Preparer", "preparer"]

_FORMAT = "3"
"""Changes whenever the same ingredients would be mixed to another sound."""


class Mix(Protocol):
    """:func:`broadcaster.programme.mix`, here or in another process."""

    def __call__(
        self,
        sheet: CueSheet,
        target: Path,
        /,
        *,
        mp3: Path | None,
        tags: Mp3Tags | None,
        profile: Profile,
        target_lufs: float | None,
    ) -> MixResult: ...


@dataclass(frozen=True, slots=True)
class Begun:
    """A programme whose parts are ready, and where its sound is to lie."""

    assembled: Assembled
    files: manifest.ProgrammeFiles
    tags: Mp3Tags | None


@dataclass(frozen=True, slots=True)
class Preparer:
    """Makes the sound file and the manifest of occurrences.

    ``speaker`` is that of ``assembler`` where it is a real one.
    """

    folder: StationFolder
    config: StationConfig
    assembler: Assembler
    mix: Mix = mix
    speaker: Speaker | None = None

    @property
    def awaits_network(self) -> bool:
        """Whether a voice was missed that may speak later."""
        return self.speaker is not None and self.speaker.awaits_network

    def prepare(self, occurrence: Occurrence, *, force: bool = False) -> PreparedProgramme:
        """The programme of ``occurrence``, mixed anew only when an ingredient has changed.

        Raises SoundError and other BroadcasterErrors when it cannot be mixed; what lay there
        before stays, and airs.
        """
        return self.finish(self.begin(occurrence), force=force)

    def begin(self, occurrence: Occurrence, *, hurried: bool = False) -> Begun:
        """All its parts, spoken and found; raises BroadcasterErrors, and where any part of an
        emergency is missing: half a warning is none.

        ``hurried`` where there is no time to ask a network.
        """
        if self.speaker:
            self.speaker.hurried = hurried
        tags = Mp3Tags(
            title=occurrence.programme.title,
            station=self.config.name,
            date=occurrence.starts_at.date(),
        )
        files = manifest.files_for(self.folder, occurrence)
        assembled = self.assembler.assemble(occurrence)
        if occurrence.slot.priority is Priority.EMERGENCY and assembled.left_out:
            raise ContentError((), message="; ".join(assembled.left_out))
        return Begun(assembled, files, tags)

    def prepare_bulletin(self, bulletin: Bulletin, *, force: bool = False) -> PreparedProgramme:
        """One bulletin as a file that its editor can listen to.

        Raises SpeechError when no voice could speak it, and other BroadcasterErrors.
        """
        assembled = Assembled(self.assembler.alone(bulletin), ())
        files = manifest.files_of_bulletin(self.folder, bulletin)
        return self.finish(Begun(assembled, files, None), force=force)

    def finish(
        self,
        begun: Begun,
        *,
        force: bool = False,
        in_time: Callable[[CueSheet], bool] = lambda _sheet: True,
    ) -> PreparedProgramme:
        """``begun`` mixed, in any thread.

        The sound is kept while nothing in it has changed; what is said of it is always new.  It
        is kept, too, where a new one would not be ready ``in_time``.  Raises SoundError when it
        cannot be mixed; the last good sound then stays, and its ``left_out`` says why.
        """
        sheet = cue_sheet(begun.assembled.programme)
        if not sheet.cues:  # what was in it was taken back: the last good one must not air either
            begun.files.manifest.unlink(missing_ok=True)
        kept, key = manifest.load_verified(begun.files.manifest), _key(sheet, self.config)
        if kept and _is_of(kept, begun) and kept[1] != key and not in_time(sheet):
            return kept[0]
        if kept and kept[1] == key and not force:
            prepared = _described_anew(kept[0], begun.assembled)
        else:
            with _told_in_the_log(kept, begun.files.manifest):
                prepared = self._mixed(begun, sheet)
        if kept != (prepared, key):
            manifest.save(begun.files.manifest, prepared, key=key)
        return prepared

    def _mixed(self, begun: Begun, sheet: CueSheet) -> PreparedProgramme:
        assembled, files = begun.assembled, begun.files
        result = self.mix(
            sheet,
            files.audio,
            mp3=files.mp3,
            tags=begun.tags,
            profile=PROFILES[self.config.profile],
            target_lufs=self.config.loudness,
        )
        return replace(
            describe(assembled, sheet),
            audio=files.audio,
            audio_sha256=result.sha256,
            mp3_sha256=result.mp3_sha256,
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
    alive: Callable[[], None] = lambda: None,
    aired: Aired | None = None,
) -> Iterator[Preparer]:
    """A preparer with real voices, which it closes at the end; see :class:`Assembler` for
    ``take_up`` and ``aired``, which is what the station's log remembers unless given.

    ``alive`` is called every few seconds while a long recording is made ready.
    """
    note_recordings(folder, content.bulletins)
    validity_file.remember(folder, content.bulletins.values())
    seal = seal_of(folder)
    assets = Assets(folder.sounds, folder.sound_cache, alive=alive, seal=seal)
    cache = SpeechCache(folder.cache / "speech", seal)
    with (
        Speaker(cache, chain_of(config), voices=folder.voices) as speaker,
        history(folder) as heard_here,
    ):
        assembler = Assembler(
            config=config,
            content=content,
            speaker=speaker,
            find_asset=assets.find,
            fingerprint=assets.fingerprint,
            decisions=decisions_in(folder),
            set_aside=Quarantine(folder.state).reasons(),
            take_up=take_up,
            aired=aired or heard_here,
        )
        yield Preparer(folder, config, assembler, speaker=speaker)


def _is_of(entry: _Entry, begun: Begun) -> bool:
    """Whether it is a sound of the same programme."""
    return entry[0].programme_id == begun.assembled.programme.id


def _described_anew(kept: PreparedProgramme, assembled: Assembled) -> PreparedProgramme:
    """The sound of ``kept``, with the names, hashes and reasons of today."""
    return replace(
        describe(assembled, cue_sheet(assembled.programme)),
        audio=kept.audio,
        audio_sha256=kept.audio_sha256,
        mp3_sha256=kept.mp3_sha256,
        lufs=kept.lufs,
        peak_db=kept.peak_db,
    )


@contextmanager
def _told_in_the_log(kept: _Entry | None, path: Path) -> Iterator[None]:
    """``kept`` airs instead of what cannot be mixed, and its manifest says so."""
    try:
        yield
    except SoundError as error:
        if kept:
            manifest.save(path, _with_reason(kept[0], error), key=kept[1])
        raise


def _with_reason(kept: PreparedProgramme, error: SoundError) -> PreparedProgramme:
    sentence = _("what was made before is aired: {reason}")
    start = sentence.partition("{")[0]
    others = (text for text in kept.left_out if not text.startswith(start))
    return replace(kept, left_out=(sentence.format(reason=error.message), *others))


def _key(sheet: CueSheet, config: StationConfig) -> str:
    """A hash of all that the sound depends on; clips lie under names that hash their content."""
    cues = [[cue.clip.path.name, cue.clip.duration_ms, *astuple(cue)[2:]] for cue in sheet.cues]
    starts = [cue.start_ms for cue in sheet.cues]
    sound = astuple(PROFILES[config.profile])
    parts = [_FORMAT, sound, config.loudness, sheet.title, sheet.duration_ms, starts, cues]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
