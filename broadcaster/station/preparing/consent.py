"""Whether somebody must stand for what airs at this station, and what was decided there.

It stands apart because whoever prepares, estimates or opens the last door must ask the same; each
asks the folder anew, and it is read again only when something in it has changed.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from broadcaster.approval import Decisions, decisions_of
from broadcaster.asrun import Register, Store, StoreError
from broadcaster.clock import SystemClock
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.approval import ApprovalSettings
from broadcaster.station.settings.config import load_config

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["approval_settings", "decisions_in"]

_log = logging.getLogger(__name__)
_Stamp = tuple[int, int]


def approval_settings(folder: StationFolder) -> ApprovalSettings:
    """What station.yaml says; where it cannot be read, approval is required at a station that has
    ever had one."""
    settings = _settings(folder.root, _stamp(folder.config))
    return settings or ApprovalSettings(required=bool(decisions_in(folder).people))


def decisions_in(folder: StationFolder) -> Decisions:
    """What counts by the register of ``folder``; nothing where it cannot be read."""
    wal = folder.database.with_name(f"{folder.database.name}-wal")
    try:
        return _decisions(folder.database, _stamp(folder.database), _stamp(wal))
    except StoreError as error:
        _log.error("nothing counts as approved: %s", error)
        return Decisions()


@lru_cache(maxsize=8)
def _settings(root: Path, _changed: _Stamp) -> ApprovalSettings | None:
    config, _problems = load_config(StationFolder(root))
    return config.approval if config else None


@lru_cache(maxsize=8)
def _decisions(database: Path, _changed: _Stamp, _changed_too: _Stamp) -> Decisions:
    if not database.exists():
        return Decisions()
    with Store.open(database, clock=SystemClock()) as store:
        return decisions_of(Register(store).entries())


def _stamp(path: Path) -> _Stamp:
    """(0, 0) where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns
