"""The evening before: what tomorrow would lack for want of an approval.

It stands apart because it is an alarm for the approver, who still has the night, and not for the
operator, to whom nothing is wrong yet.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.station.preparing.awaiting import awaited
from broadcaster.station.watch.cause import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.approval import ApprovalSettings

__all__ = ["awaiting_approval"]


def awaiting_approval(
    folder: StationFolder, approval: ApprovalSettings, now: datetime
) -> Iterator[Cause]:
    """From the set time of the evening on, a cause for each start until the end of tomorrow."""
    local = now.astimezone(LOCAL)
    if not approval.required or local.time() < approval.remind:
        return
    tomorrow = local.date() + timedelta(days=1)
    for start in awaited(folder):
        if local < start.starts_at and start.starts_at.date() <= tomorrow:
            text = _("“{title}” at {time} waits for an approval: {reasons} → broadcaster pending")
            at = f"{start.starts_at:%H:%M %d/%m}"
            text = text.format(title=start.title, time=at, reasons=start.reasons)
            yield Cause(f"awaits-approval {at} {start.title}", "awaits-approval", text)
