"""Logs that close their database when the test is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from airings import FIVE

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def open_log(tmp_path: Path) -> Iterator[Callable[[], AsRunLog]]:
    """Opens the log of one station, as often as it is called."""
    stores: list[Store] = []

    def open_it() -> AsRunLog:
        stores.append(Store.open(tmp_path / "station.db", clock=SimulatedClock(FIVE)))
        return AsRunLog(stores[-1])

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def log(open_log: Callable[[], AsRunLog]) -> AsRunLog:
    """The empty log of a new station."""
    return open_log()
