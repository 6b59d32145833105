"""The page for the phones of the office: an address, a certificate, a picture for the camera.

It stands apart because it is wanted only with --lan, and loads what nothing else needs.
"""

from __future__ import annotations

import io
import os
import socket
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["certificate_for", "local_address", "picture_of"]

_NOWHERE = ("192.0.2.1", 9)  # RFC 5737: nothing is sent, the system only chooses the way


def local_address() -> str:
    """The address of this machine in its network; raises ConfigError where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
            return str(probe.getsockname()[0])
        except OSError as error:
            message = _("this machine is in no network")
            raise ConfigError((), message=message) from error


def certificate_for(folder: StationFolder, address: str) -> Path:
    """A certificate with its key for ``address``, made once and kept beside the store; readable
    by the station's user alone."""
    import trustme  # noqa: PLC0415 - only with --lan

    path = folder.state / f"page-{address.replace(':', '_')}.pem"
    if not path.is_file():
        made = trustme.CA(organization_name="broadcaster").issue_cert(address)
        blob = made.private_key_pem.bytes() + b"".join(c.bytes() for c in made.cert_chain_pems)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(blob)
        part.replace(path)
    return path


def picture_of(address: str) -> str:
    """A QR code of ``address`` for a terminal."""
    import segno  # noqa: PLC0415 - only with --lan

    text = io.StringIO()
    segno.make(address, error="m").terminal(out=text, compact=True, border=2)
    return text.getvalue()
