"""The sound of a stream that waits for its turn: a few seconds, neither fewer nor more.

It stands apart from `watch`, which decides, because here the clocks of two stations meet: another
one's second is a little longer or shorter than ours, and hours of it must not add up.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import groupby, islice

from broadcaster.playout.relay.ring import BLOCKS_A_SECOND
from broadcaster.playout.relay.watch import HEALTHY

__all__ = ["Backlog", "Waiting"]

_WINDOW = 30 * BLOCKS_A_SECOND
_LEAST = 3 * BLOCKS_A_SECOND
_ROOM = 2 * BLOCKS_A_SECOND


@dataclass(frozen=True, slots=True)
class Waiting:
    """A block of 20 ms, house PCM, and whether anything is heard in it."""

    pcm: bytes
    is_silent: bool


@dataclass(slots=True)
class Backlog:
    """``target`` is how many blocks are to wait before the first of them is heard."""

    target: int
    _blocks: deque[Waiting] = field(default_factory=deque)
    _lowest: deque[int] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self._blocks)

    def add(self, block: Waiting) -> None:
        self._blocks.append(block)

    def trim(self) -> None:
        """Forget the oldest, so that what is heard first is not old."""
        while len(self._blocks) > self.target:
            self._blocks.popleft()

    def clear(self) -> None:
        """Forget all of it."""
        self._blocks.clear()

    def take(self) -> Waiting | None:
        """The next block; its taking is a tick of our clock."""
        self._lowest.append(len(self._blocks))
        if len(self._lowest) > _WINDOW:
            self._lowest.popleft()
        return self._blocks.popleft() if self._blocks else None

    def begin(self) -> None:
        """What was observed of the clocks belongs to what was heard before."""
        self._lowest.clear()

    @property
    def drift(self) -> int:
        """+1 where their clock is faster and too much piles up, −1 where ours is, 0 in between.

        The least that waited in half a minute tells it: a stream that comes in bursts, as HLS
        does, has a low that stays.
        """
        if len(self._lowest) < _WINDOW:
            return 0
        lowest = min(self._lowest)
        return -1 if lowest < _LEAST else int(lowest > self.target + _ROOM)

    @property
    def silence_ahead(self) -> int:
        """Silent blocks before the first sound."""
        return next((n for n, b in enumerate(self._blocks) if not b.is_silent), len(self._blocks))

    @property
    def longest_silence(self) -> int:
        """The longest row of silent blocks among those that would be heard first."""
        rows = groupby(islice(self._blocks, HEALTHY), key=lambda block: block.is_silent)
        return max((sum(1 for _ in row) for is_silent, row in rows if is_silent), default=0)
