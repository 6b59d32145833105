"""Keeps pulling one stream: its address, its second address, and both again, until given up.

A thread, because a connection may hang for as long as it likes while what came before is heard.
"""

from __future__ import annotations

import threading
from itertools import cycle
from queue import SimpleQueue
from typing import TYPE_CHECKING

from broadcaster.playout.relay.decoder import decoded
from broadcaster.playout.relay.knock import RelayError, knock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Puller"]

_AGAIN_AFTER_S = (0.2, 0.5, 1.0, 2.0)


class Puller(threading.Thread):
    """``arrived`` holds blocks of PCM, and the errors between them."""

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__(name="relay", daemon=True)
        self.arrived: SimpleQueue[bytes | RelayError] = SimpleQueue()
        self.stream_format = ""
        self._urls = tuple(urls)
        self._over = threading.Event()
        self._next = threading.Event()

    def run(self) -> None:
        failures = 0
        for url in cycle(self._urls):
            if self._over.is_set():
                return
            self._next.clear()
            failures = 0 if self._pulled(url) else failures + 1
            rounds = failures // len(self._urls)
            self._over.wait(_AGAIN_AFTER_S[min(rounds, len(_AGAIN_AFTER_S) - 1)])

    def _pulled(self, url: str) -> bool:
        """Whether any sound came, before it ended."""
        heard = False
        try:
            self.stream_format = knock(url)
            for block in decoded(url, self.stream_format, given_up=self._next):
                heard = True
                self.arrived.put(block)
        except RelayError as error:
            if not self._next.is_set():
                self.arrived.put(error)
        return heard

    def move_on(self) -> bool:
        """What comes is not worth hearing: go to the other address; False where there is none."""
        if len(self._urls) > 1:
            self._next.set()
        return len(self._urls) > 1

    def new(self) -> Iterator[bytes | RelayError]:
        """What arrived since the last call."""
        while not self.arrived.empty():
            yield self.arrived.get()

    def close(self) -> None:
        """Let go of the stream."""
        self._over.set()
        self._next.set()
