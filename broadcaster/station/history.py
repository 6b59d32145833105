"""When each bulletin was last heard: what the log remembers, for the choice of the next one.

It stands apart because the preparer, the estimates and the simulation ask different logs.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from broadcaster.asrun import AsRunLog, Store, StoreError
from broadcaster.clock import LOCAL, SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from broadcaster.model import Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = ["Aired", "aired_in", "history", "never_aired"]

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


@contextmanager
def history(folder: StationFolder) -> Iterator[Aired]:
    """As :func:`aired_in`, from the station's own log, which is open as long as the context.

    Where there is no log, or none that can be read, nothing was heard.
    """
    with ExitStack() as stack:
        aired: Aired = never_aired
        if folder.database.exists():
            try:
                store = stack.enter_context(Store.open(folder.database, clock=SystemClock()))
                aired = aired_in(AsRunLog(store))
            except StoreError as error:
                _log.warning("the choice of bulletins knows no history: %s", error)
        yield aired


def never_aired(_occurrence: Occurrence) -> Mapping[str, date]:
    """What a station remembers that has no log."""
    return {}
