"""One daemon a station: an exclusive lock on ``.broadcaster/lock``.

It stands apart because two daemons on one loudspeaker are the one mistake that everybody hears.
The kernel lets go of the lock when the process ends, however it ends; the file stays and means
nothing by itself.  Children are started by exec, which closes the file, so none inherits it.
"""

from __future__ import annotations

import fcntl
import os
import threading
from gettext import gettext as _
from typing import IO, TYPE_CHECKING, Self

from broadcaster.errors import AlreadyRunningError, BroadcasterError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["StationLock", "running_pid"]


class StationLock:
    """Held from ``acquire`` until ``release``, or for a ``with`` block."""

    def __init__(self, station: Path) -> None:
        self._path = _lock_path(station)
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Raises AlreadyRunningError, naming the process, when another holds the station."""
        file = _open(self._path)
        # More than one try, for somebody may be asking who runs here just now.
        if not any(_try_lock(file, fcntl.LOCK_EX, wait_s=0.05 * n) for n in range(6)):
            pid = _pid_in(file)
            file.close()
            raise _already_running(pid)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go; a second time does nothing.  The file stays, or two daemons could each lock
        a file of that name."""
        if self._file:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *exc: object) -> None:
        self.release()


def running_pid(station: Path) -> int | None:
    """The process that holds the station, None when nobody does (0 when it did not say)."""
    if not (path := _lock_path(station)).exists():
        return None
    with path.open(encoding="ascii", errors="replace") as file:
        return None if _try_lock(file, fcntl.LOCK_SH) else _pid_in(file)


def _lock_path(station: Path) -> Path:
    return station / ".broadcaster" / "lock"


def _open(path: Path) -> IO[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="ascii", errors="replace")
    except OSError as error:
        raise BroadcasterError(
            _("{path} cannot be written: {detail}").format(
                path=path, detail=_(str(error.strerror))
            ),
            hint=_("check the owner and the permissions of the station's folder, and the disk"),
        ) from error


def _try_lock(file: IO[str], how: int, *, wait_s: float = 0.0) -> bool:
    threading.Event().wait(wait_s)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid_in(file: IO[str]) -> int:
    file.seek(0)
    text = file.read().strip()
    return int(text) if text.isdigit() else 0


def _already_running(pid: int) -> AlreadyRunningError:
    return AlreadyRunningError(
        _("this station is already on duty: process {pid} holds it").format(pid=pid or "?"),
        hint=_("stop that one first, with Ctrl+C in its window or “systemctl stop broadcaster”"),
    )
