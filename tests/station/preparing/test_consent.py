"""What was decided, carried on from look to look while the station stays on air."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from approvers import approve, approving_of, people_of
from small_station import APPROVED, DAY, small_station

from broadcaster.asrun import Register, Store
from broadcaster.clock import SimulatedClock
from broadcaster.station.preparing.consent import Decided, approval_settings, decisions_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.approval import Approval
    from broadcaster.station.folder import StationFolder


class Counted(Register):
    """A register that counts the rows that somebody reads."""

    read = 0

    def entries(self, **values):
        for entry in super().entries(**values):
            self.read += 1
            yield entry


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """A station of four people where everything is approved: seven rows."""
    folder = small_station(tmp_path / "dai", settings=APPROVED)
    people_of(folder, DAY)
    approve(folder, DAY)
    return folder


@pytest.fixture
def store(folder: StationFolder) -> Iterator[Store]:
    with Store.open(folder.database, clock=SimulatedClock(DAY)) as store:
        yield store


def of_two(decided: Decided) -> Approval | None:
    return decided.now().last_approval_of("02-hai")


def test_each_row_is_read_once(folder: StationFolder, store: Store) -> None:
    """However long the station has been deciding, a look reads only what is new."""
    register = Counted(store)
    decided = Decided(register)
    assert of_two(decided)
    assert register.read == 7
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
    assert of_two(decided) is None
    assert of_two(decided) is None
    assert register.read == 8


def test_a_row_edited_on_a_running_station_opens_nothing(
    folder: StationFolder, store: Store
) -> None:
    """A rejection that was read counts until the next start, whatever becomes of its row, and then
    nothing before it counts."""
    with approving_of(folder, DAY) as desk:
        desk.reject("02-hai", by="hoa", why="sai")
        desk.submit("01-mot", by="lan")
    decided = Decided(Register(store))
    assert of_two(decided) is None
    edit(store, "UPDATE register SET event = 'submitted' WHERE event = 'rejected'")
    assert of_two(decided) is None
    assert not Decided(Register(store)).now().approvals


def test_a_register_that_was_exchanged_is_read_anew(
    folder: StationFolder, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """The last row that was read is not there any more: nothing is carried on, and the service log
    says so."""
    decided = Decided(Register(store))
    assert decided.now().last_approval_of("03-ba")
    edit(store, "DELETE FROM register WHERE id = (SELECT max(id) FROM register)")
    with caplog.at_level(logging.ERROR):
        assert decided.now().last_approval_of("03-ba") is None
    assert of_two(decided)
    assert "is another one" in caplog.text


def test_settings_that_cannot_be_read_ask_the_same_people(
    folder: StationFolder, store: Store
) -> None:
    """A station that has had an approver goes on asking for approval, without a second look at
    the file of the database."""
    folder.config.write_text("name: [", encoding="utf-8")
    assert approval_settings(folder, Decided(Register(store))).required


def test_neither_settings_nor_register_can_be_read(tmp_path: Path) -> None:
    """Who knows of no rule lets nothing through that nobody stands for."""
    folder = small_station(tmp_path / "dai")
    folder.config.write_text("name: [", encoding="utf-8")
    assert not approval_settings(folder).required
    folder.database.parent.mkdir(exist_ok=True)
    folder.database.write_bytes(b"not a database at all" * 100)
    assert approval_settings(folder).required
    assert not decisions_in(folder).approvals


def edit(store: Store, statement: str) -> None:
    """As somebody does who has the file: the guards are dropped first."""
    with store.writing() as db:
        db.execute("DROP TRIGGER IF EXISTS register_no_update")
        db.execute("DROP TRIGGER IF EXISTS register_no_delete")
        db.execute(statement)
