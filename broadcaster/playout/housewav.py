"""House WAV files as bytes: a checked header, then frames in blocks.

Playout only carries finished PCM (48 kHz, mono, 16 bit) from a file to a player, so it needs the
standard library's ``wave`` alone, never numpy, and constant memory.
"""

from __future__ import annotations

import struct
import wave
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from broadcaster.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FRAME_BYTES", "HEADER_BYTES", "RATE", "HouseWav", "Replaced", "frames", "header", "ms"]

RATE = 48_000
FRAME_BYTES = 2
HEADER_BYTES = 44
_BLOCK = 24_000


def frames(milliseconds: int) -> int:
    """How many frames sound in that time."""
    return milliseconds * RATE // 1000


def ms(frame_count: int) -> int:
    """How long that many frames sound."""
    return frame_count * 1000 // RATE


def header(frame_count: int) -> bytes:
    """The canonical 44 bytes before the samples (RIFF/WAVE, format 1, IBM and Microsoft 1991)."""
    size = frame_count * FRAME_BYTES
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE * FRAME_BYTES, FRAME_BYTES, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE")
        + fmt
        + struct.pack("<4sI", b"data", size)
    )


@runtime_checkable
class Replaced(Protocol):
    """A path whose sound is replaced here and there while it plays."""

    def replaced(self, blocks: Iterator[bytes], first: int) -> Iterator[bytes]:
        """``blocks`` of the file, from frame ``first`` on, as they are to be heard."""


class HouseWav:
    """An open house WAV; a context manager.

    :raises OutputError: where it is missing, is no WAV, or is not in the house format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._wave = wave.open(str(path), "rb")  # noqa: SIM115  close() owns it
        except (OSError, EOFError, wave.Error) as error:
            raise OutputError(
                _("{path} cannot be played: {detail}").format(
                    path=path, detail=str(error) or _("the file is cut off")
                ),
                hint=_("make it again: broadcaster render --force"),
            ) from error
        self._refuse_other_formats()

    def _refuse_other_formats(self) -> None:
        found = self._wave.getframerate(), self._wave.getnchannels(), self._wave.getsampwidth()
        if found != (RATE, 1, FRAME_BYTES):
            self.close()
            raise OutputError(
                _(
                    "{path} has {rate} Hz, {channels} channels and {bits} bits; "
                    "only 48000 Hz, mono, 16 bits can go on air"
                ).format(path=self.path, rate=found[0], channels=found[1], bits=8 * found[2]),
                hint=_("make it again: broadcaster render --force"),
            )

    @property
    def length(self) -> int:
        """Frames that are really there, whatever the header promises."""
        stored = (self.path.stat().st_size - HEADER_BYTES) // FRAME_BYTES
        return min(self._wave.getnframes(), stored)

    def blocks(self, first: int, last: int) -> Iterator[bytes]:
        """Half-second blocks of the frames from ``first`` up to ``last``; fewer where it ends."""
        stored = self._stored(first, last)
        return self.path.replaced(stored, first) if isinstance(self.path, Replaced) else stored

    def _stored(self, first: int, last: int) -> Iterator[bytes]:
        length = self._wave.getnframes()
        self._wave.setpos(min(first, length))
        left = min(last, length) - first
        while left > 0 and (block := self._wave.readframes(min(left, _BLOCK))):
            left -= len(block) // FRAME_BYTES
            yield block

    def close(self) -> None:
        self._wave.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
