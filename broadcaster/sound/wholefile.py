"""A file that appears under its name only when it is whole.

A half-written programme must never be found by the player, nor a half clip by the cache; so
everything that makes sound files writes them through here.
"""

from __future__ import annotations

import errno
import os
import re
import threading
from contextlib import contextmanager, suppress
from gettext import gettext as _
from typing import TYPE_CHECKING, BinaryIO

from broadcaster.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PartFile", "part_of", "sweep_parts", "whole_file"]

_PART = re.compile(r"\..+\.(\d+)-\d+\.part")
_DAY_S = 86_400.0


class PartFile:
    """What a `whole_file` is until it is whole; its errors name it, not a file around it."""

    def __init__(self, path: Path, file: BinaryIO, part: Path) -> None:
        self._path = path
        self._file = file
        self._part = part

    def write(self, data: bytes | memoryview) -> None:
        """Append ``data``; raises `SoundError` with a sentence when that cannot be done."""
        try:
            self._file.write(data)
        except OSError as error:
            raise _sentence(self._path, error) from error

    def so_far(self) -> Path:
        """Where what was written lies until it is whole, for one who wants to look at it."""
        try:
            self._file.flush()
        except OSError as error:
            raise _sentence(self._path, error) from error
        return self._part


@contextmanager
def whole_file(path: Path) -> Iterator[PartFile]:
    """A file to write; it is flushed to the disk and renamed to ``path`` at the end.

    After an error inside the ``with`` nothing is left behind, and an older file at ``path``
    stays as it was.  Raises `SoundError` with a sentence when the disk is full or read-only.
    """
    part = part_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            yield PartFile(path, file, part)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _sentence(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where ``path`` is written until it is whole; another one for each process and thread."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")


def sweep_parts(folder: Path, *, now_s: float) -> int:
    """Remove below ``folder`` what processes that are dead have half written; how many files.

    One that has not grown for a day is removed, too: its number may belong to another by now.
    """
    gone = 0
    for part in folder.rglob(".*.part"):
        match = _PART.fullmatch(part.name)
        with suppress(OSError):
            if match and (not _is_alive(int(match[1])) or part.stat().st_mtime < now_s - _DAY_S):
                part.unlink()
                gone += 1
    return gone


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _sentence(path: Path, error: OSError) -> SoundError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return SoundError(
            _("the disk is full: {path} was not written").format(path=path),
            hint=_("delete what is no longer needed on this disk, then try again"),
        )
    return SoundError(
        _("{path} cannot be written: {reason}").format(path=path, reason=_(str(error.strerror))),
        hint=_("check that the folder exists and may be written to"),
    )
