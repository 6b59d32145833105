"""A programme's recipe and a day → segments with their sound.

The one place where script, speech and programme meet.  It stands apart from files and mixing so
that a simulation can run it with a speaker that only estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from broadcaster.errors import BroadcasterError
from broadcaster.model import (
    Clip,
    PreparedProgramme,
    PreparedSegment,
    Programme,
    Segment,
    SegmentKind,
)
from broadcaster.programme import choose
from broadcaster.script import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from broadcaster.model import Bulletin, CueSheet, Occurrence, SegmentPlan, Sentence, Speech
    from broadcaster.station.config import StationConfig
    from broadcaster.station.content import Content

__all__ = ["AnySpeaker", "Assembled", "Assembler", "FindAsset", "describe", "fill"]

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PAUSE_BETWEEN_READINGS_MS = 1_500
_PAUSE_AFTER_SEGMENT_MS = 700
_FADED = {SegmentKind.MUSIC, SegmentKind.IDENT, SegmentKind.JINGLE, SegmentKind.BED}
_FADE_OUT_MS = 400


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


@dataclass(frozen=True, slots=True)
class Assembled:
    """A programme with its sound, and a sentence for each part that could not be made."""

    programme: Programme
    left_out: tuple[str, ...]


class _LeftOutError(BroadcasterError):
    """A part of a programme that cannot be made today; it costs that part only."""


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
        """The programme of ``occurrence``; what fails is left out, never the whole."""
        left_out: list[str] = []
        used: set[str] = set()
        segments: list[Segment] = []
        for plan in occurrence.programme.segments:
            for make in self._makers(plan, occurrence, used):
                try:
                    segments.append(make())
                except BroadcasterError as error:
                    left_out.append(str(error))
        programme = occurrence.programme
        return Assembled(Programme(programme.id, programme.title, tuple(segments)), tuple(left_out))

    def _makers(
        self, plan: SegmentPlan, occurrence: Occurrence, used: set[str]
    ) -> Iterator[Callable[[], Segment]]:
        """One maker for each segment that a line of the recipe stands for."""
        if plan.choice:
            yield from self._chosen(plan, occurrence, used)
        elif plan.bulletin_id:
            used.add(plan.bulletin_id)
            yield partial(self._named_bulletin, plan, occurrence)
        elif plan.text:
            yield partial(self._spoken_text, plan, occurrence)
        elif plan.asset:
            yield partial(self._asset, plan.kind, plan.asset, plan.gain_db)
        else:
            yield lambda: Segment(
                kind=SegmentKind.SILENCE, title="", clips=(_pause(plan.length_ms),)
            )

    def _chosen(
        self, plan: SegmentPlan, occurrence: Occurrence, used: set[str]
    ) -> Iterator[Callable[[], Segment]]:
        choice = plan.choice
        assert choice is not None
        everything = self.content.bulletins.values()
        day = occurrence.starts_at.date()
        broken = [b for b in everything if b.sha256 in self.set_aside]
        for bulletin in choose(choice, broken, day=day, exclude=used):
            yield partial(self.bulletin_segment, bulletin)
        ready = [b for b in everything if not self._reason_against(b)]
        chosen = choose(choice, ready, day=day, exclude=used)
        for number, bulletin in enumerate(chosen):
            used.add(bulletin.id)
            if number and choice.between:
                yield partial(self._asset, SegmentKind.JINGLE, choice.between, 0.0)
            yield partial(self.bulletin_segment, bulletin, gain_db=plan.gain_db)

    def _named_bulletin(self, plan: SegmentPlan, occurrence: Occurrence) -> Segment:
        bulletin = self.content.bulletins.get(plan.bulletin_id)
        if bulletin is None:
            raise _LeftOutError(_("there is no bulletin “{id}”").format(id=plan.bulletin_id))
        if not bulletin.is_valid_on(occurrence.starts_at.date()):
            raise _LeftOutError(
                _("“{title}” is not valid on this day").format(title=bulletin.title)
            )
        return self.bulletin_segment(bulletin, gain_db=plan.gain_db)

    def _reason_against(self, bulletin: Bulletin) -> str:
        """Why this bulletin may not be heard; "" when it may."""
        if reason := self.set_aside.get(bulletin.sha256):
            return reason
        if self.config.approval and not bulletin.approved_by:
            return _("it is not approved")
        if not bulletin.recording and bulletin.language != "vi":
            return _("it is not in Vietnamese and has no recording")
        return ""

    def alone(self, bulletin: Bulletin) -> Programme:
        """A programme of this one bulletin."""
        return Programme(bulletin.id, bulletin.title, (self.bulletin_segment(bulletin),))

    def bulletin_segment(self, bulletin: Bulletin, *, gain_db: float = 0.0) -> Segment:
        """The bulletin's recording, or its text spoken, as often as it asks for."""
        if reason := self._reason_against(bulletin):
            message = _("“{title}” is left out: {reason}")
            raise _LeftOutError(message.format(title=bulletin.title, reason=reason))
        kind, clips, voice = self._bulletin_sound(bulletin)
        self.take_up("")
        return Segment(
            kind=kind,
            title=bulletin.title,
            clips=_repeated(clips, bulletin.repeat),
            gain_db=gain_db,
            bulletin_id=bulletin.id,
            voice=voice,
            script_sha256=bulletin.sha256,
        )

    def _bulletin_sound(self, bulletin: Bulletin) -> tuple[SegmentKind, tuple[Clip, ...], str]:
        self.take_up(bulletin.sha256)
        if bulletin.recording:
            return SegmentKind.RECORDING, (self.find_asset(bulletin.recording),), "recording"
        speech = self.speech_of(bulletin)
        return SegmentKind.SPEECH, speech.clips, speech.voice

    def speech_of(self, bulletin: Bulletin, *, force: bool = False) -> Speech:
        """The text of ``bulletin``, spoken by one voice; raises SpeechError."""
        sentences = self.sentences_of(bulletin)
        if not sentences:
            message = _("“{title}” has nothing to read aloud")
            raise _LeftOutError(message.format(title=bulletin.title))
        online = bulletin.online and self.config.online
        return self.speaker.speak(sentences, voice=bulletin.voice, online=online, force=force)

    def sentences_of(self, bulletin: Bulletin) -> tuple[Sentence, ...]:
        """The reading of ``bulletin``, made once."""
        key = (bulletin.id, bulletin.sha256)
        if key not in self._sentences:
            reading = read_text(bulletin.text, lexicon=self.content.lexicon, where=bulletin.where)
            self._sentences[key] = reading.sentences
        return self._sentences[key]

    def _spoken_text(self, plan: SegmentPlan, occurrence: Occurrence) -> Segment:
        text = fill(plan.text, self.config, occurrence)
        sentences = read_text(text, lexicon=self.content.lexicon, where=plan.where).sentences
        speech = self.speaker.speak(sentences, online=self.config.online)
        clips = (
            *speech.clips[:-1],
            replace(speech.clips[-1], pause_after_ms=_PAUSE_AFTER_SEGMENT_MS),
        )
        return Segment(
            kind=plan.kind, title="", clips=clips, gain_db=plan.gain_db, voice=speech.voice
        )

    def _asset(self, kind: SegmentKind, name: str, gain_db: float) -> Segment:
        clip = self.find_asset(name)
        fade_ms = min(_FADE_OUT_MS, clip.duration_ms // 4) if kind in _FADED else 0
        return Segment(kind=kind, title=name, clips=(clip,), gain_db=gain_db, fade_out_ms=fade_ms)


def describe(assembled: Assembled, sheet: CueSheet) -> PreparedProgramme:
    """What the manifest and the log say of a programme, before its sound is mixed."""
    programme = assembled.programme
    segments = tuple(
        PreparedSegment(
            kind=segment.kind,
            title=segment.title,
            start_ms=start_ms,
            end_ms=end_ms,
            bulletin_id=segment.bulletin_id,
            voice=segment.voice,
            script_sha256=segment.script_sha256,
        )
        for segment, (start_ms, end_ms) in zip(programme.segments, sheet.spans_ms, strict=True)
        if segment.kind is not SegmentKind.SILENCE
    )
    return PreparedProgramme(
        programme_id=programme.id,
        title=programme.title,
        duration_ms=sheet.duration_ms,
        voice=",".join(dict.fromkeys(segment.voice for segment in segments if segment.voice)),
        segments=segments,
        left_out=assembled.left_out,
    )


def fill(text: str, config: StationConfig, occurrence: Occurrence) -> str:
    """``text`` with its ``{placeholders}`` replaced for this start."""
    at = occurrence.starts_at
    return text.format(
        station=config.name,
        commune=config.commune,
        province=config.province,
        weekday=_WEEKDAYS[at.weekday()],
        day=at.day,
        month=at.month,
        year=at.year,
        date=f"{at.day}/{at.month}/{at.year}",
        time=f"{at.hour}h{at.minute:02d}",
        programme=occurrence.programme.title,
    )


def _repeated(clips: tuple[Clip, ...], times: int) -> tuple[Clip, ...]:
    once = (*clips[:-1], replace(clips[-1], pause_after_ms=_PAUSE_AFTER_SEGMENT_MS))
    again = (*clips[:-1], replace(clips[-1], pause_after_ms=_PAUSE_BETWEEN_READINGS_MS))
    return again * (times - 1) + once


def _pause(length_ms: int) -> Clip:
    return Clip(Path(), 0, length_ms)
