"""What a station is and how it behaves: every setting with its default.

It stands apart from the reading of station.yaml, because whoever acts on the settings need not know
how they are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import time
from typing import TYPE_CHECKING, TypedDict

from broadcaster.errors import Where
from broadcaster.model import AfterInterrupt, LatePolicy, Rails, StationCalendar
from broadcaster.script.style import HOUSE_DEFAULT, ReadingStyle
from broadcaster.sound.profile import FLAT
from broadcaster.station.settings.alarm import AlarmSettings
from broadcaster.station.settings.approval import ApprovalSettings
from broadcaster.station.settings.archive import ArchiveSettings
from broadcaster.station.settings.mic import MicSettings
from broadcaster.station.settings.outputs import OutputSettings
from broadcaster.station.settings.report import ReportSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.station.settings.outputs import AmplifierSettings
    from broadcaster.station.settings.relays import RelaySettings

__all__ = ["StationConfig", "WeekDefaults"]

_HOUR_MS = 3_600_000
_DEFAULT_LATE = LatePolicy()
_NO_RAILS = Rails()
_DEFAULT_MIC = MicSettings()
_DEFAULT_APPROVAL = ApprovalSettings()
_DEFAULT_ARCHIVE = ArchiveSettings()
_DEFAULT_REPORT = ReportSettings()


class WeekDefaults(TypedDict):
    """Arguments of :func:`broadcaster.schedule.load_week`."""

    late: LatePolicy
    after_interrupt: AfterInterrupt
    calendar: StationCalendar


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
