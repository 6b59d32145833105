"""One line of the self-check.

It stands apart from the checks because several modules make findings, and none knows the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Finding", "area_names", "verdict"]


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


def verdict(findings: Sequence[Finding]) -> str:
    """All of them in a sentence: how many are to be mended, or else to be looked at."""
    states = [finding.ok for finding in findings]
    if failed := states.count(False):
        return ngettext("{n} thing to mend.", "{n} things to mend.", failed).format(n=failed)
    if unsure := states.count(None):
        return ngettext(
            "Nothing to mend; {n} thing to look at.",
            "Nothing to mend; {n} things to look at.",
            unsure,
        ).format(n=unsure)
    return _("All is well.")
