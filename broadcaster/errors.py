"""What can go wrong, said so that a person can mend it.

A :class:`Problem` is a finding in somebody's content: it has a place and a cure, and never
stops the work on other content.  A :class:`BroadcasterError` ends a command; only the command
line turns it into an exit code.
"""

from __future__ import annotations

from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = [
    "AlreadyRunningError",
    "BroadcasterError",
    "ConfigError",
    "ContentError",
    "OutputError",
    "Problem",
    "Severity",
    "SoundError",
    "SpeechError",
    "Where",
    "nearest",
]

_LISTED = 20


class Where(NamedTuple):
    """A place in a file; lines and columns count from 1, and 0 means "the whole file".

    In a workbook ``cell`` names the place as its user does: ``Tuần 48!B7``.
    """

    path: Path | None = None
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        name = str(self.path) if self.path else "-"
        if self.cell:
            return f"{name}:{self.cell}"
        return ":".join([name, *(str(n) for n in (self.line, self.column) if n)])


class Severity(StrEnum):
    """An error keeps something off the air; a warning may change what is heard."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One finding: where it is, what it is, and what to do next.

    ``code`` is a stable English word in kebab-case, explained in ``docs/problems.md``;
    ``message`` and ``hint`` are sentences in the language of the user.
    """

    where: Where
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        tail = f" — {self.hint}" if self.hint else ""
        return f"{self.where}: {self.message}{tail} [{self.code}]"


class BroadcasterError(Exception):
    """The root of every error that a command reports in a sentence."""

    exit_code = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} — {self.hint}" if self.hint else self.message


class ContentError(BroadcasterError):
    """The content at hand has problems (exit code 1)."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem], *, message: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(message or "\n".join(str(p) for p in self.problems))


class ConfigError(ContentError):
    """The configuration or the schedule cannot be loaded (exit code 3)."""

    exit_code = 3


class SpeechError(BroadcasterError):
    """No sound came from a speech engine (exit code 4)."""

    exit_code = 4


class SoundError(BroadcasterError):
    """A sound file cannot be read or written (exit code 1)."""

    exit_code = 1


class OutputError(BroadcasterError):
    """No sound left for an output device (exit code 5)."""

    exit_code = 5


class AlreadyRunningError(BroadcasterError):
    """Another daemon holds this station folder (exit code 6)."""

    exit_code = 6


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to ``word``, or lists what is known."""
    import difflib  # noqa: PLC0415 - only for slips

    names = sorted(known)
    if close := difflib.get_close_matches(word, names, n=1, cutoff=0.6):
        return _("did you mean “{name}”?").format(name=close[0])
    shown = [*names[:_LISTED], "…"] if len(names) > _LISTED else names
    return _("known here: {names}").format(names=", ".join(shown)) if names else ""
