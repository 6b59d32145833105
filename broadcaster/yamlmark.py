"""YAML read as text with the place of every value.

PyYAML's own types are not used: ``safe_load`` reads ``at: 17:00`` as the integer 1020 and leaves
``05:00`` as text.  Here every scalar stays text with its line and column, and the readers of
:class:`Mark` turn it into what the field expects, or note a :class:`Problem` and go on, so that
one look shows every mistake of a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from gettext import gettext as _
from typing import TYPE_CHECKING, TypeVar

import yaml

from broadcaster.errors import Problem, Severity, Where, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

__all__ = ["Mark", "parse"]

_T = TypeVar("_T")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_TRUE = {"true", "yes", "on", "có", "bật", "1"}
_FALSE = {"false", "no", "off", "không", "tắt", "0"}
_CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:hg](\d{1,2})?)(?::(\d{1,2}))?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DURATION_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s.,]+)\s*")
_DURATION_UNITS_MS = {
    **dict.fromkeys(("ms",), 1),
    **dict.fromkeys(("s", "giây", "g"), 1_000),
    **dict.fromkeys(("m", "p", "ph", "phút", "min"), 60_000),
    **dict.fromkeys(("h", "giờ"), 3_600_000),
    **dict.fromkeys(("d", "ngày"), 86_400_000),
}


def parse(
    text: str, *, path: Path | None, problems: list[Problem], first_line: int = 1
) -> Mark | None:
    """The root of the YAML document ``text``, or None when it is empty or broken.

    ``first_line`` is the line of ``path`` at which ``text`` begins (front matter).  Syntax
    errors, tags and aliases are appended to ``problems``; it never raises for bad content.
    """
    shift = first_line - 1
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(path, mark.line + 1 + shift, mark.column + 1) if mark else Where(path)
        problems.append(_syntax_problem(where, str(error.problem or error.context or error)))
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problems.append(_syntax_problem(Where(path), str(error).splitlines()[0]))
        return None
    if node is None:
        return None
    root = Mark(node, path, shift, problems)
    return root if _is_plain(root) else None


def _syntax_problem(where: Where, detail: str) -> Problem:
    return Problem(
        where,
        "yaml-syntax",
        _("this is not valid YAML: {detail}").format(detail=detail),
        _("look at the indentation and at the colons near this place"),
    )


def _is_plain(root: Mark) -> bool:
    """Whether the tree has neither tags nor aliases; notes each one that it has."""
    seen: set[int] = set()
    found = len(root.problems)
    for mark in _walk(root):
        if id(mark.node) in seen:
            mark.complain("yaml-alias", _("anchors and aliases (&, *) are not read here"))
            return False
        seen.add(id(mark.node))
        if mark.node.tag not in _PLAIN_TAGS:
            mark.complain(
                "yaml-tag", _("the tag “{tag}” is not read here").format(tag=mark.node.tag)
            )
    return len(root.problems) == found


def _walk(root: Mark) -> Iterator[Mark]:
    waiting = [root]
    while waiting:
        mark = waiting.pop()
        yield mark
        if not mark.problems or mark.problems[-1].code != "yaml-alias":
            waiting.extend(reversed(mark.children()))


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

    def children(self) -> list[Mark]:
        """The nodes directly below this one, keys included."""
        value = self.node.value
        if isinstance(self.node, yaml.MappingNode):
            return [self._at(node) for pair in value for node in pair]
        return (
            [self._at(node) for node in value] if isinstance(self.node, yaml.SequenceNode) else []
        )

    def _at(self, node: yaml.Node) -> Mark:
        return Mark(node, self.path, self.shift, self.problems)

    # -- shapes ---------------------------------------------------------------------------

    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def is_sequence(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    def pairs(self) -> list[tuple[Mark, str, Mark]]:
        """(key's mark, key, value) of a mapping; a repeated key is a problem and left out."""
        if not isinstance(self.node, yaml.MappingNode):
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
        """The values of a mapping by key; unknown and missing keys are problems."""
        values: dict[str, Mark] = {}
        for key, name, value in self.pairs():
            if name in known:
                values[name] = value
            else:
                message = _("the key “{key}” is not understood").format(key=name)
                key.complain("unknown-key", message, nearest(name, known))
        if self.is_mapping():
            for name in required:
                if name not in values:
                    self.complain("missing-key", _("the key “{key}” is missing").format(key=name))
        return values

    def items(self) -> list[Mark]:
        """The items of a list; a single value stands for a list of one, nothing for none."""
        if isinstance(self.node, yaml.SequenceNode):
            return [self._at(node) for node in self.node.value]
        if isinstance(self.node, yaml.ScalarNode) and not self.node.value:
            return []
        return [self]

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

    def _scalar(self, convert: Mapping[str, _T], expected: str, code: str) -> _T | None:
        text = self.text()
        if text is None:
            return None
        value = convert.get(text.casefold())
        if value is None:
            self._bad_value(code, text, expected)
        return value

    def _bad_value(self, code: str, text: str, expected: str) -> None:
        message = _("“{value}” is not understood here").format(value=text)
        self.complain(code, message, expected)

    def choice(self, known: Mapping[str, _T]) -> _T | None:
        """The value that ``known`` (lower-case names) gives for this word."""
        text = self.text()
        if text is None:
            return None
        value = known.get(text.casefold())
        if value is None:
            self._bad_value("unknown-value", text, nearest(text.casefold(), known))
        return value

    def boolean(self) -> bool | None:
        known = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}
        return self._scalar(known, _("write true or false"), "bad-boolean")

    def integer(self, *, low: int, high: int) -> int | None:
        value = self.number(low=low, high=high)
        if value is not None and value != int(value):
            self._bad_value("bad-number", str(value), _("write a whole number"))
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
        if not low <= value <= high:
            expected = _("write a number from {low} to {high}").format(low=low, high=high)
            self._bad_value("bad-number", text, expected)
            return None
        return value

    def time(self) -> time | None:
        """A time of day: ``17:00``, ``5h30``, ``17h``, ``05:30:15``."""
        text = self.text()
        if text is None:
            return None
        if match := _CLOCK_TIME.fullmatch(text.replace(" ", "")):
            try:
                hour, minute, second = (int(part or 0) for part in match.groups())
                return time(hour, minute, second)
            except ValueError:
                pass
        self._bad_value("bad-time", text, _("write a time from 00:00 to 23:59, like 17:00"))
        return None

    def date(self) -> date | None:
        """A date: ``2026-09-02`` or ``2/9/2026``."""
        text = self.text()
        if text is None:
            return None
        try:
            if match := _ISO_DATE.fullmatch(text):
                year, month, day = (int(part) for part in match.groups())
                return date(year, month, day)
            if match := _LOCAL_DATE.fullmatch(text):
                day, month, year = (int(part) for part in match.groups())
                return date(year, month, day)
        except ValueError:
            pass
        self._bad_value(
            "bad-date", text, _("write a date that exists, like 2026-09-02 or 2/9/2026")
        )
        return None

    def duration_ms(self) -> int | None:
        """A length of time in milliseconds: ``15m``, ``1h30m``, ``90s``, ``15 phút``."""
        text = self.text()
        if text is None:
            return None
        parts = _DURATION_PART.findall(text.casefold())
        whole = "".join(_DURATION_PART.split(text.casefold())[::3]).strip() == ""
        if parts and whole and all(unit in _DURATION_UNITS_MS for _amount, unit in parts):
            return round(
                sum(float(n.replace(",", ".")) * _DURATION_UNITS_MS[unit] for n, unit in parts)
            )
        self._bad_value("bad-duration", text, _("write a length like 15m, 90s or 1h30m"))
        return None
