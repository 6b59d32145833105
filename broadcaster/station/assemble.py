"""A programme's recipe and a day → segments with their sound.

The one place where script, speech and programme meet.  It stands apart from files and mixing so
that a simulation can run it with a speaker that only estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

from broadcaster.errors import BroadcasterError, SpeechError
from broadcaster.model import (
    Programme,
    Segment,
    SegmentKind,
    Sentence,
    Speech,
)
from broadcaster.playout import Reason
from broadcaster.programme import choose, silent_clip
from broadcaster.script import read_text
from broadcaster.station.describe import Assembled
from broadcaster.station.left_out import LeftOutError, left_out, no_voice, reason_of
from broadcaster.station.voices import topic_voice
from broadcaster.station.wording import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadcaster.errors import Where
    from broadcaster.model import (
        Bulletin,
        BulletinChoice,
        Clip,
        Occurrence,
        SegmentPlan,
    )
    from broadcaster.script import Reading
    from broadcaster.station.config import StationConfig
    from broadcaster.station.content import Content

__all__ = ["AnySpeaker", "Assembler", "FindAsset"]

_PAUSE_BETWEEN_READINGS_MS = 1_500
_PAUSE_AFTER_SEGMENT_MS = 700
_FADED = {SegmentKind.MUSIC, SegmentKind.IDENT, SegmentKind.JINGLE, SegmentKind.BED}
_FADE_OUT_MS = 400
_WORDS_OF_A_TEXT = 4  # enough to know a greeting by


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
    ) -> Speech: ...


@dataclass(slots=True)
class _Draft:
    """A programme as it grows."""

    segments: list[Segment] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """The bulletins that are spoken for."""
    unspoken: SpeechError | None = None
    """Why a text found no voice."""

    def add(self, make: Callable[[], Segment]) -> bool:
        """Whether ``make`` gave a segment; if not, the draft has the reason."""
        try:
            self.segments.append(make())
        except BroadcasterError as error:
            self.left_out.append(str(reason_of(error)))
            self.unspoken = no_voice(error) or self.unspoken
            return False
        return True


@dataclass(slots=True)
class Assembler:
    """Makes programmes of one station's content.

    ``set_aside`` maps text hashes to why they are not spoken; ``take_up`` is told the hash of
    each bulletin before its sound is made, and "" after it.
    """

    config: StationConfig
    content: Content
    speaker: AnySpeaker
    find_asset: FindAsset
    set_aside: Mapping[str, str] = field(default_factory=dict)
    take_up: Callable[[str], None] = lambda _sha256: None
    _sentences: dict[tuple[str, str], tuple[Sentence, ...]] = field(default_factory=dict)

    def assemble(self, occurrence: Occurrence) -> Assembled:
        """The programme of ``occurrence``; what fails is left out, never the whole.

        Raises SpeechError when words were planned and no voice could say any: music alone is no
        programme, and the last good one, or the fallback, says more.
        """
        draft = _Draft()
        for plan in occurrence.programme.segments:
            self._add(plan, occurrence, draft)
        if draft.unspoken and not any(segment.voice for segment in draft.segments):
            raise draft.unspoken
        programme = occurrence.programme
        segments = tuple(draft.segments)
        return Assembled(Programme(programme.id, programme.title, segments), tuple(draft.left_out))

    def _add(self, plan: SegmentPlan, occurrence: Occurrence, draft: _Draft) -> None:
        """What one line of the recipe stands for."""
        if plan.choice:
            self._add_chosen(plan, plan.choice, occurrence, draft)
        elif plan.bulletin_id:
            draft.used.add(plan.bulletin_id)
            draft.add(partial(self._named_bulletin, plan, occurrence))
        elif plan.text:
            draft.add(partial(self._spoken_text, plan, occurrence))
        elif plan.asset:
            draft.add(partial(self._asset, plan.kind, plan.asset, plan.gain_db))
        else:
            pause = silent_clip(plan.length_ms)
            draft.segments.append(Segment(kind=SegmentKind.SILENCE, title="", clips=(pause,)))

    def _add_chosen(
        self, plan: SegmentPlan, choice: BulletinChoice, occurrence: Occurrence, draft: _Draft
    ) -> None:
        """The chosen bulletins with a jingle between two; a broken one is told and passed over."""
        day = occurrence.starts_at.date()
        everything = self.content.bulletins.values()
        broken = [bulletin for bulletin in everything if bulletin.sha256 in self.set_aside]
        for bulletin in choose(choice, broken, day=day, exclude=draft.used):
            draft.add(partial(self.bulletin_segment, bulletin))
        ready = [bulletin for bulletin in everything if self._reason_against(bulletin) is None]
        heard = False
        for bulletin in choose(choice, ready, day=day, exclude=draft.used):
            draft.used.add(bulletin.id)
            place = len(draft.segments)
            if not draft.add(partial(self.bulletin_segment, bulletin, gain_db=plan.gain_db)):
                continue
            if heard and choice.between:
                self._insert_jingle(choice.between, draft, place)
            heard = True

    def _insert_jingle(self, name: str, draft: _Draft, place: int) -> None:
        if draft.add(partial(self._asset, SegmentKind.JINGLE, name, 0.0)):
            draft.segments.insert(place, draft.segments.pop())

    def _named_bulletin(self, plan: SegmentPlan, occurrence: Occurrence) -> Segment:
        bulletin = self.content.bulletins.get(plan.bulletin_id)
        if bulletin is None:
            text = _("there is no bulletin “{id}”").format(id=plan.bulletin_id)
            raise LeftOutError(Reason("missing-bulletin", text))
        if not bulletin.is_valid_on(occurrence.starts_at.date()):
            text = _("“{title}” is not valid on this day").format(title=bulletin.title)
            raise LeftOutError(Reason("bulletin-not-valid", text))
        return self.bulletin_segment(bulletin, gain_db=plan.gain_db)

    def _reason_against(self, bulletin: Bulletin) -> Reason | None:
        """Why this bulletin may not be heard; None when it may."""
        if reason := self.set_aside.get(bulletin.sha256):
            return Reason("set-aside", reason)
        if self.config.approval and not bulletin.approved_by:
            return Reason("not-approved", _("it is not approved"))
        if not bulletin.recording and bulletin.language != "vi":
            return Reason("needs-recording", _("it is not in Vietnamese and has no recording"))
        return None

    def alone(self, bulletin: Bulletin) -> Programme:
        """A programme of this one bulletin, to be listened to: before it is approved, too."""
        against = self._reason_against(bulletin)
        if against and against.code != "not-approved":
            raise left_out(bulletin.title, against)
        return Programme(bulletin.id, bulletin.title, (self._as_segment(bulletin),))

    def bulletin_segment(self, bulletin: Bulletin, *, gain_db: float = 0.0) -> Segment:
        """The bulletin's recording, or its text spoken, as often as it asks for.

        Raises a BroadcasterError that names the bulletin when it may not or cannot be heard.
        """
        if against := self._reason_against(bulletin):
            raise left_out(bulletin.title, against)
        return self._as_segment(bulletin, gain_db=gain_db)

    def _as_segment(self, bulletin: Bulletin, *, gain_db: float = 0.0) -> Segment:
        sound = self._bulletin_sound(bulletin)
        return Segment(
            kind=SegmentKind.RECORDING if bulletin.recording else SegmentKind.SPEECH,
            title=bulletin.title,
            clips=_repeated(sound.clips, bulletin.repeat),
            gain_db=gain_db,
            bulletin_id=bulletin.id,
            voice=sound.voice,
            script_sha256=bulletin.sha256,
        )

    def _bulletin_sound(self, bulletin: Bulletin) -> Speech:
        """Whatever breaks in here but by a BroadcasterError leaves the bulletin at hand."""
        self.take_up(bulletin.sha256)
        try:
            speech = self._recorded(bulletin) if bulletin.recording else self.speech_of(bulletin)
        except BroadcasterError as error:
            self.take_up("")
            raise left_out(bulletin.title, reason_of(error), hint=error.hint) from error
        self.take_up("")
        return speech

    def _recorded(self, bulletin: Bulletin) -> Speech:
        return Speech("recording", (self.find_asset(bulletin.recording),))

    def speech_of(self, bulletin: Bulletin, *, force: bool = False) -> Speech:
        """The text of ``bulletin``, spoken by one voice; raises SpeechError."""
        online = bulletin.online and self.config.online
        sentences = self.sentences_of(bulletin)
        voice = bulletin.voice or topic_voice(self.config, bulletin)
        return self.speaker.speak(sentences, voice=voice, online=online, force=force)

    def sentences_of(self, bulletin: Bulletin) -> tuple[Sentence, ...]:
        """The reading of ``bulletin``, made once."""
        key = (bulletin.id, bulletin.sha256)
        if key not in self._sentences:
            reading = self._read(bulletin.text, bulletin.where)
            again = _said_again(reading) if bulletin.repeat_facts else ()
            self._sentences[key] = (*reading.sentences, *again)
        return self._sentences[key]

    def _read(self, text: str, where: Where) -> Reading:
        return read_text(text, lexicon=self.content.lexicon, where=where, style=self.config.reading)

    def _spoken_text(self, plan: SegmentPlan, occurrence: Occurrence) -> Segment:
        text = fill(plan.text, self.config, occurrence)
        sentences = self._read(text, plan.where).sentences
        try:
            speech = self.speaker.speak(sentences, online=self.config.online)
        except BroadcasterError as error:
            opening = " ".join([*text.split()[:_WORDS_OF_A_TEXT], "…"])
            raise left_out(opening, reason_of(error), hint=error.hint) from error
        return Segment(
            kind=plan.kind,
            title="",
            clips=_followed_by(speech.clips, _PAUSE_AFTER_SEGMENT_MS),
            gain_db=plan.gain_db,
            voice=speech.voice,
        )

    def _asset(self, kind: SegmentKind, name: str, gain_db: float) -> Segment:
        clip = self.find_asset(name)
        fade_ms = min(_FADE_OUT_MS, clip.duration_ms // 4) if kind in _FADED else 0
        return Segment(kind=kind, title=name, clips=(clip,), gain_db=gain_db, fade_out_ms=fade_ms)


def _said_again(reading: Reading) -> tuple[Sentence, ...]:
    """What a listener writes down, once more; nothing where there is nothing of the kind."""
    facts = reading.key_sentences
    return (Sentence("", "Xin nhắc lại.", _PAUSE_AFTER_SEGMENT_MS), *facts) if facts else ()


def _repeated(clips: tuple[Clip, ...], times: int) -> tuple[Clip, ...]:
    again = _followed_by(clips, _PAUSE_BETWEEN_READINGS_MS)
    return again * (times - 1) + _followed_by(clips, _PAUSE_AFTER_SEGMENT_MS)


def _followed_by(clips: tuple[Clip, ...], pause_ms: int) -> tuple[Clip, ...]:
    return (*clips[:-1], replace(clips[-1], pause_after_ms=pause_ms))
