"""YAML read as text with the place of every value.

PyYAML's own types are not used: ``safe_load`` reads ``at: 17:00`` as the integer 1020 and leaves
``05:00`` as text.  Here every scalar stays text with its line and column, and the readers of
:class:`Mark` turn it into what the field expects, or note a :class:`Problem` and go on, so that
one look shows every mistake of a file.
"""

from __future__ import annotations

import codecs
import difflib
import unicodedata
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, TypeVar

import yaml

from broadcaster.errors import Problem, Severity, Where, nearest
from broadcaster.spelling import as_date, as_duration_ms, as_time, duration_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date, time
    from pathlib import Path

__all__ = ["MAX_BYTES", "Mark", "parse", "read_file"]

MAX_BYTES = 4_000_000
"""A larger file is somebody's mistake, not a week or a list of settings."""

_T = TypeVar("_T")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 20
_MAX_DURATION_MS = 3_660 * 86_400_000
_SHOWN = 60
_TRUE = {"true", "yes", "on", "có", "bật", "1"}
_FALSE = {"false", "no", "off", "không", "tắt", "0"}
_EMPTY = {"", "~", "null"}


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
        problems.append(_syntax_problem(where, str(error.problem or error.context or error)))
        return None
    except (yaml.YAMLError, ValueError) as error:
        problems.append(_syntax_problem(Where(path), str(error).splitlines()[0]))
        return None
    return None if node is None else Mark(node, path, shift, problems)


def _syntax_problem(where: Where, detail: str) -> Problem:
    return Problem(
        where,
        "yaml-syntax",
        _("this is not valid YAML: {detail}").format(detail=_said(detail)),
        _("look at the indentation, the quotes and the colons near this place"),
    )


def _said(detail: str) -> str:
    """What PyYAML said, in the language of the user where it is one of the usual slips."""
    usual = {
        "mapping values are not allowed": _(
            "a text with a colon needs quotes; or the indentation is wrong"
        ),
        "cannot start any token": _("a letter that needs quotes, or a tab instead of spaces"),
        "tab character": _("a tab stands here; indent with spaces"),
        "directive": _("a text that begins with % needs quotes"),
        "comment or line break": _("a text with | or > needs quotes"),
        "unknown escape": _("in double quotes a \\ must be written twice"),
        "entries are not allowed": _("a list begins here that does not belong to the line above"),
        "<document start>": _("a line stands here that belongs to nothing"),
        "did not find expected key": _("the indentation differs from the lines above"),
        "did not find expected '-'": _("this line does not belong to the list above it"),
        "did not find expected ','": _("a bracket or a comma is missing"),
        "did not find expected node": _("a bracket is not closed, or a value is missing"),
        "unexpected end of stream": _("a quote is not closed"),
        "could not find expected ':'": _("a colon is missing after this key"),
        "another document": _("a second “---” stands here"),
        "control characters": _("the file holds bytes that are no text"),
        "surrogates": _("the file holds bytes that are no text"),
    }
    return next((said for part, said in usual.items() if part in detail), detail)


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
            problems.append(_syntax_problem(where, _("too many levels")))
            return False
        if getattr(event, "anchor", None):
            message = _("anchors and aliases (&, *) are not read here")
            problems.append(Problem(where, "yaml-alias", message, _("write the value out")))
        if tag := getattr(event, "tag", None):
            message = _("the tag “{tag}” is not read here").format(tag=tag)
            problems.append(Problem(where, "yaml-tag", message, _("write the value without it")))
    return len(problems) == found


@dataclass(frozen=True, slots=True)
class Mark:
    """A YAML node that knows its place and where its problems go.

    Each reader returns the value, or None after it has noted a problem.
    """

    node: yaml.Node
    path: Path | None
    shift: int
    problems: list[Problem]

    @property
    def where(self) -> Where:
        start = self.node.start_mark
        return Where(self.path, start.line + 1 + self.shift, start.column + 1)

    def complain(
        self, code: str, message: str, hint: str = "", *, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem at this place."""
        self.problems.append(Problem(self.where, code, message, hint, severity))

    def _at(self, node: yaml.Node) -> Mark:
        return Mark(node, self.path, self.shift, self.problems)

    # -- shapes ---------------------------------------------------------------------------

    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def is_sequence(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    def is_empty(self) -> bool:
        """Whether nothing (or YAML's null) was written here, without quotes."""
        node = self.node
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return plain and node.value in _EMPTY

    def pairs(self) -> list[tuple[Mark, str, Mark]]:
        """(key's mark, key, value) of a mapping; a repeated key is a problem and left out."""
        if not isinstance(self.node, yaml.MappingNode):
            if not self.is_empty():
                self.complain("not-a-mapping", _("“key: value” lines are expected here"))
            return []
        found: dict[str, tuple[Mark, str, Mark]] = {}
        for key_node, value_node in self.node.value:
            key = self._at(key_node)
            name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if name in found:
                key.complain(
                    "duplicate-key", _("the key “{key}” stands here twice").format(key=name)
                )
            else:
                found[name] = (key, name, self._at(value_node))
        return list(found.values())

    def mapping(self, known: Collection[str], *, required: Collection[str] = ()) -> dict[str, Mark]:
        """The values of a mapping by key; unknown and missing keys are problems.

        A key without a value counts as not written; one that is nearly the name of a missing
        key counts for it, so that a slip is told once.
        """
        values: dict[str, Mark] = {}
        meant: list[str] = []
        for key, name, value in self.pairs():
            if name in known:
                values.update({} if value.is_empty() else {name: value})
            else:
                message = _("the key “{key}” is not understood").format(key=name)
                key.complain("unknown-key", message, nearest(name, known))
                meant += difflib.get_close_matches(name, known, n=1)
        if self.is_mapping() or self.is_empty():
            missing = [name for name in required if name not in values and name not in meant]
            if missing:
                message = _("the key “{key}” is missing").format(key="”, “".join(missing))
                self.complain("missing-key", message)
        return values

    def items(self) -> list[Mark]:
        """The items of a list; a single value stands for a list of one, nothing for none."""
        if isinstance(self.node, yaml.SequenceNode):
            return [self._at(node) for node in self.node.value]
        return [] if self.is_empty() else [self]

    # -- scalars --------------------------------------------------------------------------

    def text(self) -> str | None:
        """The text of a scalar, without white space around it."""
        if isinstance(self.node, yaml.ScalarNode):
            return str(self.node.value).strip()
        self.complain("not-a-text", _("a single value is expected here"))
        return None

    def texts(self) -> tuple[str, ...]:
        """The texts of a list, or of one value."""
        return tuple(text for item in self.items() if (text := item.text()))

    def bad_value(self, code: str, expected: str) -> None:
        """Note that the value here is not understood, and what is ``expected``."""
        value = str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else "…"
        shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        message = _("“{value}” is not understood here").format(value=shown)
        self.complain(code, message, expected)

    def choice(self, known: Mapping[str, _T]) -> _T | None:
        """The value that ``known`` (lower-case names) gives for this word."""
        text = self.text()
        if text is None:
            return None
        value = known.get(text.casefold())
        if value is None:
            self.bad_value("unknown-value", nearest(text.casefold(), known))
        return value

    def boolean(self) -> bool | None:
        text = self.text()
        if text is None:
            return None
        if text.casefold() in _TRUE | _FALSE:
            return text.casefold() in _TRUE
        self.bad_value("bad-boolean", _("write true or false"))
        return None

    def integer(self, *, low: int, high: int) -> int | None:
        value = self.number(low=low, high=high)
        if value is not None and value != int(value):
            self.bad_value("bad-number", _("write a whole number"))
            return None
        return None if value is None else int(value)

    def number(self, *, low: float, high: float) -> float | None:
        text = self.text()
        if text is None:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        expected = _("write a number from {low} to {high}").format(low=low, high=high)
        self.bad_value("bad-number", expected)
        return None

    def time(self) -> time | None:
        """A time of day, see :func:`broadcaster.spelling.as_time`."""
        return self._spelled(as_time, "bad-time", _("write a time from 00:00 to 23:59, like 17:00"))

    def date(self) -> date | None:
        """A date, see :func:`broadcaster.spelling.as_date`."""
        hint = _("write a date that exists, like 2026-09-02 or 2/9/2026")
        return self._spelled(as_date, "bad-date", hint)

    def duration_ms(self, *, low: int = 0, high: int = _MAX_DURATION_MS) -> int | None:
        """A length of time in milliseconds, see :func:`broadcaster.spelling.as_duration_ms`."""
        hint = _("write a length like 15m, 90s or 1h30m")
        value = self._spelled(as_duration_ms, "bad-duration", hint)
        if value is None or low <= value <= high:
            return value
        hint = _("write a length from {low} to {high}")
        self.bad_value(
            "bad-duration", hint.format(low=duration_text(low), high=duration_text(high))
        )
        return None

    def _spelled(self, read: Callable[[str], _T | None], code: str, expected: str) -> _T | None:
        text = self.text()
        value = read(text) if text is not None else None
        if text is not None and value is None:
            self.bad_value(code, expected)
        return value
