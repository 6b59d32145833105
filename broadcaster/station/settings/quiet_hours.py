"""``quiet_hours:`` of station.yaml: the night, in which nothing may start.

It stands apart from ``rails``, which may bring a night with their profile: what is written here
comes before it.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

    from broadcaster.yamlmark import Mark

__all__ = ["read_quiet_hours"]


def read_quiet_hours(mark: Mark) -> tuple[time, time] | None:
    """``{from: 21h, until: 5h}`` → (until, from): no start is allowed before the one or after the
    other.  None, after a problem, where they cannot be read."""
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
