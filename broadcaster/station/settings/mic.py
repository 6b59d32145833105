"""``mic:`` of station.yaml: how long the schedule makes room for somebody at the microphone."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["MIC_KEYS", "MicSettings", "mic_text", "read_mic"]

MIC_KEYS = ("usual", "longest")
_MINUTE_MS = 60_000
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class MicSettings:
    """Milliseconds: without a number, and at most."""

    usual_ms: int = 15 * _MINUTE_MS
    longest_ms: int = 120 * _MINUTE_MS


def read_mic(mark: Mark) -> MicSettings | None:
    """``{usual: 15m, longest: 2h}``; what is missing or cannot be read keeps its default.

    None where the two contradict each other."""
    values = mark.mapping(MIC_KEYS)
    found = {
        name: value.duration_ms(low=_MINUTE_MS, high=_DAY_MS) for name, value in values.items()
    }
    default = MicSettings()
    settings = MicSettings(
        found.get("usual") or default.usual_ms, found.get("longest") or default.longest_ms
    )
    if settings.usual_ms <= settings.longest_ms:
        return settings
    message = _("the microphone would be on longer than it may")
    mark.complain("mic-too-long", message, _("make “longest” longer than “usual”"))
    return None


def mic_text(mic: MicSettings) -> str:
    """As station.yaml has it."""
    usual, longest = duration_text(mic.usual_ms), duration_text(mic.longest_ms)
    return f"{{usual: {usual}, longest: {longest}}}"
