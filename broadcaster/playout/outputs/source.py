"""What an Icecast server is sent: one MP3 stream in real time, which programmes take turns at.

The stream's own time is the clock of its listeners: sample n of it belongs to the instant at which
the stream began plus n divided by the rate.  So the start of a programme is placed to the sample,
whatever the connection took, and a programme that follows another goes on in the same stream.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.housewav import FRAME_BYTES, RATE, HouseWav, frames

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["CODEC_FRAMES", "Relay", "SourceFeeder", "Stream"]

_log = logging.getLogger(__name__)
CODEC_FRAMES = 1105
"""So much later than it was fed to LAME does a sample leave the decoder (576 of the encoder, 529
of the decoder: LAME's technical FAQ; measured with ffmpeg)."""
_FLUSH_FRAMES = frames(250)
"""What pushes the end out of the encoder, and out of Icecast, which passes on 1,400 bytes."""
_BLOCK_FRAMES = frames(100)
_AHEAD_S = 0.1
"""So much is sent before its time, lest a busy machine starve the listeners."""


class Stream:
    """One connection, its encoder, and how much was sent."""

    def __init__(self, link: socket.socket, *, kbps: int) -> None:
        import lameenc  # noqa: PLC0415 - only stations with network speakers pay for it

        self._link = link
        self._encoder = lameenc.Encoder()
        self._encoder.set_in_sample_rate(RATE)
        self._encoder.set_channels(1)
        self._encoder.set_bit_rate(kbps)
        self._encoder.set_quality(5)
        self._encoder.silence()
        self.began = time.monotonic()
        self.frames = 0

    def ends_at(self) -> float:
        """The instant to which what was sent reaches (monotonic)."""
        return self.began + self.frames / RATE

    def send(self, pcm: bytes) -> None:
        """Raises OutputError when the server has gone or takes nothing for five seconds."""
        self.frames += len(pcm) // FRAME_BYTES
        try:
            self._raise_if_closed()
            self._link.sendall(self._encoder.encode(pcm))
        except TimeoutError as error:
            raise OutputError(_("the server stalled: it took no sound for five seconds")) from error
        except OSError as error:
            message = _("the connection to the server broke: {detail}")
            detail = _(error.strerror or str(error))
            raise OutputError(message.format(detail=detail)) from error

    def _raise_if_closed(self) -> None:
        """A server that closes its end says so only to who listens."""
        with contextlib.suppress(BlockingIOError, TimeoutError):
            self._link.setblocking(False)  # noqa: FBT003
            try:
                if not self._link.recv(4096):
                    raise ConnectionResetError(_("the server ended it"))
            finally:
                self._link.settimeout(5.0)

    def close(self) -> None:
        self._link.close()


class Relay:
    """Hands the stream from one programme to the next; ``connect`` opens one where there is
    none."""

    def __init__(self, connect: Callable[[], Stream]) -> None:
        self._connect = connect
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._waiting = 0
        self._stream: Stream | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether another programme waits for its turn."""
        return self._waiting > 0

    def take(self, stopped: threading.Event) -> Stream | None:
        """The stream, once it is free; None when ``stopped`` first.  Raises OutputError."""
        with self._guard:
            self._waiting += 1
        try:
            while not self._turn.acquire(timeout=0.02):
                if stopped.is_set():
                    return None
        finally:
            with self._guard:
                self._waiting -= 1
        try:
            self._stream = self._stream or self._connect()
        except BaseException:
            self._turn.release()
            raise
        return self._stream

    def give_back(self, *, whole: bool) -> None:
        """End one's turn; a broken stream, and one that nobody waits for, is closed."""
        if self._stream and not (whole and self.is_awaited):
            self._stream.close()
            self._stream = None
        self._turn.release()


class SourceFeeder(threading.Thread):
    """Sends the frames of ``audio`` so that ``from_ms`` sounds at ``deadline`` (monotonic)."""

    def __init__(
        self, relay: Relay, audio: Path, *, deadline: float, from_ms: int, until_ms: int
    ) -> None:
        super().__init__(name=f"source of {audio.name}", daemon=True)
        self._relay = relay
        self._audio = audio
        self._deadline = deadline
        self._first, self._last = frames(from_ms), frames(until_ms)
        self._stopped = threading.Event()
        self.starts_at: float | None = None
        self.over_at: float | None = None
        self.failure = ""

    def silence(self) -> None:
        self._stopped.set()
        self.join(0.1)

    def run(self) -> None:
        try:
            with HouseWav(self._audio) as wav:
                self._serve(wav)
        except (OSError, OutputError) as error:
            self.failure = str(error)
        except Exception as error:  # noqa: BLE001 - a bug must not look like a sound to come
            self.failure = _("an error in the program: {detail}").format(detail=error)
            _log.exception("source of %s", self._audio.name)
        if self._stopped.is_set():
            self.failure = _("stopped")
        self.over_at = time.monotonic()

    def _serve(self, wav: HouseWav) -> None:
        stream = self._relay.take(self._stopped)
        if stream is None:
            return
        whole = False
        try:
            self._feed(stream, wav)
            whole = True
        finally:
            self._relay.give_back(whole=whole)
        self._wait_until((self.starts_at or 0) + (self._last - self._first) / RATE)
        if wav.length < self._last - frames(20):
            raise OutputError(_("{path} is shorter than planned").format(path=wav.path))

    def _feed(self, stream: Stream, wav: HouseWav) -> None:
        """Silence up to the start, then the audio; the end is pushed out of the encoder unless
        another programme does that."""
        begins = round((self._deadline - stream.began) * RATE) - CODEC_FRAMES
        silent = max(0, begins - stream.frames)
        self.starts_at = stream.began + (stream.frames + silent + CODEC_FRAMES) / RATE
        blocks = [_silence(silent), _small(wav.blocks(self._first, self._last))]
        for block in (block for part in blocks for block in part):
            if not self._sent(stream, block):
                return
        for block in _silence(0 if self._relay.is_awaited else _FLUSH_FRAMES):
            self._sent(stream, block)

    def _sent(self, stream: Stream, block: bytes) -> bool:
        """Send ``block`` at its time; False when stopped."""
        self._wait_until(stream.ends_at() - _AHEAD_S)
        if self._stopped.is_set():
            return False
        stream.send(block)
        return True

    def _wait_until(self, instant: float) -> None:
        self._stopped.wait(max(0.0, instant - time.monotonic()))


def _silence(count: int) -> Iterator[bytes]:
    while count > 0:
        yield bytes(FRAME_BYTES * min(count, _BLOCK_FRAMES))
        count -= _BLOCK_FRAMES


def _small(blocks: Iterator[bytes]) -> Iterator[bytes]:
    size = FRAME_BYTES * _BLOCK_FRAMES
    for block in blocks:
        yield from (block[i : i + size] for i in range(0, len(block), size))
