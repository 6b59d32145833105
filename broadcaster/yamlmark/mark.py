"""One value of a YAML document: its place, and the readers of what may stand there.

It stands apart from the document, which is whole by the time somebody reads a key: asked for a time
or a number, it gives that, or notes its problem where those of the whole file are.
"""

from __future__ import annotations

import difflib
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

__all__ = ["Mark"]

_T = TypeVar("_T")
_MAX_DURATION_MS = 3_660 * 86_400_000
_SHOWN = 60
_TRUE = {"true", "yes", "on", "có", "bật", "1"}
_FALSE = {"false", "no", "off", "không", "tắt", "0"}
_EMPTY = {"", "~", "null"}


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
