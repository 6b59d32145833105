"""What the choice of bulletins looks back at: what was heard, and how far behind the plan is.

It stands apart because a programme is drafted several times from one memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.model import ChoiceOrder
from broadcaster.plan import earliest_day, progress, standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from broadcaster.model import Occurrence
    from broadcaster.station.assembly.history import Aired
    from broadcaster.station.content.content import Content

__all__ = ["Memory", "remember"]


@dataclass(frozen=True, slots=True)
class Memory:
    """By bulletin: the day on which it was last heard, and how far behind is what it would help
    in the plan (0 to 1)."""

    aired: Mapping[str, date]
    behind: Mapping[str, float] = field(default_factory=dict)


def remember(aired: Aired, occurrence: Occurrence, content: Content) -> Memory:
    """The memory of ``occurrence``: nothing that was scheduled at its own start or later is in it,
    so that a programme that is made again is still the same.

    The plan is looked at only where a line of its programme asks for it.
    """
    choices = [line.choice for line in occurrence.programme.segments if line.choice]
    if not any(choice.order is ChoiceOrder.PLAN for choice in choices):
        return Memory(aired(occurrence))
    day = occurrence.starts_at.date()
    first = earliest_day(content.plan, day)
    known = aired.broadcasts(first, day) if first else ()
    heard = (b for b in known if b.scheduled_at < occurrence.starts_at)
    found = progress(content.plan, heard, day=day)
    behind = standing(content.plan, found, tuple(content.bulletins.values()))
    return Memory(aired(occurrence), behind)
