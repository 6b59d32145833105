"""The station's time: steady while something sounds, set with the clock when nothing does.

It stands apart from the loop, which only asks it to look, and from the rules of
:mod:`broadcaster.station.air.clocktrust`, which know no files.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.asrun import CommandKind, StoreError
from broadcaster.clock import is_synchronised
from broadcaster.station import reasons
from broadcaster.station.air.clockrecord import confirmed_text, write_doubt
from broadcaster.station.air.clocktrust import NOTEWORTHY
from broadcaster.station.air.recover import responsible_since

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from broadcaster.asrun import Command
    from broadcaster.clock import SteadyClock
    from broadcaster.model import Occurrence
    from broadcaster.playout import Reason
    from broadcaster.station.air.clocktrust import Doubt, Trust
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.air.live import LiveWeek
    from broadcaster.station.air.pulse import Beat
    from broadcaster.station.folder import StationFolder

__all__ = ["Timekeeper"]

_log = logging.getLogger(__name__)
_LONG_OVER = timedelta(days=1)
"""The desk itself looks back no further."""
_LONGEST = timedelta(days=31)
"""Starts that lie further back are not listed as missed, one by one."""


@dataclass(frozen=True, slots=True)
class _PassedOver:
    """Starts from ``first`` to ``last`` had no chance, because of ``reason``."""

    first: datetime
    last: datetime
    reason: Reason


class Timekeeper:
    """Looks at the clock once a turn of the loop; see :meth:`look`.

    ``beat`` is the last one of an earlier life.
    """

    def __init__(
        self,
        folder: StationFolder,
        clock: SteadyClock,
        *,
        trust: Trust,
        beat: Beat | None,
        synchronised: Callable[[], bool] = is_synchronised,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._beat = beat
        self._synchronised = synchronised
        self._trust = trust
        self._seen = self._doubted_since = self._born = clock.now()
        self._passed_over: list[_PassedOver] = []
        self._told_leap = False
        self._began_in_doubt = trust.doubt is not None
        """Whether the week was taken up at a time that nobody knows."""
        self._behind = False
        """Whether the desk has yet to hear of a clock that was set, or is believed again."""
        if trust.doubt:
            self._tell(trust.doubt)

    @property
    def doubt(self) -> Doubt | None:
        """Why nothing planned starts; None while the clock is believed."""
        return self._trust.doubt

    def holds(self) -> bool:
        """Whether nothing planned may start: the clock is in doubt, or about to be followed."""
        return self.doubt is not None or self._behind or self._is_set(self._clock.leap())

    def excuse(self, occurrence: Occurrence) -> Reason | None:
        """Why ``occurrence`` had no chance to start in time."""
        at = occurrence.starts_at
        return next((p.reason for p in self._passed_over if p.first <= at <= p.last), None)

    def look(self, desk: Desk, week: LiveWeek) -> None:
        """Follow the clock when nothing sounds, and say what became of it."""
        if desk.console.sounding:
            self._wait_for_silence()
        else:
            self._follow()
        if self._behind and self.doubt is None:
            self._catch_up(desk, week)

    def at_once(
        self, handlers: Mapping[str, Callable[[Command], str]], desk: Desk
    ) -> dict[str, Callable[[Command], str]]:
        """``handlers``, before which the clock is followed where the order names a time: what
        sounds gives way to it anyhow."""

        def hurried(handler: Callable[[Command], str]) -> Callable[[Command], str]:
            def handle(command: Command) -> str:
                if self._is_set(self._clock.leap()):
                    desk.stop_all(reasons.clock_stepped())
                    self._follow()
                return handler(command)

            return handle

        urgent = {CommandKind.EMERGENCY, CommandKind.MIC_ON, CommandKind.PLAY}
        return {k: hurried(h) if k in urgent else h for k, h in handlers.items()}

    def confirm(self, command: Command) -> str:
        """A person vouches for the clock."""
        self._born += self._clock.follow()
        self._believe(self._trust.confirmed(self._clock.now()))
        self._behind = True
        _log.warning("the clock was confirmed by %s", command.ordered_by or "?")
        return confirmed_text(self._clock.now())

    def _wait_for_silence(self) -> None:
        leap = self._clock.leap()
        if self._is_set(leap) and not self._told_leap:
            _log.warning("the clock was set by %+.1f s: followed after the programme", _s(leap))
            self._told_leap = True

    def _follow(self) -> None:
        before = self._clock.now()
        leap = self._clock.follow()
        self._born += leap
        now = self._clock.now()
        if self._is_set(leap):
            _log.warning("the clock was set by %+.1f s", _s(leap))
            self._behind, self._told_leap = True, False
            if leap > timedelta() and self.doubt is None:
                self._passed_over.append(_PassedOver(before, now, reasons.clock_stepped()))
        self._believe(self._trust.looked(now, leap=leap, synchronised=self._synchronised))
        self._seen = now

    def _believe(self, trust: Trust) -> None:
        before, self._trust = self._trust.doubt, trust
        if trust.doubt and before is None:
            self._tell(trust.doubt)
        if before and trust.doubt is None:
            now = self._clock.now()
            _log.warning("the clock is trusted again: %s", f"{now:%H:%M:%S %F}")
            write_doubt(self._folder, None)
            doubted = _PassedOver(self._doubted_since, now, reasons.clock_doubted())
            self._passed_over.append(doubted)
            self._behind = True

    def _tell(self, doubt: Doubt) -> None:
        _log.error("nothing planned is broadcast: %s", doubt.reason)
        write_doubt(self._folder, doubt)
        self._doubted_since = self._seen

    def _catch_up(self, desk: Desk, week: LiveWeek) -> None:
        """Tell the desk what the log knows of this time; what lies far back is missed at once."""
        now = self._clock.now()
        try:
            first = min((p.first for p in self._passed_over), default=now)
            since = max(first, now - _LONGEST)
            if self._began_in_doubt:
                # This life is a sign of life too, at the time at which its clock now puts it.
                signs = responsible_since(desk.console.log, self._beat, now)
                since = max(since, min(signs, self._born))
                week.answer_from(since)
            desk.remember(now)
            long_over = week.between(since, now - _LONG_OVER)
            known = desk.console.log.ledger(since) if long_over else {}
        except StoreError as error:
            _log.error("the log cannot be read: %s", error)
            return
        desk.pass_over([o for o in long_over if o.id not in known], reasons.clock_doubted())
        self._behind = self._began_in_doubt = False
        self._passed_over = [p for p in self._passed_over if p.last > now - 2 * _LONG_OVER]

    @staticmethod
    def _is_set(leap: timedelta) -> bool:
        return abs(leap) >= NOTEWORTHY


def _s(span: timedelta) -> float:
    return span.total_seconds()
