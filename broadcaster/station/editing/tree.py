"""YAML as text in which single values are put, added and taken away at their marks.

A YAML library would write the file anew, without the layout of its author; here every operation
gives the text back with one span changed, and nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import yaml

from broadcaster.errors import ContentError
from broadcaster.yamlmark import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.errors import Problem

__all__ = ["Step", "Tree", "inline"]

Step = str | int
"""One step of a path: a key of a mapping, or the number of an item in a list."""

_PLAIN = re.compile(r"[^\W_][\w ()/.…–-]*")
"""Signs that mean nothing in YAML, whichever of its readers looks at them."""
_SET_APART = re.compile(r"\n[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*[ \t]*- ")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def inline(text: str) -> str:
    """``text`` as a YAML value on one line, in quotes where it would be read as anything else.

    What it gives may stand in a list in brackets too.
    """
    plain = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    plain = " ".join(plain.split())
    quoted = json.dumps(plain, ensure_ascii=False)
    return plain if _PLAIN.fullmatch(plain) and _reads_as(f"{{k: {plain}}}", plain) else quoted


def _reads_as(line: str, value: str) -> bool:
    try:
        node = yaml.compose(line, Loader=_LOADER)
    except yaml.YAMLError:
        return False
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    if len(pairs) != 1 or not isinstance(pairs[0][1], yaml.ScalarNode):
        return False
    return bool(pairs[0][1].value == value and not pairs[0][1].style)


class Tree:
    """A YAML text and its nodes; every change gives a new text, of which a new tree is made.

    Raises ContentError for a text that cannot be read, as a loader would.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        problems: list[Problem] = []
        parse(text, path=None, problems=problems)  # first: deep brackets end the process below
        if problems:
            raise ContentError(problems)
        self.root = yaml.compose(text, Loader=_LOADER)

    # -- looking ------------------------------------------------------------------------------

    def find(self, path: Sequence[Step]) -> yaml.Node | None:
        """The node at ``path``; None where there is none."""
        node: yaml.Node | None = self.root
        for step in path:
            node = self._child(node, step)
        return node

    def value(self, path: Sequence[Step]) -> str:
        """The text of the scalar at ``path``, or nothing."""
        node = self.find(path)
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""

    def items(self, path: Sequence[Step]) -> list[yaml.Node]:
        """The items of the list at ``path``; a single value is a list of one."""
        node = self.find(path)
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        return [] if node is None or _is_empty(node) else [node]

    def keys(self, path: Sequence[Step]) -> list[str]:
        """The keys of the mapping at ``path``."""
        return [str(key.value) for key, _value in _pairs(self.find(path))]

    def _child(self, node: yaml.Node | None, step: Step) -> yaml.Node | None:
        if isinstance(step, int):
            found = node.value if isinstance(node, yaml.SequenceNode) else []
            return found[step] if 0 <= step < len(found) else None
        return next((value for key, value in _pairs(node) if key.value == step), None)

    # -- changing -----------------------------------------------------------------------------

    def put(self, path: Sequence[Step], value: str) -> str:
        """``value`` (YAML of one line) at ``path``, whose mapping exists."""
        *above, key = path
        node, parent = self.find(path), self.find(above)
        if node is None:
            return self._added_key(parent, str(key), value)
        if isinstance(key, str) and (_is_block(node) or node.start_mark.index == self._end(node)):
            colon = self._colon(parent, key)
            return self._spliced(colon, max(colon, self._end(node)), f" {value}")
        return self._spliced(node.start_mark.index, self._end(node), value)

    def drop_key(self, path: Sequence[Step]) -> str:
        """Without the key at the end of ``path`` and what it says; no change where it is not."""
        *above, name = path
        parent = self.find(above)
        pairs = _pairs(parent)
        place = next((n for n, (key, _v) in enumerate(pairs) if key.value == name), None)
        if parent is None or place is None:
            return self.text
        return self._without(parent, [(key.start_mark.index, value) for key, value in pairs], place)

    def drop_item(self, path: Sequence[Step]) -> str:
        """Without the item of a list at ``path``; comments above it stay."""
        *above, place = path
        parent = self.find(above)
        if not isinstance(parent, yaml.SequenceNode) or not isinstance(place, int):
            return self.text
        starts = [(self._dash(parent, item), item) for item in parent.value]
        return self._without(parent, starts, place)

    def append(self, key: str, lines: Sequence[str], flow: str) -> str:
        """An item at the end of the list under the top-level ``key``, which is added if missing.

        ``lines`` are the item without its dash and indentation, ``flow`` the item in brackets for
        a list that is written in them.
        """
        node = self.find([key])
        dashed = [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]
        if node is None:
            return self._at_end([f"{key}:", *(f"  {line}" for line in dashed)])
        if isinstance(node, yaml.SequenceNode) and node.flow_style and node.value:
            return self._inserted(self._end(node.value[-1]), f", {flow}")
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            padded = [f"{_pad(node)}{line}" for line in dashed]
            return self._below(node.value[-1], padded, blank=True)
        colon = self._colon(self.root, key)
        block = "".join(f"{self.newline}  {line}" for line in dashed)
        return self._spliced(colon, max(colon, self._end(node)), block)

    def _added_key(self, parent: yaml.Node | None, key: str, value: str) -> str:
        pairs = _pairs(parent)
        if not isinstance(parent, yaml.MappingNode) or not pairs:
            return self._at_end([f"{key}: {value}"])
        last = pairs[-1][1]
        if parent.flow_style:
            return self._inserted(self._end(last), f", {key}: {value}")
        if last.start_mark.index == last.end_mark.index:
            last = pairs[-1][0]
        return self._below(last, [f"{' ' * pairs[0][0].start_mark.column}{key}: {value}"])

    def _below(self, node: yaml.Node, lines: Sequence[str], *, blank: bool = False) -> str:
        """``lines`` below the last line of ``node``, with a blank one where they are usual."""
        end = self._line_end(self._end(node))
        gap = self.newline if blank and self._has_blank_lines() else ""
        block = gap + "".join(f"{line}{self.newline}" for line in lines)
        if not self.text[:end].endswith("\n"):
            block = self.newline + block
        return self._inserted(end, block)

    def _has_blank_lines(self) -> bool:
        """Whether items of lists are set apart by blank lines here."""
        return _SET_APART.search(self.text) is not None

    def _at_end(self, lines: Sequence[str]) -> str:
        end = "" if not self.text or self.text.endswith("\n") else self.newline
        return self.text + end + "".join(f"{line}{self.newline}" for line in lines)

    def _without(
        self, parent: yaml.Node, starts: Sequence[tuple[int, yaml.Node]], place: int
    ) -> str:
        start, node = starts[place]
        following = starts[place + 1][0] if place + 1 < len(starts) else None
        if isinstance(parent, yaml.CollectionNode) and parent.flow_style:
            if following is not None:
                return self._spliced(start, following, "")
            before = self._end(starts[place - 1][1]) if place else start
            return self._spliced(before, self._end(node), "")
        line_start = self.text.rfind("\n", 0, start) + 1
        if self.text[line_start:start].strip():  # it stands behind a dash
            if following is None:
                return self._spliced(start, self._end(node), "")
            return self._spliced(start, following, "")
        end = self._line_end(max(self._end(node), start))
        return self._spliced(line_start, self._over_blank(line_start, end), "")

    def _over_blank(self, start: int, end: int) -> int:
        """``end`` beyond a blank line below, where one, or the key of the list, stands above."""
        blank = re.compile(r"[ \t]*\r?\n").match(self.text, end)
        above = self.text[self.text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].partition("#")[0]
        is_doubled = not above.strip() or above.rstrip().endswith(":")
        return blank.end() if blank and is_doubled else end

    # -- places -------------------------------------------------------------------------------

    def _end(self, node: yaml.Node) -> int:
        """Where what ``node`` says ends; the marks of blocks reach over comments below them."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            if not isinstance(last, tuple):
                return self._end(last)
            return max(self._end(last[1]), int(last[0].end_mark.index))
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(self.text[start:end].rstrip())

    def _line_end(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def _dash(self, parent: yaml.SequenceNode, item: yaml.Node) -> int:
        if parent.flow_style:
            return int(item.start_mark.index)
        column = int(parent.start_mark.column)
        line = self.text.rfind("\n", 0, item.start_mark.index) + 1
        while self.text[line + column : line + column + 1] != "-" and line:
            line = self.text.rfind("\n", 0, line - 1) + 1
        return int(line + column)

    def _colon(self, parent: yaml.Node | None, name: Step) -> int:
        key = next(key for key, _value in _pairs(parent) if key.value == name)
        return self.text.index(":", key.end_mark.index) + 1

    def _inserted(self, index: int, new: str) -> str:
        return self._spliced(index, index, new)

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in {"", "~", "null"}


def _is_block(node: yaml.Node) -> bool:
    is_collection = isinstance(node, yaml.CollectionNode) and not node.flow_style
    return is_collection or getattr(node, "style", None) in {"|", ">"}


def _pad(node: yaml.Node) -> str:
    return " " * int(node.start_mark.column)
