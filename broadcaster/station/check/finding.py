"""One line of the self-check.

It stands apart from the checks because several modules make findings, and none knows the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

__all__ = ["Finding", "area_names"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` None means "works, but look at it"; ``area`` is an English word for a machine."""

    area: str
    ok: bool | None
    message: str
    cure: str = ""


def area_names() -> dict[str, str]:
    """What each area is called."""
    return {
        "content": _("content"),
        "folders": _("folders"),
        "disk": _("disk"),
        "clock": _("clock"),
        "log": _("log"),
        "archive": _("archive"),
        "voices": _("voices"),
        "output": _("output"),
        "mixer": _("volume"),
        "amplifier": _("amplifier"),
        "service": _("service"),
        "page": _("control page"),
        "backup": _("backup"),
        "emergency": _("emergency"),
        "alarm": _("alarm"),
        "sound": _("test tone"),
        "relay": _("relay"),
    }
