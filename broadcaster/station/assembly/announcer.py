"""One bulletin, one text or one sound → one segment with its sound.

The one place where script and speech meet.  It stands apart from the assembling of programmes,
which knows nothing of sentences and voices.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

from broadcaster.approval import Approval, Decisions, Refusal, approval_or_refusal
from broadcaster.errors import BroadcasterError
from broadcaster.model import (
    BulletinFacts,
    Segment,
    SegmentKind,
    SegmentPlan,
    Speech,
)
from broadcaster.playout import Reason
from broadcaster.speech.synthesizer import has_words
from broadcaster.station.assembly.left_out import left_out, reason_of
from broadcaster.station.assembly.readings import PAUSE_AFTER_SEGMENT_MS, Readings, lone_recording
from broadcaster.station.assembly.renditions import rendition_of
from broadcaster.station.assembly.voices import topic_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from broadcaster.approval import Spoken
    from broadcaster.model import Bulletin, Clip, Sentence
    from broadcaster.station.content.content import Content
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Announcer", "AnySpeaker", "FindAsset", "opening_of"]

_PAUSE_BETWEEN_READINGS_MS = 1_500
_FADED = {
    SegmentKind.MUSIC,
    SegmentKind.IDENT,
    SegmentKind.SIGNATURE,
    SegmentKind.JINGLE,
    SegmentKind.BED,
}
_FADE_OUT_MS = 400
_NOTICE = "thông báo"
_TIMES_OF_A_NOTICE = 2
_WORDS_OF_A_TEXT = 4  # enough to know a greeting by
_BARE = SegmentPlan(kind=SegmentKind.SPEECH)
_RECORDING = "recording"  # what the log calls a human voice
_log = logging.getLogger(__name__)


class FindAsset(Protocol):
    """Gives the sound of an asset's name; raises BroadcasterError when it has none."""

    def __call__(self, name: str, /) -> Clip: ...


class AnySpeaker(Protocol):
    """What turns sentences into sound: the real chain of voices, or an estimate."""

    def speak(
        self,
        sentences: Sequence[Sentence],
        *,
        voice: str = "",
        online: bool = True,
        force: bool = False,
        only: Collection[str] = (),
    ) -> Speech: ...


@dataclass(slots=True)
class Announcer:
    """Reads bulletins and texts of one station, and plays its sounds.

    ``fingerprint`` gives the hash of a recording by its name; it raises BroadcasterErrors.
    ``decisions`` say what was approved, where the station asks for that.
    ``set_aside`` maps text hashes to why they are not spoken; ``take_up`` is told the hash of
    each bulletin before its sound is made, and "" after it.
    """

    config: StationConfig
    content: Content
    speaker: AnySpeaker
    find_asset: FindAsset
    fingerprint: Callable[[str], str]
    decisions: Decisions = field(default_factory=Decisions)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    take_up: Callable[[str], None] = lambda _sha256: None
    readings: Readings = field(init=False)
    _told: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.readings = Readings(self.content.lexicon, self.config.reading)

    # -- bulletins ------------------------------------------------------------------------

    def reason_against(self, bulletin: Bulletin, day: date | None = None) -> Reason | None:
        """Why this bulletin may not be heard on ``day`` (any day, without one); None when it
        may."""
        if against := self.cannot_be_made(bulletin):
            return against
        if bulletin.draft:
            return Reason("draft", _("it is a draft"))
        if not bulletin.is_answered:
            return Reason("not-answered", _("its question is not answered yet"))
        found = self._consent(bulletin, is_recorded=bool(bulletin.recording), day=day)
        return Reason(found.code, found.text) if isinstance(found, Refusal) else None

    def cannot_be_made(self, bulletin: Bulletin) -> Reason | None:
        """Why nobody can hear this bulletin, not even who is to decide on it."""
        if reason := self.set_aside.get(bulletin.sha256):
            return Reason("set-aside", reason)
        if not bulletin.recording and bulletin.language != "vi":
            return Reason("needs-recording", _("it is not in Vietnamese and has no recording"))
        return None

    def _consent(
        self, bulletin: Bulletin, *, is_recorded: bool, day: date | None = None
    ) -> Approval | Refusal | None:
        """What was decided on it as it is heard in that way; None where nobody need decide."""
        if not self.config.approval.required:
            return None
        try:
            sha256 = self._spoken(bulletin, is_recorded=is_recorded).sha256
        except BroadcasterError as error:
            return Refusal("not-approved", error.message)
        return approval_or_refusal(self.decisions, bulletin.id, sha256, day=day)

    def bulletin_segment(
        self,
        bulletin: Bulletin,
        *,
        line: SegmentPlan = _BARE,
        voice: str = "",
        day: date | None = None,
    ) -> Segment:
        """The bulletin's recording, or its text spoken, as often as ``line`` or itself asks for.

        ``voice`` reads it unless it has its own.  Raises a BroadcasterError that names the
        bulletin when it may not or cannot be heard on ``day``.
        """
        if against := self.reason_against(bulletin, day):
            raise left_out(bulletin.title, against)
        return self.as_segment(bulletin, line=line, voice=voice)

    def as_segment(
        self, bulletin: Bulletin, *, line: SegmentPlan = _BARE, voice: str = ""
    ) -> Segment:
        """As :meth:`bulletin_segment`, whether it may be heard or not."""
        sound = self._bulletin_sound(bulletin, voice)
        is_recorded = sound.voice == _RECORDING
        return Segment(
            kind=SegmentKind.RECORDING if is_recorded else SegmentKind.SPEECH,
            title=bulletin.title,
            clips=_repeated(sound.clips, line.times or bulletin.repeat or _usual_times(bulletin)),
            gain_db=line.gain_db,
            bulletin_id=bulletin.id,
            voice=sound.voice,
            script_sha256=bulletin.sha256,
            facts=self._facts(bulletin, is_recorded=is_recorded),
            content_sha256=self._spoken(bulletin, is_recorded=is_recorded).sha256,
            rendition_sha256=rendition_of(sound) if self.config.approval.required else "",
        )

    def _facts(self, bulletin: Bulletin, *, is_recorded: bool) -> BulletinFacts:
        """Where somebody must stand for it, the log names who does, not what its file claims."""
        facts = BulletinFacts.of(bulletin)
        found = self._consent(bulletin, is_recorded=is_recorded)
        if found is None:
            return facts
        return replace(facts, approved_by=found.by if isinstance(found, Approval) else "")

    def _spoken(self, bulletin: Bulletin, *, is_recorded: bool) -> Spoken:
        """What an approval binds of ``bulletin`` when it is heard in that way."""
        if not is_recorded:
            return self.readings.spoken(bulletin)
        return self.readings.recorded(bulletin, self.fingerprint(bulletin.recording))

    def _bulletin_sound(self, bulletin: Bulletin, voice: str) -> Speech:
        """Whatever breaks in here but by a BroadcasterError leaves the bulletin at hand."""
        self.take_up(bulletin.sha256)
        try:
            speech = self._recorded(bulletin) or self.speech_of(bulletin, voice=voice)
        except BroadcasterError as error:
            self.take_up("")
            raise left_out(bulletin.title, reason_of(error), hint=error.hint) from error
        self.take_up("")
        return speech

    def _recorded(self, bulletin: Bulletin) -> Speech | None:
        """None without a recording, and for a bad one whose text a voice can read instead."""
        if not bulletin.recording:
            return None
        try:
            return Speech(_RECORDING, (self.find_asset(bulletin.recording),))
        except BroadcasterError as error:
            if bulletin.language != "vi" or not has_words(bulletin.text):
                raise
            words = _("“{title}” is read by a voice: {reason}")
            self._tell(words.format(title=bulletin.title, reason=reason_of(error).text))
            return None

    def _tell(self, sentence: str) -> None:
        """Warn once, however many programmes and drafts it concerns."""
        if sentence not in self._told:
            self._told.add(sentence)
            _log.warning("%s", sentence)

    def speech_of(self, bulletin: Bulletin, *, voice: str = "", force: bool = False) -> Speech:
        """The text of ``bulletin``, spoken by its own voice, else by ``voice``, else by that of
        its topic, else by the first of the station that can; raises SpeechError."""
        return self.speaker.speak(
            self.readings.of_bulletin(bulletin),
            voice=bulletin.voice or voice or topic_voice(self.config, bulletin),
            online=bulletin.online and self.config.online,
            force=force,
            only=self._voices_for(bulletin),
        )

    def _voices_for(self, bulletin: Bulletin) -> Collection[str]:
        """Those that were approved for it; empty where nobody has, or need, decide."""
        found = self._consent(bulletin, is_recorded=False)
        return found.voices if isinstance(found, Approval) else ()

    # -- texts and sounds -----------------------------------------------------------------

    def text_segment(self, line: SegmentPlan, text: str) -> Segment:
        """``text``, the words of ``line`` with everything filled in."""
        sentences = self.readings.of_text(text, line.where)
        try:
            speech = self.speak(sentences)
        except BroadcasterError as error:
            raise left_out(opening_of(text), reason_of(error), hint=error.hint) from error
        return Segment(
            kind=line.kind,
            title="",
            clips=_followed_by(speech.clips, PAUSE_AFTER_SEGMENT_MS),
            gain_db=line.gain_db,
            voice=speech.voice,
        )

    def speak(self, sentences: Sequence[Sentence]) -> Speech:
        """The station's own words, by the first of its voices that can; raises SpeechError."""
        return self.speaker.speak(sentences, online=self.config.online)

    def sound_segment(self, kind: SegmentKind, name: str, *, gain_db: float = 0.0) -> Segment:
        """The sound of the asset ``name``; raises ContentError when there is none."""
        clip = self.find_asset(name)
        fade_ms = min(_FADE_OUT_MS, clip.duration_ms // 4) if kind in _FADED else 0
        is_words = kind is SegmentKind.RECORDING
        content = self._content_of_recording(name) if is_words else ""
        return Segment(
            kind=kind,
            title=name,
            clips=(clip,),
            gain_db=gain_db,
            fade_out_ms=fade_ms,
            content_sha256=content,
        )

    def _content_of_recording(self, name: str) -> str:
        """Of a recording without a bulletin; raises BroadcasterErrors where it may not be heard."""
        recording = lone_recording(name)
        found = self._consent(recording, is_recorded=True)
        if isinstance(found, Refusal):
            raise left_out(name, Reason(found.code, found.text))
        return self._spoken(recording, is_recorded=True).sha256


def opening_of(text: str) -> str:
    """The first words of ``text``, by which an operator knows it."""
    return " ".join([*text.split()[:_WORDS_OF_A_TEXT], "…"])


def _usual_times(bulletin: Bulletin) -> int:
    return _TIMES_OF_A_NOTICE if bulletin.kind.casefold().strip() == _NOTICE else 1


def _repeated(clips: tuple[Clip, ...], times: int) -> tuple[Clip, ...]:
    again = _followed_by(clips, _PAUSE_BETWEEN_READINGS_MS)
    return again * (times - 1) + _followed_by(clips, PAUSE_AFTER_SEGMENT_MS)


def _followed_by(clips: tuple[Clip, ...], pause_ms: int) -> tuple[Clip, ...]:
    return (*clips[:-1], replace(clips[-1], pause_after_ms=pause_ms))
