"""A file's content as a short name: the same sound under any name is one sound.

It stands apart because the cache of clips and the binding of recordings must agree on it, and
because a recording of a gigabyte is hashed once and not at each look.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.sound.container import first_bytes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fingerprint"]


def fingerprint(path: Path) -> str:
    """The SHA-256 of the file, taken again only when its size or one of its times has changed.

    The time of its last change of any kind counts too, which nobody can set back who copies
    another sound over it.

    Raises `SoundError` for what is no file, empty, or cannot be read.
    """
    first_bytes(path)
    try:
        status = path.stat()
        stamps = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        return _digest(path, stamps)
    except OSError as error:
        raise SoundError(
            _("{path} cannot be read: {reason}").format(path=path, reason=_(str(error.strerror))),
            hint=_("check that the file is there and may be read"),
        ) from error


@lru_cache(maxsize=8192)
def _digest(path: Path, _stamps: tuple[int, ...]) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
