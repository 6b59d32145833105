"""The daemon's side of a programme's relays: starts their process, keeps what it tells.

It never waits: a thread holds the process, and starts it again when it dies.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from broadcaster.playout.leash import leashed
from broadcaster.playout.livepath import LivePath
from broadcaster.playout.relay.leg import Switch
from broadcaster.playout.relay.ring import BLOCKS_A_SECOND, Ring
from broadcaster.playout.relay.told import Story
from broadcaster.playout.relay.watch import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import PreparedSegment
    from broadcaster.playout.relay.leg import Leg

__all__ = ["RelayFeed"]

_log = logging.getLogger(__name__)
_MEMORY_S = 20.0
_AGAIN_AFTER_S = 1.0


@dataclass(slots=True)
class RelayFeed:
    """The relays ``legs`` of one sound, at ``lufs``, for outputs up to ``delay_ms`` late.

    Several outputs share it: it lives from the first :meth:`warm` or :meth:`begin` to the last
    :meth:`end`.
    """

    legs: Sequence[Leg]
    clock: Clock
    lufs: float
    delay_ms: int = 0
    story: Story = field(init=False)
    _ring: Ring | None = None
    _run: _Run | None = None
    _users: int = 0

    def __post_init__(self) -> None:
        self.story = Story(self.legs)

    def warm(self, zero: datetime) -> None:
        """Open the stream ahead of a programme that is to begin at ``zero``."""
        if self._run is None:
            self._start(self._monotonic(zero))

    def begin(self, audio: Path, *, zero: datetime) -> Path:
        """``audio``, whose beginning sounds at ``zero`` on one more output, with the relays."""
        instant = self._monotonic(zero)
        ring = self._ring or self._start(instant)
        ring.arm(min(instant, ring.zero or instant) if self._users else instant)
        self._users += 1
        return LivePath.over(audio, ring)

    def end(self) -> None:
        """It is silent on one output; with the last one the stream is let go."""
        self._users = max(0, self._users - 1)
        if self._run:
            self.story.until = max(self.story.until, self._run.block)
        self.close_unused()

    @property
    def is_used(self) -> bool:
        """Whether any output plays it."""
        return self._users > 0

    def close_unused(self) -> None:
        """Let the stream go, unless it is heard."""
        if not self.is_used:
            self.close()

    def close(self) -> None:
        """Let the stream go; outputs hear the prepared sound from then on."""
        if self._run:
            self._run.close()
            self._run = self._ring = None

    def remark(self) -> str:
        """What was not relayed and why, as sentences with their codes; "" for all of it."""
        return self.story.remark()

    def heard(self, parts: Sequence[PreparedSegment]) -> tuple[PreparedSegment, ...]:
        """``parts`` of the programme, where each relay is only what was really relayed."""
        return self.story.heard(parts)

    def _monotonic(self, instant: datetime) -> float:
        return time.monotonic() + (instant - self.clock.now()).total_seconds()

    def _start(self, zero: float) -> Ring:
        ring = self._ring = Ring.make(_MEMORY_S + self.delay_ms / 1000)
        ring.zero = zero
        self._run = _Run(self, ring)
        self._run.start()
        return ring


class _Run(threading.Thread):
    """One process after another, until closed; the kernel ends them with this thread."""

    def __init__(self, feed: RelayFeed, ring: Ring) -> None:
        super().__init__(name="relay", daemon=True)
        self._feed = feed
        self._ring = ring
        self._closed = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def run(self) -> None:
        while not self._closed.is_set():
            try:
                if self._serve() == 0:
                    return
            except OSError as error:
                _log.error("relay: %s", error)
            if not self._closed.is_set():
                self._tell(Switch(self.block, is_on=False, trouble=Trouble.BROKE))
            self._closed.wait(_AGAIN_AFTER_S)

    def _serve(self) -> int:
        with self._lock:
            if self._closed.is_set():
                return 0
            self._child = subprocess.Popen(
                leashed(sys.executable, "-m", "broadcaster.playout.relay.process"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                pass_fds=[self._ring.fd],
            )
        with self._child as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(self._order())
            child.stdin.flush()
            for line in child.stdout:
                self._hear(line)
        return child.returncode

    def _order(self) -> str:
        legs = [asdict(leg) for leg in self._feed.legs]
        order = {"ring": self._ring.fd, "lufs": self._feed.lufs, "legs": legs}
        return json.dumps(order) + "\n"

    def _hear(self, line: str) -> None:
        told = json.loads(line)
        switch = Switch(**{**told, "trouble": told["trouble"] and Trouble(told["trouble"])})
        self._tell(switch)

    def _tell(self, switch: Switch) -> None:
        self._feed.story.add(switch)
        name = self._feed.story.name_at(switch.number)
        if switch.is_on:
            _log.info("relay “%s”: on air", name)
        else:
            _log.warning("relay “%s”: %s %s", name, switch.trouble, switch.detail)

    @property
    def block(self) -> int:
        """The block that is heard now."""
        zero = self._ring.zero
        return 0 if zero is None else round((time.monotonic() - zero) * BLOCKS_A_SECOND)

    def close(self) -> None:
        with self._lock:
            self._closed.set()
            if self._child:
                self._child.kill()
