"""A row of a timetable as it was understood, before it is placed in a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.errors import Where
    from broadcaster.model import Validity
    from broadcaster.schedule.exchange.contents import Content

__all__ = ["Entry", "When"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """On which days: week days (None: not said), one date, a season, a period.

    ``rule`` is days that only a calendar knows, as our week files say them: ``rằm, lễ``.
    ``without`` are days that are taken away again: ``(trừ Chủ nhật)``.
    """

    days: frozenset[int] | None = None
    date: date | None = None
    season: str = ""
    period: Validity | None = None
    unsure: bool = False
    rule: str = ""
    without: frozenset[int] = frozenset()

    def over(self, other: When) -> When:
        """What this says, and what ``other`` (which stands above it) says of the rest."""
        says_day = self.days is not None or self.date is not None or bool(self.rule)
        return When(
            days=self.days if says_day else other.days,
            date=self.date if says_day else other.date,
            season=self.season or other.season,
            period=self.period or other.period,
            unsure=self.unsure if says_day else other.unsure,
            rule=self.rule if says_day else other.rule,
            without=self.without | other.without,
        )


@dataclass(slots=True, kw_only=True)
class Entry:
    """One row; hours are minutes from 0:00, None where they are not known.

    ``joins`` is a further part of the row before it; ``follows`` begins where that ends.
    ``row_end`` is where the next row of a grid begins.  ``hour_said`` is an hour that could not
    be read.
    """

    where: Where
    source: str
    content: Content
    when: When
    start: int | None = None
    end: int | None = None
    length_ms: int = 0
    low_ms: int = 0
    about: bool = False
    follows: bool = False
    joins: bool = False
    row_end: int | None = None
    hour_said: str = ""
    slot_id: str = ""
    programme_id: str = ""
    note: str = ""
    parts: list[Entry] = field(default_factory=list)
