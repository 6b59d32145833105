"""``replay:`` of a slot: which earlier airing is heard again (phát lại).

It stands apart from slots because finding that airing means looking at other days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.errors import nearest
from broadcaster.model import Replay
from broadcaster.schedule.words import read_id

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["REPLAY_KEYS", "read_replay"]

REPLAY_KEYS = ("slot", "of")
_LAST = {"last", "lần cuối", "gần nhất"}
_DAYS_BEFORE = {
    **dict.fromkeys(("today", "hôm nay"), 0),
    **dict.fromkeys(("yesterday", "hôm qua"), 1),
    **dict.fromkeys(("last week", "tuần trước"), 7),
}


def read_replay(mark: Mark) -> Replay | None:
    """``chieu``, or ``{slot: chieu, of: hôm qua}``; without ``of`` it is the last before."""
    if not mark.is_mapping():
        name = read_id(mark)
        return Replay(slot_id=name) if name else None
    values = mark.mapping(REPLAY_KEYS, required=("slot",))
    name = read_id(values["slot"]) if "slot" in values else None
    if name is None:
        return None
    return _of(name, values["of"]) if "of" in values else Replay(slot_id=name)


def _of(name: str, mark: Mark) -> Replay | None:
    word = (mark.text() or "").casefold()
    if word in _LAST:
        return Replay(slot_id=name)
    if word in _DAYS_BEFORE:
        return Replay(slot_id=name, days_before=_DAYS_BEFORE[word])
    if not any(letter.isdecimal() for letter in word):
        mark.bad_value("bad-replay", nearest(word, [*_LAST, *_DAYS_BEFORE]))
        return None
    day = mark.date()
    return Replay(slot_id=name, day=day) if day else None
