"""``rails:`` of station.yaml: what the station may broadcast at most, by profile and by itself.

A profile is a starting point with its source, never an official form; every number of it can be
written otherwise.  It stands apart from the other settings because its sources belong beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import nearest
from broadcaster.model import Rails, Surge
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.yamlmark import Mark

__all__ = ["PROFILES", "RAIL_KEYS", "SURGE_KEYS", "rails_text", "read_rails"]

_MINUTE_MS = 60_000
_DAY_MS = 86_400_000
PROFILES = {
    "xa": Rails(
        quiet_until=time(5, 30),
        quiet_from=time(21),
        session_ms=60 * _MINUTE_MS,
        sessions=3,
    ),
    "phuong-ha-noi": Rails(session_ms=15 * _MINUTE_MS, sessions=2, days=5),
    "xa-ha-noi": Rails(session_ms=45 * _MINUTE_MS, sessions=2, days=5),
}
"""``xa``: a ward's way with Nghị định 49/2024, press of 12/2025: two sessions a day of 60 minutes
from 05:30 and 17:00, one at noon if it likes; 21:00 is the night of QCVN 26:2010/BTNMT.
``phuong-ha-noi``: Hà Nội 3/2021, press: two sessions a day of 15 minutes, five days a week.
``xa-ha-noi``: the same for rural communes, 45 minutes with the relay."""

_LIMITS = ("session", "sessions", "days")
RAIL_KEYS = ("profile", *_LIMITS, "surges")
SURGE_KEYS = ("from", "until", *_LIMITS, "reason")


def read_rails(mark: Mark) -> Rails:
    """``xa``, or ``{profile: xa, session: 45m, sessions: 2, days: 6, surges: […]}``."""
    if not mark.is_mapping():
        return _profile(mark)
    values = mark.mapping(RAIL_KEYS)
    rails = _profile(values["profile"]) if "profile" in values else Rails()
    rails = replace(rails, **_limits(values))
    surges = values["surges"].items() if "surges" in values else []
    return replace(rails, surges=tuple(found for item in surges if (found := _surge(item))))


def _profile(mark: Mark) -> Rails:
    name = mark.text()
    if name is None or name.casefold() in PROFILES:
        return PROFILES[name.casefold()] if name else Rails()
    mark.bad_value("unknown-rails", nearest(name, PROFILES))
    return Rails()


def _limits(values: Mapping[str, Mark]) -> dict[str, Any]:
    """What was written of the three limits, under the names of :class:`Rails`."""
    session_ms = sessions = days = None
    if "session" in values:
        session_ms = values["session"].duration_ms(low=_MINUTE_MS, high=_DAY_MS)
    if "sessions" in values:
        sessions = values["sessions"].integer(low=1, high=100)
    if "days" in values:
        days = values["days"].integer(low=1, high=7)
    found = {"session_ms": session_ms, "sessions": sessions, "days": days}
    return {name: value for name, value in found.items() if value is not None}


def _surge(mark: Mark) -> Surge | None:
    """A period with more; None without its two days."""
    values = mark.mapping(SURGE_KEYS, required=("from", "until"))
    first = values["from"].date() if "from" in values else None
    last = values["until"].date() if "until" in values else None
    if first is None or last is None:
        return None
    if last < first:
        message = _("the last day, {last}, is before the first day, {first}")
        message = message.format(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
        values["until"].complain("dates-reversed", message, _("exchange the two dates"))
        return None
    reason = (values["reason"].text() or "") if "reason" in values else ""
    return Surge(first=first, last=last, reason=reason, **_limits(values))


def rails_text(rails: Rails) -> str:
    """``rails`` as station.yaml has them, without a profile."""
    surges = ", ".join(
        f"{{from: {surge.first}, until: {surge.last}, {_limits_text(surge)}}}"
        for surge in rails.surges
    )
    parts = [_limits_text(rails), f"surges: [{surges}]" if surges else ""]
    return f"{{{', '.join(filter(None, parts))}}}"


def _limits_text(limits: Rails | Surge) -> str:
    session = duration_text(limits.session_ms) if limits.session_ms is not None else None
    values = {"session": session, "sessions": limits.sessions, "days": limits.days}
    return ", ".join(f"{name}: {value}" for name, value in values.items() if value is not None)
