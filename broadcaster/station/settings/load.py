"""station.yaml → StationConfig, with every problem of the file at once.

It stands apart from its keys, of which every larger one has a file of its own, because here they
meet.  Every key has a default but the name, so that a slip in one line costs that line only.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

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

_HOUR_MS = 3_600_000


def load_config(folder: StationFolder) -> tuple[StationConfig | None, list[Problem]]:
    """The settings of ``folder`` and their problems; None when the file cannot be read at all.

    A value that cannot be read leaves its default in force.
    """
    problems: list[Problem] = []
    root = read_file(folder.config, problems=problems)
    return _read(root) if root else None, problems


def _read(root: Mark) -> StationConfig | None:
    marks = root.mapping(CONFIG_KEYS, required=("name",))
    if not root.is_mapping():
        return None
    if "output" in marks and "outputs" in marks:
        _complain_of_both(marks["output"])
    found = {key: value for key, mark in marks.items() if (value := _KEYS[key](mark)) is not None}
    return StationConfig(**{"name": ""} | _by_field(found), places=_places(root, marks))


def _by_field(found: dict[str, Any]) -> dict[str, Any]:
    """The values of keys → those of fields: a key may say two of them, or take from another."""
    default = StationConfig(name="")
    rails = found.get("rails", default.rails)
    night = (rails.quiet_until or default.quiet_until, rails.quiet_from or default.quiet_from)
    quiet_until, quiet_from = found.pop("quiet_hours", night)
    ahead_ms = found.pop("prepare_ahead", default.prepare_ahead_ms)
    loudness = PROFILES[found.get("profile", default.profile)].lufs
    return {
        "loudness": loudness,
        "quiet_until": quiet_until,
        "quiet_from": quiet_from,
        "prepare_ahead_ms": ahead_ms,
        **found,
    }


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


_KEYS: Mapping[str, Callable[[Mark], Any]] = {
    "name": Mark.text,
    "commune": Mark.text,
    "province": Mark.text,
    "frequency": Mark.text,
    "contact": Mark.text,
    "voices": read_voices,
    "voice_by_topic": read_voice_by_topic,
    "online": Mark.boolean,
    "output": read_output,
    "outputs": read_outputs,
    "amplifier": read_amplifier,
    "relays": read_relays,
    "alarm": read_alarm,
    "quiet_hours": read_quiet_hours,
    "rails": read_rails,
    "calendar": read_calendar,
    "late": _late,
    "after_interrupt": read_after_interrupt,
    "mic": read_mic,
    "fallback": Mark.text,
    "approval": read_approval,
    "prepare_ahead": _prepare_ahead,
    "cache_max_mb": _cache_max,
    "archive": read_archive,
    "report": read_report,
    "profile": _profile,
    "loudness": _loudness,
    "language": _language,
    "reading": _reading,
}
"""What reads each key; None, after a problem, leaves the default in force."""

CONFIG_KEYS = tuple(_KEYS)
"""Every key of station.yaml; each is explained in the documentation, which a test looks after."""
