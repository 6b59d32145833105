"""When each bulletin was last heard: what the log remembers, for the choice of the next one.

It stands apart because the preparer, the estimates and the simulation ask different logs.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from broadcaster.asrun import AsRunLog, Store, StoreError
from broadcaster.clock import LOCAL, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from broadcaster.model import Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = ["Aired", "aired_before", "aired_in"]

Aired: TypeAlias = "Callable[[Occurrence], Mapping[str, date]]"
"""For an occurrence: the last day on which each bulletin was heard before it."""

_log = logging.getLogger(__name__)
_REMEMBERED = timedelta(days=92)
"""What was heard longer ago counts as never heard."""


def aired_in(log: AsRunLog) -> Aired:
    """For an occurrence, the local date on which each bulletin was last heard before it.

    What was scheduled at its own start or later does not count, so that a programme that is made
    again after it aired is still the same.
    """

    def aired(occurrence: Occurrence) -> dict[str, date]:
        heard = log.last_heard(occurrence.starts_at, within=_REMEMBERED)
        return {name: at.astimezone(LOCAL).date() for name, at in heard.items()}

    return aired


def aired_before(folder: StationFolder) -> Aired:
    """As :func:`aired_in`, from the station's own log; without a log nothing was heard."""

    def aired(occurrence: Occurrence) -> Mapping[str, date]:
        if not folder.database.exists():
            return {}
        try:
            with Store.open(folder.database, clock=SystemClock()) as store:
                return aired_in(AsRunLog(store))(occurrence)
        except StoreError as error:
            _log.warning("%s: the choice of bulletins knows no history: %s", occurrence.id, error)
            return {}

    return aired
