"""The last door of a station that has decided for ten years: what a look costs the play path."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from approvers import approve, people_of
from small_station import APPROVED, DAY, occurrence_of, small_station, worker

from broadcaster.approval import Spoken
from broadcaster.asrun import Register, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import RegisterEvent
from broadcaster.station.preparing.consent import Decided
from broadcaster.station.preparing.prepared import PreparedFiles
from tests.bench.bench_station import resident_mb

if TYPE_CHECKING:
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.station.folder import StationFolder

_DECISIONS = 20_000
_SENTENCES = 20
_LOOKS = 25
_TEN_YEARS = f"{_DECISIONS:,} decisions"


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) for a new station, and for one of ten years."""
    with tempfile.TemporaryDirectory() as path:
        folder = small_station(Path(path) / "dai", settings=APPROVED)
        people_of(folder, DAY)
        approve(folder, DAY)
        maker = worker(folder)
        occurrence = occurrence_of(maker, "sang")
        maker.prepare(occurrence)
        with Store.open(folder.database, clock=SimulatedClock(DAY)) as store:
            store.read("PRAGMA synchronous = OFF")
            young_ms = _after_a_commit(folder, store, Decided(Register(store)), occurrence)
            _fill(Register(store))
            decided, before_mb = Decided(Register(store)), resident_mb(os.getpid())
            begun = time.perf_counter()
            decided.now()
            start_s = time.perf_counter() - begun
            grown_mb = resident_mb(os.getpid()) - before_mb
            old_ms = _after_a_commit(folder, store, decided, occurrence)
    return [
        ("the door after a commit, a new station", f"{young_ms:.1f} ms", "-"),
        (f"the door after a commit, {_TEN_YEARS}", f"{old_ms:.1f} ms", "≤ 5 ms"),
        (f"before the daemon is on duty, {_TEN_YEARS}", f"{start_s:.1f} s", "-"),
        (f"memory of what was decided, {_TEN_YEARS}", f"{grown_mb:.0f} MB", "≤ 50 MB"),
    ]


def _after_a_commit(
    folder: StationFolder, store: Store, decided: Decided, occurrence: Occurrence
) -> float:
    """The median of some looks in ms, each after a row that somebody else has written."""
    ready, taken = PreparedFiles(folder, decided), []
    assert _approved(ready.get(occurrence))
    for _look in range(_LOOKS):
        Register(store).append(RegisterEvent.SUBMITTED, "01-mot", by="lan")
        begun = time.perf_counter()
        found = ready.get(occurrence)
        taken.append(time.perf_counter() - begun)
        assert _approved(found)
    return median(taken) * 1000


def _approved(found: PreparedProgramme | None) -> bool:
    return found is not None and any(part.approval.isdecimal() for part in found.segments)


def _fill(register: Register) -> None:
    for number in range(_DECISIONS):
        spoken = _text(number)
        register.append(
            RegisterEvent.APPROVED,
            f"tin-{number}",
            by="hoa",
            content_sha256=spoken.sha256,
            details={
                "spoken": spoken.as_details(),
                "voices": ["tone:vi"],
                "valid": ["", ""],
                "heard_sha256": "a" * 64,
                "script_sha256": "b" * 64,
                "lexicon": "c" * 64,
            },
        )


def _text(number: int) -> Spoken:
    sentence = "Uỷ ban nhân dân xã mời bà con đến nhà văn hoá thôn họp về cải cách hành chính, kỳ"
    said = tuple((f"{sentence} {number}.{part}.", 400) for part in range(_SENTENCES))
    return replace(Spoken(title=f"Thông báo số {number}"), sentences=said)


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
