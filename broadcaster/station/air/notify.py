"""Tells systemd how the daemon is: ready, alive, stopping (the protocol of ``sd_notify(3)``).

It stands apart because it is a dozen lines of one socket, for which no library is needed, and
does nothing where systemd did not start the daemon.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Notifier"]

_log = logging.getLogger(__name__)
_ALIVE_EVERY_S = 1.0
"""The loop turns many times a second; systemd need not wake up for each."""


class Notifier:
    """Sends to ``address``, a socket's path; one that begins with ``@`` is abstract, and an empty
    one means nobody listens.  Never waits and never raises: no message is worth the air."""

    def __init__(self, address: str = "", *, watchdog_s: float = 0.0) -> None:
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._complained = False
        self._alive_at_s = float("-inf")
        self.watchdog_s = watchdog_s
        """systemd kills the daemon when :meth:`alive` was not called for so long; 0 is never."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """As systemd told this process."""
        mine = environment.get("WATCHDOG_PID") in (None, "", str(os.getpid()))
        usec = environment.get("WATCHDOG_USEC", "")
        watchdog_s = int(usec) / 1e6 if mine and usec.isdigit() else 0.0
        return cls(environment.get("NOTIFY_SOCKET", ""), watchdog_s=watchdog_s)

    def ready(self) -> None:
        """The station is on duty."""
        self._send("READY=1")

    def alive(self) -> None:
        """Feed the watchdog, at most once a second; only the playout loop may."""
        now_s = time.monotonic()
        if now_s >= self._alive_at_s + _ALIVE_EVERY_S:
            self._alive_at_s = now_s
            self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """One line for ``systemctl status``."""
        self._send("STATUS=" + " ".join(text.split()))

    def stopping(self) -> None:
        """The station goes off duty."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
                sender.sendto(message.encode(), socket.MSG_DONTWAIT, self._address)
        except OSError as error:
            if not self._complained:
                _log.warning("systemd does not hear us at %r: %s", self._address, error)
            self._complained = True
