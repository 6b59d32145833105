"""The nouns of a station: what its stages hand to each other.

Frozen dataclasses without I/O and without a clock.  They live apart from the stages because the
stages never import each other.  Durations are ``int`` milliseconds (``_ms``), levels decibels
(``_db``) or LUFS, instants time-zone-aware datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Where

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "AfterInterrupt",
    "AiredSound",
    "AsRunEntry",
    "AsRunSegment",
    "Bed",
    "BedPlan",
    "Bulletin",
    "BulletinChoice",
    "ChoiceOrder",
    "Clip",
    "Cue",
    "CueSheet",
    "DayException",
    "DayRule",
    "DayType",
    "DayWord",
    "ExceptionKind",
    "Feature",
    "LateAction",
    "LatePolicy",
    "LunarDay",
    "Occurrence",
    "Order",
    "Outcome",
    "PreparedProgramme",
    "PreparedSegment",
    "Priority",
    "Programme",
    "ProgrammePlan",
    "Rails",
    "Replay",
    "Rundown",
    "RundownItem",
    "Season",
    "Segment",
    "SegmentKind",
    "SegmentPlan",
    "Sentence",
    "Share",
    "Slot",
    "SlotOutput",
    "Speech",
    "StartType",
    "StationCalendar",
    "Surge",
    "Validity",
    "WeekPlan",
    "YearDay",
]


class Priority(IntEnum):
    """Who may interrupt whom: thông thường, ưu tiên and khẩn cấp are those of Thông tư
    39/2020/TT-BTTTT; OVERRIDE is played by hand, LIVE is the microphone."""

    SILENCE = 1
    FALLBACK = 25
    ROUTINE = 50
    PRIORITY = 75
    OVERRIDE = 90
    LIVE = 95
    EMERGENCY = 100


class SegmentKind(StrEnum):
    """What a part of a programme is to a listener."""

    IDENT = "ident"
    GREETING = "greeting"
    HEADLINES = "headlines"
    SIGNATURE = "signature"
    SPEECH = "speech"
    JINGLE = "jingle"
    BED = "bed"
    RECORDING = "recording"
    MUSIC = "music"
    RELAY = "relay"
    SILENCE = "silence"
    CLOSING = "closing"


class StartType(StrEnum):
    """HARD starts at its time and cuts what is on air; SOFT waits for it to end."""

    HARD = "hard"
    SOFT = "soft"


class LateAction(StrEnum):
    """What to do with an occurrence that could not start on time."""

    START = "start"
    JOIN = "join"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """``action`` applies until ``within_ms`` after the planned start; later it is missed."""

    action: LateAction = LateAction.START
    within_ms: int = 600_000


class AfterInterrupt(StrEnum):
    """What becomes of a programme once something more important has interrupted it.

    RESUME goes on with the sentence that was broken off, RESTART begins again, DROP is over, and
    JOIN goes on where it would be by now.
    """

    RESUME = "resume"
    RESTART = "restart"
    DROP = "drop"
    JOIN = "join"


class Outcome(StrEnum):
    """How an occurrence ended; ON_AIR has not ended yet."""

    ON_AIR = "on-air"
    AIRED = "aired"
    CUT = "cut"
    MISSED = "missed"
    FAILED = "failed"


# -- script -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """A bulletin (bản tin) as its editor wrote it.

    ``text`` is what follows the front matter, cleaned of nothing; ``where`` is the place of its
    first line.  ``replaces`` names bulletins, or numbers of documents, that this one makes out of
    date; ``replaced_by`` is the one that did so to it, ``replaced_from`` since when (None: ever).
    ``online`` False forbids voices that send text to a network.  ``repeat`` is how
    often it is read in a row, 0 as usual for its kind (a notice twice, others once);
    ``repeat_facts`` says its dates, times and telephones once more.
    ``recording`` is a sound file that is aired instead of the text.  ``order`` is its place among
    those of the same priority, 0 behind all that have one.
    """

    id: str
    title: str
    text: str
    where: Where
    sha256: str
    kind: str = "tin"
    topic: str = ""
    language: str = "vi"
    audience: str = ""
    author: str = ""
    approved_by: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str = ""
    replaced_from: date | None = None
    priority: Priority = Priority.ROUTINE
    voice: str = ""
    online: bool = True
    repeat: int = 0
    repeat_facts: bool = False
    recording: str = ""
    order: int = 0
    source: str = ""
    voice_where: Where = field(default_factory=Where, compare=False)
    """The place of ``voice``."""
    replaces_where: Where = field(default_factory=Where, compare=False)
    """The place of ``replaces``."""

    @property
    def validity(self) -> Validity:
        """The days on which it may be heard: as written, and before another one replaces it."""
        if not self.replaced_by:
            return Validity(self.valid_from, self.valid_until)
        since = max(self.replaced_from or date.min, date.min + timedelta(days=1))
        last = since - timedelta(days=1)
        return Validity(self.valid_from, min(self.valid_until or last, last))

    def is_valid_on(self, day: date) -> bool:
        """Whether ``day`` lies in :attr:`validity`: the one question before anything is heard."""
        return self.validity.covers(day)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One breath: as written, as an announcer says it, and the pause after it."""

    text: str
    spoken: str
    pause_after_ms: int
    where: Where = field(default_factory=Where)


# -- speech -------------------------------------------------------------------------------


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


# -- programme ----------------------------------------------------------------------------


class ChoiceOrder(StrEnum):
    """Whose turn it is among bulletins of one priority.

    ROTATE: what has never aired, then what aired longest ago; FRESH: the newest ``valid_from``.
    """

    ROTATE = "rotate"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Share:
    """Of the bulletins that a programme chooses, at least so many are of these topics and kinds
    (lồng ghép); empty tuples mean "any"."""

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class BulletinChoice:
    """Which bulletins a programme takes by itself, the important ones first.

    Empty tuples mean "any".  ``between`` is the asset heard between two of them; ``voices`` read
    them in turn.
    """

    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("vi",)
    at_most: int = 5
    between: str = ""
    order: ChoiceOrder = ChoiceOrder.ROTATE
    share: Share | None = None
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BedPlan:
    """Music under what is said: an asset, and its level under speech."""

    asset: str
    level_db: float = -18.0
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class Feature:
    """A part of a programme with a title and a signature of its own (chuyên mục)."""

    title: str
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentPlan:
    """One line of a programme in the week's file, those within a feature too.

    ``asset`` names a sound in ``scripts_vi/am-thanh`` or a built-in one; ``text`` is spoken,
    after its ``{placeholders}`` are filled in; ``bulletin_id`` names a bulletin; ``choice``
    lets the programme choose; ``length_ms`` is silence.  A line has one of them, but for
    HEADLINES (``text``, then the titles of those in the programme that fit ``choice``) and a
    line that ``fills`` (``choice``, then ``asset`` for as long as there is time left).
    ``times`` is how often a bulletin is read in a row, 0 as it says itself; ``bed`` lies under
    what is said; ``feature`` is what the line belongs to.  A named bulletin is heard in
    ``language``, where that is another than its own.  ``relay`` names an address of the station
    that is heard for ``length_ms`` or ``until`` a time of day, with ``asset`` instead wherever
    it is not good.
    """

    kind: SegmentKind
    where: Where = field(default_factory=Where)
    asset: str = ""
    text: str = ""
    bulletin_id: str = ""
    choice: BulletinChoice | None = None
    length_ms: int = 0
    gain_db: float = 0.0
    times: int = 0
    fills: bool = False
    bed: BedPlan | None = None
    feature: Feature | None = None
    language: str = ""
    relay: str = ""
    until: time | None = None


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """A programme of the week's file: the recipe, before any sound.

    ``length_ms`` is how long it is to be (0: as long as it gets); ``editors`` and ``announcers``
    are named in its closing.
    """

    id: str
    title: str
    segments: tuple[SegmentPlan, ...]
    where: Where = field(default_factory=Where)
    length_ms: int = 0
    editors: tuple[str, ...] = ()
    announcers: tuple[str, ...] = ()


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
    share one, which plays on between them.  ``relay`` is the address that is heard instead.
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
    relay: str = ""


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
    heard instead of it."""

    kind: SegmentKind
    title: str
    start_ms: int
    end_ms: int
    bulletin_id: str = ""
    voice: str = ""
    script_sha256: str = ""
    relay: str = ""


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


# -- schedule -----------------------------------------------------------------------------


class DayType(StrEnum):
    """What a day is to a commune; each day is one of them, the first that fits from below."""

    ORDINARY = "ngày thường"
    WEEKEND = "cuối tuần"
    HOLIDAY = "lễ"
    TET = "tết"
    MOURNING = "quốc tang"


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the Vietnamese lunar year, 30 being the last of its month; month 0 is every one."""

    day: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year of the common calendar."""

    day: int
    month: int


DayWord = int | DayType | LunarDay | YearDay
"""A week day (Monday is 0), a type, or a day that comes back each month or year."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """The days that any of ``words`` means, but for those that any of ``but`` means."""

    words: frozenset[DayWord]
    but: frozenset[DayWord] = frozenset()


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, both (month, day) included; it may run over New Year."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last


@dataclass(frozen=True, slots=True)
class StationCalendar:
    """What the authorities decide by date, beside the public holidays that the law fixes.

    ``days_off`` and ``workdays`` are swapped days; ``mourning`` has (first, last) of quốc tang.
    """

    days_off: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    mourning: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An earlier airing of another slot: the last before it, or of the day so many days before,
    or of a date."""

    slot_id: str
    days_before: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotOutput:
    """How one output of the station, by its name, airs a slot.

    What is empty or None is as the slot and the station say: their programme, their delay
    (milliseconds), their volume (percent).
    """

    name: str
    programme_id: str = ""
    delay_ms: int | None = None
    volume: int | None = None
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the week (khung giờ): every day of ``days`` (Monday is 0) at ``start``.

    Where ``rule`` says more than week days do, it decides, and ``days`` are all.  ``by_season``
    has other starts, under names of seasons, "" being the rest of the year; outside all of them
    it does not air.  A slot ``after`` another starts when the programme of that one ends.  A
    ``replay`` has its programme from an earlier airing; ``language`` is that of the bulletins
    that it takes, where it is another than theirs.
    It airs on ``outputs``, or on all of the station when there are none.
    """

    id: str
    start: time
    days: frozenset[int]
    programme_id: str
    start_type: StartType = StartType.HARD
    max_ms: int = 3_600_000
    priority: Priority = Priority.ROUTINE
    late: LatePolicy = field(default_factory=LatePolicy)
    outputs: tuple[SlotOutput, ...] = ()
    where: Where = field(default_factory=Where)
    rule: DayRule | None = None
    by_season: tuple[tuple[str, time], ...] = ()
    after: str = ""
    replay: Replay | None = None
    language: str = ""
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME


@dataclass(frozen=True, slots=True)
class Validity:
    """The days for which a week's file holds, both ends included; None is "no end"."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first or date.min) <= day <= (self.last or date.max)


class ExceptionKind(StrEnum):
    """What a dated exception does to the week."""

    CANCEL = "cancel"
    REPLACE = "replace"
    ADD = "add"
    NO_MUSIC = "no-music"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayException:
    """A dated exception: CANCEL names slots (none means all), REPLACE gives one another
    programme, ADD brings a slot of its own, NO_MUSIC takes music out of all programmes.  Of its
    days it holds on those of ``rule``."""

    first: date
    last: date
    kind: ExceptionKind
    slot_ids: tuple[str, ...] = ()
    programme_id: str = ""
    slot: Slot | None = None
    reason: str = ""
    where: Where = field(default_factory=Where)
    rule: DayRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """One file of ``schedules/``: what should air while its validity lasts."""

    path: Path
    validity: Validity
    programmes: dict[str, ProgrammePlan]
    slots: tuple[Slot, ...]
    exceptions: tuple[DayException, ...] = ()
    seasons: tuple[Season, ...] = ()
    calendar: StationCalendar = field(default_factory=StationCalendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Days (đợt cao điểm), both ends included, for which more is allowed; None is "as always"."""

    first: date
    last: date
    sessions: int | None = None
    days: int | None = None
    session_ms: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rails:
    """What a station may broadcast at most; None is "no limit".

    ``session_ms`` is the length of a session, ``sessions`` how many a day has, ``days`` how many
    days of a week have any.  No start is allowed before ``quiet_until`` or after ``quiet_from``.
    """

    session_ms: int | None = None
    sessions: int | None = None
    days: int | None = None
    quiet_until: time | None = None
    quiet_from: time | None = None
    surges: tuple[Surge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who wants something on air outside the week, and why.

    It is silent from ``expires_at`` on.  ``repetition`` counts from 0; from ``holds_from`` on
    nothing less important begins, so that a short pause before a repetition stays silent.
    """

    by: str = ""
    why: str = ""
    expires_at: datetime | None = None
    repetition: int = 0
    holds_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A slot on a day, with its start in local time."""

    slot: Slot
    starts_at: datetime
    programme: ProgrammePlan
    reason: str = ""
    """Why this day differs from the week, when it does."""
    own: tuple[ProgrammePlan, ...] = ()
    """The programmes that single outputs of the slot air instead."""
    follows: str = ""
    """The occurrence whose end it waits for; ``starts_at`` is when that is due at the latest."""
    not_before: datetime | None = None
    """When the one that it follows is planned to start."""
    replays: Occurrence | None = None
    """The airing that is heard again."""
    order: Order | None = None
    """What a person ordered; None for what the week plans."""

    @property
    def id(self) -> str:
        """``slot@2026-11-23T05:00+07:00``: the one name of this start in ledger and log."""
        return f"{self.slot.id}@{self.starts_at.isoformat(timespec='minutes')}"

    @property
    def after_interrupt(self) -> AfterInterrupt:
        """As its slot says; but a relay has a time line of its own, on which it goes on."""
        policy = self.slot.after_interrupt
        relays = any(line.kind is SegmentKind.RELAY for line in self.programme.segments)
        return AfterInterrupt.JOIN if relays and policy is AfterInterrupt.RESUME else policy

    @property
    def expires_at(self) -> datetime | None:
        """From when on it is silent, whatever is left of it; None where nobody said so."""
        return self.order.expires_at if self.order else None

    @property
    def earliest_start(self) -> datetime:
        """Before this instant it cannot start."""
        return self.not_before or self.starts_at

    @property
    def planned_ms(self) -> int:
        """How long it is planned to last: as its programme says, never longer than its slot."""
        return min(self.programme.length_ms or self.slot.max_ms, self.slot.max_ms)

    @property
    def latest_start(self) -> datetime:
        """After this instant it can no longer start."""
        return self.starts_at + timedelta(milliseconds=self.slot.late.within_ms)

    @property
    def ends_by(self) -> datetime:
        """When the slot's longest duration is over."""
        return self.starts_at + timedelta(milliseconds=self.slot.max_ms)


@dataclass(frozen=True, slots=True)
class RundownItem:
    """An occurrence in the order of a day, cancelled ones too (they say why)."""

    occurrence: Occurrence
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Rundown:
    """What should air on a day (lịch ngày), by start, higher priority first."""

    day: date
    items: tuple[RundownItem, ...]
    problems: tuple[Problem, ...] = ()

    def occurrences(self) -> tuple[Occurrence, ...]:
        """Those that are to air."""
        return tuple(item.occurrence for item in self.items if not item.cancelled)


# -- as-run -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRunSegment:
    """A part of an occurrence that was heard, wholly or in part."""

    kind: SegmentKind
    title: str
    started_at: datetime
    ended_at: datetime
    bulletin_id: str = ""
    voice: str = ""
    script_sha256: str = ""
    output: str = ""
    """The outputs on which it was heard, joined with commas; "" where the station has one."""


@dataclass(frozen=True, slots=True)
class AiredSound:
    """An MP3 of what was on air, by its hash; ``outputs`` are those that aired it instead of the
    common sound."""

    mp3_sha256: str
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRunEntry:
    """What became of one occurrence (nhật ký phát), folded from its rows in the log."""

    occurrence: str
    slot: str
    title: str
    scheduled_at: datetime
    starts: tuple[datetime, ...] = ()
    ended_at: datetime | None = None
    outcome: Outcome
    reason: str = ""
    output: str = ""
    operator: str = ""
    voice: str = ""
    audio_sha256: str = ""
    sounds: tuple[AiredSound, ...] = ()
    segments: tuple[AsRunSegment, ...] = ()
    paused_at: datetime | None = None
    """When it was interrupted last, to go on later."""
    resume_ms: int = 0
    """Where in its sound it was to go on."""
