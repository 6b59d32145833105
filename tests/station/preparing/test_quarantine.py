"""What brought the preparer down is remembered by the hash of its text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from broadcaster.errors import SoundError
from broadcaster.station.preparing.quarantine import Quarantine

if TYPE_CHECKING:
    from pathlib import Path


def test_reasons_are_kept(tmp_path: Path) -> None:
    """Each text with its reason, also for the next process."""
    Quarantine(tmp_path).set_aside("abc", "hỏng")
    Quarantine(tmp_path).set_aside("def", "exit 11")
    assert Quarantine(tmp_path).reasons() == {"abc": "hỏng", "def": "exit 11"}


def test_what_is_at_hand(tmp_path: Path) -> None:
    """The last text taken up is known after a crash, and since when."""
    quarantine = Quarantine(tmp_path)
    assert (quarantine.at_hand(), quarantine.taken_up_at()) == ("", 0.0)
    quarantine.take_up("abc")
    assert quarantine.at_hand() == "abc"
    assert quarantine.taken_up_at() > 0
    quarantine.take_up("")
    assert quarantine.at_hand() == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"null"])
def test_a_damaged_file_sets_nothing_aside(tmp_path: Path, content: bytes) -> None:
    """Better a second crash than a station that reads nothing."""
    (tmp_path / "quarantine.json").write_bytes(content)
    (tmp_path / "at-hand").write_bytes(b"\xff")
    assert Quarantine(tmp_path).reasons() == {}
    assert Quarantine(tmp_path).at_hand() == ""


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """It cannot be set aside where nothing can be written."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SoundError):
        Quarantine(blocked).set_aside("abc", "x")


def test_work_that_goes_on_is_not_taken_for_stuck(tmp_path: Path) -> None:
    """While a long recording is made ready, the same bulletin stays at hand, as of now."""
    quarantine = Quarantine(tmp_path)
    quarantine.take_up("ab" * 32)
    os.utime(tmp_path / "at-hand", (1, 1))
    quarantine.still_at_hand()
    assert quarantine.at_hand() == "ab" * 32
    assert quarantine.taken_up_at() > 1
