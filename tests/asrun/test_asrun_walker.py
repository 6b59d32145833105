"""A chain that another process walks beside the counting: the same answer as without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from airings import FIVE, SANG, occurrence, segment

from broadcaster.asrun.walker import _begin, walking
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.asrun import AsRunLog

FEW, MANY = 10, 1_000_000


@pytest.fixture
def log(open_log: Callable[[], AsRunLog]) -> AsRunLog:
    """One airing of three rows."""
    log = open_log()
    log.started(occurrence(), SANG, at=FIVE, output="null")
    log.ended(occurrence().id, at=FIVE, outcome=Outcome.AIRED, segments=[segment(1)])
    return log


def edit_a_row(log: AsRunLog) -> None:
    with log._store.writing() as db:
        db.execute("DROP TRIGGER asrun_no_update")
        db.execute("UPDATE asrun SET title = title || 'x' WHERE id = 2")


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_a_whole_chain_is_told_whole(log: AsRunLog, rows: int) -> None:
    """A log that nobody touched has no problem, whoever walks it."""
    with walking(log._store, beside=rows) as problems:
        assert len(log.broadcasts()) == 1
        assert problems() == []


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_an_edited_row_is_named(log: AsRunLog, rows: int) -> None:
    """A row that was changed is named, whoever walks the chain."""
    edit_a_row(log)
    with walking(log._store, beside=rows) as problems:
        (problem,) = problems()
    assert (problem.code, problem.where.line) == ("log-row-changed", 2)


@pytest.mark.parametrize(("is_edited", "answer"), [(False, 0), (True, 1)])
def test_the_other_process_answers_by_itself(
    log: AsRunLog, *, is_edited: bool, answer: int
) -> None:
    """The process beside knows a whole chain from a broken one: nobody has to walk it again."""
    if is_edited:
        edit_a_row(log)
    with _begin(log._store.path) as child:
        assert child.wait(60) == answer


def test_a_process_that_cannot_look_says_nothing(log: AsRunLog) -> None:
    """Where the other process cannot open the log, it is walked here, and what is wrong with it
    is found all the same."""
    edit_a_row(log)
    path = log._store.path
    moved = path.rename(path.with_name("cho-khac.db"))
    path.mkdir()
    try:
        with walking(log._store, beside=MANY) as problems:
            assert [problem.code for problem in problems()] == ["log-row-changed"]
    finally:
        path.rmdir()
        moved.rename(path)


def test_the_rows_that_are_counted_are_counted(log: AsRunLog) -> None:
    """The log knows how many rows a period has before it reads them."""
    day = FIVE.date()
    assert log.row_count(day, day) == 3
    assert log.row_count(None, day.replace(year=day.year - 1)) == 0
