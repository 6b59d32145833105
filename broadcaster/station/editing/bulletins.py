"""A bulletin's file: its front matter set key by key, its text put in anew.  Pure.

It stands apart from weeks because a bulletin is front matter and prose, and the prose is not YAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadcaster.script.front_matter import split_front_matter
from broadcaster.spelling import without_marks
from broadcaster.station.editing.tree import Tree, inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "body_of",
    "bulletin_id",
    "fields_of",
    "new_bulletin",
    "with_body",
    "with_fields",
]

_FENCES = {"---", "..."}
_LONGEST_NAME = 60
_NUMBER = re.compile(r"(\d+)-")


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """``text`` whose front matter has ``fields``; an empty one is taken away.

    What is as it was keeps its letters, quotes and comments.  Raises ContentError where the
    front matter cannot be read.
    """
    matter, rest = _split(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    for key, value in fields.items():
        matter = _with_field(matter, key, value, newline)
    if not matter.strip() and rest == text:
        return text
    if rest == text:
        return f"---{newline}{matter}---{newline}{text}"
    return text[: text.index("\n") + 1] + matter + rest


def _with_field(matter: str, key: str, value: str, newline: str) -> str:
    tree = Tree(matter)
    if tree.value([key]) == value.strip():
        return matter
    if not value.strip():
        return tree.drop_key([key])
    if tree.root is None:
        return f"{matter}{key}: {inline(value)}{newline}"
    return tree.put([key], inline(value))


def fields_of(text: str, names: Iterable[str]) -> dict[str, str]:
    """Those of ``names`` that stand in the front matter, as they are written.

    Raises ContentError where it cannot be read.
    """
    matter, _rest = _split(text)
    tree = Tree(matter)
    return {name: value for name in names if (value := tree.value([name]))}


def body_of(text: str) -> str:
    """What stands below the front matter."""
    _matter, rest = _split(text)
    has_fence = rest != text and _lines(rest)[:1] and _lines(rest)[0].rstrip() in _FENCES
    return "".join(_lines(rest)[1:]) if has_fence else rest


def with_body(text: str, body: str) -> str:
    """``text`` with another text below its front matter, which stays as it is."""
    _matter, rest = _split(text)
    head = text[: len(text) - len(rest)]
    if rest == text and not head:
        return body
    first = _lines(rest)[0] if rest else ""
    is_closed = first.rstrip() in _FENCES
    newline = "\r\n" if "\r\n" in text else "\n"
    fence = f"{first.rstrip()}{newline}" if is_closed else f"---{newline}"
    return f"{head}{fence}{body}"


def _split(text: str) -> tuple[str, str]:
    """(the front matter with its own line ends, its closing line and what follows).

    Without front matter: nothing, and the whole text.
    """
    plain = text.replace("\r\n", "\n")
    matter, _body, line = split_front_matter(plain, path=None, problems=[])
    if line == 1:
        return "", text
    lines = _lines(text)
    first = 1 + matter.count("\n")
    return "".join(lines[1:first]), "".join(lines[first:])


def _lines(text: str) -> list[str]:
    """With their ends; a sign that only Unicode takes for one ends no line of YAML."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def new_bulletin(fields: Mapping[str, str], body: str) -> str:
    """The text of a new file."""
    head = "".join(f"{key}: {inline(value)}\n" for key, value in fields.items() if value.strip())
    return f"---\n{head}---\n{body.rstrip()}\n" if head else f"{body.rstrip()}\n"


def bulletin_id(title: str, taken: Iterable[str]) -> str:
    """``17-hop-thon``: the next number and the words of ``title``; it names no other place."""
    known = set(taken)
    numbers = [int(match[1]) for name in known if (match := _NUMBER.match(name))]
    words = "".join(char if char.isalnum() else " " for char in without_marks(title)).split()
    ascii_words = "-".join(word for word in words if word.isascii())[:_LONGEST_NAME].strip("-")
    return f"{max(numbers, default=0) + 1:02d}-{ascii_words or 'ban-tin'}"
