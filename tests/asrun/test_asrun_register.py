"""The register: added to, never changed, and any tampering shows."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from airings import FIVE

from broadcaster.asrun import RefusedError, Register, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import RegisterEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "station.db", clock=SimulatedClock(FIVE)) as store:
        yield store


@pytest.fixture
def register(store: Store) -> Register:
    """Three rows: a person, an approval, its withdrawal."""
    register = Register(store)
    register.append(RegisterEvent.PERSON, "hoa", by="", details={"roles": ["approver"]})
    register.append(RegisterEvent.APPROVED, "01-tin", by="hoa", content_sha256="a")
    register.append(RegisterEvent.REJECTED, "01-tin", by="hoa", content_sha256="a")
    return register


def tamper(store: Store, *statements: str) -> None:
    """Change rows as somebody would who has the file: the guards are dropped first."""
    with store.writing() as db:
        db.execute("DROP TRIGGER register_no_update")
        db.execute("DROP TRIGGER register_no_delete")
        for statement in statements:
            db.execute(statement)


def codes(register: Register) -> list[str]:
    return [problem.code for problem in register.verify()]


def test_rows_come_back_as_they_were_written(register: Register) -> None:
    """Who, what, when and on which content."""
    first, second, _third = register.entries()
    assert (first.subject, first.details, first.at) == ("hoa", {"roles": ["approver"]}, FIVE)
    assert (second.by, second.content_sha256, second.is_whole) == ("hoa", "a", True)
    assert register.verify() == []


def test_nothing_is_changed_or_deleted(register: Register, store: Store) -> None:
    """The database itself refuses it."""
    for statement in ("UPDATE register SET by = 'lan'", "DELETE FROM register"):
        with pytest.raises(RefusedError), store.writing() as db:
            db.execute(statement)


@pytest.mark.parametrize(
    "statement, code, whole",
    [
        ("UPDATE register SET by = 'lan' WHERE id = 2", "log-row-changed", [True, False, True]),
        ("UPDATE register SET details = '[' WHERE id = 2", "log-row-changed", [True, False, True]),
        ("UPDATE register SET at = '' WHERE id = 2", "log-row-changed", [True, False, True]),
        ("DELETE FROM register WHERE id = 2", "log-rows-deleted", [True, False]),
    ],
)
def test_a_row_edited_by_hand_shows(register: Register, store: Store, statement, code, whole):
    """The chain names the first row that does not hold, and that row is not believed."""
    tamper(store, statement)
    assert codes(register) == [code]
    assert [entry.is_whole for entry in register.entries()] == whole
    assert register.about("01-tin") == [e for e in register.entries() if e.subject == "01-tin"]
    assert register.of_people() == [e for e in register.entries() if e.event == "person"]


def test_a_withdrawal_that_was_cut_off_shows_against_a_known_hash(
    register: Register, store: Store
) -> None:
    """A chain cannot show that its tail is gone; a hash that was noted elsewhere can."""
    head = register.head_hash()
    tamper(store, "DELETE FROM register WHERE id = 3")
    assert codes(register) == []
    assert [p.code for p in register.verify(known_head=head)] == ["log-tail-missing"]


def test_a_new_row_of_another_process_is_seen(register: Register, tmp_path: Path) -> None:
    """The page approves, and the daemon knows it at its next look."""
    *_rest, last = register.entries()
    with Store.open(tmp_path / "station.db", clock=SimulatedClock(FIVE)) as other:
        Register(other).append(RegisterEvent.APPROVED, "02-tin", by="hoa")
    assert [entry.subject for entry in register.entries(after=last)] == ["02-tin"]


def test_whoever_reads_on_sees_what_was_changed_behind_it(register: Register, store: Store) -> None:
    """The next row must follow the one that was read, and that one must be there still."""
    *_rest, last = register.entries()
    assert register.still_has(last)
    tamper(store, "UPDATE register SET hash = 'x' WHERE id = 3")
    assert not register.still_has(last)
    register.append(RegisterEvent.APPROVED, "01-tin", by="hoa", content_sha256="a")
    assert [entry.is_whole for entry in register.entries(after=last)] == [False]


def test_one_row_by_its_number(register: Register) -> None:
    """What the log names as an approval is found again, and nothing under another number."""
    assert register.entry(2) == list(register.entries())[1]
    assert register.entry(4) is None


def test_only_the_password_of_today_is_kept(register: Register, store: Store) -> None:
    """What proved an old one is nowhere in the database."""
    register.set_password("hoa", "$argon2$cũ", by="")
    register.set_password("hoa", "$argon2$mới", by="hoa")
    assert register.verifier_of("hoa") == "$argon2$mới"
    assert store.read("SELECT count(*) FROM password") == [(1,)]
    assert all("$argon2" not in str(row) for row in store.read("SELECT * FROM register"))
    assert register.verifier_of("lan") == ""


def test_a_password_that_was_put_in_by_hand_opens_nothing(register: Register, store: Store) -> None:
    """Whoever has the file can write another one into it, and it is told."""
    register.set_password("hoa", "$argon2$thật", by="")
    with store.writing() as db:
        db.execute("UPDATE password SET verifier = '$argon2$giả'")
        db.execute("INSERT INTO password VALUES ('mai', '$argon2$giả')")
    assert (register.verifier_of("hoa"), register.verifier_of("mai")) == ("", "")
    assert codes(register) == ["password-changed", "password-changed"]


def test_a_copy_is_a_register_too(register: Register, tmp_path: Path) -> None:
    """A station that moves with its state folder keeps its approvals."""
    (tmp_path / "khac").mkdir()
    with Store.open(tmp_path / "khac" / "station.db", clock=SimulatedClock(FIVE)) as empty:
        assert list(Register(empty).entries()) == []
    copy = tmp_path / "copy.db"
    shutil.copyfile(tmp_path / "station.db", copy)
    for ending in ("-wal", "-shm"):
        shutil.copyfile(tmp_path / f"station.db{ending}", tmp_path / f"copy.db{ending}")
    with Store.open(copy, clock=SimulatedClock(FIVE)) as moved:
        assert list(Register(moved).entries()) == list(register.entries())
