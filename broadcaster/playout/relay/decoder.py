"""One connection to a stream, decoded by a child: address → house PCM, block by block.

ffmpeg rather than a library, because it reads MP3, AAC, Ogg and HLS alike, is told which of them
to expect, and speaks no protocol but those it is given: a playlist that points to a file of this
machine is refused.
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING

from broadcaster.playout.housewav import RATE
from broadcaster.playout.leash import leashed
from broadcaster.playout.relay.knock import USER_AGENT, RelayError
from broadcaster.playout.relay.ring import BLOCK_BYTES, BLOCKS_A_SECOND
from broadcaster.playout.relay.watch import Trouble

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

__all__ = ["decoded"]

_PATIENCE_S = {"hls": 25.0}
"""A playlist is renewed every ten seconds or so; a stream never rests."""
_BURST_BLOCKS = 40 * BLOCKS_A_SECOND
_LOOK_S = 0.2
_BROKEN = {"End of file", "Input/output error", ""}


def decoded(url: str, stream_format: str, *, given_up: threading.Event) -> Iterator[bytes]:
    """Blocks of 20 ms as they come, never faster than a stream may come.

    :raises RelayError: when it ends, however it does; nothing is raised after ``given_up``.
    """
    if shutil.which("ffmpeg") is None:
        raise RelayError(Trouble.BROKE, "ffmpeg")
    with (
        tempfile.TemporaryFile() as words,
        subprocess.Popen(
            leashed("ffmpeg", *_arguments(url, stream_format)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            bufsize=0,
        ) as child,
    ):
        try:
            patience_s = _PATIENCE_S.get(stream_format, 8.0)
            yield from _blocks(child, patience_s, given_up)
        finally:
            child.kill()
        child.wait()
        words.seek(0)
        if not given_up.is_set():
            raise RelayError(Trouble.ENDED, _last_line(words.read(8_192)))


def _arguments(url: str, stream_format: str) -> list[str]:
    return [
        *("-nostdin", "-hide_banner", "-loglevel", "error"),
        *("-protocol_whitelist", "http,https,tcp,tls,crypto,httpproxy"),
        *("-user_agent", USER_AGENT, "-rw_timeout", "10000000"),
        *("-probesize", "65536", "-analyzeduration", "1000000"),
        *("-f", stream_format, "-i", url),
        *("-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"),
    ]


def _blocks(
    child: subprocess.Popen[bytes], patience_s: float, given_up: threading.Event
) -> Iterator[bytes]:
    assert child.stdout is not None
    began = heard = time.monotonic()
    count, pending = 0, b""
    while not given_up.is_set():
        if not select.select([child.stdout], [], [], _LOOK_S)[0]:
            if time.monotonic() - heard > patience_s:
                raise RelayError(Trouble.STALLED)
            continue
        data = os.read(child.stdout.fileno(), 65_536)
        if not data:
            return
        heard, pending = time.monotonic(), pending + data
        while len(pending) >= BLOCK_BYTES:
            yield pending[:BLOCK_BYTES]
            pending, count = pending[BLOCK_BYTES:], count + 1
        early = count - _BURST_BLOCKS - (heard - began) * BLOCKS_A_SECOND * 1.02
        if early > 0:  # a file, not a stream: it is heard in its own time
            given_up.wait(early / BLOCKS_A_SECOND)
            heard = time.monotonic()


def _last_line(words: bytes) -> str:
    """What ffmpeg said last, without its prefix ``[name @ 0x…]``; "" for a mere end."""
    lines = words.decode(errors="replace").strip().splitlines()
    last = lines[-1].rpartition("] ")[2].strip() if lines else ""
    said = last.rpartition(": ")[2]
    return "" if said in _BROKEN else said[:120]
