"""What the daemon does beside the air: look for changed files, prepare, prune, report.

Nothing here touches the playout but the swap of the week in force.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import daily_backup
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.errors import BroadcasterError
from broadcaster.station.above.mailbox import Mailbox
from broadcaster.station.content.inbox import Inbox
from broadcaster.station.content.plans import current_plans
from broadcaster.station.filestamp import file_stamp
from broadcaster.station.preparing.process import PreparerProcess
from broadcaster.station.upkeep.archive import Keeper
from broadcaster.station.upkeep.housekeeping import Housekeeping
from broadcaster.station.upkeep.prune import prune
from broadcaster.station.upkeep.room import free_floor, keep_reserve, make_room

if TYPE_CHECKING:
    from broadcaster.asrun import AsRunLog, Register
    from broadcaster.clock import Clock
    from broadcaster.station.air.live import LiveWeek
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Chores"]

_log = logging.getLogger(__name__)
_RESCAN_S = 1.0
_PREPARE_AGAIN_S = 600.0
_PRUNE_S = 3_600.0
_ARCHIVE_S = 10.0
_ROOM_S = 60.0
_MAIL_S = 5.0
_ANSWER_S = 300.0
_BACKUP_S = 300.0
"""How often it is asked whether today has one; soon enough for a machine that is on for an hour."""


class Chores:
    """The jobs of housekeeping around one station; started once, stopped once.

    ``log`` is that of what really airs: without one nothing is archived.  What people decide in
    ``register`` is prepared for at once.
    """

    def __init__(
        self,
        folder: StationFolder,
        config: StationConfig,
        week: LiveWeek,
        *,
        clock: Clock,
        log: AsRunLog | None = None,
        register: Register | None = None,
    ) -> None:
        self._folder = folder
        self._config = config
        self._week = week
        self._clock = clock
        self._log = log
        self._register = register
        self._decided = register.head_hash() if register else ""
        self._keeper = Keeper(folder)
        self._inbox = Inbox([folder.scripts, folder.schedules], SystemClock())
        self._preparer = PreparerProcess(folder, clock)
        self._settings = file_stamp(folder.config)
        self._reload = False
        self._running = False
        self._jobs = Housekeeping()
        self._jobs.every(_RESCAN_S, self.rescan, name="rescan")
        self._jobs.every(_RESCAN_S, self._look_at_register, name="register")
        self._jobs.every(_RESCAN_S, self._preparer.tick, name="preparer")
        self._jobs.every(_PREPARE_AGAIN_S, self._preparer.want, name="prepare again")
        self._jobs.every(_PRUNE_S, self._prune, name="prune")
        self._jobs.every(_BACKUP_S, self._back_up, name="backup")
        self._jobs.every(_ROOM_S, self._see_to_room, name="room on the disk")
        self._mailbox = Mailbox(folder, station=config.name, clock=clock)
        self._jobs.every(_MAIL_S, self._mailbox.take_in, name="messages from above")
        if log:
            self._jobs.every(_ANSWER_S, self._answer, name="answers to above")
        if log and config.archive.is_kept:
            self._jobs.every(_ARCHIVE_S, self.archive, name="archive")

    def start(self) -> None:
        """Look once, then begin to tick."""
        self._inbox.scan()
        self._jobs.start()
        self._running = True

    def stop(self) -> None:
        """End the thread and the preparer."""
        self._running = False
        self._jobs.stop()
        self._preparer.stop()

    @property
    def failing(self) -> dict[str, str]:
        """By name, the chores whose last run failed, and how."""
        return self._jobs.failing

    def reload(self) -> None:
        """Read all files again at the next look; safe in a signal handler."""
        self._reload = True

    def raise_if_dead(self) -> None:
        """A housekeeping thread that died must not go unnoticed."""
        if self._running and not self._jobs.alive:
            raise BroadcasterError(_("housekeeping has ended by itself"))

    def rescan(self) -> None:
        """Read the weeks again when a file has changed or somebody asked; the service log says
        what is wrong with them.  What fails is done again at the next look."""
        self._reload |= self._settings_changed()
        changes = self._inbox.scan()
        for path in (*changes.stable, *changes.removed):
            _log.info("changed: %s", path.name)
        if not changes and not self._reload:
            return
        self._reload = False  # before the reading: who asks from now on asks for another one
        try:
            plans, problems = current_plans(self._folder, self._config)
        except Exception:
            self._reload = True
            raise
        for problem in problems:
            _log.warning("%s", problem)
        self._week.replace(plans, now=self._clock.now())
        self._preparer.want()

    def _settings_changed(self) -> bool:
        """Whether station.yaml is another one; the weeks want its calendar, the preparer all."""
        before, self._settings = self._settings, file_stamp(self._folder.config)
        return before != self._settings

    def _look_at_register(self) -> None:
        """Prepare anew when somebody has approved something, or given it back."""
        before = self._decided
        self._decided = self._register.head_hash() if self._register else ""
        if self._decided != before:
            self._preparer.want()

    def _prune(self) -> None:
        config = self._config
        prune(
            self._folder,
            now=self._clock.now(),
            cache_max_mb=config.cache_max_mb,
            archive=config.archive,
        )

    def _back_up(self) -> None:
        if self._log:
            daily_backup(self._folder.database, self._folder.backups, clock=self._clock)

    def _see_to_room(self) -> None:
        floor = free_floor(self._folder.audio_out)
        make_room(self._folder, now=self._clock.now(), floor=floor)
        keep_reserve(self._folder, floor=floor)

    def _answer(self) -> None:
        if self._log:
            self._mailbox.answer(self._log)

    def archive(self) -> None:
        """Keep what has aired since yesterday, or since the first day whose programmes lie here."""
        if self._log is None:
            return
        now = self._clock.now()
        days = [path.name for path in self._folder.programmes.glob("????-??-??")]
        first_day = min([*days, f"{now - timedelta(days=1):%Y-%m-%d}"])
        since = datetime.fromisoformat(first_day).replace(tzinfo=LOCAL)
        self._keeper.keep(self._log.ledger(since).values(), now=now)
