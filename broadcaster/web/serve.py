"""Listens: on this machine alone, unless told otherwise.

It stands apart because only here the page meets a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from broadcaster.web.app import make_app
from broadcaster.web.guard import LOOPBACK
from broadcaster.web.site import Site

if TYPE_CHECKING:
    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder

__all__ = ["serve"]

_GOODBYE_S = 3


def serve(folder: StationFolder, *, host: str, port: int, clock: Clock) -> None:
    """Answer until somebody ends the process."""
    site = Site(folder, clock=clock)
    app = make_app(site, hosts=LOOPBACK | {host})
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GOODBYE_S,
    )
