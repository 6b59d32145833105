"""A file that appears under its name only when it is whole.

A half-written programme must never be found by the player, nor a half clip by the cache; so
everything that makes sound files writes them through here.
"""

from __future__ import annotations

import errno
import os
import threading
from contextlib import contextmanager, suppress
from gettext import gettext as _
from typing import TYPE_CHECKING, BinaryIO

from broadcaster.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["PartFile", "whole_file"]


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
    part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
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
