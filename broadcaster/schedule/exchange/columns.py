"""Which cell of a row says what: its starts, its length, a second airing.

Pure, and apart from the reading of rows, which says what those cells mean together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.headings import Column, Heading
from broadcaster.schedule.exchange.lengths import read_length
from broadcaster.schedule.exchange.placing import end_after
from broadcaster.schedule.exchange.seasons import in_seasons

if TYPE_CHECKING:
    from broadcaster.schedule.exchange.cells import Cell, Row
    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.hours import Span

__all__ = [
    "FOLLOWS",
    "by_column",
    "follows",
    "is_beside",
    "is_length",
    "length_of",
    "replay_note",
    "starts",
]

_NO_TIME = Heading(Column.TIME)
FOLLOWS = re.compile(r"\W*(?:nối tiếp|tiếp theo|kế tiếp|liền sau|sau đó|tiếp)\W*")
_AGAIN = re.compile(r"\W*(?:phát lại|pl)\W+(?:vào |lúc |hồi )*(.*\d.*)", re.IGNORECASE | re.DOTALL)
_SAME_DAY = re.compile(r"\W*(?:trong|cùng|hằng|hàng|mỗi) ngày\W*$", re.IGNORECASE)


def follows(text: str) -> bool:
    """Whether an hour is said by words: ``(nối tiếp)``."""
    return bool(FOLLOWS.fullmatch(text.casefold()))


def starts(row: Row, columns: dict[int, Heading]) -> list[tuple[Heading, Cell | None]]:
    """The cells of a row that say when it begins: one for each season or part of the day."""
    times = [(h, row[i]) for i, h in columns.items() if h.column is Column.TIME and i < len(row)]
    found = [(h, cell) for h, cell in times if h.season or h.part] or times[:1]
    if len(found) == 1 and (by_season := in_seasons(found[0][1].text)):
        heading, cell = found[0]
        return [
            (replace(heading, season=s), replace(cell, text=text)) for s, text in by_season.items()
        ]
    return [*found] or [(_NO_TIME, None)]


def is_beside(heading: Heading, start: Heading) -> bool:
    """Whether a column is for the season and the part of the day of the column ``start``."""
    return heading.season in {"", start.season} and heading.part in {"", start.part}


def replay_note(cell: Cell | None) -> Cell | None:
    """What a note says of a second airing: ``phát lại 17h30 cùng ngày``."""
    match = _AGAIN.match(cell.text) if cell else None
    return replace(cell, text=_SAME_DAY.sub("", match[1])) if cell and match else None


def length_of(entry: Entry) -> int:
    """From its hours; 0 where they do not say."""
    if entry.start is None or entry.end is None:
        return 0
    return ((end_after(entry.start, entry.end) or entry.start) - entry.start) * 60_000


def is_length(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether it is rather a length than an hour: ``+15``, ``15 phút``, ``15``, not ``11h00``.

    ``1h`` is the one or the other: an hour if it lies behind the start.
    """
    folded = text.casefold().strip()
    if read_length(text) is None or re.match(r"\d{1,2}\s*(?::|h|g|giờ)\s*\d", folded):
        return False
    bare = re.fullmatch(r"(\d{1,2})\s*(?:h|g|giờ)", folded)
    return not (bare and spans and int(bare[1]) * 60 > spans[0].start)


def by_column(row: Row, columns: dict[int, Heading]) -> dict[Column, Cell]:
    """The first filled cell of each column kind, else its first cell."""
    found: dict[Column, Cell] = {}
    for index, heading in columns.items():
        cell = row[index] if index < len(row) else None
        if cell and (heading.column not in found or not found[heading.column].text):
            found[heading.column] = cell
    return found
