"""Listens: on this machine alone, unless told otherwise.

It stands apart because only here the page meets a network.
"""

from __future__ import annotations

import socket
from contextlib import closing
from gettext import gettext as _
from typing import TYPE_CHECKING

import uvicorn

from broadcaster.errors import BroadcasterError
from broadcaster.web.app import make_app
from broadcaster.web.guard import LOOPBACK, host_name
from broadcaster.web.lan import certificate_for, local_address, picture_of
from broadcaster.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder

__all__ = ["ListenError", "serve"]

_GOODBYE_S = 2
_EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - to be told apart from an address


class ListenError(BroadcasterError):
    """Nothing can be answered at this address (exit code 3)."""

    exit_code = 3


def serve(
    folder: StationFolder,
    *,
    host: str,
    port: int,
    lan: bool,
    clock: Clock,
    tell: Callable[[str], None],
) -> None:
    """Answer until somebody ends the process; ``tell`` shows a sentence on the console.

    Raises ListenError where the address is taken, StoreError where the store cannot be opened.
    """
    name = local_address() if lan else host
    if name in _EVERYWHERE:
        message = _("“{host}” is every address of the machine: the page wants one").format(
            host=host
        )
        raise ListenError(message, hint=_("for the phones of the office: broadcaster web --lan"))
    site = Site(folder, clock=clock)
    with closing(_listening(name, port)) as listening:
        shown = f"[{name}]" if ":" in name else name
        address = f"http{'s' if lan else ''}://{shown}:{port}/"
        _announce(site, address, tell, lan=lan)
        certificate = certificate_for(folder, name) if lan else None
        app = make_app(site, hosts=LOOPBACK | {host_name(shown)}, secure=lan)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GOODBYE_S,
            ssl_certfile=str(certificate) if certificate else None,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        message = _("the page cannot listen at {host}:{port}: {reason}").format(
            host=host, port=port, reason=_(str(error.strerror or error))
        )
        raise ListenError(
            message, hint=_("does it run already? Or choose another --port")
        ) from error
    return listening


def _announce(site: Site, address: str, tell: Callable[[str], None], *, lan: bool) -> None:
    tell(_("The page is at {address} – Ctrl+C ends it.").format(address=address))
    if lan:
        tell(picture_of(address))
        tell(
            _(
                "The phone warns once, because the station vouches for itself: choose “go on”. "
                "Everybody in this network can see the door; nobody comes in without a password."
            )
        )
    if not site.door.has_owner():
        text = _("The page has no owner yet. Open it and type this setup code: {code}")
        tell(text.format(code=f"{site.setup_code[:4]}-{site.setup_code[4:]}"))
