"""The archive: the MP3 of what really aired, under the name of its occurrence, never altered.

The log holds the hash of each MP3 since before the sound began, so that its chain vouches for the
file, too.  It stands apart from playout, which never waits for a disk: housekeeping takes the file
over by a second name (a hard link), to which a programme that is made again does nothing.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Outcome
from broadcaster.sound.wholefile import part_of
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from broadcaster.model import AsRunEntry
    from broadcaster.station.folder import StationFolder

__all__ = ["Archived", "Keeper", "archived", "archived_files", "look_through"]

_log = logging.getLogger(__name__)
_HEARD = {Outcome.ON_AIR, Outcome.AIRED, Outcome.CUT}
_SURELY_HEARD = timedelta(seconds=10)
"""By then a start that nobody heard has been taken back."""

_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP}
"""Another disk, or one that knows no second names (FAT)."""


@dataclass(frozen=True, slots=True)
class Archived:
    """Where an MP3 of an occurrence lies, or would; ``outputs`` as in the log."""

    path: Path
    sha256: str
    outputs: tuple[str, ...] = ()


def archived(folder: StationFolder, entry: AsRunEntry) -> tuple[Archived, ...]:
    """The MP3s of ``entry``: ``2026-11/23-0530-sang.mp3``, ``…-2.mp3`` where it was made again in
    between, ``…+OUTPUT.mp3`` of an output that aired another."""
    at = entry.scheduled_at.astimezone(LOCAL)
    stem = f"{at:%d-%H%M}-{entry.slot}".replace("/", "_")
    found = []
    for number, sound in enumerate(entry.sounds, start=1):
        more = f"+{sound.outputs[0]}" if sound.outputs else f"-{number}" if number > 1 else ""
        path = folder.archive / f"{at:%Y-%m}" / f"{stem}{more}.mp3"
        found.append(Archived(path, sound.mp3_sha256, sound.outputs))
    return tuple(found)


def archived_files(folder: StationFolder) -> list[Path]:
    """Every MP3 that the station has put into its archive, the oldest first."""
    return sorted(folder.archive.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]/[0-9][0-9]-[0-9][0-9]*.mp3"))


@dataclass(slots=True)
class Keeper:
    """Takes over what has aired; what it has seen to is not looked at again."""

    folder: StationFolder
    _done: set[Path] = field(default_factory=set)

    def keep(self, entries: Iterable[AsRunEntry], *, now: datetime) -> None:
        """Archive what is on air or was in ``entries``; raises OSError, after all the others were
        kept, where the disk does not take one."""
        failed = None
        for entry in entries:
            if entry.outcome not in _HEARD or now < entry.starts[-1] + _SURELY_HEARD:
                continue
            for wanted in archived(self.folder, entry):
                try:
                    self._keep(wanted, entry)
                except OSError as error:
                    failed = error
        if failed:
            raise failed

    def _keep(self, wanted: Archived, entry: AsRunEntry) -> None:
        if wanted.path in self._done:
            return
        if not _is_there(wanted):
            source = _prepared(self.folder, wanted, entry)
            if source is None or not _taken_over(source, wanted):
                _log.warning("%s: its MP3 is not there any more; not archived", entry.occurrence)
            else:
                _log.info("%s: archived as %s", entry.occurrence, wanted.path.name)
        self._done.add(wanted.path)


def _prepared(folder: StationFolder, wanted: Archived, entry: AsRunEntry) -> Path | None:
    """The MP3 from which it aired, while it lies among the programmes or the emergencies."""
    day = folder.programmes / f"{entry.scheduled_at.astimezone(LOCAL):%Y-%m-%d}"
    return next(
        (
            found[wanted.sha256]
            for place in (day, folder.emergencies)
            if wanted.sha256 in (found := manifest.mp3s(place))
        ),
        None,
    )


def _is_there(wanted: Archived) -> bool:
    """What has its second name among the programmes still needs no reading."""
    if not wanted.path.is_file():
        return False
    return wanted.path.stat().st_nlink > 1 or _sha256(wanted.path) == wanted.sha256


def _taken_over(source: Path, wanted: Archived) -> bool:
    """Whether ``source`` was what the log says, and lies in the archive now."""
    wanted.path.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(wanted.path)
    try:
        _link(source, part)
        if _sha256(part) != wanted.sha256:
            return False
        part.replace(wanted.path)
    except FileNotFoundError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- trust --------------------------------------------------------------------------------


def look_through(
    folder: StationFolder, entries: Iterable[AsRunEntry], *, hashed_since: datetime | None = None
) -> Iterator[Problem]:
    """A problem for each file of the archive that is not what aired, or that is missing.

    The files of what was scheduled before ``hashed_since`` are not read, only looked for.  What is
    older than everything in the archive has been pruned, and what lies prepared is still to be
    taken over: neither is missed.
    """
    oldest = next(iter(archived_files(folder)), None)
    for entry in entries:
        if entry.outcome not in _HEARD or entry.outcome is Outcome.ON_AIR:
            continue
        reads = hashed_since is None or entry.scheduled_at >= hashed_since
        for wanted in archived(folder, entry):
            if wanted.path.is_file():
                if reads and _sha256(wanted.path) != wanted.sha256:
                    yield _changed(wanted, entry)
            elif oldest and wanted.path > oldest and not _prepared(folder, wanted, entry):
                yield _missing(wanted, entry)


def _changed(wanted: Archived, entry: AsRunEntry) -> Problem:
    message = _("this is not the sound of {occurrence} as it aired: the file was changed later")
    hint = _("take it back from a copy of the archive; the log itself is not touched")
    return Problem(
        Where(wanted.path), "archive-changed", message.format(occurrence=entry.occurrence), hint
    )


def _missing(wanted: Archived, entry: AsRunEntry) -> Problem:
    message = _("the sound of {occurrence} is missing in the archive")
    hint = _("was it deleted by hand? Take it back from a copy of the archive")
    return Problem(
        Where(wanted.path),
        "archive-missing",
        message.format(occurrence=entry.occurrence),
        hint,
        Severity.WARNING,
    )
