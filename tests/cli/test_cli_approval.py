"""Approving, giving back, and people, as somebody at the keyboard does it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.station.folder import StationFolder
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
FIRST = "01-ban-tin-dau-tien"


@pytest.fixture
def station(tmp_path: Path) -> StationFolder:
    """A new station with an administrator and an approver who can sign."""
    folder = StationFolder(tmp_path / "dai")
    init_station(folder.root)
    (tmp_path / "mk").write_text("mật-khẩu-thử\n", encoding="utf-8")
    assert run(folder, "person", "add", "an", "--role", "quan-tri").exit_code == 0
    assert run(folder, "person", "add", "hoa", "--name", "Hoa", "--role", "duyet").exit_code == 0
    for person in ("hoa", "an"):  # the administrator last: from then on only he changes people
        word = run(folder, "person", "password", person, "--new-file", str(tmp_path / "mk"))
        assert word.exit_code == 0, word.output
    return folder


def run(station: StationFolder, *words: str, **values) -> Result:
    runner = CliRunner(mix_stderr=False)
    arguments = ["--lang", "en", "-C", str(station.root), *words]
    return runner.invoke(main, arguments, obj=SimulatedClock(NOON), **values)


def sign(station: StationFolder, who: str = "hoa") -> tuple[str, ...]:
    return ("--as", who, "--password-file", str(station.root.parent / "mk"))


def test_a_bulletin_is_read_approved_and_given_back(station: StationFolder):
    """The words that would be heard, then the approval, then the reason why not after all."""
    shown = run(station, "pending", FIRST)
    assert shown.exit_code == 0, shown.stderr
    assert "waiting" in shown.stdout
    assert "espeak:vi" in shown.stdout
    approved = run(station, "approve", FIRST, *sign(station), "--json")
    assert approved.exit_code == 0, approved.stderr
    (value,) = json.loads(approved.stdout)
    assert (value["state"], value["approval"]["by"]) == ("approved", "hoa")
    assert FIRST not in run(station, "pending").stdout
    back = run(station, "reject", FIRST, "--why", "sai ngày", *sign(station))
    assert "hoa: sai ngày" in back.stdout
    (all_of_it,) = [
        v for v in json.loads(run(station, "pending", "--all", "--json").stdout) if v["id"] == FIRST
    ]
    assert (all_of_it["state"], all_of_it["why"]) == ("rejected", "sai ngày")


def test_all_that_waits_is_approved_in_one_go(station: StationFolder):
    """Whoever has read the whole list signs once."""
    assert run(station, "approve", "--all", *sign(station)).exit_code == 0
    assert "Nothing waits" in run(station, "pending").stdout


@pytest.mark.parametrize(
    "words, code",
    [
        (("approve", FIRST), 2),
        (("approve", FIRST, "--as", "hoa"), 2),
        (("approve", "--as", "hoa"), 2),
        (("approve", FIRST, "--as", "mai", "--password-file", "-"), 1),
        (("approve", FIRST, "--as", "hoa", "--password-file", "-"), 1),
        (("person", "add", "mai", "--role", "duyet"), 2),
    ],
)
def test_without_the_right_signature_nothing_is_done(station: StationFolder, words, code: int):
    """No name, no password, a wrong one, a stranger: it is said, and nothing is written."""
    refused = run(station, *words, input="sai-mật-khẩu\n")
    assert refused.exit_code == code, refused.stdout
    assert "waiting" in run(station, "pending", FIRST).stdout


def test_the_variable_counts_where_no_file_is_named(station: StationFolder, monkeypatch):
    """A service may hand the password over in its environment."""
    monkeypatch.setenv("BROADCASTER_PASSWORD", "mật-khẩu-thử")
    assert run(station, "approve", FIRST, "--as", "hoa").exit_code == 0


def test_who_may_not_decide_is_told_who_may(station: StationFolder):
    """The administrator manages people, and approves nothing."""
    refused = run(station, "approve", FIRST, *sign(station, "an"))
    assert refused.exit_code == 1
    assert "hoa" in refused.stderr


def test_people_come_and_go_by_the_administrator(station: StationFolder):
    """Added, given other roles, disabled: each with the administrator's signature, all of it
    remembered."""
    admin = sign(station, "an")
    assert run(station, "person", "add", "mai", "--role", "editor", *admin).exit_code == 0
    refused = run(station, "person", "disable", "hoa", *sign(station, "hoa"))
    assert refused.exit_code == 1
    assert run(station, "person", "role", "mai", "--role", "truc-may", *admin).exit_code == 0
    assert run(station, "person", "disable", "mai", *admin).exit_code == 0
    history = json.loads(run(station, "person", "history", "mai", "--json").stdout)
    assert [(p["roles"], p["is_disabled"]) for p in history] == [
        (["editor"], False),
        (["operator"], False),
        (["operator"], True),
    ]
    assert run(station, "person", "enable", "mai", *admin).exit_code == 0
    listed = json.loads(run(station, "person", "list", "--json").stdout)
    assert [p["id"] for p in listed] == ["an", "hoa", "mai"]


def test_a_forgotten_password_is_mended_at_the_machine(station: StationFolder, tmp_path: Path):
    """Whoever sits at the machine can always set a new one, and the register tells it."""
    (tmp_path / "moi").write_text("mật-khẩu-mới\n", encoding="utf-8")
    new = ("--new-file", str(tmp_path / "moi"))
    assert run(station, "person", "password", "an", *new).exit_code == 2
    assert run(station, "person", "password", "an", *new, "--here").exit_code == 0
    assert run(station, "approve", FIRST, *sign(station, "an")).exit_code == 1
    assert run(station, "log", "verify").exit_code == 0
