"""The announcer's desk: carries out what the decision asks, and keeps the log of it.

The daemon and the simulation sit at the same desk; only clock, output and the source of prepared
programmes differ.  It never waits, never speaks, never mixes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import RefusedError, StoreError
from broadcaster.errors import BroadcasterError
from broadcaster.model import Outcome
from broadcaster.playout import Arm, Ended, Failed, Miss, Resumed, Started, State, Stop, decide
from broadcaster.station.onair import Sounding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.playout import Action, Event, Gate, Player
    from broadcaster.station.prepared import PreparedProgrammes

__all__ = ["Desk"]

_log = logging.getLogger(__name__)
_TRY_AGAIN_AFTER = timedelta(seconds=1)


@dataclass(slots=True)
class Desk:
    """Runs the air from one instant to the next; see :meth:`tick`."""

    clock: Clock
    log: AsRunLog
    prepared: PreparedProgrammes
    new_player: Callable[[], Player]
    occurrences: Callable[[datetime], Sequence[Occurrence]]
    gate: Gate | None = None
    state: State = field(default_factory=State)
    sounding: dict[str, Sounding] = field(default_factory=dict)
    extra: list[Occurrence] = field(default_factory=list)
    """Occurrences that an operator ordered, which no week holds."""
    _not_before: dict[str, datetime] = field(default_factory=dict)

    def tick(self) -> datetime | None:
        """Do what is due now; returns when something is due next (None: when the week changes)."""
        for sounding in list(self.sounding.values()):
            for event in sounding.player.tick():
                self._hear(sounding, event)
        now = self.clock.now()
        due = [o for o in (*self.occurrences(now), *self.extra) if self._may_try(o, now)]
        decision = decide(self.state, now, due, gate=self.gate)
        for action in decision.actions:
            self._carry_out(action)
        instants = [s.player.next_at for s in self.sounding.values()]
        return min(filter(None, [decision.next_at, *instants]), default=None)

    def stop_all(self, *, reason: str, operator: str = "") -> int:
        """Silence everything at once; returns how many programmes were cut."""
        for sounding in self.sounding.values():
            sounding.player.stop()
        ids = list(self.sounding)
        for occurrence_id in ids:
            self._end(occurrence_id, Outcome.CUT, reason, operator=operator)
        return len(ids)

    def skip_next(self, *, reason: str) -> Occurrence | None:
        """Miss the next start that is not decided yet, on purpose; returns it."""
        now = self.clock.now()
        coming = [o for o in self.occurrences(now) if o.id not in self.state.ledger]
        following = min(
            (o for o in coming if o.starts_at > now), key=lambda o: o.starts_at, default=None
        )
        if following is not None:
            self._miss(following, reason)
        return following

    def forget_before(self, instant: datetime) -> None:
        """Let go of what ended before ``instant``; the log remembers it."""
        kept = {
            i: e
            for i, e in self.state.ledger.items()
            if i in self.sounding or _day(i) >= f"{instant:%F}"
        }
        self.state = replace(self.state, ledger=kept)
        self.extra = [o for o in self.extra if o.starts_at >= instant]

    # -- what the decision asks -----------------------------------------------------------

    def _may_try(self, occurrence: Occurrence, now: datetime) -> bool:
        return self._not_before.get(occurrence.id, now) <= now

    def _carry_out(self, action: Action) -> None:
        match action:
            case Arm():
                self._arm(action)
            case Miss(occurrence=occurrence, reason=reason):
                self._miss(occurrence, str(reason))
            case Stop(occurrence_id=occurrence_id, reason=reason):
                if sounding := self.sounding.get(occurrence_id):
                    sounding.player.stop()
                self._end(occurrence_id, Outcome.CUT, str(reason))

    def _arm(self, arm: Arm) -> None:
        """The row first, then the sound."""
        occurrence = arm.occurrence
        found = self._prepared(occurrence)
        if found is None:
            self._miss(occurrence, _("nothing was ready to be broadcast"))
            return
        programme, note = found
        if arm.from_ms >= programme.duration_ms:
            self._close_late(arm)
            return
        player = self.new_player()
        try:
            self._write_start(arm, programme, output=player.output_name, note=note)
        except RefusedError as error:
            _log.error("%s: %s", occurrence.id, error)
            self.state = self.state.closed(occurrence.id, Outcome.FAILED)
            return
        except StoreError as error:
            _log.error("%s: not started, the log cannot be written: %s", occurrence.id, error)
            self._not_before[occurrence.id] = self.clock.now() + _TRY_AGAIN_AFTER
            return
        self.state = self.state.armed(arm, duration_ms=programme.duration_ms)
        zero = arm.at - timedelta(milliseconds=arm.from_ms)
        sounding = Sounding(occurrence, programme, zero, player)
        sounding.sounds_from(arm.at)
        self.sounding[occurrence.id] = sounding
        _log.info("%s: starts at %s: %s", occurrence.id, f"{arm.at:%H:%M:%S.%f}", programme.title)
        player.arm(
            programme.audio, at=arm.at, from_ms=arm.from_ms, duration_ms=programme.duration_ms
        )

    def _prepared(self, occurrence: Occurrence) -> tuple[PreparedProgramme, str] | None:
        try:
            return self.prepared.get(occurrence)
        except (BroadcasterError, OSError) as error:
            _log.error("%s: no programme: %s", occurrence.id, error)
            return None

    def _write_start(
        self, arm: Arm, programme: PreparedProgramme, *, output: str, note: str
    ) -> None:
        if arm.resumes:
            reason = _("went on after a break")
            self.log.resumed(arm.occurrence.id, programme, at=arm.at, output=output, reason=reason)
            return
        programme = replace(programme, left_out=(note,) if note else ())
        self.log.started(arm.occurrence, programme, at=arm.at, output=output)

    def _close_late(self, arm: Arm) -> None:
        """A join or a resumption that comes after the programme's end."""
        if arm.resumes:
            self._end(
                arm.occurrence.id, Outcome.CUT, _("broken off, and over before it could go on")
            )
        else:
            self._miss(arm.occurrence, _("it would have been over before it could start"))

    def _miss(self, occurrence: Occurrence, reason: str) -> None:
        _log.warning("%s: missed: %s", occurrence.id, reason)
        self._guarded(occurrence.id, lambda: self.log.missed(occurrence, reason=reason))
        self.state = self.state.closed(occurrence.id, Outcome.MISSED)

    def _end(
        self, occurrence_id: str, outcome: Outcome, reason: str = "", *, operator: str = ""
    ) -> None:
        """Close the books of what sounded, with the parts that were heard."""
        now = self.clock.now()
        sounding = self.sounding.pop(occurrence_id, None)
        if sounding is not None:
            sounding.silent_from(min(now, sounding.ends_at))
        segments = sounding.segments() if sounding else ()
        ended_at = min(now, sounding.ends_at) if sounding else now
        _log.info("%s: %s %s", occurrence_id, outcome, reason)
        self._guarded(
            occurrence_id,
            lambda: self.log.ended(
                occurrence_id,
                at=ended_at,
                outcome=outcome,
                reason=reason,
                operator=operator,
                segments=segments,
            ),
        )
        self.state = self.state.closed(occurrence_id, outcome)

    def _guarded(self, occurrence_id: str, write: Callable[[], None]) -> None:
        """A log that cannot be written costs a row, which the service log then holds."""
        try:
            write()
        except (StoreError, RefusedError) as error:
            _log.error("%s: a row is missing in the log: %s", occurrence_id, error)

    # -- what the players tell ------------------------------------------------------------

    def _hear(self, sounding: Sounding, event: Event) -> None:
        occurrence_id = sounding.occurrence.id
        match event:
            case Failed(at, reason):
                self._fall_silent(sounding, at, reason)
            case Started(at) | Resumed(at):
                if sounding.since is None:
                    self._sound_again(sounding, at)
            case Ended(_at, reason):
                outcome = Outcome.AIRED if sounding.was_heard else Outcome.FAILED
                self._end(occurrence_id, outcome, reason)

    def _fall_silent(self, sounding: Sounding, at: datetime, reason: str) -> None:
        """A start that was never heard is taken back; a break is remembered."""
        occurrence_id = sounding.occurrence.id
        _log.error("%s: the sound is gone: %s", occurrence_id, reason)
        if sounding.since is not None and at <= sounding.since:
            self._guarded(
                occurrence_id, lambda: self.log.retract_start(occurrence_id, reason=reason)
            )
        sounding.silent_from(at)

    def _sound_again(self, sounding: Sounding, at: datetime) -> None:
        output = sounding.player.output_name
        _log.info("%s: the sound is back", sounding.occurrence.id)
        self._guarded(
            sounding.occurrence.id,
            lambda: self.log.resumed(
                sounding.occurrence.id, sounding.prepared, at=at, output=output
            ),
        )
        sounding.sounds_from(at)


def _day(occurrence_id: str) -> str:
    """The local date in an occurrence's id, as ISO text."""
    return occurrence_id.rpartition("@")[2][:10]
