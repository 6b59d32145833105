"""A prepared WAV, parts of which are replaced while it sounds.

It is a path, so that every output takes it, one from another package too: what knows nothing of
it plays the prepared sound, and what reads through ``HouseWav`` hears the relay.
"""

from __future__ import annotations

from array import array
from pathlib import PosixPath
from typing import TYPE_CHECKING

from broadcaster.playout.housewav import FRAME_BYTES
from broadcaster.playout.relay.ring import BLOCK_BYTES, BLOCK_FRAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.playout.relay.ring import Block, Ring

__all__ = ["LivePath"]


class LivePath(PosixPath):
    """``path`` with the blocks of ``ring`` over it."""

    ring: Ring

    @classmethod
    def over(cls, path: Path, ring: Ring) -> LivePath:
        live = cls(path)
        live.ring = ring
        return live

    def replaced(self, blocks: Iterator[bytes], first: int) -> Iterator[bytes]:
        """``blocks`` of the file from frame ``first`` on, with what the ring has for them."""
        place = first
        for stored in blocks:
            yield b"".join(self._pieces(stored, place))
            place += len(stored) // FRAME_BYTES

    def _pieces(self, stored: bytes, place: int) -> Iterator[bytes]:
        at = 0
        while at < len(stored):
            number, offset = divmod(place + at // FRAME_BYTES, BLOCK_FRAMES)
            piece = stored[at : at + BLOCK_BYTES - offset * FRAME_BYTES]
            block = self.ring.get(number)
            yield _mixed(piece, block, offset) if block else piece
            at += len(piece)


def _mixed(stored: bytes, block: Block, offset: int) -> bytes:
    """A whole relayed block is passed on; in a fade both are added, sample by sample."""
    start = offset * FRAME_BYTES
    relayed = block.pcm[start : start + len(stored)]
    if block.fades_from == block.fades_to == 1.0:
        return relayed
    below, above = array("h", stored), array("h", relayed)
    slope = (block.fades_to - block.fades_from) / BLOCK_FRAMES
    for index, sample in enumerate(above):
        share = block.fades_from + slope * (offset + index)
        below[index] = round(sample * share + below[index] * (1 - share))
    return below.tobytes()
