"""Slots of a week's file, put in, changed and taken out as text.  Pure.

Each function takes the text of the file and gives the changed text; whether the change is a good
one, :mod:`broadcaster.station.editing.judge` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Where, nearest
from broadcaster.schedule.exchange.weekdays import spelled_days
from broadcaster.spelling import duration_text, without_marks
from broadcaster.station.editing.tree import Step, Tree, inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import time

__all__ = [
    "WantedSlot",
    "changed_slot",
    "days_value",
    "free_id",
    "with_slot",
    "without_days",
    "without_slot",
]

_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSlot:
    """What an operator asks for; a slot ``after`` another has no time of its own."""

    id: str
    programme: str
    at: time | None = None
    after: str = ""
    days: frozenset[int] = _EVERY_DAY
    max_ms: int = 0
    is_soft: bool = False

    def values(self, *, with_days: bool = True) -> dict[str, str]:
        """Its keys and their YAML, in the order in which a person writes them."""
        when = {"after": inline(self.after)} if self.after else {"at": f"{self.at:%H:%M}"}
        days = {"days": days_value(self.days)} if with_days else {}
        values = {"id": inline(self.id), **days, **when, "programme": inline(self.programme)}
        if self.max_ms:
            values["max"] = duration_text(self.max_ms)
        if self.is_soft and not self.after:
            values["start"] = "soft"
        return values


def days_value(days: frozenset[int]) -> str:
    """``days`` as a YAML value: ``T2-T6``, or ``[T2, T4]``."""
    names = spelled_days(days).split(",")
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def with_slot(text: str, wanted: WantedSlot) -> str:
    """``text`` with ``wanted`` behind its other slots."""
    values = wanted.values()
    lines = [f"{key}: {value}" for key, value in values.items()]
    return Tree(text).append("slots", lines, f"{{{', '.join(lines)}}}")


def changed_slot(text: str, slot_id: str, values: Mapping[str, str | None]) -> str:
    """``text`` in which the slot has ``values`` (YAML by key); None takes a key away.

    Raises ContentError where no slot has this name.
    """
    for key, value in values.items():
        tree = Tree(text)
        path: list[Step] = ["slots", _place_of(tree, slot_id), key]
        text = tree.drop_key(path) if value is None else tree.put(path, value)
    return text


def without_days(text: str, slot_id: str, days: frozenset[int], gone: frozenset[int]) -> str:
    """``text`` in which the slot, that airs on ``days``, leaves the days that are ``gone``."""
    left = days - gone
    if not left:
        return without_slot(text, slot_id)
    return changed_slot(text, slot_id, {"days": days_value(left)})


def without_slot(text: str, slot_id: str) -> str:
    """``text`` without the slot, and without what special days say of it.

    Raises ContentError where no slot has this name.
    """
    tree = Tree(text)
    text = tree.drop_item(["slots", _place_of(tree, slot_id)])
    for place in reversed(range(len(Tree(text).items(["exceptions"])))):
        text = _without_mention(text, place, slot_id)
    return text


def _without_mention(text: str, place: int, slot_id: str) -> str:
    """Without ``slot_id`` in the exception at ``place``, and without that when it is empty."""
    path: list[Step] = ["exceptions", place]
    tree = Tree(text)
    names = [str(node.value) for node in tree.items([*path, "cancel"])]
    if slot_id in names and len(names) > 1:
        text = tree.drop_item([*path, "cancel", names.index(slot_id)])
    elif slot_id in names:
        text = tree.drop_key([*path, "cancel"])
    tree = Tree(text)
    replaced = tree.keys([*path, "replace"])
    if slot_id in replaced:
        gone = [*path, "replace", slot_id] if len(replaced) > 1 else [*path, "replace"]
        text = tree.drop_key(gone)
    tree = Tree(text)
    is_left = any(key in tree.keys(path) for key in ("cancel", "replace", "add", "music"))
    return text if is_left else tree.drop_item(path)


def free_id(text: str, title: str) -> str:
    """A name for a new slot, made of ``title``, that nothing in the file has yet."""
    words = "".join(char if char.isalnum() else " " for char in without_marks(title)).split()
    name = "-".join(words)[:48].strip("-") or "khung-gio"
    taken = {*_ids(Tree(text))}
    numbered = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(free for free in numbered if free not in taken)


def _ids(tree: Tree) -> Iterator[str]:
    for place in range(len(tree.items(["slots"]))):
        yield tree.value(["slots", place, "id"])
    for place in range(len(tree.items(["exceptions"]))):
        for added in range(len(tree.items(["exceptions", place, "add"]))):
            yield tree.value(["exceptions", place, "add", added, "id"])


def _place_of(tree: Tree, slot_id: str) -> int:
    ids = [tree.value(["slots", n, "id"]) for n in range(len(tree.items(["slots"])))]
    if slot_id in ids:
        return ids.index(slot_id)
    message = _("there is no slot “{id}” in this file").format(id=slot_id)
    raise ContentError([Problem(Where(), "unknown-slot", message, nearest(slot_id, ids))])
