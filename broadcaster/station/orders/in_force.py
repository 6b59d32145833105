"""The emergencies that go on at this moment, as the rows of their orders say.

It stands apart from the daemon, which has them in its memory: the page asks in another process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.asrun import CommandQueue
from broadcaster.station.orders.emergency import LONGEST, Emergency
from broadcaster.station.orders.standing import StandingOrders

if TYPE_CHECKING:
    from datetime import datetime

    from broadcaster.asrun import Store
    from broadcaster.station.folder import StationFolder

__all__ = ["emergencies_in_force"]


def emergencies_in_force(folder: StationFolder, store: Store, now: datetime) -> list[Emergency]:
    """Those of which something is still to be heard, the earliest first."""
    standing = StandingOrders()
    standing.recall(folder, CommandQueue(store).done_since(now - LONGEST))
    return [
        emergency
        for emergency in standing.emergencies
        if now < emergency.expires_at
        and any(reading.ends_by > now for reading in emergency.around(now))
    ]
