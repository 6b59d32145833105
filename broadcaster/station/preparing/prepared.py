"""Where the air finds its sound: prepared files, and what stands in for them.

The ladder of late preparation: the occurrence's own programme (the preparer keeps the last good
one until a new one is whole) → the day's fallback programme → nothing, and the log says missed.
It stands apart from preparation so that the playout loads nothing that speaks or mixes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from broadcaster.clock import LOCAL
from broadcaster.errors import BroadcasterError
from broadcaster.model import Occurrence, Priority, Slot
from broadcaster.playout import Reason
from broadcaster.station import reasons
from broadcaster.station.preparing import manifest, validity_file
from broadcaster.station.preparing.door import Door

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from broadcaster.model import PreparedProgramme, WeekPlan
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.consent import Decided

__all__ = ["PreparedFiles", "PreparedProgrammes", "WithFallback", "fallback_on", "own_programme"]

_log = logging.getLogger(__name__)


class PreparedProgrammes(Protocol):
    """Gives the programme of an occurrence at once, or None when there is none.

    ``left_out`` says why it is not the planned one.
    """

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None: ...


@dataclass(frozen=True, slots=True)
class PreparedFiles:
    """What the preparer process has left in the station folder.

    ``decided`` is the daemon's own, so that its loop opens no database and reads only new rows.
    """

    folder: StationFolder
    decided: Decided | None = None

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        """None, too, for the sound of a programme that the slot no longer airs, and for one that
        the last door before the air does not let out."""
        found = manifest.load(manifest.files_for(self.folder, occurrence).manifest)
        if found is None or found[0].programme_id != occurrence.programme.id:
            return None
        passed = self.examine(found[0], occurrence)
        if isinstance(passed, Reason):
            _tell(occurrence.id, str(passed))
            return None
        return passed

    def examine(
        self, programme: PreparedProgramme, occurrence: Occurrence
    ) -> PreparedProgramme | Reason:
        """``programme`` with its approvals, or why it may not be heard: it holds what does not
        hold on the day, or what nobody stands for."""
        day = occurrence.starts_at.astimezone(LOCAL).date()
        against = validity_file.refusal(self.folder, programme, day)
        return against or Door(self.folder, self.decided).examine(programme, occurrence)

    def refusal(self, occurrence: Occurrence, programme: PreparedProgramme) -> Reason | None:
        """Why ``programme`` may not go on: since it began, somebody may have given it back."""
        passed = self.examine(programme, occurrence)
        return passed if isinstance(passed, Reason) else None


@lru_cache(maxsize=256)
def _tell(occurrence_id: str, against: str) -> None:
    """Once, however often somebody looks."""
    _log.warning("%s: what lies ready is not aired: %s", occurrence_id, against)


@dataclass(frozen=True, slots=True)
class WithFallback:
    """``own`` programmes, and the fallback programme of ``plans`` where there is none."""

    own: PreparedProgrammes
    plans: Callable[[], Sequence[WeekPlan]]
    fallback_id: str

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        if found := self.own.get(occurrence):
            return found
        day = occurrence.starts_at.astimezone(LOCAL).date()
        fallback = fallback_on(self.plans(), self.fallback_id, day)
        found = self.own.get(fallback) if fallback else None
        if found is None:
            return None
        return replace(found, left_out=(str(reasons.fallback_aired()), *found.left_out))


def own_programme(prepared: PreparedProgrammes, occurrence: Occurrence) -> PreparedProgramme | None:
    """What lies ready of what was planned, and not what would stand in for it."""
    try:
        found = prepared.get(occurrence)
    except (BroadcasterError, OSError):
        return None
    return found if found and found.programme_id == occurrence.programme.id else None


def fallback_on(plans: Sequence[WeekPlan], programme_id: str, day: date) -> Occurrence | None:
    """The fallback programme of ``day``, dressed as an occurrence at midnight."""
    programme = next(
        (plan.programmes[programme_id] for plan in plans if programme_id in plan.programmes), None
    )
    if programme is None:
        return None
    slot = Slot(
        id=programme.id,
        start=time(0),
        days=frozenset(range(7)),
        programme_id=programme.id,
        priority=Priority.FALLBACK,
    )
    return Occurrence(slot, datetime.combine(day, time(0), LOCAL), programme)
