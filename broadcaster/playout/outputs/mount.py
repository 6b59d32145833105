"""The address of an Icecast mount, and the conversation that opens it.

HTTP PUT with Basic authentication, as Icecast 2.4 and later documents for source clients; servers
of before 2014 know only the method SOURCE, which is tried when PUT is not understood.  Every
answer but a consent becomes a sentence.
"""

from __future__ import annotations

import contextlib
import socket
from base64 import b64encode
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from broadcaster import __version__
from broadcaster.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Mount", "MountInUseError", "connect"]

_PATIENCE_S = 3.0
_SENDING_PATIENCE_S = 5.0
_SEND_BUFFER = 16_384
"""One second of sound: what a server no longer takes must not pile up here unnoticed."""
_LONGEST_ANSWER = 16_384
_NOT_UNDERSTOOD = {400, 405, 411, 501}


class MountInUseError(OutputError):
    """Another source, perhaps this very station, sends to the mount."""


@dataclass(frozen=True, slots=True)
class Mount:
    """``http://USER@HOST:PORT/MOUNT``; the password is never part of it."""

    host: str
    port: int
    path: str
    user: str
    is_encrypted: bool

    @classmethod
    def parse(cls, address: str) -> Mount:
        """Raises OutputError, which repeats nothing that may be a password."""
        hint = _("write it like icecast:http://source@127.0.0.1:8000/xa.mp3")
        try:
            parts = urlsplit(address)
            port = parts.port or 8000
        except ValueError as error:
            raise OutputError(_("this is no address of an Icecast mount"), hint=hint) from error
        if parts.password is not None:
            message = _("a password stands in the address of this output")
            raise OutputError(message, hint=_("write it into a file: password_file"))
        if parts.scheme not in {"http", "https"} or not parts.hostname or len(parts.path) < 2:
            raise OutputError(_("this is no address of an Icecast mount"), hint=hint)
        user = unquote(parts.username or "source")
        path = quote(parts.path, safe="/%:@!$&'()*+,;=~")
        return cls(parts.hostname, port, path, user, parts.scheme == "https")

    @property
    def server(self) -> str:
        return f"{self.host}:{self.port}"


def connect(mount: Mount, *, password: str, headers: Mapping[str, str]) -> socket.socket:
    """A connection on which the server waits for the sound.

    It may take six seconds.  Raises OutputError with the reason, and OSError where the
    connection breaks.
    """
    link, status, answer = _asked(mount, "PUT", "HTTP/1.1", password, headers)
    if status in _NOT_UNDERSTOOD and "Icecast 2.4" not in answer:
        link.close()
        link, second, answer = _asked(mount, "SOURCE", "HTTP/1.0", password, headers)
        status = second or status
    if status == 200 and "text/html" not in answer.lower():
        link.settimeout(_SENDING_PATIENCE_S)
        return link
    link.close()
    error = MountInUseError if "in use" in answer else OutputError
    raise error(_refusal(mount, status, answer))


def _asked(
    mount: Mount, method: str, version: str, password: str, headers: Mapping[str, str]
) -> tuple[socket.socket, int, str]:
    """(connection, status, the answer's text)."""
    link = _opened(mount)
    secret = b64encode(f"{mount.user}:{password}".encode()).decode()
    lines = [
        f"{method} {mount.path} {version}",
        f"Host: {mount.server}",
        f"Authorization: Basic {secret}",
        f"User-Agent: broadcaster/{__version__}",
        *(f"{name}: {_one_line(value)}" for name, value in headers.items()),
    ]
    try:
        link.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = _answer(link)
    except TimeoutError as error:
        link.close()
        message = _("{server} does not answer; is it an Icecast server?")
        raise OutputError(message.format(server=mount.server)) from error
    except BaseException:
        link.close()
        raise
    return link, _status(answer), answer


def _opened(mount: Mount) -> socket.socket:
    place = {"server": mount.server, "host": mount.host}
    try:
        link = socket.create_connection((mount.host, mount.port), _PATIENCE_S)
    except (socket.gaierror, UnicodeError) as error:  # the latter: a part of the name is too long
        message = _("nobody knows a machine “{host}” → correct the address, or look at the network")
        raise OutputError(message.format(**place)) from error
    except TimeoutError as error:
        message = _("{server} cannot be reached → look at the network and the firewall")
        raise OutputError(message.format(**place)) from error
    except ConnectionRefusedError as error:
        message = _("no server answers at {server} → start Icecast, or correct the port")
        raise OutputError(message.format(**place)) from error
    link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
    with contextlib.suppress(OSError, AttributeError):  # Linux: a dead line is noticed in time
        link.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(_SENDING_PATIENCE_S * 1000)
        )
    return _encrypted(link, mount) if mount.is_encrypted else link


def _encrypted(link: socket.socket, mount: Mount) -> socket.socket:
    import ssl  # noqa: PLC0415 - most servers stand in the same room

    try:
        return ssl.create_default_context().wrap_socket(link, server_hostname=mount.host)
    except (ssl.SSLError, OSError) as error:
        link.close()
        message = _("no secure connection to {server}: {detail}")
        raise OutputError(message.format(server=mount.server, detail=error)) from error


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _answer(link: socket.socket) -> str:
    """The head of the answer, and what of its body came with it."""
    received = b""
    while b"\r\n\r\n" not in received and len(received) < _LONGEST_ANSWER:
        if not (more := link.recv(4096)):
            break
        received += more
    head, _gap, body = received.partition(b"\r\n\r\n")
    if not body and _status(head.decode("latin-1")) != 200:
        link.settimeout(0.3)  # Icecast says in the body what its status does not
        with contextlib.suppress(OSError):
            body = link.recv(4096)
    return (head + b"\r\n\r\n" + body).decode("utf-8", "replace")


def _status(answer: str) -> int:
    """200 in ``HTTP/1.0 200 OK``; 0 where it is no HTTP."""
    words = answer.split(maxsplit=2)
    is_http = len(words) > 1 and words[0].startswith(("HTTP/", "ICY"))
    return int(words[1]) if is_http and words[1].isdecimal() else 0


def _refusal(mount: Mount, status: int, answer: str) -> str:
    """Why the server does not take the sound."""
    head, _gap, body = answer.partition("\r\n\r\n")
    said = _one_line(body)[:200] if "<" not in body else ""
    fields = {"server": mount.server, "mount": mount.path, "status": status, "said": said}
    is_web_page = "html" in answer.lower() and "icecast" not in head.lower()
    if 300 <= status < 400:
        fields["said"] = _header(head, "location")
        text = _("{server} points to another address, {said} → write that one into station.yaml")
    elif is_web_page or not status:
        text = _("{server} is no Icecast server: it answers like something else ({status})")
    elif status == 401 or (status == 403 and not said):
        text = _("{server} refuses the password → look at password_file and at icecast.xml")
    elif "in use" in answer:
        text = _("somebody else is sending to {mount} on {server} → choose another mount")
    else:
        text = _("{server} refuses the sound ({status}): {said}")
    return text.format(**fields)


def _header(head: str, name: str) -> str:
    lines = (line.partition(":") for line in head.splitlines())
    return next((value.strip() for key, _c, value in lines if key.lower() == name), "–")
