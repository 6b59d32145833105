"""The hash chain: any change to the log's past is found."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from airings import FIVE, SANG, occurrence, segment
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcaster.asrun.chain import first_break
from broadcaster.asrun.row import GENESIS, Row, row_hash
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.asrun import AsRunLog

HERE = Path("station.db")


def chained(count: int) -> list[Row]:
    rows, last = [], GENESIS
    for number in range(1, count + 1):
        row = Row(number, "t", "o", "sang", f"Bản tin {number}", "s", "missed", prev_hash=last)
        row = row._replace(hash=row_hash(row))
        rows.append(row)
        last = row.hash
    return rows


@pytest.fixture
def log(open_log: Callable[[], AsRunLog]) -> AsRunLog:
    """Three airings of four rows each."""
    log = open_log()
    for day in range(3):
        log.started(occurrence(day=day), SANG, at=FIVE + timedelta(days=day), output="null")
        log.ended(
            occurrence(day=day).id,
            at=FIVE,
            outcome=Outcome.AIRED,
            segments=[segment(1), segment(2)],
        )
    return log


def tamper(log: AsRunLog, *statements: str) -> None:
    """Change rows as somebody would who has the file: the guards are dropped first."""
    with log._store.writing() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("DROP TRIGGER asrun_no_update")
        db.execute("DROP TRIGGER asrun_no_delete")
        for statement in statements:
            db.execute(statement)


def test_an_untouched_log_verifies(log: AsRunLog) -> None:
    """A log that nobody touched has no problem, and its last hash vouches for it."""
    assert log.verify() == []
    assert log.verify(known_head=log.head_hash()) == []


def test_an_empty_log_verifies(open_log: Callable[[], AsRunLog]) -> None:
    """A new station's log holds."""
    log = open_log()
    assert log.verify(known_head=log.head_hash()) == []


@pytest.mark.parametrize("column", [name for name in Row._fields if name not in ("id", "retracts")])
@pytest.mark.parametrize("row", [1, 6, 12])
def test_an_edited_column_is_found(log: AsRunLog, column: str, row: int) -> None:
    """One letter added to any column of any row is found, and the row is named."""
    tamper(log, f"UPDATE asrun SET {column} = {column} || 'x' WHERE id = {row}")
    (problem,) = log.verify()
    assert (problem.code, problem.where.line) == ("log-row-changed", row)


def test_bytes_that_are_no_text_are_found(log: AsRunLog) -> None:
    """Damage inside a text does not stop the check: it is named like any change."""
    tamper(log, "UPDATE asrun SET title = CAST(x'42e1ba' AS TEXT) WHERE id = 5")
    (problem,) = log.verify()
    assert problem.where.line == 5
    assert len(log.entries()) == 3


def test_a_damaged_row_hides_nothing_else(log: AsRunLog) -> None:
    """An occurrence whose rows cannot be understood counts as over, and says so; the others are
    told as before."""
    tamper(log, "UPDATE asrun SET outcome = 'airex', scheduled_at = '2026-13' WHERE id = 8")
    entries = log.entries()
    assert [entry.outcome for entry in entries] == [Outcome.AIRED, Outcome.FAILED, Outcome.AIRED]
    assert "damaged" in entries[1].reason
    assert log.open_occurrences() == []


def test_deleted_rows_are_found(log: AsRunLog) -> None:
    """A gap is named with its first and last row."""
    tamper(log, "DELETE FROM asrun WHERE id IN (5, 6)")
    (problem,) = log.verify()
    assert problem.code == "log-rows-deleted"
    assert "5 to 6" in problem.message


def test_a_deleted_beginning_is_found(log: AsRunLog) -> None:
    """The first rows cannot be dropped without a trace."""
    tamper(log, "DELETE FROM asrun WHERE id = 1")
    assert [problem.code for problem in log.verify()] == ["log-rows-deleted"]


def test_deleting_and_renumbering_is_found(log: AsRunLog) -> None:
    """Closing the gap by new numbers changes the rows, which is found."""
    tamper(
        log,
        "DELETE FROM asrun WHERE id = 5",
        "UPDATE asrun SET id = id - 1 WHERE id > 5",
    )
    assert [problem.where.line for problem in log.verify()] == [5]


def test_a_tail_that_was_cut_off_is_found_with_a_printed_hash(log: AsRunLog) -> None:
    """The hash on a printed report shows that the last rows are gone; the chain alone cannot."""
    printed = log.head_hash()
    tamper(log, "DELETE FROM asrun WHERE id > 8")
    assert log.verify() == []
    assert [problem.code for problem in log.verify(known_head=printed)] == ["log-tail-missing"]


@settings(deadline=None)
@given(st.data())
def test_any_edited_letter_of_any_row_is_found(data: st.DataObject) -> None:
    """Whichever letter of whichever column of whichever row is exchanged, the check finds it."""
    rows = chained(6)
    place = data.draw(st.integers(0, 5))
    name = data.draw(st.sampled_from([n for n in Row._fields if rows[0]._asdict()[n]]))
    value = getattr(rows[place], name)
    if isinstance(value, int):
        edited: object = data.draw(st.integers(-9, 99).filter(lambda n: n != value))
    else:
        at = data.draw(st.integers(0, len(value) - 1))
        letter = data.draw(st.sampled_from('aA0 \n"\x00Đễ🎙').filter(lambda c: c != value[at]))
        edited = value[:at] + letter + value[at + 1 :]
    rows[place] = rows[place]._replace(**{name: edited})
    assert first_break(rows, path=HERE) is not None


@settings(deadline=None)
@given(st.permutations(range(5)).filter(lambda order: list(order) != [0, 1, 2, 3, 4]))
def test_swapped_rows_are_found(order: list[int]) -> None:
    """Rows in another order, each whole by itself, do not chain."""
    rows = chained(5)
    assert first_break([rows[place] for place in order], path=HERE) is not None


def test_a_row_put_in_with_a_right_hash_is_found() -> None:
    """A forged row that hashes right does not carry the chain on."""
    rows = chained(4)
    forged = rows[1]._replace(title="Chưa từng phát")
    forged = forged._replace(hash=row_hash(forged))
    problem = first_break([rows[0], forged, *rows[2:]], path=HERE)
    assert problem is not None
    assert (problem.code, problem.where.line) == ("log-chain-broken", 3)


def test_the_hash_covers_every_column() -> None:
    """No column can be added to a row without entering its hash."""
    (row,) = chained(1)
    for name in row._fields[:-1]:
        assert row_hash(row._replace(**{name: "khác"})) != row.hash
