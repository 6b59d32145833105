"""After a crash: what was on air, whether it was heard, and how far it came.

The log knows what had started; the pulse knows the last instant at which the playout lived.  A
start that was written and never heard is taken back, so that it may start after all; one that was
heard goes on at its right place, or is closed as cut.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import LateAction, Outcome
from broadcaster.playout import State, Unfinished
from broadcaster.station.onair import heard_segments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.model import AsRunEntry, AsRunSegment, Occurrence
    from broadcaster.station.prepared import PreparedProgrammes
    from broadcaster.station.pulse import Beat

__all__ = ["recover", "responsible_since"]

_log = logging.getLogger(__name__)
_REMEMBERED = timedelta(days=2)


def responsible_since(log: AsRunLog, beat: Beat | None, now: datetime) -> datetime:
    """Since when a planned start that was not heard is a missed one: the last sign of life.

    On a station's first day it is now: nobody promised what lay before.  What was on air when a
    crash came lies within it.
    """
    broken_off = [entry.scheduled_at for entry in log.open_occurrences()]
    signs = [log.last_written_at(), beat.at if beat else None]
    alive = max((sign for sign in signs if sign and sign <= now), default=now)
    return min([alive, *broken_off])


def recover(
    log: AsRunLog,
    prepared: PreparedProgrammes,
    occurrences: Sequence[Occurrence],
    *,
    beat: Beat | None,
    now: datetime,
) -> State:
    """The state in which the desk goes on; writes what the crash left unwritten.

    ``occurrences`` reach back to what may have been on air.
    """
    known = {occurrence.id: occurrence for occurrence in occurrences}
    unfinished: dict[str, Unfinished] = {}
    for entry in log.open_occurrences():
        if _was_not_heard(entry, beat):
            log.retract_start(entry.occurrence, reason=_("the station broke down before the sound"))
            if len(entry.starts) == 1:
                continue
        if going_on := _going_on(entry, known.get(entry.occurrence), prepared, now):
            unfinished[entry.occurrence] = going_on
        else:
            _close(log, entry, known.get(entry.occurrence), prepared, beat)
    past = log.ledger(now - _REMEMBERED).items()
    ended = {i: entry.outcome for i, entry in past if entry.outcome is not Outcome.ON_AIR}
    return State(ledger={**ended, **unfinished})


def _was_not_heard(entry: AsRunEntry, beat: Beat | None) -> bool:
    """Whether the playout died before the last start that it had written."""
    return beat is not None and beat.this_boot and beat.at < entry.starts[-1]


def _zero(entry: AsRunEntry, occurrence: Occurrence) -> datetime:
    """When position 0 of the programme sounded, or would have."""
    joined = occurrence.slot.late.action is LateAction.JOIN
    return entry.scheduled_at if joined else entry.starts[0]


def _going_on(
    entry: AsRunEntry, occurrence: Occurrence | None, prepared: PreparedProgrammes, now: datetime
) -> Unfinished | None:
    """The rest of what was on air, when the very same sound still lies ready."""
    found = prepared.get(occurrence) if occurrence else None
    if occurrence is None or found is None or found[0].audio_sha256 != entry.audio_sha256:
        return None
    zero = _zero(entry, occurrence)
    ends_at = zero + timedelta(milliseconds=min(found[0].duration_ms, occurrence.slot.max_ms))
    return Unfinished(zero, ends_at) if now < ends_at else None


def _close(
    log: AsRunLog,
    entry: AsRunEntry,
    occurrence: Occurrence | None,
    prepared: PreparedProgrammes,
    beat: Beat | None,
) -> None:
    """Write the end that the crash left unwritten, with the parts that were heard."""
    alive = beat is not None and beat.is_of(entry.occurrence)
    until = beat.at if beat is not None and alive else entry.starts[-1]
    found = prepared.get(occurrence) if occurrence else None
    segments: tuple[AsRunSegment, ...] = ()
    if occurrence and found and found[0].audio_sha256 == entry.audio_sha256:
        zero = _zero(entry, occurrence)
        until = min(until, zero + timedelta(milliseconds=found[0].duration_ms))
        segments = heard_segments(found[0], zero, [(entry.starts[0], until)])
    reason = _("the station broke down while it was on air")
    _log.warning("%s: %s", entry.occurrence, reason)
    log.ended(entry.occurrence, at=until, outcome=Outcome.CUT, reason=reason, segments=segments)
