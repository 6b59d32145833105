"""What a reader of documents hands back, and how it refuses one.

Apart from the readers, because all of them and their caller need it.  Problems name no file here;
:func:`extract` puts it in.
"""

from __future__ import annotations

from dataclasses import dataclass

from broadcaster.errors import Problem, Severity, Where

__all__ = ["Extracted", "RefusedError", "refused", "warning"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, a line for each paragraph; empty where an error tells why."""

    text: str = ""
    problems: tuple[Problem, ...] = ()


class RefusedError(Exception):
    """Nothing of this document is read; ``problem`` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refused(code: str, message: str, hint: str) -> RefusedError:
    """To be raised where a document cannot or must not be read."""
    return RefusedError(Problem(Where(), code, message, hint))


def warning(code: str, message: str, hint: str) -> Problem:
    """Something that is not read, while the rest is."""
    return Problem(Where(), code, message, hint, Severity.WARNING)
