"""A timetable that became a week: what is written, and what could not be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.model import Validity

if TYPE_CHECKING:
    from datetime import date, time

    from broadcaster.errors import Problem, Where
    from broadcaster.schedule.exchange.contents import Kind

__all__ = ["ImportedProgramme", "ImportedSeason", "ImportedSlot", "ImportedWeek", "Part"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a programme is to hold, as its source says it."""

    title: str
    kind: Kind
    language: str = ""
    replay_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedProgramme:
    """A placeholder: a title, and what a person has to fill in."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSlot:
    """A slot of the week (``days``, Monday is 0), of one ``date``, or of days that only
    a calendar knows (``rule``).

    ``starts`` has the start by season; the season is "" for all the year.  ``replay`` names the
    slot that is heard again instead of ``programme``.  ``held_back`` says why it is written as a
    comment only; ``at`` is then what the source says of the hour.
    """

    id: str
    days: frozenset[int]
    starts: tuple[tuple[str, time], ...]
    max_ms: int
    programme: str
    replay: str = ""
    date: date | None = None
    rule: str = ""
    where: Where
    source: str
    more_rows: int = 0
    remarks: tuple[str, ...] = ()
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class ImportedSeason:
    """A season of the source; days as (day, month)."""

    id: str
    name: str
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(slots=True, kw_only=True)
class ImportedWeek:
    """All that one timetable gave."""

    source: str
    title: str = ""
    validity: Validity = field(default_factory=Validity)
    seasons: tuple[ImportedSeason, ...] = ()
    programmes: tuple[ImportedProgramme, ...] = ()
    slots: tuple[ImportedSlot, ...] = ()
    notes: tuple[str, ...] = ()
    relays: dict[str, str] = field(default_factory=dict)
    """By programme: the relay of the station that it is."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def written(self) -> tuple[ImportedSlot, ...]:
        """The slots that are more than a comment."""
        return tuple(slot for slot in self.slots if not slot.held_back)
