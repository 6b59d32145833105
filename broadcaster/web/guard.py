"""What holds for every request whatever page it is for: the host it is meant for, how long it may
be, and the headers of every answer.

It stands apart, below the framework, so that no page can forget it.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOOPBACK", "Guard", "TooLongError", "host_name", "limited"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none';"
        " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}


class TooLongError(Exception):
    """The body of a request is longer than its route takes."""


def host_name(host: str) -> str:
    """``host`` without its port, in small letters: ``[::1]:8080`` → ``[::1]``."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


class Guard:
    """Around ``app``: answers only to ``hosts``, and adds the headers that keep a browser from
    doing what the page never wants."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if host_name(Headers(scope=scope).get("host", "")) not in self._hosts:
            answer = PlainTextResponse(_("this address is not the station's page"), status_code=421)
            await answer(scope, receive, _with_headers(send))
            return
        await self._app(scope, receive, _with_headers(send))


def limited(receive: Receive, most_bytes: int, headers: Mapping[str, str]) -> Receive:
    """``receive`` until so much has come; then TooLongError, and at once where ``headers`` promise
    more."""
    promised = headers.get("content-length", "")
    taken = int(promised) if promised.isdecimal() and int(promised) > most_bytes else 0

    async def taking() -> Message:
        nonlocal taken
        if taken > most_bytes:
            raise TooLongError
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise TooLongError
        return message

    return taking


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
