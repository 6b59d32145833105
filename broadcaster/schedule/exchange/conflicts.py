"""What of a timetable cannot all be true: two starts in one minute, rows that last into others.

It stands apart from building, because it only looks at drafts of slots and says what is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.naming import clock_text
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from broadcaster.errors import Problem
    from broadcaster.schedule.exchange.contents import Kind
    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.placing import Placed

__all__ = ["UNKNOWN_MS", "Draft", "doubts_of", "find_conflicts"]

UNKNOWN_MS = 3_600_000
"""What a slot gets of whose length nobody knows."""
_DAY = 24 * 60


@dataclass(slots=True)
class Draft:
    """A slot while it is being put together."""

    placed: Placed
    days: set[int]
    minutes: int | None
    season: str = ""
    date: date | None = None
    rule: str = ""
    held_back: str = ""

    @property
    def head(self) -> Entry:
        return self.placed.head

    @property
    def start(self) -> int | None:
        return None if self.placed.start is None else self.placed.start % _DAY

    def titles(self) -> tuple[tuple[str, Kind], ...]:
        return tuple(
            (part.content.title.casefold(), part.content.kind) for part in self.placed.entries
        )


def find_conflicts(drafts: list[Draft], problems: list[Problem]) -> None:
    """Say what contradicts in ``drafts``, and take out what cannot air."""
    unplaced: set[int] = set()
    for draft in drafts:
        if draft.start is None and id(draft.head) not in unplaced:
            unplaced.add(id(draft.head))
            head = draft.head
            title = head.content.title
            problems.append(doubts.bad_hour(head.where, _hour_of(head), title))
        if draft.start is None:
            draft.held_back = _("the source does not say its hour")
    _same_minute(drafts, problems)
    _overlaps(drafts, problems)
    drafts[:] = [
        draft for draft in drafts if draft.days or draft.date or draft.rule or draft.held_back
    ]


def _hour_of(entry: Entry) -> str:
    return "" if entry.hour_said.strip(" ?-–—") == "" else entry.hour_said


def _same_minute(drafts: Sequence[Draft], problems: list[Problem]) -> None:
    """Of two starts in one minute the first in the source airs; the other is told and held back."""
    before: dict[int, list[Draft]] = defaultdict(list)
    for later in drafts:
        if later.start is None:
            continue
        problems += [
            _settled(first, later)
            for first in before[later.start]
            if not first.held_back and not later.held_back and _meet(first, later)
        ]
        before[later.start].append(later)


def _meet(first: Draft, later: Draft) -> bool:
    """Whether both air on one day."""
    together = first.days & later.days or (first.date and first.date == later.date)
    seasons = first.season and later.season and first.season != later.season
    return bool(together) and not seasons


def _settled(first: Draft, later: Draft) -> Problem:
    """The problem of ``later``, which no longer begins when ``first`` does."""
    title, shared = later.head.content.title, later.days & first.days
    if later.titles() == first.titles():
        problem = doubts.said_twice(later.head.where, title)
    else:
        what = _("“{title}” begins at {hour} like “{other}” ({where})").format(
            title=title,
            hour=clock_text(later.start or 0),
            where=first.head.where,
            other=first.head.content.title,
        )
        problem = doubts.contradiction(later.head.where, what)
        if later.date or shared == later.days:
            later.held_back = what
            return problem
    later.days -= shared
    later.date = None
    return problem


def _overlaps(drafts: Sequence[Draft], problems: list[Problem]) -> None:
    aired = [draft for draft in drafts if draft.start is not None and not draft.held_back]
    ordered = sorted(aired, key=lambda draft: draft.start or 0)
    told: set[tuple[int, int]] = set()
    for number, first in enumerate(ordered):
        end = (first.start or 0) + (first.minutes or 0)
        for later in ordered[number + 1 :]:
            if (later.start or 0) >= end:
                break
            pair = (id(first.head), id(later.head))
            if later.start != first.start and pair not in told and _meet(first, later):
                told.add(pair)
                problems.append(_overlap(first, later, clock_text(end)))


def _overlap(first: Draft, later: Draft, end: str) -> Problem:
    what = _("“{title}” lasts until {end}, but “{other}” begins at {hour} ({where})").format(
        title=first.head.content.title,
        end=end,
        other=later.head.content.title,
        hour=clock_text(later.start or 0),
        where=later.head.where,
    )
    return doubts.overlap(first.head.where, what)


def doubts_of(group: Sequence[Draft]) -> Iterable[Problem]:
    """What nobody knows of one slot: told once, for its first row."""
    head, start = group[0].head, group[0].start
    if start is None or group[0].held_back:
        return
    if not any(draft.minutes for draft in group):
        yield doubts.no_length(head.where, head.content.title, duration_text(UNKNOWN_MS))
    if head.about:
        what = _("the source says “about {hour}”: {hour} is written").format(hour=clock_text(start))
        yield doubts.assumed(head.where, what)
