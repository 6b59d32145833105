"""Whose turn it is among the bulletins: what the log remembers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from occurrences import at, occurrence
from small_station import WEEK, bulletin, schedule, small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import AsRunSegment, Outcome, PreparedProgramme, SegmentKind
from broadcaster.station.air.simulate import simulate
from broadcaster.station.assembly.history import aired_in, history

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

PROGRAMME = PreparedProgramme(programme_id="p", title="P", duration_ms=60_000)
A_DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


@pytest.fixture
def log(folder: StationFolder) -> Iterator[AsRunLog]:
    with Store.open(folder.database, clock=SimulatedClock(at("00:00"))) as store:
        yield AsRunLog(store)


def air(
    log: AsRunLog,
    name: str,
    *,
    days_ago: int,
    bulletin_id: str,
    outcome: Outcome = Outcome.AIRED,
) -> None:
    """Let a programme with one bulletin be heard at 17:00 that many days ago."""
    start = at("17:00") - days_ago * A_DAY
    what = occurrence(name, start)
    log.started(what, PROGRAMME, at=start, output="null")
    heard = AsRunSegment(
        kind=SegmentKind.SPEECH,
        title="…",
        started_at=start,
        ended_at=start + timedelta(minutes=1),
        bulletin_id=bulletin_id,
    )
    log.ended(what.id, at=start, outcome=outcome, segments=[heard])


def test_the_last_day_of_each_bulletin(folder: StationFolder, log: AsRunLog) -> None:
    """Of several airings the last counts, by its local day."""
    air(log, "a", days_ago=3, bulletin_id="01-mot")
    air(log, "b", days_ago=1, bulletin_id="01-mot")
    air(log, "c", days_ago=2, bulletin_id="02-hai")
    expected = {"01-mot": date(2026, 11, 22), "02-hai": date(2026, 11, 21)}
    assert aired_in(log)(occurrence("sang", "05:30")) == expected
    with history(folder) as aired:
        assert aired(occurrence("sang", "05:30")) == expected


def test_its_own_airing_does_not_count(log: AsRunLog) -> None:
    """A programme that is made again after it was heard chooses as it did before."""
    air(log, "chieu", days_ago=0, bulletin_id="01-mot")
    assert aired_in(log)(occurrence("chieu", "17:00")) == {}
    assert aired_in(log)(occurrence("toi", "19:00")) == {"01-mot": date(2026, 11, 23)}


def test_what_was_heard_last_spring_is_forgotten(log: AsRunLog) -> None:
    """After three months a bulletin counts as never heard."""
    air(log, "a", days_ago=120, bulletin_id="01-mot")
    assert aired_in(log)(occurrence("sang", "05:30")) == {}


def test_a_station_without_a_log_has_no_history(folder: StationFolder) -> None:
    """A new station chooses all the same, and no log is made for the asking."""
    with history(folder) as aired:
        assert aired(occurrence("sang", "05:30")) == {}
    assert not folder.database.exists()


def test_a_damaged_log_costs_the_history_only(folder: StationFolder) -> None:
    """A log that cannot be read never keeps a programme from being made."""
    folder.database.parent.mkdir(parents=True, exist_ok=True)
    folder.database.write_bytes(b"no database at all" * 100)
    with history(folder) as aired:
        assert aired(occurrence("sang", "05:30")) == {}


def test_a_simulated_week_takes_turns(folder: StationFolder) -> None:
    """Six bulletins in a programme of three: each is heard every second day."""
    for name in ("04-bon", "05-nam", "06-sau"):
        bulletin(folder, name, f"Bản tin {name}.\n\nNội dung.\n")
    schedule(folder, WEEK.replace("programme: mot", "programme: du-phong"))
    simulate(folder, start=at("00:00"), until=at("23:59") + 5 * A_DAY)
    with Store.open(folder.simulated_database, clock=SimulatedClock(at("00:00"))) as store:
        entries = [e for e in AsRunLog(store).entries() if e.slot == "sang"]
    heard = [[s.bulletin_id for s in e.segments if s.bulletin_id] for e in entries]
    first, second = ["01-mot", "02-hai", "03-ba"], ["04-bon", "05-nam", "06-sau"]
    assert heard == [first, second] * 3


@pytest.mark.parametrize(
    "outcome,items", [(Outcome.AIRED, {"01-mot"}), (Outcome.CUT, set()), (Outcome.FAILED, set())]
)
def test_what_was_cut_off_is_not_the_whole_of_it(
    log: AsRunLog, outcome: Outcome, items: set[str]
) -> None:
    """A replay holds what was heard to the end; what was cut off chooses its bulletins again."""
    air(log, "chieu", days_ago=1, bulletin_id="01-mot", outcome=outcome)
    assert set(aired_in(log).items_of(occurrence("chieu", at("17:00") - A_DAY))) == items
    assert set(aired_in(log).items_of(occurrence("chieu", "17:00"))) == set()
