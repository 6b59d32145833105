"""Listens: on this machine alone, unless told otherwise.

It stands apart because only here the page meets a network.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import uvicorn

from broadcaster.web.app import make_app
from broadcaster.web.guard import LOOPBACK
from broadcaster.web.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder

__all__ = ["serve"]

_GOODBYE_S = 3


def serve(
    folder: StationFolder, *, host: str, port: int, clock: Clock, tell: Callable[[str], None]
) -> None:
    """Answer until somebody ends the process; ``tell`` shows a sentence on the console.

    Raises StoreError where the store cannot be opened.
    """
    site = Site(folder, clock=clock)
    tell(_("The page is at {address} – Ctrl+C ends it.").format(address=f"http://{host}:{port}/"))
    if not site.door.has_owner():
        text = _("The page has no owner yet. Open it and type this setup code: {code}")
        tell(text.format(code=f"{site.setup_code[:4]}-{site.setup_code[4:]}"))
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
