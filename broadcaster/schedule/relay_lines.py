"""``- relay: NAME`` of a programme: another station, for how long or until when, and what else.

It stands apart from `sources` because its span stands beside the name, as keys of the line.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import SHORTEST_RELAY_MS, SegmentKind, SegmentPlan
from broadcaster.schedule.choices import CHOICE_KEYS, read_choice

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["FALLBACK_KEYS", "SPAN_KEYS", "read_relay", "relay_end_ms", "with_span"]

SPAN_KEYS = ("for", "until", "fallback")
FALLBACK_KEYS = ("music", "bulletins")
_MUSIC = "nhac-nen"
_LONGEST_MS = 6 * 3_600_000


def read_relay(mark: Mark) -> SegmentPlan | None:
    """The line without its span; None after a problem."""
    name = mark.text()
    return SegmentPlan(kind=SegmentKind.RELAY, relay=name, asset=_MUSIC) if name else None


def with_span(line: SegmentPlan, mark: Mark, values: dict[str, Mark]) -> SegmentPlan | None:
    """``line`` with ``for`` or ``until``, and what its ``fallback`` says; None where it has no
    end, or two."""
    spans = [key for key in ("for", "until") if key in values]
    if len(spans) != 1:
        message = _("this relay has two ends") if spans else _("this relay has no end")
        hint = _("write “for: 30m” or “until: 06:00” beside it")
        mark.complain("relay-end", message, hint)
        return None
    if "fallback" in values:
        line = _with_fallback(line, values["fallback"])
    if "until" in values:
        until = values["until"].time()
        return replace(line, until=until) if until else None
    length_ms = values["for"].duration_ms(low=SHORTEST_RELAY_MS, high=_LONGEST_MS)
    return replace(line, length_ms=length_ms) if length_ms else None


def _with_fallback(line: SegmentPlan, mark: Mark) -> SegmentPlan:
    """``fallback: NAME``, or ``{music: NAME, bulletins: {…}}``."""
    values = mark.mapping(FALLBACK_KEYS) if mark.is_mapping() else {"music": mark}
    music = values["music"].text() if "music" in values else None
    choice = None
    if "bulletins" in values:
        choice = read_choice(values["bulletins"].mapping(CHOICE_KEYS))
    return replace(line, asset=music or line.asset, choice=choice)


def relay_end_ms(line: SegmentPlan, starts_at: datetime) -> int:
    """When a relay with ``until`` ends, in milliseconds of a programme that starts then."""
    assert line.until is not None
    end = datetime.combine(starts_at.date(), line.until, starts_at.tzinfo)
    if end <= starts_at:
        end += timedelta(days=1)
    return (end - starts_at) // timedelta(milliseconds=1)
