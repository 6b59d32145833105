"""Whether somebody must stand for what airs at this station, and what was decided there.

It stands apart because whoever prepares, estimates or opens the last door must ask the same.
Whoever passes by asks the folder, which is read again only when something in it has changed;
whoever stays, like the daemon, reads on.
"""

from __future__ import annotations

import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from broadcaster.approval import Decisions, decisions_of
from broadcaster.asrun import Register, Store, StoreError
from broadcaster.clock import SystemClock
from broadcaster.station.filestamp import file_stamp
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.approval import ApprovalSettings
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import RegisterEntry
    from broadcaster.station.filestamp import FileStamp

__all__ = ["Decided", "approval_settings", "decisions_in"]

_log = logging.getLogger(__name__)


class Decided:
    """What counts by ``register``, carried on from look to look: each row is read and verified
    once, so that a look costs the same after ten years.

    A row that somebody edits afterwards changes nothing here until the next start; whoever
    verifies the register sees it.  Threads may share it.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._lock = threading.Lock()
        self._decisions = Decisions()
        self._last: RegisterEntry | None = None

    def now(self) -> Decisions:
        """By all rows that were written until now; raises StoreError."""
        with self._lock:
            if self._last and not self._register.still_has(self._last):
                _log.error("row %d of the register is another one: all are read", self._last.id)
                self._decisions, self._last = Decisions(), None
            for entry in self._register.entries(after=self._last):
                self._decisions.take(entry)
                self._last = entry
            return self._decisions


def approval_settings(folder: StationFolder, decided: Decided | None = None) -> ApprovalSettings:
    """What station.yaml says; where it cannot be read, approval is required at a station that has
    ever had one, or whose register cannot be read either."""
    if settings := _settings(folder.root, file_stamp(folder.config)):
        return settings
    decisions = _known(folder, decided)
    return ApprovalSettings(required=decisions is None or bool(decisions.people))


def decisions_in(folder: StationFolder, decided: Decided | None = None) -> Decisions:
    """What counts by the register of ``folder``, nothing where it cannot be read; ``decided`` is
    that of a process that keeps it open."""
    return _known(folder, decided) or Decisions()


def _known(folder: StationFolder, decided: Decided | None) -> Decisions | None:
    """None where the register cannot be read."""
    wal = folder.database.with_name(f"{folder.database.name}-wal")
    try:
        if decided:
            return decided.now()
        return _decisions(folder.database, file_stamp(folder.database), file_stamp(wal))
    except StoreError as error:
        _log.error("nothing counts as approved: %s", error)
        return None


@lru_cache(maxsize=8)
def _settings(root: Path, _changed: FileStamp | None) -> ApprovalSettings | None:
    config, _problems = load_config(StationFolder(root))
    return config.approval if config else None


@lru_cache(maxsize=8)
def _decisions(
    database: Path, _changed: FileStamp | None, _changed_too: FileStamp | None
) -> Decisions:
    if not database.exists():
        return Decisions()
    with Store.open(database, clock=SystemClock()) as store:
        return decisions_of(Register(store).entries())
