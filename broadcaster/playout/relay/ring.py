"""What a relay has ready for air, in memory that the daemon and the relay's process share.

A ring of blocks of 20 ms, each under its place in the programme: the process writes a block some
seconds before it sounds, outputs read it when they come there.  A block that is not there is the
prepared sound's, so that a process that dies costs nothing but the relay.
"""

from __future__ import annotations

import mmap
import os
import struct
import weakref
from dataclasses import dataclass
from typing import Self

from broadcaster.playout.housewav import FRAME_BYTES, RATE

__all__ = ["BLOCKS_A_SECOND", "BLOCK_BYTES", "BLOCK_FRAMES", "Block", "Ring"]

BLOCKS_A_SECOND = 50
BLOCK_FRAMES = RATE // BLOCKS_A_SECOND
BLOCK_BYTES = BLOCK_FRAMES * FRAME_BYTES
_ZERO = struct.Struct("<q")
_HEAD = struct.Struct("<qff")
_SLOT = _HEAD.size + BLOCK_BYTES
_FIRST = 64


@dataclass(frozen=True, slots=True)
class Block:
    """House PCM of 20 ms; how much of it is heard, at its beginning and its end (0 … 1)."""

    pcm: bytes
    fades_from: float = 1.0
    fades_to: float = 1.0


class Ring:
    """Block n of the programme, for the last ``seconds`` that were written."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._memory = mmap.mmap(fd, 0)
        self._slots = (len(self._memory) - _FIRST) // _SLOT

    @classmethod
    def make(cls, seconds: float) -> Self:
        """New memory, which is gone with the last process that holds it."""
        fd = os.memfd_create("broadcaster-relay")
        os.ftruncate(fd, _FIRST + _SLOT * round(seconds * BLOCKS_A_SECOND))
        ring = cls(fd)
        weakref.finalize(ring, os.close, fd)
        return ring

    @property
    def zero(self) -> float | None:
        """When the programme's beginning sounds, on ``time.monotonic()``; None while unknown."""
        (nanoseconds,) = _ZERO.unpack_from(self._memory, 0)
        return nanoseconds / 1e9 if nanoseconds else None

    @zero.setter
    def zero(self, instant: float) -> None:
        _ZERO.pack_into(self._memory, 0, round(instant * 1e9))

    @property
    def is_armed(self) -> bool:
        """Whether :attr:`zero` is the instant itself, and no longer only the plan."""
        return bool(self._memory[_ZERO.size])

    def arm(self, zero: float) -> None:
        """The programme's beginning sounds at ``zero``: blocks may be written."""
        self.zero = zero
        self._memory[_ZERO.size] = 1

    def put(self, number: int, block: Block) -> None:
        """Block ``number`` is ready; its name is written last."""
        place = self._place(number)
        _HEAD.pack_into(self._memory, place, 0, block.fades_from, block.fades_to)
        self._memory[place + _HEAD.size : place + _SLOT] = block.pcm
        _ZERO.pack_into(self._memory, place, number + 1)

    def get(self, number: int) -> Block | None:
        """Block ``number``, unless the relay has nothing for that place."""
        place = self._place(number)
        name, fades_from, fades_to = _HEAD.unpack_from(self._memory, place)
        if name != number + 1:
            return None
        pcm = self._memory[place + _HEAD.size : place + _SLOT]
        return Block(pcm, fades_from, fades_to)

    def _place(self, number: int) -> int:
        return _FIRST + number % self._slots * _SLOT
