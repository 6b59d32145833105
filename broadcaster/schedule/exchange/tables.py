"""A row of headings → the kind of table that stands below it.

It stands apart from the walk over a sheet, which only hands rows to whatever table has begun.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from broadcaster.schedule.exchange.contents import session_of
from broadcaster.schedule.exchange.entries import When
from broadcaster.schedule.exchange.grids import (
    DayGrid,
    HourGrid,
    day_columns,
    hour_columns,
    session_columns,
)
from broadcaster.schedule.exchange.headings import Column, Heading, read_heading
from broadcaster.schedule.exchange.hours import leading_spans
from broadcaster.schedule.exchange.lines import Context
from broadcaster.schedule.exchange.rows import RowReader
from broadcaster.schedule.exchange.whens import when_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from broadcaster.schedule.exchange.cells import Row
    from broadcaster.schedule.exchange.entries import Entry

__all__ = ["ListTable", "Table", "begin_table", "is_day_by_day"]

_LONGEST_CORNER = 12
_BEGINS_BLOCK = {Column.TIME, Column.CONTENT, Column.NUMBER, Column.DAYS}


class Table(Protocol):
    """Rows below headings."""

    def read(self, row: Row) -> list[Entry]:
        """What a row gives at once."""

    def finish(self) -> list[Entry]:
        """What could only be told at the end of the table."""


@dataclass(slots=True)
class ListTable:
    """One programme a row."""

    reader: RowReader
    columns: dict[int, Heading]

    def read(self, row: Row) -> list[Entry]:
        self._find_days(row)
        return self.reader.read(row, self.columns)

    def finish(self) -> list[Entry]:
        return []

    def _find_days(self, row: Row) -> None:
        """Days in a column whose heading nobody knows are days all the same."""
        if any(heading.column is Column.DAYS for heading in self.columns.values()):
            return
        for index, cell in enumerate(row):
            is_named = index not in self.columns and any(map(str.isalpha, cell.text))
            if is_named and when_of(cell.text, self.reader.years):
                self.columns[index] = Heading(Column.DAYS)
                return


@dataclass(slots=True)
class BlockTable:
    """Lists beside each other: the morning left and the evening right, or a list for each day."""

    blocks: list[ListTable]
    entries: list[list[Entry]] = field(default_factory=list)

    def read(self, row: Row) -> list[Entry]:
        self.entries = self.entries or [[] for _block in self.blocks]
        for block, found in zip(self.blocks, self.entries, strict=True):
            own = (c if i in block.columns else replace(c, text="") for i, c in enumerate(row))
            found.extend(block.read(tuple(own)))
        return []

    def finish(self) -> list[Entry]:
        return [entry for entries in self.entries for entry in entries]


def begin_table(row: Row, reader: RowReader, *, current: Table | None, above: Row) -> Table | None:
    """The table that begins with the headings ``row``; None where it is no row of headings.

    ``above`` are the headings of ``current``; two rows of headings are read together.
    """
    days = day_columns(row, reader.years)
    hours = {} if days else hour_columns(row) or session_columns(row)
    columns = {i: h for i, c in enumerate(row) if i not in days and (h := read_heading(c.text))}
    kinds = {heading.column for heading in columns.values()}
    if days and not _is_row(row, days):
        return DayGrid(reader, days, columns)
    if hours and not _looks_like_row(row, hours, current):
        return HourGrid(reader, hours)
    is_second = current is not None and reader.last is None
    upper = _known_above(current, above) if is_second else {}
    own = [cell.text for cell in row if cell.text and not cell.covered]
    all_known = len(own) > 1 and all(read_heading(text) or session_of(text) for text in own)
    if len(kinds) > 1 and kinds & {Column.TIME, Column.CONTENT} and not _has_hours(row):
        columns = _two_lines(above, row, upper) if upper else columns
    elif upper and all_known:
        columns = _two_lines(above, row, upper)
    else:
        return None
    blocks = _blocks(columns)
    if len(blocks) == 1:
        return ListTable(reader, columns)
    return BlockTable([_beside(reader, block, above if is_second else ()) for block in blocks])


def _known_above(current: Table | None, above: Row) -> dict[int, Heading]:
    """The headings that the upper of two rows of headings gives already."""
    if isinstance(current, ListTable | DayGrid):
        return current.columns
    return {i: h for i, c in enumerate(above) if (h := read_heading(c.text))}


def is_day_by_day(table: Table) -> bool:
    """Whether the table names the days one by one, so that a missing one is missed."""
    return isinstance(table, DayGrid | HourGrid)


def _has_hours(row: Row) -> bool:
    return any(leading_spans(cell.text)[0] for cell in row)


def _is_row(row: Row, days: Collection[int]) -> bool:
    """Two cells with days in one row are headings only where nothing else stands there."""
    others = [cell.text for i, cell in enumerate(row) if i not in days and cell.text]
    return len(days) < 3 and not all(read_heading(text) for text in others)


def _looks_like_row(row: Row, hours: Collection[int], current: Table | None) -> bool:
    """``5h00 | 5h15 | Tiếp sóng`` is a row: beside headings of hours stands at most a corner."""
    others = [cell.text for i, cell in enumerate(row) if i not in hours and cell.text]
    long = any(not read_heading(t) and "\\" not in t and len(t) > _LONGEST_CORNER for t in others)
    timed = any(leading_spans(text)[0] for text in others)
    return isinstance(current, ListTable) or long or timed or len(others) > 1


def _two_lines(upper: Row, lower: Row, columns: dict[int, Heading]) -> dict[int, Heading]:
    """Headings of two rows: ``Thời gian`` above ``Bắt đầu`` and ``Kết thúc``, or two seasons."""
    found = dict(columns)
    for index, cell in enumerate(lower):
        above = _over(upper, index)
        if not cell.text or cell.covered:
            continue
        heading = read_heading(cell.text)
        if heading is None and (part := session_of(cell.text)):
            heading = Heading(Column.TIME, part=part)
        if heading and (over := read_heading(above)) and over.season and not heading.season:
            heading = Heading(heading.column, over.season)
        if heading:
            found[index] = heading
    return found


def _over(upper: Row, index: int) -> str:
    """The upper heading of a column; a season also stands over the empty cells beside it."""
    if index < len(upper) and upper[index].text:
        return upper[index].text
    left = next((cell.text for cell in reversed(upper[:index]) if cell.text), "")
    heading = read_heading(left)
    return left if heading and heading.season else ""


# -- lists beside each other ------------------------------------------------------------------


def _blocks(columns: dict[int, Heading]) -> list[dict[int, Heading]]:
    """The columns of each list; one where they are no lists of their own.

    What stands left of all of them (hours, days) belongs to each.
    """
    counts = Counter(columns.values())
    shared = dict(takewhile(lambda item: counts[item[1]] == 1, sorted(columns.items())))
    blocks: list[dict[int, Heading]] = [{}]
    for index, heading in sorted(columns.items()):
        if index not in shared:
            again = heading in blocks[-1].values() and heading.column in _BEGINS_BLOCK
            blocks += [{}] if again else []
            blocks[-1][index] = heading
    wholes = [shared | block for block in blocks]
    return wholes if len(wholes) > 1 and all(map(_is_whole, wholes)) else [columns]


def _is_whole(block: dict[int, Heading]) -> bool:
    return {Column.TIME, Column.CONTENT} <= {heading.column for heading in block.values()}


def _beside(reader: RowReader, block: dict[int, Heading], above: Row) -> ListTable:
    """A list with what stands above its own columns: its day, or its part of the day."""
    days, parts = day_columns(above, reader.years), session_columns(above)
    inside = sorted(block)
    when = next((days[i] for i in inside if i in days), When())
    part = next((parts[i] for i in inside if i in parts), reader.context.session)
    context = Context(when.over(reader.context.when), part)
    return ListTable(RowReader(reader.years, reader.problems, context), block)
