"""One relay in a programme: from its stream to the ring, a few seconds before it is heard.

It stands apart from the process around it so that a test can hand it any sound and any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from broadcaster.playout.relay.backlog import Backlog, Waiting
from broadcaster.playout.relay.bridge import Bridge
from broadcaster.playout.relay.knock import RelayError
from broadcaster.playout.relay.leg import Switch
from broadcaster.playout.relay.level import Leveller, is_silent, resampled
from broadcaster.playout.relay.ring import BLOCK_BYTES, BLOCK_FRAMES, BLOCKS_A_SECOND, Block, Ring
from broadcaster.playout.relay.watch import HEALTHY, Facts, Trouble, Watch
from broadcaster.sound.wav import to_int16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadcaster.playout.relay.leg import Leg
    from broadcaster.sound.wav import Pcm

__all__ = ["AHEAD_S", "Relaying", "Source"]

_Shares = tuple[float, float]

AHEAD_S = 2.5
"""So long before it is heard is a block written: outputs read up to 1.5 s ahead."""
_TARGETS = {"hls": 24 * BLOCKS_A_SECOND}
"""Pieces of up to ten seconds come one by one."""
_FULL_SCALE = np.float32(32_768)


class Source(Protocol):
    """Where the sound comes from: a :class:`~broadcaster.playout.relay.puller.Puller`."""

    stream_format: str

    def new(self) -> Iterable[bytes | RelayError]:
        """Blocks of 20 ms, and why the stream broke, in the order in which they came."""

    def move_on(self) -> bool:
        """Try another address; False where there is none."""


class Relaying:
    """Call :meth:`advance` some fifty times a second, from the connection on."""

    def __init__(
        self, leg: Leg, source: Source, ring: Ring, *, lufs: float, tell: Callable[[Switch], None]
    ) -> None:
        self._leg = leg
        self._source = source
        self._ring = ring
        self._tell = tell
        self._leveller = Leveller(lufs)
        self._backlog = Backlog(HEALTHY)
        self._watch = Watch()
        self._bridge = Bridge(leg)
        self._rest: Pcm = np.zeros(0, dtype=np.float32)
        self._next = leg.first
        self._error: RelayError | None = None
        self._told: tuple[bool, Trouble | None] | None = None

    @property
    def is_over(self) -> bool:
        return self._next >= self._leg.last

    def advance(self, now: float) -> None:
        """Take in what came, and write what is due; ``now`` on ``time.monotonic()``."""
        for came in self._source.new():
            self._take_in(came)
        self._backlog.target = _TARGETS.get(self._source.stream_format, HEALTHY)
        if not self._watch.is_on:
            self._backlog.trim()
        zero = self._ring.zero
        if zero is None or not self._ring.is_armed:
            return
        due = round((now + AHEAD_S - zero) * BLOCKS_A_SECOND)
        heard_by_now = round((now - zero) * BLOCKS_A_SECOND)
        self._next = max(self._next, heard_by_now)  # late: what has sounded is local already
        while self._next < min(due, self._leg.last):
            self._write(self._next)
            self._next += 1

    def _take_in(self, came: bytes | RelayError) -> None:
        if isinstance(came, RelayError):
            self._error = came
            return
        self._error = None
        samples = _samples(came)
        self._leveller.hear(samples)
        self._backlog.add(Waiting(came, is_silent(samples)))

    def _write(self, number: int) -> None:
        backlog, watch, left = self._backlog, self._watch, self._leg.last - number
        waited = watch.is_on
        longest = 0 if waited else backlog.longest_silence
        is_open = self._bridge.is_open_at(number)
        facts = Facts(len(backlog), backlog.silence_ahead, longest, left, is_open)
        trouble = watch.step(facts)
        self._note(number, trouble, facts)
        if watch.is_on and not waited:
            backlog.begin()
        if trouble:
            self._bridge.begin(number)
        self._put(number, watch.fade(facts))

    def _put(self, number: int, relayed: _Shares) -> None:
        """Write the block: the relay, over music where that bridges to a bulletin."""
        music = self._bridge.shares(number)
        if not any(relayed) and not any(music):
            return
        pcm = self._leveller.shape(self._taken()) if any(relayed) else bytes(BLOCK_BYTES)
        if not any(music):
            self._ring.put(number, Block(pcm, *relayed))
            return
        share = np.linspace(*relayed, BLOCK_FRAMES, dtype=np.float32)
        mixed = _samples(pcm) * share + self._bridge.block(number) * (1 - share)
        over = (max(relayed[0], music[0]), max(relayed[1], music[1]))
        self._ring.put(number, Block(to_int16(mixed).tobytes(), *over))
        if relayed[1] == 1.0:
            self._bridge.end()

    def _taken(self) -> Pcm:
        """A block's time of sound, stretched or pressed by 0.2 % where the clocks differ."""
        wanted = BLOCK_FRAMES + 2 * self._backlog.drift
        while len(self._rest) < wanted:
            block = self._backlog.take()
            more = _samples(block.pcm) if block else np.zeros(BLOCK_FRAMES, dtype=np.float32)
            self._rest = np.concatenate([self._rest, more])
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        return taken if wanted == BLOCK_FRAMES else resampled(taken)

    def _note(self, number: int, left_for: Trouble | None, facts: Facts) -> None:
        """Tell what is new: a change, or another reason why there is none."""
        reason, detail = (None, "") if self._watch.is_on else self._why_not(left_for, facts)
        if reason is Trouble.SILENT and self._source.move_on():
            self._backlog.clear()
        if self._told != (self._watch.is_on, reason):
            self._told = (self._watch.is_on, reason)
            self._tell(Switch(number, self._watch.is_on, reason, detail))

    def _why_not(self, left_for: Trouble | None, facts: Facts) -> tuple[Trouble, str]:
        if left_for is Trouble.SILENT:
            return left_for, ""
        if self._error:
            return self._error.trouble, self._error.detail
        if facts.ready >= HEALTHY and (facts.silence_ahead or facts.longest_silence):
            return Trouble.SILENT, ""
        before = self._told[1] if self._told else None
        return left_for or before or Trouble.LATE, ""


def _samples(pcm: bytes) -> Pcm:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / _FULL_SCALE
