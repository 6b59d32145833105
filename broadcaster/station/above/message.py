"""A JSON file from above → its bulletins, with every problem at its line and column.

It stands apart from taking them in because it is pure: text in, bulletins and problems out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Problem, Where
from broadcaster.model import Priority
from broadcaster.yamlmark import MAX_BYTES, Mark, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["FORMAT", "ITEM_KEYS", "Message", "Sent", "read_message"]

FORMAT = "broadcaster-bulletins"
_VERSION = 1
_MESSAGE_KEYS = ("format", "version", "from", "bulletins")
_PRIORITIES = {
    "routine": Priority.ROUTINE,
    "priority": Priority.PRIORITY,
    "emergency": Priority.EMERGENCY,
}
_READERS: dict[str, Callable[[Mark], Any]] = {
    **dict.fromkeys(("id", "title", "text", "kind", "topic", "language", "audience"), Mark.text),
    "source": Mark.text,
    "priority": lambda mark: mark.choice(_PRIORITIES),
    **dict.fromkeys(("valid_from", "valid_until", "must_air_by"), Mark.date),
    "replaces": Mark.texts,
    "online": Mark.boolean,
}
ITEM_KEYS = tuple(_READERS)
_REQUIRED = ("id", "title", "text")
_ID = re.compile(r"\w[\w-]{0,63}")
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB]\w\w)\\u([dD][c-fC-F]\w\w)")


@dataclass(frozen=True, slots=True)
class Sent:
    """One bulletin as it was sent; ``values`` has what was written, under :data:`ITEM_KEYS`."""

    id: str
    values: dict[str, Any]
    where: Where

    @property
    def must_air_by(self) -> date | None:
        return self.values.get("must_air_by")


@dataclass(frozen=True, slots=True)
class Message:
    """Who sent it, and its bulletins; those that cannot be read are left out."""

    level: str
    office: str
    bulletins: tuple[Sent, ...]


def read_message(path: Path) -> tuple[Message | None, list[Problem]]:
    """The message in ``path``; None when it is none at all."""
    problems: list[Problem] = []
    text = _text(path, problems)
    if text is None:
        return None, problems
    root = parse(text, path=path, problems=problems)
    return (_message(root) if root else None), problems


def _text(path: Path, problems: list[Problem]) -> str | None:
    """The JSON in ``path`` as YAML takes it; None after a problem."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig") if len(data) <= MAX_BYTES else ""
        json.loads(text)
    except OSError as error:
        message = _("the file cannot be read: {reason}").format(reason=error.strerror)
        problems.append(Problem(Where(path), "unreadable-file", message))
    except RecursionError:
        problems.append(_no_json(Where(path, 1, 1)))
    except json.JSONDecodeError as error:
        problems.append(_no_json(Where(path, error.lineno, error.colno)))
    except UnicodeDecodeError:
        problems.append(_no_json(Where(path)))
    else:
        return _PAIR.sub(_joined, text.replace("\t", " "))
    return None


def _no_json(where: Where) -> Problem:
    message = _("this is no JSON file in UTF-8")
    hint = _("ask whoever sent it to send it again")
    return Problem(where, "message-not-json", message, hint)


def _joined(found: re.Match[str]) -> str:
    """A letter beyond U+FFFF, which JSON writes in two halves and YAML does not know."""
    high, low = int(found[2], 16), int(found[3], 16)
    return found[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _message(root: Mark) -> Message | None:
    values = root.mapping(_MESSAGE_KEYS, required=("format", "version", "from", "bulletins"))
    known = {"format": FORMAT, "version": str(_VERSION)}
    for key, expected in known.items():
        if key in values and values[key].text() != expected:
            hint = _("this station reads “{expected}”").format(expected=expected)
            values[key].bad_value("unknown-message", hint)
            return None
    if set(values) != set(_MESSAGE_KEYS):
        return None
    sender = values["from"].mapping(("level", "office"), required=("level", "office"))
    said = {key: sender[key].text() or "" if key in sender else "" for key in ("level", "office")}
    return Message(bulletins=tuple(_bulletins(values["bulletins"])), **said)


def _bulletins(mark: Mark) -> Iterator[Sent]:
    seen: dict[str, Where] = {}
    for item in mark.items():
        before = len(item.problems)
        values = item.mapping(ITEM_KEYS, required=_REQUIRED)
        found = {key: _READERS[key](value) for key, value in values.items()}
        name = found.get("id") or ""
        if "id" in values and not _ID.fullmatch(name):
            hint = _("use at most 64 letters, digits, “-” and “_”, without spaces")
            values["id"].bad_value("bad-id", hint)
        elif name in seen:
            message = _("“{id}” is in this message twice").format(id=name)
            values["id"].complain("message-id-twice", message, _("keep one of them"))
        _check_days(values, found)
        seen.setdefault(name, item.where)
        if len(item.problems) == before:
            yield Sent(name, found, item.where)


def _check_days(values: dict[str, Mark], found: dict[str, Any]) -> None:
    first, last = found.get("valid_from"), found.get("valid_until")
    by = found.get("must_air_by")
    if first and last and last < first:
        message = _("valid_until lies before valid_from, so this bulletin never airs")
        values["valid_until"].complain("never-valid", message)
    if by and ((first and by < first) or (last and by > last)):
        message = _("must_air_by lies outside the days on which it may be heard")
        values["must_air_by"].complain("never-in-time", message, _("ask whoever sent it"))
