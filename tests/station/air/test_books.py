"""Rows that wait for room on the disk."""

from __future__ import annotations

from air import SECOND
from occurrences import at

from broadcaster.asrun import RefusedError, StoreError
from broadcaster.clock import SimulatedClock
from broadcaster.station.air.books import Books


class Disk:
    def __init__(self) -> None:
        self.full = False
        self.rows: list[str] = []

    def row(self, name: str):
        def write() -> None:
            if self.full:
                raise StoreError("no room")
            if name == "contradiction":
                raise RefusedError("it has already ended")
            self.rows.append(name)

        return write


def test_rows_keep_their_order() -> None:
    """What could not be written comes first when there is room again."""
    disk, clock = Disk(), SimulatedClock(at("05:00"))
    books = Books(clock)
    disk.full = True
    books.note("a", disk.row("first"))
    assert books.is_resting
    assert not books.commit(disk.row("second"))
    disk.full = False
    clock.wait_until(clock.now() + SECOND)
    assert not books.is_resting
    assert books.commit(disk.row("third"))
    assert disk.rows == ["first", "third"]
    assert books.rests_until is None


def test_what_the_log_refuses_holds_nothing_up() -> None:
    """A row that contradicts the log is told to the service log, and the next is written."""
    disk = Disk()
    books = Books(SimulatedClock(at("05:00")))
    books.note("a", disk.row("contradiction"))
    books.note("a", disk.row("next"))
    assert disk.rows == ["next"]
