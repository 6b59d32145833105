"""What was heard, as it is counted: each planned start, and each bulletin in it.

It stands apart from the as-run entry, which tells the whole story of one start, because plans and
reports add up thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from broadcaster.model.policy import Priority

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from broadcaster.model.asrun import Outcome
    from broadcaster.model.bulletin import Bulletin

__all__ = ["Airing", "Broadcast", "BulletinFacts", "tenths_of_minutes"]

_TENTH_MS = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinFacts:
    """What was said of a bulletin when it aired; "" is what its editor left empty.

    The log keeps it, so that the figures stay when the text is edited or deleted.
    """

    topic: str = ""
    kind: str = ""
    language: str = ""
    audience: str = ""
    priority: Priority = Priority.ROUTINE
    source: str = ""
    approved_by: str = ""

    @classmethod
    def of(cls, bulletin: Bulletin) -> BulletinFacts:
        """What ``bulletin`` says of itself."""
        return cls(
            topic=bulletin.topic,
            kind=bulletin.kind,
            language=bulletin.language,
            audience=bulletin.audience,
            priority=bulletin.priority,
            source=bulletin.source,
            approved_by=bulletin.approved_by,
        )

    def as_dict(self) -> dict[str, str]:
        """For JSON, without what is empty."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["priority"] = self.priority.name.lower()
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> BulletinFacts:
        """As :meth:`as_dict` gave it; raises KeyError for a priority that does not exist."""
        names = [field.name for field in fields(cls) if field.name != "priority"]
        priority = Priority[values.get("priority", "routine").upper()]
        return cls(**{n: str(values.get(n, "")) for n in names}, priority=priority)


class Airing(NamedTuple):
    """What became of one bulletin in one :class:`Broadcast`, however often it is read in it.

    ``outcome`` is AIRED when it was heard to its end, CUT when a part of it was; MISSED, FAILED
    or ON_AIR when nothing was yet.  ``heard_ms`` is how long it was heard, on whatever output.
    ``facts`` is None where the log has none: it was written by an older program.  A tuple, for ten
    years have more than a hundred thousand.
    """

    bulletin_id: str
    title: str
    outcome: Outcome
    heard_ms: int = 0
    facts: BulletinFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """What became of one planned or ordered start (buổi phát), and of each bulletin in it.

    ``priority`` is that of its slot, None where the log does not say.  ``started_at`` is None
    when nothing was heard; ``heard_ms`` is how long it was.  ``clock_doubted`` says that a row
    of it was written while nobody knew the time, so that its instants may be wrong.
    """

    occurrence: str
    slot: str
    title: str
    scheduled_at: datetime
    outcome: Outcome
    started_at: datetime | None = None
    ended_at: datetime | None = None
    heard_ms: int = 0
    reason: str = ""
    operator: str = ""
    priority: Priority | None = None
    is_replay: bool = False
    clock_doubted: bool = False
    airings: tuple[Airing, ...] = ()


def tenths_of_minutes(heard_ms: int) -> int:
    """``heard_ms`` as plans and reports show it: tenths of minutes, half of one rounded up."""
    return (heard_ms + _TENTH_MS // 2) // _TENTH_MS
