"""After a crash: what was on air, whether it was heard, and how far it came.

The log knows what had started; the pulse knows the last instant at which the playout lived.  A
start that was written and never heard is taken back, so that it may start after all; one that was
heard goes on at its right place, or is closed as cut.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import LateAction, Outcome
from broadcaster.playout import Interrupted, State, Unfinished, latest_start
from broadcaster.station import reasons
from broadcaster.station.air.desk import REMEMBERED
from broadcaster.station.air.onair import Heard, marks_of
from broadcaster.station.preparing.prepared import own_programme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.model import AsRunEntry, Occurrence
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.preparing.prepared import PreparedProgrammes

__all__ = ["Recovered", "recover", "responsible_since"]

_log = logging.getLogger(__name__)
_MS = timedelta(milliseconds=1)
_LONGEST_OUTAGE = timedelta(days=31)
"""Starts that lie further back are not listed as missed, one by one, after a long rest."""
_LONG_OVER = timedelta(days=1)
_ARMED_AHEAD = timedelta(minutes=1)
"""A start is written shortly before it sounds; one that lies further ahead sounded when the clock
showed another time."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the desk begins with: its books, and what was heard of that which may go on."""

    state: State
    left: dict[str, Heard]


def responsible_since(log: AsRunLog, beat: Beat | None, now: datetime) -> datetime:
    """Since when a planned start that was not heard is a missed one: the last sign of life.

    On a station's first day it is now: nobody promised what lay before.  What was on air when a
    crash came lies within it.
    """
    broken_off = [entry.scheduled_at for entry in log.open_occurrences()]
    signs = [log.last_written_at(before=now), beat.at if beat else None]
    alive = max((sign for sign in signs if sign and sign <= now), default=now)
    return max(min([alive, *broken_off]), now - _LONGEST_OUTAGE)


def recover(
    log: AsRunLog,
    prepared: PreparedProgrammes,
    occurrences: Sequence[Occurrence],
    *,
    beat: Beat | None,
    now: datetime,
    is_trusted: bool = True,
) -> Recovered:
    """What the desk goes on with; writes what the crash and the time after it left unwritten.

    ``occurrences`` reach back to :func:`responsible_since`.  Where the clock ``is_trusted`` by
    nobody, nothing goes on, and nothing is missed yet.
    """
    if not is_trusted:
        return _timeless(log, prepared, occurrences, beat)
    known = {occurrence.id: occurrence for occurrence in occurrences}
    left: dict[str, Heard] = {}
    unfinished: dict[str, Unfinished | Interrupted] = {}
    for found in log.open_occurrences():
        entry = _without_unheard(log, found, beat, now)
        if not entry.starts:
            continue
        occurrence = known.get(entry.occurrence)
        if occurrence and (paused := _paused(entry, occurrence, prepared)):
            left[entry.occurrence], unfinished[entry.occurrence] = paused
            continue
        heard = _heard(entry, occurrence, prepared, beat) if occurrence else None
        if occurrence and heard and now < (rest := _rest(occurrence, heard)).ends_at:
            left[entry.occurrence], unfinished[entry.occurrence] = heard, rest
        else:
            _close(log, entry, heard, beat)
    ended = _ended(log, prepared, occurrences, now=now)
    return Recovered(State(ledger={**ended, **unfinished}), left)


def _timeless(
    log: AsRunLog,
    prepared: PreparedProgrammes,
    occurrences: Sequence[Occurrence],
    beat: Beat | None,
) -> Recovered:
    """Nobody knows how far the programmes would be by now: their books are closed."""
    known = {occurrence.id: occurrence for occurrence in occurrences}
    closed: dict[str, Outcome] = {}
    for found in log.open_occurrences():
        entry = _without_unheard(log, found, beat, None)
        if entry.starts:
            occurrence = known.get(entry.occurrence)
            heard = _heard(entry, occurrence, prepared, beat) if occurrence else None
            _close(log, entry, heard, beat)
            closed[entry.occurrence] = Outcome.CUT
    return Recovered(State(ledger=closed), {})


def _without_unheard(
    log: AsRunLog, entry: AsRunEntry, beat: Beat | None, now: datetime | None
) -> AsRunEntry:
    """``entry`` without its last start where the playout died before that sounded.

    The last beat knows, unless the power was cut since; then only a start that still lies ahead
    was surely not heard.
    """
    last = entry.starts[-1]
    if beat is not None and beat.this_boot:
        unheard = beat.at < last
    else:
        unheard = now is not None and now < last <= now + _ARMED_AHEAD
    if unheard:
        log.retract_start(entry.occurrence, reason=str(reasons.not_heard()))
        return replace(entry, starts=entry.starts[:-1])
    return entry


def _paused(
    entry: AsRunEntry, occurrence: Occurrence, prepared: PreparedProgrammes
) -> tuple[Heard, Interrupted] | None:
    """What an interrupt had silenced when the station broke down; None where it sounded, or that
    very sound is not there any more."""
    programme = prepared.get(occurrence)
    if entry.paused_at is None or entry.paused_at < entry.starts[-1]:
        return None
    if programme is None or programme.audio_sha256 != entry.audio_sha256:
        return None
    began = _begins_at_zero(entry, occurrence)
    rest = Interrupted(
        started_at=began,
        from_ms=entry.resume_ms,
        duration_ms=programme.duration_ms,
        marks_ms=marks_of(programme),
    )
    return Heard(programme, began, told_until=entry.paused_at), rest


def _heard(
    entry: AsRunEntry, occurrence: Occurrence, prepared: PreparedProgrammes, beat: Beat | None
) -> Heard | None:
    """What sounded until the last beat; None where that very sound is not there any more."""
    programme = prepared.get(occurrence)
    if programme is None or programme.audio_sha256 != entry.audio_sha256:
        return None
    heard = Heard(programme, _zero(entry, occurrence, beat))
    heard.told_until = entry.paused_at
    until = min(_alive_until(entry, beat), heard.ends_at)
    since = _since(entry)
    if until > since:
        heard.spans.append((since, until))
    return heard


def _zero(entry: AsRunEntry, occurrence: Occurrence, beat: Beat | None) -> datetime:
    """When position 0 of the programme sounded, or would have: the beat knows, or its start."""
    if beat is not None and beat.is_of(entry.occurrence):
        return beat.at - beat.position_ms * _MS
    if entry.paused_at is not None:
        return _since(entry) - entry.resume_ms * _MS
    return _begins_at_zero(entry, occurrence)


def _begins_at_zero(entry: AsRunEntry, occurrence: Occurrence) -> datetime:
    """As long as nothing interrupted it."""
    joined = occurrence.slot.late.action is LateAction.JOIN
    return entry.scheduled_at if joined else entry.starts[0]


def _since(entry: AsRunEntry) -> datetime:
    """The first of the starts that no interrupt has closed."""
    paused_at = entry.paused_at
    return next(at for at in entry.starts if paused_at is None or at > paused_at)


def _alive_until(entry: AsRunEntry, beat: Beat | None) -> datetime:
    return max(entry.starts[-1], beat.at) if beat else entry.starts[-1]


def _rest(occurrence: Occurrence, heard: Heard) -> Unfinished:
    longest = heard.zero + occurrence.slot.max_ms * _MS
    ends_at = min(heard.ends_at, longest)
    return Unfinished(heard.zero, min(ends_at, occurrence.expires_at or ends_at))


def _close(log: AsRunLog, entry: AsRunEntry, heard: Heard | None, beat: Beat | None) -> None:
    """Write the end that the crash left unwritten, with the parts that were heard."""
    reason = str(reasons.broken_off())
    _log.warning("%s: %s", entry.occurrence, reason)
    log.ended(
        entry.occurrence,
        at=(heard.until if heard else None) or _alive_until(entry, beat),
        outcome=Outcome.CUT,
        reason=reason,
        segments=heard.segments() if heard else (),
    )


def _ended(
    log: AsRunLog,
    prepared: PreparedProgrammes,
    occurrences: Sequence[Occurrence],
    *,
    now: datetime,
) -> dict[str, Outcome]:
    """What the log knows by now; starts that a long outage swallowed are missed first."""
    since = min([now - REMEMBERED, *(o.starts_at for o in occurrences)])
    ledger = {i: entry.outcome for i, entry in log.ledger(since).items()}
    for occurrence in occurrences:
        if occurrence.id not in ledger and latest_start(occurrence) < now - _LONG_OVER:
            programme = own_programme(prepared, occurrence)
            log.missed(occurrence, reason=str(reasons.not_running()), programme=programme)
            ledger[occurrence.id] = Outcome.MISSED
    return {i: outcome for i, outcome in ledger.items() if outcome is not Outcome.ON_AIR}
