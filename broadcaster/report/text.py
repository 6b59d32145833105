"""A template (Jinja2, lines of plain text) and a report → the blocks of a document.

It stands apart from the formats because a station may write its own template: a broken one is a
problem with its place, and the built-in one serves.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcaster.errors import BroadcasterError, Problem, Severity, Where
from broadcaster.report.paper import Block, BlockKind
from broadcaster.report.words import label, number, percent, tidy, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2.sandbox import SandboxedEnvironment

    from broadcaster.report.tables import Table

__all__ = ["TEMPLATES", "MissingLibraryError", "blocks_of"]

TEMPLATES = ("bao-cao.md", "so-nhat-ky.md")
"""The report, and the logbook (sổ nhật ký phát sóng)."""
_MARKS = {
    "# ": BlockKind.TITLE,
    "## ": BlockKind.SUBJECT,
    "### ": BlockKind.HEADING,
    "- ": BlockKind.ITEM,
}
_TABLE = re.compile(r"\[bảng: (.+)\]")


class MissingLibraryError(BroadcasterError):
    """A library of the extra ``report`` is not installed."""

    def __init__(self, library: str) -> None:
        message = _("{library} is not installed, and documents need it").format(library=library)
        hint = _("install it: pip install “broadcaster[report]”; “report --json” works without")
        super().__init__(message, hint=hint)


def blocks_of(
    name: str, values: Mapping[str, Any], tables: Mapping[str, Table], *, own: Path | None = None
) -> tuple[tuple[Block, ...], list[Problem]]:
    """The blocks of the template ``name``, that of the station at ``own`` if it is there.

    Raises MissingLibraryError without Jinja2.
    """
    problems: list[Problem] = []
    if own is not None and own.is_file():
        try:
            return _blocks(own.read_text(encoding="utf-8"), own, values, tables), problems
        except _BrokenTemplateError as error:
            problems.append(error.problem)
        except (OSError, ValueError) as error:
            problems.append(_unusable(own, 1, str(error)))
    built_in = files("broadcaster.report") / "templates" / name
    text = built_in.read_text(encoding="utf-8")
    return _blocks(text, Path(name), values, tables), problems


class _BrokenTemplateError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _unusable(path: Path, line: int, detail: str) -> Problem:
    message = _("this template cannot be used: {detail}; the built-in one is used instead")
    hint = _("mend the line, or delete the file: the built-in template then serves")
    where = Where(path, line)
    return Problem(where, "bad-template", message.format(detail=detail), hint, Severity.WARNING)


def _blocks(
    text: str, path: Path, values: Mapping[str, Any], tables: Mapping[str, Table]
) -> tuple[Block, ...]:
    filled = _filled(text, path, values)
    return tuple(_parsed(filled, path, text, tables))


def _filled(text: str, path: Path, values: Mapping[str, Any]) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError  # noqa: PLC0415 - an extra

    environment = _environment()
    try:
        return environment.from_string(text).render(values)
    except TemplateSyntaxError as error:
        raise _BrokenTemplateError(_unusable(path, error.lineno, str(error.message))) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise _BrokenTemplateError(_unusable(path, _line_of(error), str(error))) from error


def _line_of(error: Exception) -> int:
    """Of the template: Jinja2 puts its lines into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _environment() -> SandboxedEnvironment:
    try:
        from jinja2 import StrictUndefined  # noqa: PLC0415 - an extra
        from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingLibraryError("Jinja2") from error
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.filters |= {"so": number, "phan_tram": percent, "ngay": written, "ten": label}
    return environment


def _parsed(filled: str, path: Path, template: str, tables: Mapping[str, Table]) -> Iterator[Block]:
    """One block a line, but lines that follow each other are one paragraph."""
    words: list[str] = []
    for line in [*map(str.strip, filled.splitlines()), ""]:
        mark = next((mark for mark in _MARKS if line.startswith(mark)), "")
        found = _TABLE.fullmatch(line)
        if (mark or found or not line) and words:
            yield Block(BlockKind.PARAGRAPH, tidy(" ".join(words)))
            words = []
        if found:
            yield from _table(found[1], path, template, tables)
        elif mark:
            yield Block(_MARKS[mark], tidy(line.removeprefix(mark).strip()))
        elif line:
            words.append(line)


def _table(name: str, path: Path, template: str, tables: Mapping[str, Table]) -> Iterator[Block]:
    if name not in tables:
        line = template[: max(0, template.find(f"[bảng: {name}]"))].count("\n") + 1
        known = ", ".join(tables)
        detail = _("there is no table “{name}”, only {known}").format(name=name, known=known)
        raise _BrokenTemplateError(_unusable(path, line, detail))
    if tables[name].rows:
        yield Block(BlockKind.TABLE, table=tables[name])
