"""station.yaml → StationConfig, with every problem of the file at once.

It stands apart from its keys, of which every larger one has a file of its own, because here they
meet.  Every key has a default but the name, so that a slip in one line costs that line only.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, TypeVar

from broadcaster.errors import Severity
from broadcaster.messages import LANGUAGES
from broadcaster.model import LatePolicy
from broadcaster.schedule import read_after_interrupt, read_late
from broadcaster.script.style import CHOICES, ReadingStyle
from broadcaster.sound.profile import PROFILES
from broadcaster.station.settings.alarm import read_alarm
from broadcaster.station.settings.approval import read_approval
from broadcaster.station.settings.archive import read_archive
from broadcaster.station.settings.calendar import read_calendar
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.mic import read_mic
from broadcaster.station.settings.outputs import read_amplifier, read_output, read_outputs
from broadcaster.station.settings.quiet_hours import read_quiet_hours
from broadcaster.station.settings.rails import read_rails
from broadcaster.station.settings.relays import read_relays
from broadcaster.station.settings.report import read_report
from broadcaster.station.settings.voices import read_voice_by_topic, read_voices, voice_places
from broadcaster.yamlmark import Mark, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadcaster.errors import Problem, Where
    from broadcaster.station.folder import StationFolder

__all__ = ["CONFIG_KEYS", "load_config"]

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
_HOUR_MS = 3_600_000


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
        read_quiet_hours,
        (rails.quiet_until or default.quiet_until, rails.quiet_from or default.quiet_from),
    )
    profile = take("profile", _profile, default.profile)
    return StationConfig(
        name=take("name", Mark.text, default.name),
        commune=take("commune", Mark.text, default.commune),
        province=take("province", Mark.text, default.province),
        frequency=take("frequency", Mark.text, default.frequency),
        contact=take("contact", Mark.text, default.contact),
        voices=take("voices", read_voices, default.voices),
        voice_by_topic=take("voice_by_topic", read_voice_by_topic, default.voice_by_topic),
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
    """Of each key, and of each voice."""
    places = {"": root.where, **{key: mark.where for key, mark in values.items()}}
    return places | voice_places(values.get("voices"), values.get("voice_by_topic"))


def _complain_of_both(mark: Mark) -> None:
    message = _("“outputs” stands here too, so “output” is not looked at")
    hint = _("keep one of the two")
    mark.complain("output-twice", message, hint, severity=Severity.WARNING)


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
