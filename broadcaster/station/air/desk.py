"""The announcer's desk: knows when what is due, and takes the orders of people.

The daemon and the simulation sit at the same desk; only clock, output and the source of prepared
programmes differ.  It never waits, never speaks, never mixes; what sounds, the console does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.model import Outcome
from broadcaster.playout import Arm, Miss, Pause, Stop, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from broadcaster.model import Occurrence, Priority
    from broadcaster.playout import Action, Gate, Reason
    from broadcaster.station.air.console import Console

__all__ = ["REMEMBERED", "Desk"]

_TOO_LATE = {"too-late", "late-skip"}
REMEMBERED = timedelta(days=2)
"""How long the desk itself knows what became of a start; the log knows it for ever."""


def _never() -> bool:
    return False


def _without_excuse(_occurrence: Occurrence) -> Reason | None:
    return None


@dataclass(slots=True, kw_only=True)
class Desk:
    """Runs the air from one instant to the next; see :meth:`tick`.

    ``extra`` holds what an operator ordered, which no week holds.
    """

    console: Console
    occurrences: Callable[[datetime], Sequence[Occurrence]]
    gate: Gate | None = None
    extra: list[Occurrence] = field(default_factory=list)
    holds: Callable[[], bool] = _never
    """Whether nothing planned may start, nor be missed, for nobody knows the time."""
    excuse: Callable[[Occurrence], Reason | None] = _without_excuse
    """Why it could not start in time, where that was not the desk's fault."""
    _held: dict[str, datetime] = field(default_factory=dict)
    _day: str = ""

    def now(self) -> datetime:
        """The present instant, by the clock of the console."""
        return self.console.clock.now()

    def tick(self) -> datetime | None:
        """Do what is due now; returns when something is due next (None: when the week changes)."""
        self.console.listen()
        now = self.now()
        if not self.console.books.is_resting:
            self.console.books.settle()
        decision = decide(self.console.state, now, self._around(now), gate=self.gate)
        for action in decision.actions:
            self._carry_out(action)
        self._forget_yesterday(now)
        instants = [s.zones.next_at for s in self.console.sounding.values()]
        instants += [at for at in self._held.values() if at > now]
        return min(
            filter(None, [decision.next_at, self.console.books.rests_until, *instants]),
            default=None,
        )

    def stop_all(self, reason: Reason, *, operator: str = "") -> int:
        """Silence everything at once, and what waits for the amplifier; returns how many
        programmes that were."""
        now = self.now()
        waiting = [o for o in self.extra if self._held.get(o.id, now) > now]
        for occurrence in waiting:
            self.console.miss(occurrence, reason, operator=operator)
        stopped = [*self.console.sounding, *self.console.interrupted()]
        self.console.fall_silent()
        for occurrence_id in stopped:
            self._stop(occurrence_id, reason, operator=operator)
        self.console.books.settle()
        return len(stopped) + len(waiting)

    def stop_order(self, kind: Priority, reason: Reason, by: str) -> int:
        """Silence what was ordered with that priority, and what of it was to go on; what it
        interrupted itself goes on."""
        meant = [i for i, s in self.console.sounding.items() if s.occurrence.slot.priority is kind]
        left = set(self.console.interrupted())
        around = self._around(self.now())
        meant += [o.id for o in around if o.id in left and o.slot.priority is kind]
        for occurrence_id in meant:
            self._stop(occurrence_id, reason, operator=by)
        return len(meant)

    def is_on_air(self, kind: Priority) -> bool:
        """Whether something of that priority sounds, or is about to."""
        return any(s.occurrence.slot.priority is kind for s in self.console.sounding.values())

    def leave(self, reason: Reason) -> None:
        """The daemon ends: silence.  What is interrupted, or ordered until later, stays open in
        the log, for the next daemon to go on with."""
        self.console.fall_silent()
        for occurrence_id, sounding in list(self.console.sounding.items()):
            if sounding.occurrence.expires_at is None:
                self._stop(occurrence_id, reason)
        self.console.books.settle()

    def write_later(self, write: Callable[[], None]) -> None:
        """A row of others, in its turn, as soon as the disk takes it."""
        self.console.books.note("order", write)

    def item_ends_at(self) -> datetime | None:
        """When the part that sounds now is over; None where nothing does."""
        now = self.now()
        ends = [
            end
            for sounding in self.console.sounding.values()
            if (end := sounding.heard.item_ends_at(now))
        ]
        return max(ends, default=None)

    def skip_next(self, reason: Reason, *, operator: str = "") -> Occurrence | None:
        """Leave out the next start, on purpose, though it be armed already; returns it."""
        now = self.now()
        armed = [s.occurrence for s in self.console.sounding.values() if s.was_unheard(now)]
        coming = [
            o
            for o in self._around(now)
            if o.starts_at > now and o.order is None and o.id not in self.console.state.ledger
        ]
        following = min([*armed, *coming], key=lambda o: o.starts_at, default=None)
        if following is None:
            return None
        if following.id in self.console.sounding:
            self._stop(following.id, reason, operator=operator)
        else:
            self.console.miss(following, reason, operator=operator)
        return following

    def knows(self, occurrence: Occurrence) -> bool:
        """Whether it was ordered, or was on air, already."""
        return occurrence.id in self.console.state.ledger or occurrence in self.extra

    def order(self, occurrence: Occurrence, *, not_before: datetime | None = None) -> None:
        """Let ``occurrence`` start now, beside the week, or a little later."""
        self.extra.append(occurrence)
        if not_before:
            self._held[occurrence.id] = not_before

    def next_start(self, now: datetime) -> datetime | None:
        """When the next programme is planned that may start; None in the hours ahead."""
        coming = (o for o in self.occurrences(now) if o.starts_at > now)
        wanted = (o for o in coming if o.id not in self.console.state.ledger)
        allowed = (
            o.starts_at for o in wanted if not (self.gate and self.gate.refusal(o, o.starts_at))
        )
        return min(allowed, default=None)

    def _around(self, now: datetime) -> Sequence[Occurrence]:
        ordered = (o for o in self.extra if self._held.get(o.id, now) <= now)
        planned = self.occurrences(now)
        if self.holds():
            planned = [o for o in planned if o.order or o.id in self.console.state.ledger]
        return (*planned, *ordered)

    def remember(self, now: datetime) -> None:
        """Take back from the log what became of the starts around ``now``: after the clock was
        set they may be others than those that are remembered.  Raises StoreError."""
        entries = self.console.log.ledger(now - REMEMBERED).items()
        known = {i: e.outcome for i, e in entries if e.outcome is not Outcome.ON_AIR}
        self.console.state = replace(
            self.console.state, ledger={**known, **self.console.state.ledger}
        )

    def pass_over(self, occurrences: Sequence[Occurrence], reason: Reason) -> None:
        """Miss those of which nothing is known."""
        for occurrence in occurrences:
            if occurrence.id not in self.console.state.ledger:
                self.console.miss(occurrence, reason)

    def _forget_yesterday(self, now: datetime) -> None:
        """Once a day let go of what is long over: the log remembers it."""
        if self._day == (today := f"{now:%F}"):
            return
        self._day = today
        first = f"{now - REMEMBERED:%F}"
        kept = {
            i: e
            for i, e in self.console.state.ledger.items()
            if i in self.console.sounding or _day(i) >= first
        }
        self.console.state = replace(self.console.state, ledger=kept)
        self.extra = [o for o in self.extra if o.starts_at >= now - REMEMBERED]
        self._held = {i: at for i, at in self._held.items() if at >= now - REMEMBERED}

    # -- what the decision asks -----------------------------------------------------------

    def _carry_out(self, action: Action) -> None:
        match action:
            case Arm():
                self.console.arm(action)
            case Miss(occurrence=occurrence, reason=reason):
                excuse = self.excuse(occurrence) if reason.code in _TOO_LATE else None
                self.console.miss(occurrence, excuse or reason)
            case Pause():
                self.console.pause(action)
            case Stop(occurrence_id=occurrence_id, reason=reason):
                self._stop(occurrence_id, reason)

    def _stop(self, occurrence_id: str, reason: Reason, *, operator: str = "") -> None:
        around = self._around(self.now())
        planned = next((o for o in around if o.id == occurrence_id), None)
        self.console.stop(occurrence_id, reason, operator=operator, planned=planned)


def _day(occurrence_id: str) -> str:
    """The local date in an occurrence's id, as ISO text."""
    return occurrence_id.rpartition("@")[2][:10]
