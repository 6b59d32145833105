"""Which files of the station's folders are whole: new, changed or gone since the last look.

It stands apart because a half-copied bulletin must not be read, and because events of a file
system get lost: each ``scan`` looks at everything again, without a thread.  A file counts when
its size, its time and its inode stayed the same for ``settle_s`` seconds.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.station.filestamp import file_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from broadcaster.clock import Clock
    from broadcaster.station.filestamp import FileStamp

__all__ = ["JUNK", "Changes", "Inbox"]

JUNK = (".*", "~$*", "*~", "*.part", "*.tmp", "*.crdownload", "thumbs.db", "desktop.ini")
"""What editors, copiers and file managers leave behind (`._*` and `.~lock*` among them)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What one scan found, sorted by path.

    ``stable`` is new or changed, and whole; ``removed`` was once stable and is gone; folders in
    ``unreadable`` could not be looked at, and what was known of them stands.
    """

    stable: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    unreadable: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stable or self.removed)


@dataclass(slots=True)
class _Watched:
    stamp: FileStamp
    since: datetime
    reported: bool = False
    """Whether this stamp was reported."""
    known: bool = False
    """Whether any stamp was."""


class Inbox:
    """Looks into ``folders`` and the folders in them; hidden ones are left alone."""

    def __init__(self, folders: Iterable[Path], clock: Clock, *, settle_s: float = 2.0) -> None:
        self._folders = tuple(folders)
        self._clock = clock
        self._settle = timedelta(seconds=settle_s)
        self._files: dict[Path, _Watched] = {}
        self._first = True

    def scan(self) -> Changes:
        """Look once.  Files that were there at the first scan, and old, are whole at once."""
        now = self._clock.now()
        unreadable: list[Path] = []
        found = {
            path: stamp for folder in self._folders for path, stamp in _walk(folder, unreadable)
        }
        stable = [path for path, stamp in found.items() if self._settles(path, stamp, now)]
        removed = self._forget(found, unreadable)
        self._first = False
        return Changes(tuple(sorted(stable)), tuple(sorted(removed)), tuple(sorted(unreadable)))

    def _settles(self, path: Path, stamp: FileStamp, now: datetime) -> bool:
        """Whether ``path`` has just become whole."""
        watched = self._files.get(path)
        if watched is None:
            since = _modified(stamp, now) if self._first else now
            watched = self._files[path] = _Watched(stamp, since)
        elif watched.stamp != stamp:
            watched.stamp, watched.since, watched.reported = stamp, now, False
        watched.since = min(watched.since, now)  # the clock may have been set back
        if watched.reported or now - watched.since < self._settle:
            return False
        watched.reported = watched.known = True
        return True

    def _forget(self, found: dict[Path, FileStamp], unreadable: list[Path]) -> list[Path]:
        gone = [
            path
            for path in self._files
            if path not in found and not any(path.is_relative_to(folder) for folder in unreadable)
        ]
        return [path for path in gone if self._files.pop(path).known]


def _modified(stamp: FileStamp, now: datetime) -> datetime:
    return now - timedelta(seconds=max(0.0, now.timestamp() - stamp.mtime_ns / 1e9))


def _walk(folder: Path, unreadable: list[Path]) -> Iterator[tuple[Path, FileStamp]]:
    try:
        with os.scandir(folder) as listing:
            entries = [entry for entry in listing if not _is_junk(entry.name)]
    except OSError:
        unreadable.append(folder)
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), unreadable)
        elif stamp := file_stamp(Path(entry.path)):
            yield Path(entry.path), stamp


def _is_junk(name: str) -> bool:
    return any(fnmatch(name.lower(), pattern) for pattern in JUNK)
