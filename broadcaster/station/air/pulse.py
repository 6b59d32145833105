"""The heartbeat of the playout: what it plays and how far it has come, at no cost.

It stands apart from the log because it is written every few milliseconds, and only the last beat
matters.  The file is mapped into memory: a beat is a copy of a few hundred bytes, and the kernel
keeps it when the process is killed.  After a crash it tells whether a start that was committed
was heard.  A power cut may lose the last beats; therefore a beat also names the boot.

Layout: two records, written in turn, so that a beat cut short leaves the one before it.  A record
is ``sequence u64, wall time u64 ns, position i64 ms, boot 16 bytes, length u16, occurrence``,
zero-padded, then the CRC-32 of all that; little-endian.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Self
from uuid import UUID

from broadcaster.clock import LOCAL
from broadcaster.errors import BroadcasterError

__all__ = ["Beat", "Pulse", "last_beat"]

_NAME_BYTES = 254
_BODY = struct.Struct(f"<QQq16sH{_NAME_BYTES}s")
_CRC = struct.Struct("<I")
_RECORD = _BODY.size + _CRC.size
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_Record = tuple[int, int, int, bytes, int, bytes]


@dataclass(frozen=True, slots=True)
class Beat:
    """One heartbeat; ``position_ms`` is negative before the first sound of ``occurrence``.

    ``this_boot`` False means that the power was cut since: later beats may be lost.
    """

    at: datetime
    occurrence: str
    position_ms: int
    this_boot: bool = True
    number: int = 0
    """It grows with each beat, whatever the clock shows."""

    def is_of(self, occurrence: str) -> bool:
        """Whether it beats for ``occurrence`` (a very long name is kept by its beginning)."""
        return self.occurrence == _name(occurrence).decode()


class Pulse:
    """The writing side; the last beat of an earlier process stands until the first of this."""

    def __init__(self, path: Path) -> None:
        self._map = _mapped(path)
        self._boot = _boot_id()
        self._sequence = max((record[0] for record in _records(self._map[:])), default=0)

    def beat(self, at: datetime, *, occurrence: str = "", position_ms: int = 0) -> None:
        """Leave a beat; an empty occurrence means that nothing is on air."""
        self._sequence += 1
        name = _name(occurrence)
        since = at - _EPOCH
        wall_ns = (
            since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds
        ) * 1000
        body = _BODY.pack(self._sequence, max(wall_ns, 0), position_ms, self._boot, len(name), name)
        place = self._sequence % 2 * _RECORD
        self._map[place : place + _RECORD] = body + _CRC.pack(zlib.crc32(body))

    def sync(self) -> None:
        """Write the beats to the disk now, against a power cut; takes a disk's time."""
        self._map.flush()

    def close(self) -> None:
        """Unmap; the file stays.  A second time does nothing."""
        self._map.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def last_beat(path: Path) -> Beat | None:
    """The last whole beat in the file; None when there is none, or all is torn or zeroed."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    whole = max(_records(raw), default=None)
    if whole is None:
        return None
    number, wall_ns, position_ms, boot, length, name = whole
    at = (_EPOCH + timedelta(microseconds=wall_ns // 1000)).astimezone(LOCAL)
    occurrence = name[:length].decode(errors="replace")
    return Beat(at, occurrence, position_ms, this_boot=boot == _boot_id(), number=number)


def _records(raw: bytes) -> list[_Record]:
    """The records whose checksum holds."""
    found: list[_Record] = []
    for place in (0, _RECORD):
        body, crc = raw[place : place + _BODY.size], raw[place + _BODY.size : place + _RECORD]
        if len(crc) == _CRC.size and _CRC.unpack(crc)[0] == zlib.crc32(body):
            found.append(_BODY.unpack(body))
    return [record for record in found if record[0]]


def _mapped(path: Path) -> mmap.mmap:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            # Real blocks: writing to a hole of a mapped file on a full disk kills the process.
            os.posix_fallocate(file.fileno(), 0, 2 * _RECORD)
            return mmap.mmap(file.fileno(), 2 * _RECORD)
    except OSError as error:
        raise BroadcasterError(
            _("{path} cannot be written: {detail}").format(
                path=path, detail=_(str(error.strerror))
            ),
            hint=_("check the owner and the permissions of the station's folder, and the disk"),
        ) from error


def _name(occurrence: str) -> bytes:
    return occurrence.encode()[:_NAME_BYTES].decode(errors="ignore").encode()


def _boot_id() -> bytes:
    try:
        return UUID(_BOOT_ID.read_text(encoding="ascii").strip()).bytes
    except (OSError, ValueError):
        return bytes(16)
