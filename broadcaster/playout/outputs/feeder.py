"""Feeds one player program: silence up to its start, then the audio, then waits for its exit.

It is a thread of its own so that a player that stops reading can never hold up the air.  The
thread starts the child too: the kernel's parent-death signal follows the thread that forked.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import subprocess
import tempfile
import threading
import time
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.housewav import FRAME_BYTES, RATE, HouseWav, frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import IO

__all__ = ["Feeder"]

_PROBE_BYTES = 4096
"""One page, the smallest pipe: it can be written to again once the player has read all of it."""
_FLOW_BYTES = 65_536
_STALLED_AFTER_S = 2.0
_ROUNDING_FRAMES = frames(20)


class Feeder(threading.Thread):
    """Runs ``command`` so that the frame ``from_ms`` of ``audio`` sounds at ``deadline``.

    ``deadline`` is an instant of ``time.monotonic()``; ``latency_s`` the time from the moment
    that the command reads its first bytes to the moment that they sound.
    """

    def __init__(
        self,
        command: Sequence[str],
        audio: Path,
        *,
        deadline: float,
        latency_s: float,
        from_ms: int,
        until_ms: int,
    ) -> None:
        super().__init__(name=f"feeder of {audio.name}", daemon=True)
        self._command = list(command)
        self._audio = audio
        self._deadline = deadline
        self._latency_s = latency_s
        self._first, self._last = frames(from_ms), frames(until_ms)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self.starts_at: float | None = None
        """When it begins to sound; None until the player is connected."""
        self.over_at: float | None = None
        """When it ended or failed."""
        self.failure = ""
        """Why it failed, as a sentence."""

    @property
    def child_pid(self) -> int | None:
        return self._child.pid if self._child else None

    def silence(self) -> None:
        """Kill the player: what it has buffered dies with it."""
        with self._lock:
            self._stopped = True
            if self._child:
                self._child.kill()
        self.join(0.1)

    def run(self) -> None:
        try:
            with HouseWav(self._audio) as wav, tempfile.TemporaryFile() as complaints:
                if child := self._spawn(complaints):
                    self._serve(child, wav, complaints)
        except (OSError, OutputError) as error:
            self.failure = str(error)
        if self._stopped:
            self.failure = _("stopped")
        self.over_at = time.monotonic()

    def _spawn(self, complaints: IO[bytes]) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if not self._stopped:
                self._child = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=complaints,
                )
        return self._child

    def _serve(self, child: subprocess.Popen[bytes], wav: HouseWav, complaints: IO[bytes]) -> None:
        """Feed ``child`` to its end; it never outlives this call."""
        try:
            taken = self._feed(child, wav)
            status = child.wait(self._left_s() + _STALLED_AFTER_S)
        except (TimeoutError, subprocess.TimeoutExpired):
            self.failure = _("the player stalled: it took no sound for two seconds")
        else:
            self.failure = _why_it_left(status, complaints)
            if not self.failure and not taken:
                self.failure = _("the player ended before all was played")
            elif not self.failure and wav.length < self._last - _ROUNDING_FRAMES:
                self.failure = _("{path} is shorter than planned").format(path=wav.path)
        finally:
            child.kill()
            child.wait()

    def _feed(self, child: subprocess.Popen[bytes], wav: HouseWav) -> bool:
        """Whether the player took all of it."""
        assert child.stdin is not None
        with child.stdin as pipe:
            try:
                silent_frames = self._connect(pipe.fileno())
                for block in _silence(silent_frames):
                    _write(pipe.fileno(), block)
                for block in wav.blocks(self._first, self._last):
                    _write(pipe.fileno(), block)
            except BrokenPipeError:
                return False
        return True

    def _connect(self, pipe: int) -> int:
        """Wait until the player reads, and only then compute how much silence is left to feed.

        How long a player takes to connect varies by far more than what follows, so that time
        is kept out of the reckoning.
        """
        os.set_blocking(pipe, False)
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PROBE_BYTES)
        _write(pipe, bytes(_PROBE_BYTES))
        _wait_until_read(pipe)
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _FLOW_BYTES)
        probe_frames = _PROBE_BYTES // FRAME_BYTES
        heard_at = time.monotonic() + self._latency_s
        silent_frames = round((self._deadline - heard_at) * RATE)
        self.starts_at = max(self._deadline, heard_at + probe_frames / RATE)
        return max(0, silent_frames - probe_frames)

    def _left_s(self) -> float:
        """How long the player still has sound."""
        ends_at = (self.starts_at or 0) + (self._last - self._first) / RATE
        return max(0.0, ends_at - time.monotonic())


def _silence(count: int) -> Iterator[bytes]:
    while count > 0:
        yield bytes(FRAME_BYTES * min(count, RATE))
        count -= RATE


def _write(pipe: int, block: bytes) -> None:
    left = memoryview(block)
    while left:
        _wait_until_read(pipe)
        with contextlib.suppress(BlockingIOError):
            left = left[os.write(pipe, left) :]


def _wait_until_read(pipe: int) -> None:
    """Return once ``pipe`` has room.

    :raises TimeoutError: where nothing was read from it for two seconds.
    """
    poll = select.poll()
    poll.register(pipe, select.POLLOUT)
    if not poll.poll(_STALLED_AFTER_S * 1000):
        raise TimeoutError


def _why_it_left(status: int, complaints: IO[bytes]) -> str:
    """The last line that the player wrote, where it did not leave in peace."""
    if status == 0:
        return ""
    complaints.seek(0)
    lines = complaints.read(_PROBE_BYTES).decode(errors="replace").strip().splitlines()
    fallback = _("the player ended with status {status}").format(status=status)
    return lines[-1].strip() if lines else fallback
