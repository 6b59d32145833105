"""The database: opened, checked, migrated, shared, and honest about what is wrong."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from airings import FIVE, SANG, occurrence

from broadcaster.asrun import AsRunLog, Store, StoreError
from broadcaster.clock import SimulatedClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CLOCK = SimulatedClock(FIVE)


def fill(path: Path, *, days: int) -> None:
    with Store.open(path, clock=CLOCK) as store:
        log = AsRunLog(store)
        for day in range(days):
            log.missed(occurrence(day=day), reason="mất điện " * 20)


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    """A power cut loses nothing that was acknowledged: full synchronisation, write-ahead log."""
    with Store.open(tmp_path / "new" / "station.db", clock=CLOCK) as store:
        assert store.read("PRAGMA journal_mode") == [("wal",)]
        assert store.read("PRAGMA synchronous") == [(2,)]
        assert store.read("PRAGMA foreign_keys") == [(1,)]


def test_rows_stay_after_closing(tmp_path: Path) -> None:
    """What was logged yesterday stands in the log today."""
    fill(tmp_path / "station.db", days=3)
    with Store.open(tmp_path / "station.db", clock=CLOCK) as store:
        assert len(AsRunLog(store).entries()) == 3


@pytest.mark.parametrize("damage", ["header", "middle", "text"])
def test_a_damaged_database_is_named_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    """A damaged database is never deleted: a sentence says what to do with it."""
    path = tmp_path / "station.db"
    fill(path, days=60)
    content = bytearray(path.read_bytes())
    place = {"header": 0, "middle": 4096 * 3, "text": 0}[damage]
    content[place : place + 64] = b"\xa5" * 64
    path.write_bytes(b"not a database at all\n" * 99 if damage == "text" else content)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="damaged") as caught:
        Store.open(path, clock=CLOCK)
    assert "recover" in caught.value.hint
    assert path.read_bytes() == before


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """After a downgrade the program says so and does not touch the newer log."""
    path = tmp_path / "station.db"
    fill(path, days=1)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="newer broadcaster"):
        Store.open(path, clock=CLOCK)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """A file of another program is not taken over."""
    path = tmp_path / "station.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(path, clock=CLOCK)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A station folder without room for its database is a sentence, not a traceback."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be read or written"):
        Store.open(tmp_path / "file" / "station.db", clock=CLOCK)


SCHEMA = sorted(
    (file for file in (files("broadcaster.asrun") / "schema").iterdir()),
    key=lambda file: file.name,
)


@pytest.mark.parametrize("version", range(1, len(SCHEMA)))
def test_a_database_of_each_earlier_version_is_brought_up_to_date(
    tmp_path: Path, version: int
) -> None:
    """An upgrade of the program keeps every row of the older log, whichever release made it, and
    what it made is what a new station has."""
    path, today = tmp_path / "station.db", tmp_path / "new"
    fill(today, days=2)
    db = sqlite3.connect(path)
    scripts = "".join(file.read_text(encoding="utf-8") for file in SCHEMA[:version])
    db.executescript(f"{scripts}PRAGMA user_version = {version};")
    columns = ", ".join(name for _id, name, *_rest in db.execute("PRAGMA table_info(asrun)"))
    db.execute("ATTACH ? AS today", [str(today)])
    db.execute(f"INSERT INTO asrun SELECT {columns} FROM today.asrun ORDER BY id")
    db.commit()
    db.close()
    with Store.open(path, clock=CLOCK) as old, Store.open(today, clock=CLOCK) as new:
        assert old.read("PRAGMA user_version") == [(len(SCHEMA),)]
        assert _schema(old) == _schema(new)
        assert AsRunLog(old).entries() == AsRunLog(new).entries()
        assert AsRunLog(old).verify() == []


def _schema(store: Store) -> list[tuple[str, str]]:
    return store.read("SELECT name, sql FROM sqlite_schema ORDER BY name")


def test_the_first_start_of_several_programs_at_once_works(tmp_path: Path) -> None:
    """The daemon and the page may start together on a new station."""
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: Store.open(tmp_path / "s.db", clock=CLOCK), range(6)))
    versions = {store.read("PRAGMA user_version")[0][0] for store in stores}
    for store in stores:
        store.close()
    assert versions == {len(SCHEMA)}


def test_opening_waits_for_a_program_that_makes_the_file(tmp_path: Path) -> None:
    """While another program makes the database of a new station, opening it waits."""
    path = tmp_path / "station.db"
    sqlite3.connect(path).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA application_id = 0x62726463")
    other.execute("BEGIN IMMEDIATE")
    end_of_work = threading.Timer(0.05, lambda: other.execute("ROLLBACK"))
    end_of_work.start()
    with Store.open(path, clock=CLOCK) as store:
        assert store.read("PRAGMA journal_mode") == [("wal",)]
    end_of_work.join()
    other.close()


def test_threads_and_connections_share_one_log(open_log: Callable[[], AsRunLog]) -> None:
    """Many writers at once make one unbroken chain."""
    logs = [open_log(), open_log()]
    with ThreadPoolExecutor(4) as pool:
        for number in range(80):
            pool.submit(logs[number % 2].missed, occurrence(day=number), reason="thử")
    assert len(logs[0].entries()) == 80
    assert logs[0].verify() == []


def test_a_full_disk_is_said_and_loses_nothing(log: AsRunLog) -> None:
    """On a full disk the log refuses with the cure, keeps its rows, and goes on when there is
    room again."""
    store = log._store
    pages = store.read("PRAGMA page_count")[0][0]
    store.read(f"PRAGMA max_page_count = {pages + 3}")
    acknowledged = 0

    def write_on() -> None:
        nonlocal acknowledged
        for day in range(1000):
            log.missed(occurrence(day=day), reason="mất điện " * 20)
            acknowledged += 1

    with pytest.raises(StoreError, match="no room"):
        write_on()
    assert acknowledged == len(log.entries()) > 0
    store.read("PRAGMA max_page_count = 1000000")
    log.started(occurrence(day=-1), SANG, at=FIVE, output="null")
    assert log.verify() == []


def test_a_database_held_by_another_program_is_said(tmp_path: Path) -> None:
    """A program that keeps the file open for writing is named as the reason."""
    fill(tmp_path / "station.db", days=1)
    holder = sqlite3.connect(tmp_path / "station.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store.open(tmp_path / "station.db", clock=CLOCK, patience_s=0.01) as store:
        with pytest.raises(StoreError, match="too long"):
            AsRunLog(store).missed(occurrence(day=5), reason="x")
        holder.execute("ROLLBACK")
        AsRunLog(store).missed(occurrence(day=5), reason="x")
    holder.close()


def test_the_mark_tells_that_something_was_written(tmp_path: Path) -> None:
    """A look twenty times a second costs nothing until a row is written, by whomever."""
    with (
        Store.open(tmp_path / "s.db", clock=CLOCK) as mine,
        Store.open(tmp_path / "s.db", clock=CLOCK) as theirs,
    ):
        before = mine.mark()
        assert mine.mark() == before
        AsRunLog(theirs).missed(occurrence(), reason="x")
        between = mine.mark()
        AsRunLog(mine).missed(occurrence(day=1), reason="x")
        assert len({before, between, mine.mark()}) == 3


def test_a_failed_block_leaves_no_trace(tmp_path: Path) -> None:
    """What fails half-way is not half written."""
    with Store.open(tmp_path / "s.db", clock=CLOCK) as store:
        with pytest.raises(ZeroDivisionError):
            _fail_half_way(store)
        assert store.read("SELECT count(*) FROM command") == [(0,)]


def _fail_half_way(store: Store) -> None:
    with store.writing() as db:
        db.execute("INSERT INTO command VALUES (1, '', '', '', '', '', '', '', '')")
        raise ZeroDivisionError


@pytest.mark.usefixtures("vietnamese")
def test_the_operator_reads_it_in_vietnamese(tmp_path: Path) -> None:
    """The sentence about a damaged database is Vietnamese."""
    (tmp_path / "station.db").write_bytes(b"junk " * 999)
    with pytest.raises(StoreError, match="bị hỏng"):
        Store.open(tmp_path / "station.db", clock=CLOCK)
