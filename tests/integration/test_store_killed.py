"""A process that writes the log is killed at random moments: nothing acknowledged is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from soak import rounds

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import AsRunEntry

KILLS = rounds(20, 1000)
SEGMENTS = 3

# Says each occurrence on its standard output when it was told that the row is safe.
WRITER = """
import sys, pathlib, itertools
from datetime import datetime, time, timedelta
from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.model import *

first = datetime(2026, 11, 23, 5, 0, tzinfo=LOCAL) + timedelta(days=1_000 * int(sys.argv[2]))
programme = PreparedProgramme(programme_id="sang", title="Sáng", duration_ms=1000)
log = AsRunLog(Store.open(pathlib.Path(sys.argv[1]), clock=SystemClock()))
for day in itertools.count():
    at = first + timedelta(days=day)
    slot = Slot(id="sang", start=time(5), days=frozenset(range(7)), programme_id="sang")
    occurrence = Occurrence(slot, at, ProgrammePlan("sang", "Sáng", ()))
    log.started(occurrence, programme, at=at, output="null")
    print("started", occurrence.id, flush=True)
    parts = [
        AsRunSegment(kind=SegmentKind.SPEECH, title=f"Bản tin {n}", started_at=at, ended_at=at)
        for n in range(3)
    ]
    log.ended(occurrence.id, at=at, outcome=Outcome.AIRED, segments=parts)
    print("ended", occurrence.id, flush=True)
"""


def acknowledged_until_killed(path: Path, run: int, *, after_s: float) -> list[tuple[str, str]]:
    """(event, occurrence) of every row that the writer was told is safe, before kill -9."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(run)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        first = writer.stdout.readline()
        threading.Event().wait(after_s)
        writer.kill()
        lines = [first, *writer.stdout.read().splitlines()]
    assert writer.returncode == -9
    # A line cut short by the kill was said before it was cut: only whole ones name an occurrence.
    pairs = [line.split() for line in lines]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2 and pair[1].endswith("+07:00")]


def contradictions(
    acknowledged: list[tuple[str, str]], stored: dict[str, AsRunEntry]
) -> list[tuple[str, str]]:
    """What was acknowledged, and is not in the log."""
    return [
        (event, name)
        for event, name in acknowledged
        if name not in stored
        or len(stored[name].starts) != 1
        or (event == "ended" and stored[name].outcome is not Outcome.AIRED)
    ]


@pytest.mark.integration
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    """Killed at a random moment, again and again: every row that was acknowledged is there, an
    end is there with all its segments or not at all, and the chain holds."""
    path = tmp_path / "station.db"
    moments = random.Random(50)
    for run in range(KILLS):
        acknowledged = acknowledged_until_killed(path, run, after_s=moments.uniform(0, 0.04))
        assert acknowledged
        with Store.open(path, clock=SystemClock()) as store:
            log = AsRunLog(store)
            stored = log.ledger(_first_of(run))
            assert contradictions(acknowledged, stored) == []
            assert {len(entry.segments) for entry in stored.values()} <= {0, SEGMENTS}
            assert len(stored) <= len({name for _event, name in acknowledged}) + 1
            assert log.verify() == []


def _first_of(run: int) -> datetime:
    return datetime(2026, 11, 23, 5, 0, tzinfo=LOCAL) + timedelta(days=1_000 * run)
