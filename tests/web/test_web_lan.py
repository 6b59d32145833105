"""The page for the phones of the office: its certificate, and the picture for their cameras."""

from __future__ import annotations

import socket
import ssl
import threading
from typing import TYPE_CHECKING

from small_station import small_station

from broadcaster.web.lan import certificate_for, picture_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_certificate_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    """A phone that trusts the station once knows it again tomorrow; no other user reads its key."""
    folder = small_station(tmp_path / "dai")
    made = certificate_for(folder, "127.0.0.1")
    before = made.read_bytes()
    assert certificate_for(folder, "127.0.0.1").read_bytes() == before
    assert made.stat().st_mode & 0o077 == 0


def test_a_browser_can_speak_with_it(tmp_path: Path) -> None:
    """The certificate and its key open a TLS 1.3 connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_for(small_station(tmp_path / "dai"), "127.0.0.1"))
    browser = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    browser.check_hostname, browser.verify_mode = False, ssl.CERT_NONE
    ours, theirs = socket.socketpair()
    with ours, theirs:
        answer = threading.Thread(
            target=lambda: context.wrap_socket(ours, server_side=True).close()
        )
        answer.start()
        with browser.wrap_socket(theirs, server_hostname="127.0.0.1") as secure:
            assert secure.version() == "TLSv1.3"
        answer.join()


def test_each_address_has_its_own_picture() -> None:
    """The picture is a square of blocks, as wide as a terminal, and says which address it is."""
    one, other = (picture_of(f"https://192.0.2.{n}:8080/") for n in (2, 3))
    assert one != other
    lines = one.strip("\n").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert len(lines[0]) < 60
