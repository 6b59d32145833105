"""Backups: proven when they are written, few when they are old, and good to begin again from."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from airings import FIVE, SANG, occurrence
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.asrun import (
    AsRunLog,
    CommandQueue,
    Store,
    StoreError,
    back_up,
    backups,
    daily_backup,
    restore,
)
from broadcaster.asrun.backup import superfluous
from broadcaster.clock import SimulatedClock
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = SimulatedClock(FIVE)
SCHEMA = sorted((files("broadcaster.asrun") / "schema").iterdir(), key=lambda file: file.name)


def fill(path: Path, *, days: int, first: int = 0) -> None:
    with Store.open(path, clock=CLOCK) as store:
        log = AsRunLog(store)
        for day in range(first, first + days):
            log.started(occurrence(day=day), SANG, at=FIVE + timedelta(days=day), output="loa")
            end = FIVE + timedelta(days=day, minutes=15)
            log.ended(occurrence(day=day).id, at=end, outcome=Outcome.AIRED)


def titles(path: Path) -> int:
    with Store.open(path, clock=CLOCK) as store:
        assert AsRunLog(store).verify() == []
        return len(AsRunLog(store).entries())


def test_a_backup_has_every_row_that_was_acknowledged(tmp_path: Path) -> None:
    """A copy that is made while the station writes is whole, and has all rows before it began."""
    path, target = tmp_path / "station.db", tmp_path / "copy.db"
    fill(path, days=40)
    writer = threading.Thread(target=fill, args=(path,), kwargs={"days": 40, "first": 40})
    writer.start()
    back_up(path, target, clock=CLOCK)
    writer.join()
    assert 40 <= titles(target) <= 80
    assert titles(path) == 80
    assert sorted(p.name for p in tmp_path.glob("*copy*")) == ["copy.db"]


def test_a_log_that_was_tampered_with_makes_no_backup(tmp_path: Path) -> None:
    """What does not hold does not take the place of what does: the older backups stay."""
    path = tmp_path / "station.db"
    fill(path, days=3)
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER asrun_no_update")
    db.execute("UPDATE asrun SET title = 'khác' WHERE id = 2")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="row 2"):
        back_up(path, tmp_path / "copy.db", clock=CLOCK)
    assert not list(tmp_path.glob("*copy*"))


def test_one_backup_a_day(tmp_path: Path) -> None:
    """The first look of a day makes one; the others do nothing, nor does a new station."""
    path, folder = tmp_path / "station.db", tmp_path / "backups"
    assert daily_backup(path, folder, clock=CLOCK) is None
    fill(path, days=2)
    assert daily_backup(path, folder, clock=CLOCK) == folder / "station-2026-11-23.db"
    assert daily_backup(path, folder, clock=CLOCK) is None
    assert [day for day, _path in backups(folder)] == [date(2026, 11, 23)]


def test_what_is_kept_of_two_years() -> None:
    """A backup on each day of two years leaves the last week, four weeks and twelve months."""
    today = date(2026, 11, 25)
    days = {today - timedelta(days=n) for n in range(730)}
    kept = days - set(superfluous(days, today))
    assert {today - timedelta(days=n) for n in range(7)} <= kept
    assert {date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)} <= kept
    assert {date(2026, month, 1) for month in range(1, 12)} | {date(2025, 12, 1)} <= kept
    assert len(kept) == 7 + 3 + 12


@given(st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), min_size=1), st.data())
def test_the_rotation_keeps_enough(days: set[date], data: st.DataObject) -> None:
    """Whatever days have a backup: the newest seven stay, nothing from the future goes, and a
    second look finds nothing more to remove."""
    today = data.draw(st.sampled_from(sorted(days)))
    gone = set(superfluous(days, today))
    past = sorted(day for day in days if day <= today)
    assert not gone & set(past[-7:])
    assert all(day <= today for day in gone)
    assert superfluous(days - gone, today) == []


def test_a_backup_is_restored(tmp_path: Path) -> None:
    """The damaged database is kept aside with its write-ahead log, and the log goes on."""
    path, copy = tmp_path / "station.db", tmp_path / "copy.db"
    fill(path, days=3)
    back_up(path, copy, clock=CLOCK)
    path.write_bytes(b"damaged" * 999)
    path.with_name("station.db-wal").write_bytes(b"of another file")
    aside = restore(copy, path, clock=CLOCK)
    assert aside
    assert sorted(p.name for p in aside.iterdir()) == ["station.db", "station.db-wal"]
    fill(path, days=1, first=3)
    assert titles(path) == 4


@pytest.mark.parametrize("content", [b"", b"no database" * 999])
def test_a_bad_backup_is_not_restored(tmp_path: Path, content: bytes) -> None:
    """A file that is no backup leaves the database as it is; an empty one is no backup either."""
    path, copy = tmp_path / "station.db", tmp_path / "copy.db"
    fill(path, days=3)
    copy.write_bytes(content)
    with pytest.raises(StoreError):
        restore(copy, path, clock=CLOCK)
    assert titles(path) == 3
    assert not list(tmp_path.glob("*.part*"))


def database_of(version: int, path: Path, rows: Path) -> None:
    """A database as the program with the first ``version`` scripts left it, with the rows of the
    present one's log ``rows``."""
    db = sqlite3.connect(path, isolation_level=None)
    for script in SCHEMA[:version]:
        db.executescript(script.read_text(encoding="utf-8"))
    columns = ", ".join(name for _n, name, *_rest in db.execute("PRAGMA table_info(asrun)"))
    db.execute("ATTACH ? AS present", [str(rows)])
    db.execute(f"INSERT INTO asrun ({columns}) SELECT {columns} FROM present.asrun ORDER BY id")
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


@pytest.mark.parametrize("version", range(1, len(SCHEMA) + 1))
def test_every_earlier_database_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """The log of each earlier version is read by this one, holds, goes on, and takes orders."""
    fill(tmp_path / "present.db", days=5)
    old = tmp_path / "station.db"
    database_of(version, old, tmp_path / "present.db")
    with Store.open(old, clock=CLOCK) as store:
        assert store.read("PRAGMA user_version") == [(len(SCHEMA),)]
        assert CommandQueue(store).order("stop", by="trực máy")
        assert store.integrity() == ""
    fill(old, days=1, first=5)
    assert titles(old) == 6
