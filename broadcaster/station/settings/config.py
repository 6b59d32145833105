"""station.yaml → StationConfig: what this station is and how it behaves.

Every key has a default but the name, so that a slip in one line costs that line only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time
from gettext import gettext as _
from typing import TYPE_CHECKING, TypedDict, TypeVar

from broadcaster.errors import Severity, Where
from broadcaster.messages import LANGUAGES
from broadcaster.model import AfterInterrupt, LatePolicy, Rails, StationCalendar
from broadcaster.schedule import read_after_interrupt, read_late
from broadcaster.script.style import CHOICES, HOUSE_DEFAULT, ReadingStyle
from broadcaster.sound.profile import FLAT, PROFILES
from broadcaster.station.settings.alarm import AlarmSettings, read_alarm
from broadcaster.station.settings.approval import ApprovalSettings, read_approval
from broadcaster.station.settings.archive import ArchiveSettings, read_archive
from broadcaster.station.settings.calendar import read_calendar
from broadcaster.station.settings.mic import MicSettings, read_mic
from broadcaster.station.settings.outputs import (
    OutputSettings,
    read_amplifier,
    read_output,
    read_outputs,
)
from broadcaster.station.settings.rails import read_rails
from broadcaster.station.settings.relays import RelaySettings, read_relays
from broadcaster.station.settings.report import ReportSettings, read_report
from broadcaster.yamlmark import Mark, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadcaster.errors import Problem
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.outputs import AmplifierSettings

__all__ = ["CONFIG_KEYS", "StationConfig", "load_config"]

CONFIG_KEYS = (
    "name",
    "commune",
    "province",
    "frequency",
    "contact",
    "voices",
    "voice_by_topic",
    "online",
    "output",
    "outputs",
    "amplifier",
    "relays",
    "alarm",
    "quiet_hours",
    "rails",
    "calendar",
    "late",
    "after_interrupt",
    "mic",
    "fallback",
    "approval",
    "prepare_ahead",
    "cache_max_mb",
    "archive",
    "report",
    "profile",
    "loudness",
    "language",
    "reading",
)
"""Every key of station.yaml; each is explained in the documentation, which a test looks after."""

_T = TypeVar("_T")


class WeekDefaults(TypedDict):
    """Arguments of :func:`broadcaster.schedule.load_week`."""

    late: LatePolicy
    after_interrupt: AfterInterrupt
    calendar: StationCalendar


_HOUR_MS = 3_600_000
_DEFAULT_LATE = LatePolicy()
_NO_RAILS = Rails()
_DEFAULT_MIC = MicSettings()
_DEFAULT_APPROVAL = ApprovalSettings()
_DEFAULT_ARCHIVE = ArchiveSettings()
_DEFAULT_REPORT = ReportSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationConfig:
    """The settings of a station.

    ``name``, ``commune``, ``province``, ``frequency`` and ``contact`` are texts for greetings
    and tags. ``voices`` is the chain of ``engine`` or ``engine:name``, the first that can
    speak; ``voice_by_topic`` names one for the bulletins of a topic. ``online`` False forbids
    voices that send text to a network. ``output`` is where the
    sound goes where there is one; several have names in ``outputs``, and ``amplifier`` is what
    is switched for them; ``relays`` are the addresses that may be relayed; ``alarm`` is who hears
    of trouble. No scheduled start is allowed before
    ``quiet_until`` or after ``quiet_from`` (local times), nor what ``rails`` refuse. ``calendar``
    has what is decided by date. ``late`` and ``after_interrupt`` are the policies of slots that
    name none, ``mic`` says how long the microphone may be on. ``fallback`` is the programme for
    want of another. ``approval`` says whether somebody must stand for what is heard.
    ``prepare_ahead_ms`` is how early programmes are made, ``cache_max_mb`` what made sound may
    take (megabytes), ``archive`` what is kept of what aired, ``profile`` how programmes are shaped
    (``broadcaster.sound.profile``), ``loudness`` how loud they are (LUFS; that of the profile
    unless written), ``language`` that of the messages. ``reading`` is the wording of what texts
    only abbreviate. ``places`` has the line of each key that was written, and of each voice
    (``voices.0``, ``voice_by_topic.cchc``).
    """

    name: str
    commune: str = ""
    province: str = ""
    frequency: str = ""
    contact: str = ""
    voices: tuple[str, ...] = ("gtts", "espeak")
    voice_by_topic: Mapping[str, str] = field(default_factory=dict)
    online: bool = True
    output: str = "auto"
    outputs: tuple[OutputSettings, ...] = ()
    amplifier: AmplifierSettings | None = None
    relays: tuple[RelaySettings, ...] = ()
    alarm: AlarmSettings = field(default_factory=AlarmSettings)
    quiet_until: time = time(5)
    quiet_from: time = time(21)
    rails: Rails = _NO_RAILS
    calendar: StationCalendar = field(default_factory=StationCalendar)
    late: LatePolicy = _DEFAULT_LATE
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME
    mic: MicSettings = _DEFAULT_MIC
    fallback: str = ""
    approval: ApprovalSettings = _DEFAULT_APPROVAL
    prepare_ahead_ms: int = 36 * _HOUR_MS
    cache_max_mb: int = 2_000
    archive: ArchiveSettings = _DEFAULT_ARCHIVE
    report: ReportSettings = _DEFAULT_REPORT
    profile: str = FLAT.name
    loudness: float = FLAT.lufs
    language: str = "vi"
    reading: ReadingStyle = HOUSE_DEFAULT
    places: Mapping[str, Where] = field(default_factory=dict, compare=False, repr=False)

    @property
    def all_outputs(self) -> tuple[OutputSettings, ...]:
        """Those of ``outputs``, or the one of ``output``, which has no name.

        Their profile is "" where it is that of the station.
        """
        if not self.outputs:
            return (OutputSettings(to=self.output, where=self.place_of("output")),)
        return tuple(
            replace(output, profile="") if output.profile == self.profile else output
            for output in self.outputs
        )

    @property
    def all_rails(self) -> Rails:
        """``rails`` and the quiet hours: everything that may refuse a planned start."""
        return replace(self.rails, quiet_until=self.quiet_until, quiet_from=self.quiet_from)

    @property
    def week_defaults(self) -> WeekDefaults:
        """What a week's file is read with."""
        return {
            "late": self.late,
            "after_interrupt": self.after_interrupt,
            "calendar": self.calendar,
        }

    def place_of(self, key: str) -> Where:
        """Where ``key`` stands in station.yaml, or where the settings begin."""
        return self.places.get(key) or self.places.get("", Where())


def load_config(folder: StationFolder) -> tuple[StationConfig | None, list[Problem]]:
    """The settings of ``folder`` and their problems; None when the file cannot be read at all.

    A value that cannot be read leaves its default in force.
    """
    problems: list[Problem] = []
    root = read_file(folder.config, problems=problems)
    return _read(root) if root else None, problems


def _read(root: Mark) -> StationConfig | None:
    values = root.mapping(CONFIG_KEYS, required=("name",))
    if not root.is_mapping():
        return None
    default = StationConfig(name="")

    def take(key: str, read: Callable[[Mark], _T | None], otherwise: _T) -> _T:
        value = read(values[key]) if key in values else None
        return otherwise if value is None else value

    if "output" in values and "outputs" in values:
        _complain_of_both(values["output"])
    rails = take("rails", read_rails, default.rails)
    quiet_until, quiet_from = take(
        "quiet_hours",
        _quiet_hours,
        (rails.quiet_until or default.quiet_until, rails.quiet_from or default.quiet_from),
    )
    profile = take("profile", _profile, default.profile)
    return StationConfig(
        name=take("name", Mark.text, default.name),
        commune=take("commune", Mark.text, default.commune),
        province=take("province", Mark.text, default.province),
        frequency=take("frequency", Mark.text, default.frequency),
        contact=take("contact", Mark.text, default.contact),
        voices=take("voices", _voices, default.voices),
        voice_by_topic=take("voice_by_topic", _voice_by_topic, default.voice_by_topic),
        online=take("online", Mark.boolean, default.online),
        output=take("output", read_output, default.output),
        outputs=take("outputs", read_outputs, default.outputs),
        amplifier=take("amplifier", read_amplifier, default.amplifier),
        relays=take("relays", read_relays, default.relays),
        alarm=take("alarm", read_alarm, default.alarm),
        quiet_until=quiet_until,
        quiet_from=quiet_from,
        rails=rails,
        calendar=take("calendar", read_calendar, default.calendar),
        late=take("late", _late, default.late),
        after_interrupt=take("after_interrupt", read_after_interrupt, default.after_interrupt),
        mic=take("mic", read_mic, default.mic),
        fallback=take("fallback", Mark.text, default.fallback),
        approval=take("approval", read_approval, default.approval),
        prepare_ahead_ms=take("prepare_ahead", _prepare_ahead, default.prepare_ahead_ms),
        cache_max_mb=take("cache_max_mb", _cache_max, default.cache_max_mb),
        archive=take("archive", read_archive, default.archive),
        report=take("report", read_report, default.report),
        profile=profile,
        loudness=take("loudness", _loudness, PROFILES[profile].lufs),
        language=take("language", _language, default.language),
        reading=take("reading", _reading, default.reading),
        places=_places(root, values),
    )


def _places(root: Mark, values: Mapping[str, Mark]) -> dict[str, Where]:
    """Of each key, and of each voice by its number or topic."""
    places = {"": root.where, **{key: mark.where for key, mark in values.items()}}
    if "voices" in values:
        voices = [item for item in _again(values["voices"]).items() if item.text()]
        places |= {f"voices.{number}": voice.where for number, voice in enumerate(voices)}
    if "voice_by_topic" in values:
        topics = _again(values["voice_by_topic"]).pairs()
        places |= {f"voice_by_topic.{topic}": voice.where for _key, topic, voice in topics}
    return places


def _again(mark: Mark) -> Mark:
    """To be read a second time, without its problems being told twice."""
    return replace(mark, problems=[])


def _complain_of_both(mark: Mark) -> None:
    message = _("“outputs” stands here too, so “output” is not looked at")
    hint = _("keep one of the two")
    mark.complain("output-twice", message, hint, severity=Severity.WARNING)


def _voices(mark: Mark) -> tuple[str, ...] | None:
    voices = mark.texts()
    if not voices:
        mark.bad_value("no-voices", _("name at least one voice, like espeak"))
    return voices or None


def _voice_by_topic(mark: Mark) -> dict[str, str] | None:
    voices = {topic: value.text() for _key, topic, value in mark.pairs() if not value.is_empty()}
    return {topic: voice for topic, voice in voices.items() if voice}


def _quiet_hours(mark: Mark) -> tuple[time, time] | None:
    """(until, from): no start is allowed before the one or after the other."""
    values = mark.mapping(("from", "until"), required=("from", "until"))
    if len(values) < 2:
        return None
    until, since = values["until"].time(), values["from"].time()
    if until is None or since is None:
        return None
    if until >= since:
        message = _("the quiet hours leave no time to broadcast")
        mark.complain("no-time-left", message, _("write the evening in “from”, morning in “until”"))
        return None
    return until, since


def _late(mark: Mark) -> LatePolicy:
    return read_late(mark, default=LatePolicy())


def _prepare_ahead(mark: Mark) -> int | None:
    return mark.duration_ms(low=_HOUR_MS, high=14 * 24 * _HOUR_MS)


def _cache_max(mark: Mark) -> int | None:
    return mark.integer(low=50, high=10_000_000)


def _profile(mark: Mark) -> str | None:
    return mark.choice({name: name for name in PROFILES})


def _loudness(mark: Mark) -> float | None:
    return mark.number(low=-30, high=-10)


def _language(mark: Mark) -> str | None:
    return mark.choice({name: name for name in LANGUAGES})


def _reading(mark: Mark) -> ReadingStyle:
    """The choices that can be read; a slip costs that choice only."""
    chosen = {
        name: value.choice({word: word for word in CHOICES[name]})
        for name, value in mark.mapping(CHOICES).items()
    }
    return ReadingStyle.of(**{name: word for name, word in chosen.items() if word})
