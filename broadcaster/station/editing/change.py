"""A change of one file: what it would do, written only when a person has agreed to it.

It stands apart because every page and command changes files by the same rules: nothing is
written over what somebody else wrote meanwhile, and everything can be taken back.
"""

from __future__ import annotations

import difflib
import fcntl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, NamedTuple

from broadcaster.errors import BroadcasterError, Problem
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.editing.textfile import TextFile, fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["Change", "ChangedLine", "FileChangedError", "bytes_at", "locked", "write_bytes"]

_AROUND = 2


class FileChangedError(BroadcasterError):
    """Somebody else wrote the file since it was read (exit code 1); ``theirs`` is its content."""

    exit_code = 1

    def __init__(self, path: Path, theirs: bytes | None) -> None:
        message = _("{name} was changed by somebody else meanwhile").format(name=path.name)
        super().__init__(message, hint=_("look at what they wrote, then change it once more"))
        self.path = path
        self.theirs = theirs


class ChangedLine(NamedTuple):
    """One line of a difference; ``…`` stands for lines that stay."""

    kind: Literal["same", "gone", "new", "skipped"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``file`` as it is to be; ``what`` says it to a person, ``problems`` are new warnings;
    ``beside`` are new files that lie there for it already, and go where it is not written."""

    file: TextFile
    before: str
    what: str
    problems: tuple[Problem, ...] = ()
    beside: tuple[Path, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return self.file.data is not None and self.file.text == self.before

    def difference(self) -> list[ChangedLine]:
        """The lines that change, and two around each; those between are one ``skipped``."""
        old, new = self.before.splitlines(), self.file.text.splitlines()
        found: list[ChangedLine] = []
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for group in matcher.get_grouped_opcodes(_AROUND):
            if found or group[0][1]:
                found.append(ChangedLine("skipped", "…"))
            for tag, first, last, new_first, new_last in group:
                if tag == "equal":
                    found += [ChangedLine("same", line) for line in old[first:last]]
                    continue
                found += [ChangedLine("gone", line) for line in old[first:last]]
                found += [ChangedLine("new", line) for line in new[new_first:new_last]]
        return found

    def write(self, folder: StationFolder) -> None:
        """Write it; raises FileChangedError when the file is another than the one that was read.

        Raises SoundError in a sentence when the disk does not take it; then nothing changed.
        """
        with locked(folder):
            there = bytes_at(self.file.path)
            if fingerprint_of(there) != self.file.fingerprint:
                raise FileChangedError(self.file.path, there)
            write_bytes(self.file.path, self.file.encoded())


def bytes_at(path: Path) -> bytes | None:
    """None where there is no file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_bytes(path: Path, data: bytes) -> None:
    """``data`` at ``path``, whole or not at all, with the rights that the file had."""
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    with whole_file(path) as file:
        file.write(data)
    if mode is not None:
        with suppress(OSError):
            path.chmod(mode)


@contextmanager
def locked(folder: StationFolder) -> Iterator[None]:
    """Only one writer of this station at a time."""
    folder.state.mkdir(parents=True, exist_ok=True)
    with (folder.state / "editing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
