"""The drop folders: only whole files count."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.station.content.inbox import Inbox

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 11, 23, 4, 0, tzinfo=LOCAL)


class Folder:
    """A drop folder, an inbox that looks at it, and the time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = SimulatedClock(START)
        self.inbox = Inbox([path], self.clock, settle_s=2.0)

    def write(self, name: str, text: str = "tin") -> Path:
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        instant = self.clock.now().timestamp()
        os.utime(path, (instant, instant))
        return path

    def after(self, seconds: float) -> tuple[list[str], list[str]]:
        """Names of stable and of removed files, so many seconds later."""
        self.clock.wait_until(self.clock.now() + timedelta(seconds=seconds))
        changes = self.inbox.scan()
        return [path.name for path in changes.stable], [path.name for path in changes.removed]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_dropped_file_counts_once_it_rests(folder: Folder) -> None:
    """A new bulletin is taken when it has not changed for two seconds, and taken once."""
    folder.after(0)
    folder.write("01-tin.txt")
    assert folder.after(0) == ([], [])
    assert folder.after(1) == ([], [])
    assert folder.after(1) == (["01-tin.txt"], [])
    assert folder.after(1) == ([], [])


def test_a_file_that_keeps_growing_waits(folder: Folder) -> None:
    """A half-copied recording is not taken while it grows, however long that lasts."""
    folder.after(0)
    for size in range(1, 30):
        folder.write("thu-am.wav", "x" * size)
        assert folder.after(1.5) == ([], [])
    assert folder.after(2) == (["thu-am.wav"], [])


def test_files_of_before_the_start_are_taken_at_once(folder: Folder) -> None:
    """After a restart in the middle of the day the bulletins are there at the first look; a
    file that somebody is copying just then is not."""
    folder.write("01-cu.txt")
    folder.clock.wait_until(START + timedelta(hours=1))
    folder.write("02-dang-chep.txt")
    assert folder.after(0) == (["01-cu.txt"], [])
    assert folder.after(2) == (["02-dang-chep.txt"], [])


def test_an_old_file_moved_in_later_waits_too(folder: Folder) -> None:
    """A copy that keeps an old date is trusted only after it rested."""
    folder.after(0)
    path = folder.write("01-tin.txt")
    os.utime(path, (1, 1))
    assert folder.after(0) == ([], [])
    assert folder.after(2) == (["01-tin.txt"], [])


def test_a_changed_file_is_taken_again(folder: Folder) -> None:
    """An edited bulletin is taken anew, even when its length is the same."""
    folder.write("01-tin.txt", "một")
    folder.after(5)
    folder.write("01-tin.txt", "hai")
    assert folder.after(0) == ([], [])
    assert folder.after(2) == (["01-tin.txt"], [])


def test_a_file_replaced_at_a_stroke_is_taken_again(folder: Folder) -> None:
    """A file of the same size and time under the same name is another file."""
    old = folder.write("01-tin.txt", "sang")
    folder.after(5)
    new = folder.path / ".new"
    new.write_text("toi.")
    status = old.stat()
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(old)
    folder.after(0)
    assert folder.after(2) == (["01-tin.txt"], [])


def test_a_deleted_file_is_reported_once(folder: Folder) -> None:
    """A bulletin that was taken and is gone is withdrawn."""
    path = folder.write("01-tin.txt")
    folder.after(5)
    path.unlink()
    assert folder.after(1) == ([], ["01-tin.txt"])
    assert folder.after(1) == ([], [])


def test_a_file_that_never_rested_goes_unnoticed(folder: Folder) -> None:
    """What was never taken is not withdrawn."""
    folder.after(0)
    path = folder.write("01-tin.txt")
    folder.after(0)
    path.unlink()
    assert folder.after(5) == ([], [])


@pytest.mark.parametrize(
    "name",
    [
        "._01-tin.txt",
        "Thumbs.db",
        "desktop.ini",
        "~$bao-cao.docx",
        "01-tin.txt.part",
        "01-tin.TMP",
        ".~lock.lich.xlsx#",
        "01-tin.txt~",
        "phim.crdownload",
        ".git/config",
    ],
)
def test_rubbish_is_left_alone(folder: Folder, name: str) -> None:
    """What copiers and office programs leave behind is no bulletin."""
    folder.write(name)
    assert folder.after(9) == ([], [])


def test_folders_inside_are_looked_at(folder: Folder) -> None:
    """Recordings lie in a folder of their own."""
    folder.write("am-thanh/nhac-hieu.wav")
    assert folder.after(5) == (["nhac-hieu.wav"], [])


def test_a_folder_that_cannot_be_read_changes_nothing(folder: Folder) -> None:
    """When a stick is pulled out, what was known stands, and the folder is named."""
    folder.write("tin/01-tin.txt")
    inbox = Inbox([folder.path / "tin"], folder.clock)
    folder.clock.wait_until(START + timedelta(seconds=5))
    assert len(inbox.scan().stable) == 1
    (folder.path / "tin").rename(folder.path / "away")
    changes = inbox.scan()
    assert (changes.removed, changes.unreadable) == ((), (folder.path / "tin",))
    assert not changes


def test_a_clock_set_back_does_not_hold_files(folder: Folder) -> None:
    """After the clock was set back by a day, a new file waits two seconds, not a day."""
    folder.after(0)
    folder.write("01-tin.txt")
    folder.after(1)
    folder.clock._now = START - timedelta(days=1)
    folder.after(0)
    assert folder.after(2) == (["01-tin.txt"], [])


def test_dead_and_circular_links_are_harmless(folder: Folder) -> None:
    """A link to nothing, or to its own folder, is passed over; one to a file counts."""
    (folder.path / "dead.txt").symlink_to(folder.path / "nothing")
    (folder.path / "loop").symlink_to(folder.path)
    folder.write(".target")
    (folder.path / "link.txt").symlink_to(folder.path / ".target")
    assert folder.after(5) == (["link.txt"], [])


def test_an_empty_file_is_reported(folder: Folder) -> None:
    """An empty file that rests is for the editor to hear about."""
    folder.write("01-tin.txt", "")
    assert folder.after(5) == (["01-tin.txt"], [])
