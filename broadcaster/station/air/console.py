"""The console: starts and silences what sounds, and writes each step of it into the log.

It stands apart from the desk, which knows when something is due and what people order; here is
only what becomes of it: first the row, then the sound.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from broadcaster.asrun import RefusedError
from broadcaster.errors import BroadcasterError
from broadcaster.model import Outcome, Priority
from broadcaster.playout import Ended, Failed, Interrupted, Resumed, Started, State
from broadcaster.station import reasons
from broadcaster.station.air.books import Books
from broadcaster.station.air.onair import Heard, Sounding, marks_of
from broadcaster.station.preparing.prepared import own_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.playout import Arm, Event, Pause, Reason, Zones
    from broadcaster.station.preparing.prepared import PreparedProgrammes

__all__ = ["Console"]

_log = logging.getLogger(__name__)


def _lets_out(_occurrence: Occurrence, _programme: PreparedProgramme) -> Reason | None:
    return None


@dataclass(slots=True, kw_only=True)
class Console:
    """What sounds, what was broken off, and what the decision needs to know of both.

    ``zones_for`` gives the outputs on which an occurrence sounds, each with its programme; None
    when there is nothing to play.  ``left`` holds what a crash broke off and the decision may
    let go on.
    """

    clock: Clock
    log: AsRunLog
    prepared: PreparedProgrammes
    zones_for: Callable[[Occurrence, PreparedProgramme | None], Zones | None]
    state: State = field(default_factory=State)
    left: dict[str, Heard] = field(default_factory=dict)
    sounding: dict[str, Sounding] = field(default_factory=dict)
    refuses: Callable[[Occurrence, PreparedProgramme], Reason | None] = _lets_out
    """Why what was broken off may not go on."""
    books: Books = field(init=False)

    def __post_init__(self) -> None:
        self.books = Books(self.clock)

    def listen(self) -> None:
        """Take in what the players tell."""
        for sounding in list(self.sounding.values()):
            for event in sounding.zones.tick():
                self._hear(sounding, event)

    def fall_silent(self) -> None:
        """At once; the books come after it."""
        for sounding in self.sounding.values():
            sounding.zones.stop()

    def interrupted(self) -> list[str]:
        """The occurrences that were broken off and are to go on."""
        return [i for i, left in self.state.ledger.items() if isinstance(left, Interrupted)]

    # -- what the decision asks -----------------------------------------------------------

    def arm(self, arm: Arm) -> None:
        """The row first, then the sound; while the log cannot be written, neither, unless it is
        an emergency."""
        if self.books.is_resting and not _must_sound(arm.occurrence):
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
            self.stop(arm.occurrence.id, reason, planned=arm.occurrence)
        else:
            self.miss(arm.occurrence, reason)

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
            if self.books.commit(write):
                return True
            if _must_sound(occurrence):
                self.books.note(occurrence.id, write)
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

    def miss(self, occurrence: Occurrence, reason: Reason, *, operator: str = "") -> None:
        _log.warning("%s: missed: %s", occurrence.id, reason)
        write = partial(
            self.log.missed,
            occurrence,
            reason=str(reason),
            operator=operator,
            programme=own_programme(self.prepared, occurrence),
        )
        self.books.note(occurrence.id, write)
        self.state = self.state.closed(occurrence.id, Outcome.MISSED)

    def stop(
        self,
        occurrence_id: str,
        reason: Reason,
        *,
        operator: str = "",
        planned: Occurrence | None = None,
    ) -> None:
        """Silence it, and close its books: cut, or missed when nothing was heard of it yet.

        ``planned`` is it as the week has it; what was interrupted before its first sound, and has
        left the week since, is only let go.
        """
        sounding = self.sounding.get(occurrence_id)
        if sounding is not None:
            self._silence(sounding, str(reason))
        heard = sounding.heard if sounding else self.left.get(occurrence_id)
        if heard is None or heard.until:
            self._end(occurrence_id, Outcome.CUT, str(reason), operator=operator)
            return
        self.sounding.pop(occurrence_id, None)
        self.left.pop(occurrence_id, None)
        if missed := sounding.occurrence if sounding else planned:
            self.miss(missed, reason, operator=operator)
        else:
            self.state = self.state.closed(occurrence_id, Outcome.MISSED)

    def pause(self, pause: Pause) -> None:
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
            self.books.note(occurrence_id, write)

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
        self.books.note(occurrence_id, write)
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
        self.books.note(
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
        self.books.note(occurrence_id, write)
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
