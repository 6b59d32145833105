"""How long things will be, before any synthesis: for the check, the report and the simulation."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, SpeechError
from broadcaster.model import Clip, Speech
from broadcaster.programme import Assets, cue_sheet
from broadcaster.script import estimate_ms
from broadcaster.speech.synthesizer import has_words
from broadcaster.station.assembly.assemble import Assembler
from broadcaster.station.assembly.describe import describe
from broadcaster.station.assembly.history import never_aired
from broadcaster.station.assembly.voices import voice_chain
from broadcaster.station.preparing.consent import decisions_in
from broadcaster.voicename import VoiceName

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from broadcaster.model import Occurrence, PreparedProgramme, Sentence
    from broadcaster.speech.chain import VoiceChain
    from broadcaster.station.assembly.announcer import FindAsset
    from broadcaster.station.assembly.history import Aired
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.prepared import PreparedProgrammes
    from broadcaster.station.settings.config import StationConfig

__all__ = [
    "EstimatedProgrammes",
    "EstimatingSpeaker",
    "estimate_programme",
    "estimating_assembler",
]

_log = logging.getLogger(__name__)
_OFFLINE = VoiceName("espeak")


@dataclass(frozen=True, slots=True)
class EstimatingSpeaker:
    """Stands for the voices and gives lengths instead of sound.

    They are those of the voice that would be asked first, or of espeak's where nobody would be.
    """

    chain: VoiceChain | None = None

    def speak(
        self,
        sentences: Sequence[Sentence],
        *,
        voice: str = "",
        online: bool = True,
        force: bool = False,  # noqa: ARG002
        only: Collection[str] = (),
    ) -> Speech:
        """A clip without a file for each sentence; raises SpeechError when none has a word."""
        likely = self.chain.likely(voice, online=online, only=only) if self.chain else None
        speaker = likely or _OFFLINE
        pace = self.chain.pace_of(speaker) if self.chain else 100.0
        clips = tuple(_clip(s, speaker, pace) for s in sentences if has_words(s.spoken))
        if not clips:
            raise SpeechError(_("there is nothing to say: the text holds no word"))
        return Speech(str(speaker), clips)


def _clip(sentence: Sentence, voice: VoiceName, pace: float) -> Clip:
    length_ms = estimate_ms([sentence], voice=voice, pace=pace)
    sound_ms = max(0, length_ms - sentence.pause_after_ms)
    return Clip(Path(), sound_ms, sentence.pause_after_ms, sentence.spoken)


def estimating_assembler(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    *,
    find_asset: FindAsset | None = None,
    aired: Aired = never_aired,
) -> Assembler:
    """An assembler whose programmes have lengths but no spoken sound.

    It looks at each sound once, since a simulated year asks for the same few a thousand times.
    """
    assets = Assets(folder.sounds, folder.sound_cache)
    find = find_asset or assets.find
    return Assembler(
        config,
        content,
        EstimatingSpeaker(voice_chain(folder, config)),
        cache(find),
        assets.fingerprint,
        decisions_in(folder),
        aired=aired,
    )


def estimate_programme(assembler: Assembler, occurrence: Occurrence) -> PreparedProgramme:
    """What ``occurrence`` will be, with estimated lengths and without sound."""
    assembled = assembler.assemble(occurrence)
    return describe(assembled, cue_sheet(assembled.programme))


@dataclass(frozen=True, slots=True)
class EstimatedProgrammes:
    """For a simulation without sound: what lies ``ready``, else an estimate."""

    ready: PreparedProgrammes
    assembler: Assembler

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        """None for a programme in which nothing would sound, and for one that cannot be made."""
        if found := self.ready.get(occurrence):
            return found
        try:
            estimate = estimate_programme(self.assembler, occurrence)
        except BroadcasterError as error:
            _log.error("%s: not prepared: %s", occurrence.id, error)
            return None
        return estimate if estimate.segments else None
