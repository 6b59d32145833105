"""What the daemon and the relay's process say to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.playout.relay.ring import BLOCKS_A_SECOND

if TYPE_CHECKING:
    from broadcaster.playout.relay.watch import Trouble

__all__ = ["BLOCK_MS", "Leg", "Switch"]

BLOCK_MS = 1000 // BLOCKS_A_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A relay's place in a programme, in blocks, and its addresses, the first one first.

    Where bulletins stand in for it, ``entries`` are their beginnings in the WAV ``audio``, and
    ``music`` is the block from which there is only music.
    """

    name: str
    urls: tuple[str, ...]
    first: int
    last: int
    title: str = ""
    entries: tuple[int, ...] = ()
    music: int = 0
    audio: str = ""

    def next_entry(self, number: int) -> int:
        """The block, from ``number`` on, where local sound may begin."""
        if number >= self.music:
            return number
        return min((entry for entry in self.entries if entry >= number), default=self.music)


@dataclass(frozen=True, slots=True)
class Switch:
    """From block ``number`` on the relay is heard, or is not because of ``trouble``."""

    number: int
    is_on: bool
    trouble: Trouble | None = None
    detail: str = ""
