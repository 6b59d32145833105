"""When each bulletin was last heard: what the log remembers, for the choice of the next one.

It stands apart because the preparer, the estimates and the simulation ask different logs.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from broadcaster.asrun import AsRunLog, Store, StoreError
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from broadcaster.model import Broadcast, Occurrence
    from broadcaster.station.folder import StationFolder

__all__ = ["Aired", "aired_in", "history", "never_aired"]


class Aired(Protocol):
    """What the station remembers of what was heard."""

    def __call__(self, occurrence: Occurrence, /) -> Mapping[str, date]:
        """The last day on which each bulletin was heard before ``occurrence``."""

    def items_of(self, occurrence: Occurrence, /) -> Collection[str]:
        """The bulletins that were heard in ``occurrence``; none where it did not air to its end."""

    def broadcasts(self, first: date, last: date, /) -> Sequence[Broadcast]:
        """What was scheduled from ``first`` to ``last``, both included, as a plan counts it."""


_log = logging.getLogger(__name__)
_REMEMBERED = timedelta(days=92)
"""What was heard longer ago counts as never heard."""


@dataclass(frozen=True, slots=True)
class _Logged:
    log: AsRunLog

    def __call__(self, occurrence: Occurrence) -> dict[str, date]:
        heard = self.log.last_heard(occurrence.starts_at, within=_REMEMBERED)
        return {name: at.astimezone(LOCAL).date() for name, at in heard.items()}

    def items_of(self, occurrence: Occurrence) -> Collection[str]:
        entry = self.log.entry(occurrence.id)
        if entry is None or entry.outcome is not Outcome.AIRED:
            return ()
        return {part.bulletin_id for part in entry.segments if part.bulletin_id}

    def broadcasts(self, first: date, last: date) -> Sequence[Broadcast]:
        return self.log.broadcasts(first, last)


class _Nothing:
    """What a station remembers that has no log."""

    def __call__(self, _occurrence: Occurrence) -> Mapping[str, date]:
        return {}

    def items_of(self, _occurrence: Occurrence) -> Collection[str]:
        return ()

    def broadcasts(self, _first: date, _last: date) -> Sequence[Broadcast]:
        return ()


never_aired: Aired = _Nothing()


def aired_in(log: AsRunLog) -> Aired:
    """What ``log`` remembers, in local dates.

    What was scheduled at an occurrence's own start or later does not count for it, so that a
    programme that is made again after it aired is still the same.
    """
    return _Logged(log)


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
