"""What tests of a whole station share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from icecast_server import IcecastServer
from sound_server import PrivateSoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[PrivateSoundServer]:
    """A sound server of the test's own, which remembers what it was given to play."""
    with PrivateSoundServer() as server:
        yield server


@pytest.fixture
def icecast() -> Iterator[IcecastServer]:
    """A streaming server of the test's own."""
    with IcecastServer() as server:
        yield server
