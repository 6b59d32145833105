"""What the air needs now: a pure function of state, instant and rundown.

It holds no clock, no files and no threads, so that a year of a station can be run through it in
a test, and so that a simulation and the daemon cannot differ.  The caller carries the actions
out, enters them into its :class:`State`, and asks again at ``next_at`` or when something ends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import LateAction, Outcome
from broadcaster.playout import reasons
from broadcaster.playout.actions import Arm, Decision, Interrupted, Miss, Pause, Stop
from broadcaster.playout.follow import begins_at
from broadcaster.playout.interrupts import (
    given_way,
    goes_on_from,
    hopeless_after,
    interrupted,
    is_held,
)
from broadcaster.playout.priority import by_claim, cuts, ends
from broadcaster.playout.state import OnAir, State, Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from broadcaster.model import Occurrence
    from broadcaster.playout.actions import Action, Reason
    from broadcaster.playout.quiet import Gate

__all__ = ["GRACE", "LEAD", "SOON", "decide", "latest_start"]

LEAD = timedelta(seconds=1)
"""How early a start is armed, so that the player is connected when its time comes."""
SOON = timedelta(milliseconds=300)
"""How far ahead a start is armed that is late already."""
GRACE = timedelta(seconds=2)
"""A start within it counts as on time: a busy machine must not cost a slot."""
_TICK = timedelta(microseconds=1)


def decide(
    state: State, now: datetime, occurrences: Sequence[Occurrence], *, gate: Gate | None = None
) -> Decision:
    """The actions due at ``now``, in the order to carry them out, and when to ask again.

    ``occurrences`` are those around ``now`` in the order of the files: yesterday's too, for what
    crosses midnight, but none from before the station's first start, since whatever is too late
    and not in the ledger is missed.  Asking again at the same instant, once the actions are
    entered, gives none.
    """
    resumable = _resumable(state, now, occurrences)
    ends = [*_over(state, now), *_lost(state, resumable)]
    state = _entered(state, ends)
    hopeless = list(_hopeless(state, now, occurrences, gate))
    state = _entered(state, hopeless)
    misses = list(_missed(state, now, occurrences, gate))
    for miss in misses:
        state = state.closed(miss.occurrence.id, Outcome.MISSED)
    waiting = [o for o in occurrences if o.id not in state.ledger]
    waiting += interrupted(state, occurrences)
    starts = list(_start(state, now, waiting, resumable, gate))
    next_at = _next_at(state, now, waiting, starts)
    return Decision((*ends, *hopeless, *misses, *starts), next_at)


def _entered(state: State, ends: Sequence[Stop | Pause]) -> State:
    for end in ends:
        if isinstance(end, Pause):
            state = state.paused(end)
        else:
            state = state.closed(end.occurrence_id, Outcome.CUT)
    return state


def latest_start(occurrence: Occurrence) -> datetime:
    """The last instant at which ``occurrence`` may begin to sound."""
    expires_at = occurrence.expires_at
    allowed = _latest_start(occurrence)
    return min(allowed, expires_at - LEAD) if expires_at else allowed


def _latest_start(occurrence: Occurrence) -> datetime:
    on_time = occurrence.starts_at + GRACE
    match occurrence.slot.late.action:
        case LateAction.SKIP:
            return on_time
        case LateAction.JOIN:  # not after the slot's end, where nothing is left to join
            return max(on_time, min(occurrence.latest_start, occurrence.ends_by - GRACE))
        case LateAction.START:
            return max(on_time, occurrence.latest_start)


def _resumable(state: State, now: datetime, occurrences: Sequence[Occurrence]) -> OnAir | None:
    """The last of those that a crash interrupted and whose audio would still sound."""
    found = [
        OnAir(
            occurrence=occurrence,
            at=left.started_at,
            duration_ms=(left.ends_at - left.started_at) // timedelta(milliseconds=1),
        )
        for occurrence in occurrences
        if isinstance(left := state.ledger.get(occurrence.id), Unfinished)
    ]
    found = [item for item in found if item.ends_at > now + LEAD]  # less is not worth it
    return max(found, key=lambda item: item.at, default=None)


def _over(state: State, now: datetime) -> Iterator[Stop | Pause]:
    """What must fall silent: cut by what began after it, or longer than it may be."""
    begun = [item for item in state.on_air if item.at <= now]
    for item in begun:
        newest = max(begun, key=lambda other: other.at)
        if item.at < newest.at < item.ends_at:
            yield given_way(item, newest.occurrence, newest.at)
        elif item.is_too_long and item.ends_at <= now:
            yield Stop(item.occurrence.id, _why_over(item))


def _why_over(item: OnAir) -> Reason:
    expired = item.ends_at == item.occurrence.expires_at
    return reasons.expired() if expired else reasons.max_over(item.occurrence)


def _hopeless(
    state: State, now: datetime, occurrences: Sequence[Occurrence], gate: Gate | None
) -> Iterator[Stop]:
    """What was interrupted and will not go on: too late for it, not allowed any more, or not
    in the week any more."""
    known = {occurrence.id: occurrence for occurrence in interrupted(state, occurrences)}
    for occurrence_id, left in state.ledger.items():
        if not isinstance(left, Interrupted):
            continue
        if reason := _why_not_on(known.get(occurrence_id), left, now, gate):
            yield Stop(occurrence_id, reason)


def _why_not_on(
    occurrence: Occurrence | None, left: Interrupted, now: datetime, gate: Gate | None
) -> Reason | None:
    """Why it will not go on; None where it may."""
    if occurrence is None or now + SOON > hopeless_after(
        occurrence, left, latest_start(occurrence)
    ):
        return reasons.not_resumed()
    return gate.refusal(occurrence, now) if gate else None


def _yielded(
    loser: OnAir, new: Occurrence, at: datetime, *, now: datetime, gate: Gate | None
) -> Pause | Stop:
    """How ``loser`` falls silent for ``new``: for good, where it could not go on any more."""
    end = given_way(loser, new, at)
    if isinstance(end, Pause) and _why_not_on(loser.occurrence, end.left, now, gate):
        return Stop(end.occurrence_id, end.reason)
    return end


def _lost(state: State, resumable: OnAir | None) -> Iterator[Stop]:
    """What a crash interrupted and will not go on."""
    kept = resumable.occurrence.id if resumable else ""
    for occurrence_id, left in state.ledger.items():
        if isinstance(left, Unfinished) and occurrence_id != kept:
            yield Stop(occurrence_id, reasons.interrupted())


def _missed(
    state: State, now: datetime, occurrences: Sequence[Occurrence], gate: Gate | None
) -> Iterator[Miss]:
    """What can no longer start, or may not."""
    for occurrence in occurrences:
        begin = begins_at(occurrence, state)
        if occurrence.id in state.ledger or begin - LEAD > now:
            continue
        if _earliest(begin, now) > latest_start(occurrence):
            blocker = _newest(state.on_air)
            yield Miss(occurrence, reasons.too_late(occurrence, blocker))
        elif gate and (refusal := gate.refusal(occurrence, max(now, begin))):
            yield Miss(occurrence, refusal)


def _start(
    state: State,
    now: datetime,
    waiting: Sequence[Occurrence],
    resumable: OnAir | None,
    gate: Gate | None,
) -> Iterator[Arm | Pause | Stop]:
    """At most one start: of the strongest claim, as soon as what sounds has to give way."""
    left = None if state.on_air else resumable
    running = _newest(state.on_air) or left
    due = [occurrence for occurrence in waiting if begins_at(occurrence, state) - LEAD <= now]
    free_at = _free_at(running, due)
    for occurrence in by_claim(due, gone_before=state.ledger):
        at = max(_earliest(begins_at(occurrence, state), now), free_at or now)
        refused = gate is not None and gate.refusal(occurrence, at)
        if at - LEAD > now or refused or is_held(occurrence, at, due=waiting):
            continue
        if (arm := _arm(state, occurrence, at)) is None:
            continue
        losers = [item for item in state.on_air if item.at >= at or at <= now < item.ends_at]
        yield from (_yielded(item, occurrence, at, now=now, gate=gate) for item in losers)
        if left:
            yield Stop(left.occurrence.id, reasons.cut_by(occurrence))
        yield from _overtaken(state, occurrence, waiting)
        yield arm
        return
    if left and not is_held(left.occurrence, now, due=waiting):
        yield _resume(left, now)


def _overtaken(state: State, new: Occurrence, waiting: Sequence[Occurrence]) -> Iterator[Stop]:
    """What was interrupted, and would have been over now that ``new`` begins."""
    for occurrence in waiting:
        is_left = occurrence.id in state.ledger and occurrence is not new
        if is_left and cuts(new, occurrence) and ends(new, occurrence):
            yield Stop(occurrence.id, reasons.cut_by(new))


def _newest(on_air: Sequence[OnAir]) -> OnAir | None:
    return max(on_air, key=lambda item: item.at, default=None)


def _earliest(begin: datetime, now: datetime) -> datetime:
    """The first instant from ``begin`` on at which it could sound if the air were free."""
    return begin if begin >= now else now + SOON


def _free_at(running: OnAir | None, due: Sequence[Occurrence]) -> datetime | None:
    """When ``running`` ends, or the first of ``due`` cuts it."""
    if running is None:
        return None
    cutters = (o.starts_at for o in due if cuts(o, running.occurrence))
    return min([running.ends_at, *cutters])


def _arm(state: State, occurrence: Occurrence, at: datetime) -> Arm | None:
    """Its start at ``at``, or how it goes on; None where that is too late."""
    left = state.ledger.get(occurrence.id)
    latest = latest_start(occurrence)
    if isinstance(left, Interrupted):
        latest = hopeless_after(occurrence, left, latest)
        return _go_on(occurrence, left, at) if at <= latest else None
    return _begin(occurrence, at) if at <= latest else None


def _begin(occurrence: Occurrence, at: datetime) -> Arm:
    late = max(at - occurrence.starts_at, timedelta())
    late_ms = late // timedelta(milliseconds=1)
    joins = occurrence.slot.late.action is LateAction.JOIN and late > GRACE
    return Arm(occurrence=occurrence, at=at, from_ms=late_ms if joins else 0, late_ms=late_ms)


def _go_on(occurrence: Occurrence, left: Interrupted, at: datetime) -> Arm:
    late_ms = max(at - occurrence.starts_at, timedelta()) // timedelta(milliseconds=1)
    from_ms = goes_on_from(occurrence, left, at)
    return Arm(occurrence=occurrence, at=at, from_ms=from_ms, late_ms=late_ms, resumes=True)


def _resume(left: OnAir, now: datetime) -> Arm:
    at = max(left.started_at, now + SOON)
    return Arm(
        occurrence=left.occurrence,
        at=at,
        from_ms=(at - left.started_at) // timedelta(milliseconds=1),
        late_ms=(at - left.occurrence.starts_at) // timedelta(milliseconds=1),
        resumes=True,
    )


def _next_at(
    state: State, now: datetime, waiting: Sequence[Occurrence], starts: Sequence[Action]
) -> datetime | None:
    """The next instant at which the passing of time alone changes the answer."""
    instants = [start.at for start in starts if isinstance(start, Arm)]
    for item in state.on_air:
        instants += [item.at, item.ends_at - LEAD, item.ends_at]
    for occurrence in waiting:
        left = state.ledger.get(occurrence.id)
        latest = latest_start(occurrence)
        if isinstance(left, Interrupted):
            latest = hopeless_after(occurrence, left, latest)
        too_late = latest - SOON + _TICK
        begin = begins_at(occurrence, state)
        instants += [begin - LEAD, begin, too_late]
    return min((instant for instant in instants if instant > now), default=None)
