"""“Như buổi sáng” and a bare “Phát lại” → the airings of the same day that they mean.

It stands apart because a row says only that it repeats: what it repeats stands in other rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.contents import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.imported import ImportedWeek

__all__ = ["name_replays"]

_AGAIN = re.compile(
    r"\W*(?:(?:pl|phát lại)(?: chương trình)?(?:(?: của)?(?: buổi)? (?P<of>sáng|trưa|chiều))?"
    r"|(?:như|giống)(?: chương trình)?(?: buổi)? (?P<like>sáng|trưa|chiều))\W*",
    re.IGNORECASE,
)
_IDENT = re.compile(r"\W*nhạc (?:hiệu|cắt)\b", re.IGNORECASE)
_HOURS = {"sáng": range(11 * 60), "trưa": range(11 * 60, 14 * 60), "chiều": range(14 * 60, 19 * 60)}
"""The minutes of the day in which a part of it begins."""


def name_replays(
    entries: Sequence[Entry], default_days: frozenset[int], week: ImportedWeek
) -> list[Entry]:
    """``entries``, with the airings that are meant in the place of rows that only say “again”.

    “Như buổi sáng” is the whole morning with the distances between its rows, relays live;
    “Phát lại buổi sáng” the same without relays, and “Phát lại” alone is of the only programme
    of the station's own.  What cannot be known stays and is told.  Rows without days are of
    ``default_days``.
    """
    dated = [_with_days(entry, default_days) for entry in entries]
    return [named for entry in dated for named in _named(entry, dated, week)]


def _with_days(entry: Entry, default_days: frozenset[int]) -> Entry:
    when = entry.when
    if when.days is not None or when.date or when.rule:
        return entry
    return replace(entry, when=replace(when, days=default_days))


def _named(entry: Entry, entries: Sequence[Entry], week: ImportedWeek) -> list[Entry]:
    match = _AGAIN.fullmatch(entry.content.title)
    if match is None or entry.slot_id or entry.start is None or not _is_weekly(entry):
        return [entry]
    is_whole = bool(match["of"] or match["like"])
    named: list[Entry] = []
    for rows, days in _meant(entry, _earlier(entry, entries, match)):
        here = replace(entry, when=replace(entry.when, days=days))
        is_known = len(rows) == 1 or is_whole
        named += _repeated(here, rows if is_known else (), until=_next_start(here, entries))
    if any(_AGAIN.fullmatch(found.content.title) for found in named):
        what = _("which programme “{title}” means cannot be known from the rows of its day")
        week.problems.append(doubts.assumed(entry.where, what.format(title=entry.content.title)))
    return named


def _meant(entry: Entry, earlier: Sequence[Entry]) -> list[tuple[list[Entry], frozenset[int]]]:
    """(rows, the days of ``entry`` on which they and no others air)."""
    days_by_rows: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for day in sorted(entry.when.days or ()):
        days_by_rows[tuple(n for n, row in enumerate(earlier) if _airs(row, day))].add(day)
    return [([earlier[n] for n in rows], frozenset(on)) for rows, on in days_by_rows.items()]


def _earlier(entry: Entry, entries: Sequence[Entry], match: re.Match[str]) -> list[Entry]:
    """The rows that may be meant, in the order of the day."""
    hours = _HOURS.get((match["of"] or match["like"] or "").casefold(), range(24 * 60))
    found = [
        other
        for other in entries
        if other.start is not None
        and other.start in hours
        and other.start < (entry.start or 0)
        and _is_weekly(other)
        and other.when.season in {"", entry.when.season}
        and other.content.kind is not Kind.REPLAY
        and not _AGAIN.fullmatch(other.content.title)
        and (match["like"] or _is_programme(other))
    ]
    return sorted(found, key=lambda other: other.start or 0)


def _is_programme(entry: Entry) -> bool:
    """Whether it is of the station's own, and no ident, so that it can be heard again."""
    return entry.content.kind is not Kind.RELAY and not _IDENT.match(entry.content.title)


def _is_weekly(entry: Entry) -> bool:
    return bool(entry.when.days) and not (entry.when.date or entry.when.rule)


def _airs(entry: Entry, day: int) -> bool:
    return _is_weekly(entry) and day in (entry.when.days or ())


def _next_start(entry: Entry, entries: Sequence[Entry]) -> int:
    """When ``entry`` must have ended: at its own end, or where another row of its days begins."""
    start, days = entry.start or 0, entry.when.days or frozenset()
    ends = [
        other.start
        for other in entries
        if other.start is not None and other.start > start and any(_airs(other, d) for d in days)
    ]
    if entry.end is not None:
        ends.append(entry.end)
    elif entry.length_ms:
        ends.append(start + entry.length_ms // 60_000)
    return min((end for end in ends if end > start), default=24 * 60)


def _repeated(entry: Entry, meant: Sequence[Entry], *, until: int) -> list[Entry]:
    """``entry`` as often as there are rows that it means; itself where they have no room."""
    if not meant or entry.start is None:
        return [entry]
    if len(meant) == 1:
        return [_copy(entry, meant[0], entry.start)]
    first = meant[0].start or 0
    bare = replace(entry, end=None, length_ms=0, low_ms=0)
    copies = [_copy(bare, other, entry.start + (other.start or 0) - first) for other in meant]
    return copies if (copies[-1].start or 0) < until else [entry]


def _copy(entry: Entry, other: Entry, start: int) -> Entry:
    """``other`` at ``start``, as long as ``entry`` says, else as long as itself."""
    kind = Kind.RELAY if other.content.kind is Kind.RELAY else Kind.REPLAY
    copy = replace(entry, start=start, content=replace(other.content, kind=kind), note=other.note)
    if entry.end is not None or entry.length_ms:
        return copy
    end = None if other.end is None else start + other.end - (other.start or 0)
    return replace(copy, end=end, length_ms=other.length_ms, low_ms=other.low_ms)
