"""Copies of the database: one a day, proven when it is written, fewer the older they are.

It stands apart from the store because a backup is a file among others with a date in its name,
and what is kept of them is arithmetic on dates.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from datetime import date, datetime
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun.log import AsRunLog
from broadcaster.asrun.register import Register
from broadcaster.asrun.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["back_up", "backups", "daily_backup", "restore", "superfluous", "verify_backup"]

_NAME = re.compile(r"station-(\d{4}-\d\d-\d\d)\.db")
_DAYS, _WEEKS, _MONTHS = 7, 4, 12


def back_up(database: Path, target: Path, *, clock: Clock) -> None:
    """Copy ``database`` to ``target`` while it is in use; ``target`` is whole and proven, or is
    not there.

    Raises StoreError when it cannot be copied, or when the copy does not hold.
    """
    if not target.parent.is_dir():
        message = _("there is no folder {path}; is the disk plugged in?")
        raise StoreError(message.format(path=target.parent))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with Store.open(database, clock=clock) as store:
            store.copy_to(part)
        verify_backup(part, clock=clock)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except OSError as error:
        message = _("{path} cannot be written: {detail}")
        detail = _(error.strerror or str(error))
        raise StoreError(message.format(path=target, detail=detail)) from error
    finally:
        for left in (part, *_companions(part)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def verify_backup(path: Path, *, clock: Clock) -> None:
    """Read all of it: SQLite's check, then the hash chains; raises StoreError where one fails."""
    if not path.is_file() or not path.stat().st_size:  # SQLite would begin a new log in it
        raise StoreError(_("{path} is no backup: it is empty, or not there").format(path=path))
    with Store.open(path, clock=clock) as store:
        found = (*AsRunLog(store).verify(), *Register(store).verify())
        problems = [problem.message for problem in found]
        finding = store.integrity() or "; ".join(problems)
    if finding:
        raise StoreError(_("this backup cannot be relied on: {detail}").format(detail=finding))


def daily_backup(database: Path, folder: Path, *, clock: Clock) -> Path | None:
    """The backup of today, where there is none yet; and older ones that are superfluous go.

    None when there is nothing to do.
    """
    today = clock.now().date()
    target = folder / f"station-{today}.db"
    if target.exists() or not database.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    back_up(database, target, clock=clock)
    found = dict(backups(folder))
    for day in superfluous(found, today):
        found[day].unlink(missing_ok=True)
    return target


def backups(folder: Path) -> list[tuple[date, Path]]:
    """The backups in ``folder`` by their day, the newest last."""
    found = []
    for path in folder.glob("station-*.db"):
        with suppress(ValueError):
            if match := _NAME.fullmatch(path.name):
                found.append((date.fromisoformat(match[1]), path))
    return sorted(found)


def superfluous(days: Iterable[date], today: date) -> list[date]:
    """Which backups may go: the newest seven are kept, and the first one of each of the four last
    weeks and twelve last months that have one.

    A backup from the future (the clock was wrong) is kept, and takes no other's place.
    """
    past = sorted((day for day in days if day <= today), reverse=True)
    weeks = _firsts(past, [f"{day:%G-%V}" for day in past], _WEEKS)
    months = _firsts(past, [f"{day:%Y-%m}" for day in past], _MONTHS)
    kept = {*past[:_DAYS], *weeks, *months}
    return sorted(day for day in past if day not in kept)


def _firsts(newest_first: Sequence[date], spans: Sequence[str], count: int) -> list[date]:
    """The first day of each span (a later one of the dictionary wins), of the last ``count``."""
    return list(dict(zip(spans, newest_first, strict=True)).values())[:count]


def restore(backup: Path, database: Path, *, clock: Clock) -> Path | None:
    """Put ``backup`` in the place of ``database``, which nobody may have open; returns the folder
    to which what was there has been moved, None when nothing was.

    Raises StoreError when the backup does not hold; then nothing was changed.
    """
    part = database.with_name(f".{database.name}.restored.part")
    try:
        shutil.copyfile(backup, part)
        verify_backup(part, clock=clock)
        _sync(part)
        aside = _moved_aside(database, clock.now())
        part.replace(database)
        _sync(database.parent)
    except OSError as error:
        message = _("{path} cannot be written: {detail}")
        detail = _(error.strerror or str(error))
        raise StoreError(message.format(path=error.filename or database, detail=detail)) from error
    finally:
        for left in (part, *_companions(part)):
            left.unlink(missing_ok=True)
    return aside


def _moved_aside(database: Path, now: datetime) -> Path | None:
    """With its write-ahead log, which would else be taken for that of the restored file."""
    old = [path for path in (database, *_companions(database)) if path.exists()]
    if not old:
        return None
    aside = database.with_name(f"replaced-{now:%Y-%m-%dT%H%M%S}")
    aside.mkdir()
    for path in old:
        path.rename(aside / path.name)
    return aside


def _companions(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
