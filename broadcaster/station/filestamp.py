"""Whether a file was changed since it was last looked at, told without reading it.

It stands apart because whoever keeps what a file said must ask the same: a file put in the place
of another may have as many bytes and the same time, but it has another inode.
"""

from __future__ import annotations

from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FileStamp", "file_stamp"]


class FileStamp(NamedTuple):
    """Another one after each change; sizes in bytes, times in nanoseconds since 1970."""

    size: int
    mtime_ns: int
    inode: int


def file_stamp(path: Path) -> FileStamp | None:
    """None for what is no file, is not there, or cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not S_ISREG(status.st_mode):
        return None
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
