"""The announcer's desk: carries out what the decision asks, and keeps the log of it.

The daemon and the simulation sit at the same desk; only clock, output and the source of prepared
programmes differ.  It never waits, never speaks, never mixes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from broadcaster.asrun import RefusedError
from broadcaster.errors import BroadcasterError
from broadcaster.model import Outcome, Priority
from broadcaster.playout import (
    Arm,
    Ended,
    Failed,
    Interrupted,
    Miss,
    Pause,
    Resumed,
    Started,
    State,
    Stop,
    decide,
)
from broadcaster.station import reasons
from broadcaster.station.air.books import Books
from broadcaster.station.air.onair import Heard, Sounding, marks_of
from broadcaster.station.preparing.prepared import own_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.playout import Action, Event, Gate, Reason, Zones
    from broadcaster.station.preparing.prepared import PreparedProgrammes

__all__ = ["REMEMBERED", "Desk"]

_log = logging.getLogger(__name__)
_TOO_LATE = {"too-late", "late-skip"}
REMEMBERED = timedelta(days=2)
"""How long the desk itself knows what became of a start; the log knows it for ever."""


def _never() -> bool:
    return False


def _lets_out(_occurrence: Occurrence, _programme: PreparedProgramme) -> Reason | None:
    return None


def _without_excuse(_occurrence: Occurrence) -> Reason | None:
    return None


@dataclass(slots=True, kw_only=True)
class Desk:
    """Runs the air from one instant to the next; see :meth:`tick`.

    ``zones_for`` gives the outputs on which an occurrence sounds, each with its programme; None
    when there is nothing to play.  ``left`` holds what a crash broke off and the decision may
    let go on; ``extra`` what an operator ordered, which no week holds.
    """

    clock: Clock
    log: AsRunLog
    prepared: PreparedProgrammes
    zones_for: Callable[[Occurrence, PreparedProgramme | None], Zones | None]
    occurrences: Callable[[datetime], Sequence[Occurrence]]
    gate: Gate | None = None
    state: State = field(default_factory=State)
    left: dict[str, Heard] = field(default_factory=dict)
    extra: list[Occurrence] = field(default_factory=list)
    sounding: dict[str, Sounding] = field(default_factory=dict)
    holds: Callable[[], bool] = _never
    """Whether nothing planned may start, nor be missed, for nobody knows the time."""
    excuse: Callable[[Occurrence], Reason | None] = _without_excuse
    """Why it could not start in time, where that was not the desk's fault."""
    refuses: Callable[[Occurrence, PreparedProgramme], Reason | None] = _lets_out
    """Why what was broken off may not go on."""
    _books: Books = field(init=False)
    _held: dict[str, datetime] = field(default_factory=dict)
    _day: str = ""

    def __post_init__(self) -> None:
        self._books = Books(self.clock)

    def tick(self) -> datetime | None:
        """Do what is due now; returns when something is due next (None: when the week changes)."""
        for sounding in list(self.sounding.values()):
            for event in sounding.zones.tick():
                self._hear(sounding, event)
        now = self.clock.now()
        if not self._books.is_resting:
            self._books.settle()
        decision = decide(self.state, now, self._around(now), gate=self.gate)
        for action in decision.actions:
            self._carry_out(action)
        self._forget_yesterday(now)
        instants = [s.zones.next_at for s in self.sounding.values()]
        instants += [at for at in self._held.values() if at > now]
        return min(
            filter(None, [decision.next_at, self._books.rests_until, *instants]), default=None
        )

    def stop_all(self, reason: Reason, *, operator: str = "") -> int:
        """Silence everything at once, and what waits for the amplifier; returns how many
        programmes that were."""
        now = self.clock.now()
        waiting = [o for o in self.extra if self._held.get(o.id, now) > now]
        for occurrence in waiting:
            self._miss(occurrence, reason, operator=operator)
        stopped = [*self.sounding, *self._interrupted()]
        for sounding in self.sounding.values():
            sounding.zones.stop()
        for occurrence_id in stopped:
            self._stop(occurrence_id, reason, operator=operator)
        self._books.settle()
        return len(stopped) + len(waiting)

    def stop_order(self, kind: Priority, reason: Reason, by: str) -> int:
        """Silence what was ordered with that priority, and what of it was to go on; what it
        interrupted itself goes on."""
        meant = [i for i, s in self.sounding.items() if s.occurrence.slot.priority is kind]
        left = set(self._interrupted())
        around = self._around(self.clock.now())
        meant += [o.id for o in around if o.id in left and o.slot.priority is kind]
        for occurrence_id in meant:
            self._stop(occurrence_id, reason, operator=by)
        return len(meant)

    def is_on_air(self, kind: Priority) -> bool:
        """Whether something of that priority sounds, or is about to."""
        return any(s.occurrence.slot.priority is kind for s in self.sounding.values())

    def leave(self, reason: Reason) -> None:
        """The daemon ends: silence.  What is interrupted, or ordered until later, stays open in
        the log, for the next daemon to go on with."""
        for sounding in self.sounding.values():
            sounding.zones.stop()
        for occurrence_id, sounding in list(self.sounding.items()):
            if sounding.occurrence.expires_at is None:
                self._stop(occurrence_id, reason)
        self._books.settle()

    def write_later(self, write: Callable[[], None]) -> None:
        """A row of others, in its turn, as soon as the disk takes it."""
        self._books.note("order", write)

    def item_ends_at(self) -> datetime | None:
        """When the part that sounds now is over; None where nothing does."""
        now = self.clock.now()
        ends = [
            end for sounding in self.sounding.values() if (end := sounding.heard.item_ends_at(now))
        ]
        return max(ends, default=None)

    def _interrupted(self) -> list[str]:
        return [i for i, left in self.state.ledger.items() if isinstance(left, Interrupted)]

    def skip_next(self, reason: Reason, *, operator: str = "") -> Occurrence | None:
        """Leave out the next start, on purpose, though it be armed already; returns it."""
        now = self.clock.now()
        armed = [s.occurrence for s in self.sounding.values() if s.was_unheard(now)]
        coming = [
            o
            for o in self._around(now)
            if o.starts_at > now and o.order is None and o.id not in self.state.ledger
        ]
        following = min([*armed, *coming], key=lambda o: o.starts_at, default=None)
        if following is None:
            return None
        if following.id in self.sounding:
            self._stop(following.id, reason, operator=operator)
        else:
            self._miss(following, reason, operator=operator)
        return following

    def knows(self, occurrence: Occurrence) -> bool:
        """Whether it was ordered, or was on air, already."""
        return occurrence.id in self.state.ledger or occurrence in self.extra

    def order(self, occurrence: Occurrence, *, not_before: datetime | None = None) -> None:
        """Let ``occurrence`` start now, beside the week, or a little later."""
        self.extra.append(occurrence)
        if not_before:
            self._held[occurrence.id] = not_before

    def next_start(self, now: datetime) -> datetime | None:
        """When the next programme is planned that may start; None in the hours ahead."""
        coming = (o for o in self.occurrences(now) if o.starts_at > now)
        wanted = (o for o in coming if o.id not in self.state.ledger)
        allowed = (
            o.starts_at for o in wanted if not (self.gate and self.gate.refusal(o, o.starts_at))
        )
        return min(allowed, default=None)

    def _around(self, now: datetime) -> Sequence[Occurrence]:
        ordered = (o for o in self.extra if self._held.get(o.id, now) <= now)
        planned = self.occurrences(now)
        if self.holds():
            planned = [o for o in planned if o.order or o.id in self.state.ledger]
        return (*planned, *ordered)

    def remember(self, now: datetime) -> None:
        """Take back from the log what became of the starts around ``now``: after the clock was
        set they may be others than those that are remembered.  Raises StoreError."""
        entries = self.log.ledger(now - REMEMBERED).items()
        known = {i: e.outcome for i, e in entries if e.outcome is not Outcome.ON_AIR}
        self.state = replace(self.state, ledger={**known, **self.state.ledger})

    def pass_over(self, occurrences: Sequence[Occurrence], reason: Reason) -> None:
        """Miss those of which nothing is known."""
        for occurrence in occurrences:
            if occurrence.id not in self.state.ledger:
                self._miss(occurrence, reason)

    def _forget_yesterday(self, now: datetime) -> None:
        """Once a day let go of what is long over: the log remembers it."""
        if self._day == (today := f"{now:%F}"):
            return
        self._day = today
        first = f"{now - REMEMBERED:%F}"
        kept = {
            i: e for i, e in self.state.ledger.items() if i in self.sounding or _day(i) >= first
        }
        self.state = replace(self.state, ledger=kept)
        self.extra = [o for o in self.extra if o.starts_at >= now - REMEMBERED]
        self._held = {i: at for i, at in self._held.items() if at >= now - REMEMBERED}

    # -- what the decision asks -----------------------------------------------------------

    def _carry_out(self, action: Action) -> None:
        match action:
            case Arm():
                self._arm(action)
            case Miss(occurrence=occurrence, reason=reason):
                excuse = self.excuse(occurrence) if reason.code in _TOO_LATE else None
                self._miss(occurrence, excuse or reason)
            case Pause():
                self._pause(action)
            case Stop(occurrence_id=occurrence_id, reason=reason):
                self._stop(occurrence_id, reason)

    def _arm(self, arm: Arm) -> None:
        """The row first, then the sound; while the log cannot be written, neither, unless it is
        an emergency."""
        if self._books.is_resting and not _must_sound(arm.occurrence):
            return
        before = self.left.get(arm.occurrence.id)
        if before and (against := self.refuses(arm.occurrence, before.prepared)):
            self._give_up(arm, against)
            return
        programme = before.prepared if before else self._prepared(arm.occurrence)
        zones = self.zones_for(arm.occurrence, programme)
        if zones is None or arm.from_ms >= zones.duration_ms:
            self._give_up(arm, reasons.over_already() if zones else reasons.nothing_ready())
        elif self._write_start(arm, zones):
            self._sound(arm, zones)

    def _prepared(self, occurrence: Occurrence) -> PreparedProgramme | None:
        try:
            return self.prepared.get(occurrence)
        except (BroadcasterError, OSError) as error:
            _log.error("%s: no programme: %s", occurrence.id, error)
            return None

    def _give_up(self, arm: Arm, reason: Reason) -> None:
        if arm.resumes:
            self._stop(arm.occurrence.id, reason)
        else:
            self._miss(arm.occurrence, reason)

    def _write_start(self, arm: Arm, zones: Zones) -> bool:
        """Whether it may sound: the row is on the disk, or must wait, for people cannot."""
        occurrence = arm.occurrence
        if arm.resumes:
            reason = str(self._why_again(arm))
            write = partial(self.log.resumed, occurrence.id, zones.programme, reason=reason)
        else:
            write = partial(self.log.started, occurrence, zones.programme)
            if order := occurrence.order:
                write = partial(write, operator=order.by, reason=reasons.ordered(order.why))
        at = arm.at + zones.begins_after
        write = partial(write, at=at, output=zones.output_name, own=zones.own)
        try:
            if self._books.commit(write):
                return True
            if _must_sound(occurrence):
                self._books.note(occurrence.id, write)
            return _must_sound(occurrence)
        except RefusedError as error:
            _log.error("%s: not started: %s", arm.occurrence.id, error)
            self.state = self.state.closed(arm.occurrence.id, Outcome.FAILED)
            return False

    def _why_again(self, arm: Arm) -> Reason:
        if not isinstance(self.state.ledger.get(arm.occurrence.id), Interrupted):
            return reasons.went_on()
        return reasons.gone_on() if arm.from_ms else reasons.begun_again()

    def _sound(self, arm: Arm, zones: Zones) -> None:
        occurrence, programme = arm.occurrence, zones.programme
        zero = arm.at - timedelta(milliseconds=arm.from_ms)
        heard = self.left.pop(occurrence.id, None) or Heard(programme, zero)
        if isinstance(self.state.ledger.get(occurrence.id), Interrupted):
            heard.zero = zero
        heard.length_ms = zones.length_ms
        since = arm.at + zones.begins_after
        self.state = self.state.armed(
            arm, duration_ms=zones.duration_ms, marks_ms=marks_of(programme)
        )
        self.sounding[occurrence.id] = Sounding(occurrence, heard, zones, since=since)
        _log.info("%s: starts at %s: %s", occurrence.id, f"{since:%H:%M:%S.%f}", programme.title)
        zones.arm(at=arm.at, from_ms=arm.from_ms)

    def _miss(self, occurrence: Occurrence, reason: Reason, *, operator: str = "") -> None:
        _log.warning("%s: missed: %s", occurrence.id, reason)
        write = partial(
            self.log.missed,
            occurrence,
            reason=str(reason),
            operator=operator,
            programme=own_programme(self.prepared, occurrence),
        )
        self._books.note(occurrence.id, write)
        self.state = self.state.closed(occurrence.id, Outcome.MISSED)

    def _stop(self, occurrence_id: str, reason: Reason, *, operator: str = "") -> None:
        """Silence it, and close its books: cut, or missed when nothing was heard of it yet."""
        sounding = self.sounding.get(occurrence_id)
        if sounding is not None:
            self._silence(sounding, str(reason))
        heard = sounding.heard if sounding else self.left.get(occurrence_id)
        if heard is None or heard.until:
            self._end(occurrence_id, Outcome.CUT, str(reason), operator=operator)
        elif sounding:
            del self.sounding[occurrence_id]
            self._miss(sounding.occurrence, reason, operator=operator)
        else:
            self._miss_unheard(occurrence_id, reason, operator)

    def _miss_unheard(self, occurrence_id: str, reason: Reason, operator: str) -> None:
        """It was interrupted before its first sound; one that left the week is only let go."""
        del self.left[occurrence_id]
        around = self._around(self.clock.now())
        found = next((o for o in around if o.id == occurrence_id), None)
        if found:
            self._miss(found, reason, operator=operator)
        else:
            self.state = self.state.closed(occurrence_id, Outcome.MISSED)

    def _pause(self, pause: Pause) -> None:
        """Silence it, write what was heard, and keep what is needed to go on."""
        occurrence_id, reason = pause.occurrence_id, str(pause.reason)
        sounding = self.sounding.get(occurrence_id)
        self.state = self.state.paused(pause)
        if sounding is None:
            return
        self._silence(sounding, reason)
        del self.sounding[occurrence_id]
        heard = sounding.heard
        self.left[occurrence_id] = Heard(heard.prepared, heard.zero, told_until=heard.until)
        _log.info("%s: interrupted: %s", occurrence_id, reason)
        if heard.spans:
            write = partial(
                self.log.paused,
                occurrence_id,
                at=heard.spans[-1][1],
                reason=reason,
                resume_ms=pause.left.from_ms,
                segments=sounding.segments(),
            )
            self._books.note(occurrence_id, write)

    def _silence(self, sounding: Sounding, reason: str) -> None:
        now = self.clock.now()
        sounding.zones.stop()
        if sounding.was_unheard(now):
            self._take_back(sounding, reason)
        sounding.silent_from(now)

    def _end(
        self, occurrence_id: str, outcome: Outcome, reason: str, *, operator: str = ""
    ) -> None:
        """Close the books of what is silent by now, with the parts that were heard."""
        sounding = self.sounding.pop(occurrence_id, None)
        heard = sounding.heard if sounding else self.left.pop(occurrence_id, None)
        if sounding:
            reason = "; ".join(filter(None, [reason, sounding.zones.trouble]))
        _log.info("%s: %s %s", occurrence_id, outcome, reason)
        write = partial(
            self.log.ended,
            occurrence_id,
            at=(heard.until if heard else None) or self.clock.now(),
            outcome=outcome,
            reason=reason,
            operator=operator,
            output=sounding.zones.sounded if sounding else "",
            segments=(sounding or heard).segments() if heard else (),
        )
        self._books.note(occurrence_id, write)
        self.state = self.state.closed(occurrence_id, outcome)

    # -- what the players tell ------------------------------------------------------------

    def _hear(self, sounding: Sounding, event: Event) -> None:
        match event:
            case Failed(at, reason):
                self._fall_silent(sounding, at, reason)
            case Started(at) | Resumed(at):
                self._sound_again(sounding, at)
            case Ended(at, reason):
                self._come_to_an_end(sounding, at, reason)

    def _fall_silent(self, sounding: Sounding, at: datetime, reason: str) -> None:
        """A start that was never heard is taken back; a break is remembered."""
        _log.error("%s: the sound is gone: %s", sounding.occurrence.id, reason)
        if sounding.since is not None and (not sounding.confirmed or at <= sounding.since):
            self._take_back(sounding, reason)
        sounding.silent_from(at)

    def _take_back(self, sounding: Sounding, reason: str) -> None:
        occurrence_id = sounding.occurrence.id
        self._books.note(
            occurrence_id, partial(self.log.retract_start, occurrence_id, reason=reason)
        )
        sounding.since = None

    def _sound_again(self, sounding: Sounding, at: datetime) -> None:
        """The start that was written is heard; after a silence, a new one is written."""
        if sounding.since is not None:
            sounding.confirmed = True
            return
        occurrence_id = sounding.occurrence.id
        _log.info("%s: the sound is back", occurrence_id)
        write = partial(
            self.log.resumed,
            occurrence_id,
            sounding.heard.prepared,
            at=at,
            output=sounding.zones.output_name,
            own=sounding.zones.own,
        )
        self._books.note(occurrence_id, write)
        sounding.sounds_from(at)

    def _come_to_an_end(self, sounding: Sounding, at: datetime, reason: str) -> None:
        """Aired when its end was heard, cut when only a part was, failed when nothing was."""
        sounding.silent_from(at)
        heard_end = Outcome.CUT if reason else Outcome.AIRED
        outcome = heard_end if sounding.heard.spans else Outcome.FAILED
        self._end(sounding.occurrence.id, outcome, reason)


def _must_sound(occurrence: Occurrence) -> bool:
    """Whether it is worth more than its row in the log."""
    return occurrence.slot.priority >= Priority.EMERGENCY


def _day(occurrence_id: str) -> str:
    """The local date in an occurrence's id, as ISO text."""
    return occurrence_id.rpartition("@")[2][:10]
