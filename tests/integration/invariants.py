"""What must hold after every fault, whatever it was; one place for all the fault tests."""

from __future__ import annotations

import itertools
import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SystemClock

if TYPE_CHECKING:
    from sound_server import PrivateSoundServer
    from station_process import StationProcess

    from broadcaster.model import AsRunEntry

_ACKNOWLEDGED = re.compile(r"(\S+@\S+): starts at")
_SOUND_S = 0.25


def check_invariants(
    station: StationProcess, server: PrivateSoundServer | None = None
) -> list[AsRunEntry]:
    """Raises AssertionError; returns the entries of the log by their planned start."""
    with Store.open(station.root / ".broadcaster/station.db", clock=SystemClock()) as store:
        log = AsRunLog(store)
        entries = log.entries()
        assert log.verify() == [], "the chain is broken"
    assert _acknowledged(station) <= _stored(station), "an acknowledged start is lost"
    assert _started_twice(station) == [], "started twice"
    assert all(e.reason for e in entries if e.outcome in {"missed", "failed"}), "no reason"
    _no_burst(entries)
    if server:
        _silence_when_idle(entries, server)
    return entries


def _acknowledged(station: StationProcess) -> set[str]:
    """The starts of which the daemon said that their row was written."""
    return set(_ACKNOWLEDGED.findall(station.service_log()))


def _query(station: StationProcess, query: str) -> list[tuple]:
    with closing(sqlite3.connect(station.root / ".broadcaster/station.db")) as db:
        return db.execute(query).fetchall()


def _stored(station: StationProcess) -> set[str]:
    return {name for (name,) in _query(station, "SELECT occurrence FROM asrun")}


def _started_twice(station: StationProcess) -> list[tuple]:
    return _query(
        station,
        "SELECT a.occurrence FROM asrun a WHERE a.event = 'started' AND NOT EXISTS"
        " (SELECT 1 FROM asrun r WHERE r.retracts = a.id)"
        " GROUP BY a.occurrence HAVING count(*) > 1",
    )


def _no_burst(entries: list[AsRunEntry]) -> None:
    """No two sound at once, and none outside of its late policy's half minute by much."""
    heard = sorted((e.starts[0], e.ended_at, e.occurrence) for e in entries if e.starts)
    for (_begin, end, first), (begin, _end, second) in itertools.pairwise(heard):
        assert end is None or begin >= end - timedelta(seconds=_SOUND_S), (first, second)


def _silence_when_idle(entries: list[AsRunEntry], server: PrivateSoundServer) -> None:
    """Every onset lies within an entry of the log."""
    spans = [(e.starts[0].timestamp(), _end_of(e)) for e in entries if e.starts]
    for onset in server.onsets():
        inside = any(begin - _SOUND_S <= onset <= end + _SOUND_S for begin, end in spans)
        assert inside, f"sound at {onset}, and the log has {spans}"


def _end_of(entry: AsRunEntry) -> float:
    return entry.ended_at.timestamp() if entry.ended_at else float("inf")


def rest_until(instant: datetime) -> None:
    """Real time passes."""
    clock = SystemClock()
    clock.wait_until(instant)
