"""The threads of the watch: one looks, and one for each way on which alarms leave.

The loop hands over an :class:`Air` and goes on; nothing here can hold it up or end it.
"""

from __future__ import annotations

import logging
import shutil
import time
from contextlib import suppress
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Self

from broadcaster.asrun import AsRunLog, Store
from broadcaster.station.air.gates import gate_of
from broadcaster.station.alarms import Alarms
from broadcaster.station.preparing.consent import approval_settings
from broadcaster.station.preparing.prepared import PreparedFiles, WithFallback
from broadcaster.station.upkeep.housekeeping import Housekeeping
from broadcaster.station.upkeep.room import free_floor
from broadcaster.station.watch.air import Air, look_at
from broadcaster.station.watch.approvals import awaiting_approval
from broadcaster.station.watch.cause import Cause
from broadcaster.station.watch.numbers import Numbers
from broadcaster.station.watch.silence import Ears, SilenceWatch
from broadcaster.station.watch.starts import StartWatch
from broadcaster.station.watch.status import write_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from broadcaster.clock import Clock
    from broadcaster.station.air.desk import Desk
    from broadcaster.station.air.live import LiveWeek
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.consent import Decided
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Watch"]

_log = logging.getLogger(__name__)
_SEE_EVERY = timedelta(milliseconds=250)
_LOOK_S = 2.0
_STATUS_S = 5.0
_HUNG_S = 8.0
_ALMOST_FULL = 4
"""Below a quarter of what is to stay free, making room has not helped."""


class Watch:
    """Looks at one running station; ``decided`` is what its people approved, and ``failing`` tells
    the chores that fail."""

    def __init__(
        self,
        folder: StationFolder,
        config: StationConfig,
        week: LiveWeek,
        *,
        clock: Clock,
        decided: Decided,
        failing: Callable[[], Mapping[str, str]],
        ears: Ears | None = None,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._failing = failing
        self._air = Air(clock.now())
        self._seen_s = time.monotonic()
        self._store = Store.open(folder.database, clock=clock)
        self._ledger = AsRunLog(self._store)
        self._silence = SilenceWatch(config.all_outputs, ears or Ears())
        gate = gate_of(config, lambda: week.plans)  # of its own: the loop's is the loop's
        self._decided = decided
        ready = PreparedFiles(folder, decided)
        self._starts = StartWatch(
            week.around,
            self._ledger.ledger,
            gate,
            WithFallback(ready, lambda: week.plans, config.fallback),
        )
        self._numbers = Numbers(folder, config, week, clock.now(), gate)
        self.alarms = Alarms(folder, config, clock=clock)
        self._written: dict[str, Any] = {}
        self._jobs = Housekeeping(name="watch")
        self._jobs.every(_LOOK_S, self.look, name="watch")
        self._jobs.every(_STATUS_S, self.write_down, name="status")

    def see(self, desk: Desk, now: datetime) -> None:
        """The loop shows itself, some times a second; it costs it next to nothing."""
        if not self._air.at <= now < self._air.at + _SEE_EVERY:
            self._air = look_at(desk, now)
        self._seen_s = time.monotonic()

    def __enter__(self) -> Self:
        """Begin to look."""
        self.alarms.start()
        self._jobs.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """The daemon ends on purpose, which is no alarm; the status says so."""
        self._jobs.stop(patience_s=4.0)
        self.alarms.stop()
        if self._written:
            stopped = {"stopped": True, "on_air": [], "outputs": {}, "mixers": {}}
            with suppress(OSError):  # a full disk is no reason to end in an error
                write_status(self._folder.status, {**self._written, **stopped})
        self._store.close()

    def look(self) -> None:
        """One look at everything; the alarms are told what was found."""
        air, now = self._air, self._clock.now()
        found = [*self._loop(), *self._disk(), *self._chores()]
        found += self._starts.look(now, is_busy=bool(air.sounds))
        approval = approval_settings(self._folder, self._decided)
        found += awaiting_approval(self._folder, approval, now)
        if not any(cause.key == "loop" for cause in found):
            found += self._silence.look(air)
        self.alarms.see(found)

    def write_down(self) -> None:
        """The status file, as of now."""
        now = self._clock.now()
        numbers = self._numbers.of(self._air, self._ledger, levels=self._levels(), now=now)
        self._written = {**numbers, "alarms": self.alarms.open()}
        write_status(self._folder.status, self._written)

    def _levels(self) -> Mapping[str, tuple[int, bool]]:
        return dict(self._silence.levels)

    def _loop(self) -> Iterator[Cause]:
        stands_s = time.monotonic() - self._seen_s
        if stands_s > _HUNG_S:
            text = _("the playout has stood still for {seconds:.0f} seconds → restart the station")
            yield Cause("loop", "playout-hangs", text.format(seconds=stands_s))

    def _disk(self) -> Iterator[Cause]:
        free = shutil.disk_usage(self._folder.state).free
        if free < free_floor(self._folder.state) // _ALMOST_FULL:
            text = _("only {size:.0f} MB are free on the disk → remove what is not the station's")
            yield Cause("disk", "disk-nearly-full", text.format(size=free / 1e6))

    def _chores(self) -> Iterator[Cause]:
        for name, failure in self._failing().items():
            text = _("the chore “{name}” fails: {detail}").format(name=name, detail=failure)
            yield Cause(f"chore {name}", "chore-fails", text)
