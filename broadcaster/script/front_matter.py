"""The lines between ``---`` at the top of a bulletin: who wrote it, for when, for which voice."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Problem, Severity, Where, nearest
from broadcaster.model import Priority
from broadcaster.script.questions import asker_in
from broadcaster.yamlmark import Mark, parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["FIELDS", "read_front_matter", "split_front_matter"]

_PRIORITIES = {
    **dict.fromkeys(("thông thường", "thuong", "routine"), Priority.ROUTINE),
    **dict.fromkeys(("ưu tiên", "priority"), Priority.PRIORITY),
    **dict.fromkeys(("khẩn cấp", "khẩn", "emergency"), Priority.EMERGENCY),
}
_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|$)", re.MULTILINE)
_MOST_REPEATS = 5
_LAST_PLACE = 999


FIELDS: dict[str, Callable[[Mark], Any]] = {
    **dict.fromkeys(
        (
            *("id", "title", "kind", "topic", "language", "audience", "author", "approved_by"),
            *("voice", "recording", "source", "level", "question", "answered_by", "asker"),
        ),
        Mark.text,
    ),
    "valid_from": Mark.date,
    "valid_until": Mark.date,
    "must_air_by": Mark.date,
    "due": Mark.date,
    "asker_allowed": Mark.boolean,
    "replaces": Mark.texts,
    "priority": lambda mark: mark.choice(_PRIORITIES),
    "order": lambda mark: mark.integer(low=1, high=_LAST_PLACE),
    "draft": Mark.boolean,
    "online": Mark.boolean,
    "repeat_facts": Mark.boolean,
    "repeat": lambda mark: mark.integer(low=1, high=_MOST_REPEATS),
}
_FIELD_LINES = re.compile(rf"(?:(?:{'|'.join(FIELDS)})[ \t]*:.*(?:\n|$))*")
_PLACED = {"voice", "replaces"}
"""Fields whose places later findings name."""
_CAUTIOUS = {"online": False, "draft": True}
"""For a value that cannot be read: it may have said that this text must not go to a network, or
that it is not finished."""


def split_front_matter(
    text: str, *, path: Path | None, problems: list[Problem]
) -> tuple[str, str, int]:
    """The front matter, the text below it, and the line at which that text begins.

    Front matter that is never closed is said so, and ends below its last line with a known key.
    """
    opening = _FENCE.match(text)
    if not opening:
        return "", text, 1
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        problems.append(
            Problem(
                Where(path, 1, 1),
                "front-matter-open",
                _("the front matter is never closed"),
                _("put a line with --- below it, or take the first --- away"),
            )
        )
        closing = _FIELD_LINES.match(text, opening.end())
        assert closing
        return closing.group(), text[closing.end() :], text.count("\n", 0, closing.end()) + 1
    matter = text[opening.end() : closing.start()]
    return matter, text[closing.end() :], text.count("\n", 0, closing.end()) + 1


def read_front_matter(matter: str, *, path: Path | None, problems: list[Problem]) -> dict[str, Any]:
    """The fields that could be read; what could not is in ``problems``."""
    root = parse(matter, path=path, problems=problems, first_line=2)
    if root is None:
        return {"online": _CAUTIOUS["online"], **asker_in(matter)}
    values: dict[str, Any] = {}
    for mark, name, value in root.pairs():
        if name not in FIELDS:
            mark.complain(
                "unknown-key",
                _("the key “{name}” is not known in a bulletin").format(name=name),
                nearest(name, FIELDS),
                severity=Severity.WARNING,
            )
        elif not value.is_empty():
            read = FIELDS[name](value)
            values[name] = _CAUTIOUS.get(name) if read is None else read
            if name in _PLACED:
                values[f"{name}_where"] = value.where
    return {name: value for name, value in values.items() if value is not None}
