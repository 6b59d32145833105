"""Entries → when each of them begins and ends on every day of a week.  Pure.

A row without an end lasts until the next one begins; a row without an hour follows the one before
it, or is a part of it; a start after midnight at the end of a day is the next day's.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from broadcaster.schedule.exchange.entries import Entry

__all__ = ["Placed", "end_after", "place_day", "place_week"]

_DAY = 24 * 60
_LONGEST_GAP = 120
"""Minutes: behind a longer gap nobody says that a programme lasts until the next one."""
_LONGEST_NIGHT = 12 * 60
"""Minutes: an end that lies further behind midnight is a slip, and no end."""
_NIGHT_FROM, _NIGHT_UNTIL = 20 * 60, 4 * 60


@dataclass(slots=True)
class Placed:
    """``head`` with its further ``parts``; minutes of the day named in the source, ``start``
    beyond 1440 on the next; None: nobody knows."""

    head: Entry
    start: int | None
    end: int | None = None
    parts: list[Entry] = field(default_factory=list)
    explicit: bool = False
    """Whether the source itself gives the end."""

    @property
    def entries(self) -> list[Entry]:
        return [self.head, *self.parts]


def place_day(rows: Iterable[Entry]) -> list[Placed]:
    """The rows of one day in the order of their source, with starts and ends."""
    placed: list[Placed] = []
    past_midnight = False
    for row in rows:
        before = placed[-1] if placed else None
        if before and _is_part(row, before):
            before.parts.append(row)
            continue
        start = before.end if before and row.follows and row.start is None else row.start
        if start is None:
            placed.append(Placed(row, None))
            continue
        past_midnight = _is_past_midnight(start, before, since=past_midnight)
        start += _DAY if past_midnight and start < _DAY else 0
        placed.append(_with_own_end(row, start))
    _end_where_next_begins(placed)
    return placed


def _is_part(row: Entry, before: Placed) -> bool:
    if row.start is not None:
        return False
    return row.joins or (row.follows and (before.start is None or not before.explicit))


def _is_past_midnight(start: int, before: Placed | None, *, since: bool) -> bool:
    if start >= _NIGHT_UNTIL or before is None or before.start is None:
        return False
    return since or before.start % _DAY >= _NIGHT_FROM


def end_after(start: int, end: int) -> int | None:
    """``end`` as minutes behind ``start``, over midnight where need be; None for a slip."""
    length = (end - start) % _DAY
    return start + length if 0 < length <= _LONGEST_NIGHT or end - start == length > 0 else None


def _with_own_end(row: Entry, start: int) -> Placed:
    end = row.end
    if end is not None:
        end = end_after(start, end)
    if end is None and row.length_ms:
        end = start + max(1, row.length_ms // 60_000)
    return Placed(row, start, end, explicit=end is not None)


def _end_where_next_begins(placed: Sequence[Placed]) -> None:
    starts = sorted({item.start for item in placed if item.start is not None})
    for item in placed:
        if item.end is not None or item.start is None:
            continue
        place = bisect_right(starts, item.start)
        nexts = starts[place : place + 1]
        if item.head.row_end is not None and item.head.row_end > item.start:
            nexts.append(item.head.row_end)
        following = min(nexts, default=None)
        if following is not None and following - item.start <= _LONGEST_GAP:
            item.end = following


def place_week(
    entries: Sequence[Entry],
) -> dict[Hashable, tuple[Placed, set[int], list[int | None]]]:
    """(what is placed, on which days, its ends in minutes) by head, parts and start."""
    found: dict[Hashable, tuple[Placed, set[int], list[int | None]]] = {}
    for day in range(7):
        for item in place_day(entry for entry in entries if day in (entry.when.days or ())):
            key = (id(item.head), tuple(id(part) for part in item.parts), item.start)
            shift = (item.start or 0) // _DAY
            _placed, days, ends = found.setdefault(key, (item, set(), []))
            days.add((day + shift) % 7)
            ends.append(None if item.end is None else item.end - (item.start or 0))
    return found
