"""A file, or a text, → the root of its YAML, or the problem that keeps it from being read.

It stands apart from the values, because here a document is judged as a whole, before anybody asks
what it says: its bytes, its letters, its syntax, and what YAML can do that is not read here.
"""

from __future__ import annotations

import codecs
import unicodedata
from gettext import gettext as _
from typing import TYPE_CHECKING

import yaml

from broadcaster.errors import Problem, Where
from broadcaster.yamlmark.mark import Mark
from broadcaster.yamlmark.syntax import syntax_problem

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MAX_BYTES", "parse", "read_file"]

MAX_BYTES = 4_000_000
"""A larger file is somebody's mistake, not a week or a list of settings."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 20


def read_file(path: Path, *, problems: list[Problem]) -> Mark | None:
    """The root of the YAML file ``path``; what keeps it from being read goes to ``problems``.

    UTF-8, or UTF-16 with its byte order mark (which Windows calls "Unicode").
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the file cannot be read: {reason}").format(reason=_(reason))
        problems.append(Problem(Where(path), "unreadable-file", message))
        return None
    text = _decoded(data, path, problems)
    if text is None:
        return None
    before = len(problems)
    root = parse(text, path=path, problems=problems)
    if (root is None or root.is_empty()) and len(problems) == before:
        hint = _("copy it here again, or begin with the one that “broadcaster init” makes")
        problems.append(Problem(Where(path), "empty-file", _("the file is empty"), hint))
        return None
    return root


def _decoded(data: bytes, path: Path, problems: list[Problem]) -> str | None:
    if len(data) > MAX_BYTES:
        message = _("the file is too large to be a list of settings: {size} KB")
        message = message.format(size=len(data) // 1000)
        problems.append(Problem(Where(path), "file-too-large", message))
        return None
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8", "ignore")
        column = len(good) - good.rfind("\n")
        where = Where(path) if utf16 else Where(path, good.count("\n") + 1, column)
        hint = _("save the file as UTF-8 in the editor (File, Save as, Encoding)")
        problems.append(Problem(where, "not-utf8", _("this is not a text in UTF-8"), hint))
        return None


def parse(
    text: str, *, path: Path | None, problems: list[Problem], first_line: int = 1
) -> Mark | None:
    """The root of the YAML document ``text``, or None when it is empty or broken.

    ``first_line`` is the line of ``path`` at which ``text`` begins (front matter).  Letters and
    their marks are put together (NFC) first, so that a column counts what an eye sees.  Syntax
    errors, tags and aliases are appended to ``problems``; it never raises for bad content.
    """
    text = unicodedata.normalize("NFC", text)
    shift = first_line - 1
    try:
        if not _is_plain(text, path, shift, problems):
            return None
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(path, mark.line + 1 + shift, mark.column + 1) if mark else Where(path)
        problems.append(syntax_problem(where, str(error.problem or error.context or error)))
        return None
    except (yaml.YAMLError, ValueError) as error:
        problems.append(syntax_problem(Where(path), str(error).splitlines()[0]))
        return None
    return None if node is None else Mark(node, path, shift, problems)


def _is_plain(text: str, path: Path | None, shift: int, problems: list[Problem]) -> bool:
    """Whether ``text`` has neither tags nor aliases, and few levels; notes what it has.

    PyYAML's composer calls itself for each level and ends the whole process at some ten
    thousand, therefore the events are looked at before it sees them.
    """
    found = len(problems)
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if (mark := event.start_mark) is None:
            continue
        where = Where(path, mark.line + 1 + shift, mark.column + 1)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            problems.append(syntax_problem(where, _("too many levels")))
            return False
        if getattr(event, "anchor", None):
            message = _("anchors and aliases (&, *) are not read here")
            problems.append(Problem(where, "yaml-alias", message, _("write the value out")))
        if tag := getattr(event, "tag", None):
            message = _("the tag “{tag}” is not read here").format(tag=tag)
            problems.append(Problem(where, "yaml-tag", message, _("write the value without it")))
    return len(problems) == found
