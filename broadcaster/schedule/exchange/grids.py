"""Timetables whose columns are days (or hours): hours × weekdays, and the same turned around.

It stands apart from rows under headings, because here a cell is a programme, and a merged cell
says for how many days, or how long.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.contents import Kind, read_content, session_of
from broadcaster.schedule.exchange.headings import Column, read_heading
from broadcaster.schedule.exchange.hours import Span, read_spans
from broadcaster.schedule.exchange.whens import take_when, when_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.errors import Where
    from broadcaster.schedule.exchange.cells import Cell, Row
    from broadcaster.schedule.exchange.dates import Years
    from broadcaster.schedule.exchange.entries import Entry, When
    from broadcaster.schedule.exchange.headings import Heading
    from broadcaster.schedule.exchange.rows import RowReader

__all__ = ["DayGrid", "HourGrid", "day_columns", "hour_columns"]

_MARKS = {"x", "✓", "✔", "v", "+", "*", "•", "●", "1", "có", "√"}
_EMPTY = {"", "-", "–", "—", "0", "không"}


def day_columns(row: Row, years: Years) -> dict[int, When]:
    """The days above each column, where at least two columns have some of their own."""
    found: dict[int, When] = {}
    for index, cell in enumerate(row):
        when = _above(" ".join(cell.text.split("\n")), years) if cell.text else None
        is_day = when is not None and (when.days or when.date) and not when.season
        if when and is_day and not cell.text.strip().isdigit():
            found[index] = when
    own = {id(cell) for index, cell in enumerate(row) if index in found and not cell.covered}
    return found if len(own) > 1 else {}


def _above(text: str, years: Years) -> When | None:
    """The days of a heading: ``Thứ 2``, ``Chương trình (thứ 7, CN)``."""
    bare, said = take_when(text, years)
    heading = read_heading(bare)
    if said.days and heading and heading.column is Column.CONTENT:
        return said
    return when_of(text, years)


def hour_columns(row: Row) -> dict[int, Span]:
    """The hours above each column, where at least two columns have some (written as hours)."""
    found: dict[int, Span] = {}
    for index, cell in enumerate(row):
        spans = read_spans(cell.text) if any(c in cell.text for c in "hHgG:") else None
        if spans:
            found[index] = spans[0]
    return found if len(found) > 1 else {}


def session_columns(row: Row) -> dict[int, str]:
    """The part of the day above each column, where at least two columns have one."""
    found = {i: part for i, cell in enumerate(row) if (part := session_of(cell.text))}
    return found if len(found) > 1 else {}


@dataclass(slots=True)
class DayGrid:
    """Columns of days beside columns under headings; remembers cells that reach down."""

    reader: RowReader
    days: dict[int, When]
    columns: dict[int, Heading]
    reaching: list[tuple[Where, Entry]] = field(default_factory=list)
    reached: dict[int, int] = field(default_factory=dict)
    """The start of the last row that an entry, by its id, reaches down to."""
    row_starts: list[int] = field(default_factory=list)

    def read(self, row: Row) -> list[Entry]:
        """The entries of a row: one for each cell, whatever number of days it covers."""
        self._take_session(row)
        spans = self._spans(row)
        if spans:
            self.row_starts.append(spans[0].start)
        has_content = any(h.column is Column.CONTENT for h in self.columns.values())
        if has_content and self._is_marked(row):
            return self._marked(row)
        return self._cells(row, spans)

    def _take_session(self, row: Row) -> None:
        """The part of the day that stands beside the row."""
        beside = (cell.text for index, cell in enumerate(row) if index not in self.days)
        if part := next((part for text in beside if (part := session_of(text))), ""):
            self.reader.context.session = part

    def _spans(self, row: Row) -> tuple[Span, ...]:
        for index, heading in self.columns.items():
            if heading.column is Column.TIME and index < len(row) and row[index].text:
                return read_spans(row[index].text, part=self.reader.context.session) or ()
        first = row[0] if row and 0 not in self.days else None
        return (read_spans(first.text, part=self.reader.context.session) or ()) if first else ()

    # -- a cell is a programme --------------------------------------------------------------

    def _cells(self, row: Row, spans: tuple[Span, ...]) -> list[Entry]:
        entries: list[Entry] = []
        for cell, days in self._origins(row):
            if cell.below and self._reach_down(cell, spans):
                continue
            if cell.text.casefold() in _EMPTY:
                continue
            for when in _joined(days, self.reader.context.when):
                entries += self._of_cell(row, cell, when, spans)
        return entries

    def _origins(self, row: Row) -> list[tuple[Cell, list[When]]]:
        """Each cell once, with the days of all columns that it covers."""
        found: dict[object, tuple[Cell, list[When]]] = {}
        for index, when in self.days.items():
            if index < len(row):
                cell = row[index]
                found.setdefault(cell.where.cell or index, (cell, []))[1].append(when)
        return list(found.values())

    def _reach_down(self, cell: Cell, spans: tuple[Span, ...]) -> bool:
        reaching = [entry for where, entry in self.reaching if where == cell.where]
        for entry in reaching:
            if spans and entry.end is not None and spans[0].end is not None:
                entry.end = spans[0].end
            self.reached[id(entry)] = spans[0].start if spans else entry.start or 0
        return bool(reaching)

    def _of_cell(self, row: Row, cell: Cell, when: When, spans: tuple[Span, ...]) -> list[Entry]:
        reader = self.reader
        lines = reader.lines_with_hours(cell.text)
        if lines:
            part = reader.context.session
            return [e for line in lines for e in reader.read_line((cell,), line, part, when)]
        found = reader.read_cell(row, cell, when, spans, self.columns)
        self.reaching += [(cell.where, entry) for entry in found]
        return found

    # -- a cell is a mark -------------------------------------------------------------------

    def _is_marked(self, row: Row) -> bool:
        texts = [row[i].text.casefold() for i in self.days if i < len(row)]
        return all(t in _MARKS or t in _EMPTY or read_spans(t) for t in texts)

    def _marked(self, row: Row) -> list[Entry]:
        """A row of headings with crosses, or with hours of their own, below the days."""
        marks = {i: row[i] for i in self.days if i < len(row) and row[i].text}
        entries: list[Entry] = []
        crossed = [self.days[i] for i, c in marks.items() if c.text.casefold() in _MARKS]
        for when in _joined(crossed, self.reader.context.when):
            self.reader.days_above = when
            entries += self.reader.read(row, self.columns)
        by_hour: dict[tuple[Span, ...], list[When]] = {}
        for index, cell in marks.items():
            if cell.text.casefold() not in _MARKS and (spans := read_spans(cell.text)):
                by_hour.setdefault(spans, []).append(self.days[index])
        title = next(
            (
                row[i]
                for i, h in self.columns.items()
                if h.column is Column.CONTENT and i < len(row)
            ),
            None,
        )
        for spans, days in by_hour.items():
            for when in _joined(days, self.reader.context.when) if title else []:
                entries += self.reader.read_cell(row, title, when, spans, self.columns)  # type: ignore[arg-type]
        return entries

    def finish(self) -> list[Entry]:
        """Rows without an end last until the next row of the grid begins."""
        starts = sorted(set(self.row_starts))
        for _where, entry in self.reaching:
            if entry.start is None:
                continue
            last = self.reached.get(id(entry), entry.start)
            entry.row_end = next((start for start in starts if start > last), None)
        return []


@dataclass(slots=True)
class HourGrid:
    """Columns of hours, or of parts of the day; each row is a day."""

    reader: RowReader
    hours: Mapping[int, Span | str]

    def read(self, row: Row) -> list[Entry]:
        first = next((c for i, c in enumerate(row) if i not in self.hours and c.text), None)
        years = self.reader.years
        when = None
        if first:
            when = when_of(first.text, years) or when_of(f"thứ {first.text}", years)
        if when is None:
            return []
        when = when.over(self.reader.context.when)
        entries: list[Entry] = []
        for index, above in self.hours.items():
            cell = row[index] if index < len(row) else None
            if cell and cell.text.casefold() not in _EMPTY and not cell.beside:
                entries += self._of_cell(row, cell, when, self._whole(row, cell, above))
        return entries

    def finish(self) -> list[Entry]:
        return []

    def _whole(self, row: Row, cell: Cell, above: Span | str) -> Span | str:
        """``above``, to the end of the last column over which the cell is merged."""
        ends = [
            s.end
            for i, s in self.hours.items()
            if i < len(row) and row[i].beside and row[i].where == cell.where and isinstance(s, Span)
        ]
        return replace(above, end=ends[-1]) if ends and isinstance(above, Span) else above

    def _of_cell(self, row: Row, cell: Cell, when: When, above: Span | str) -> list[Entry]:
        lines = self.reader.lines_with_hours(cell.text)
        part = above if isinstance(above, str) else ""
        if read_content(cell.text).kind is Kind.SILENCE:  # of this part of the day alone
            return []
        if lines:
            return [e for text in lines for e in self.reader.read_line((cell,), text, part, when)]
        spans = (above,) if isinstance(above, Span) else ()
        return self.reader.read_cell(row, cell, when, spans, {})


def _joined(days: list[When], context: When) -> list[When]:
    """Undated days as one, dated ones each for itself."""
    plain = [when for when in days if when.date is None]
    found = [when.over(context) for when in days if when.date is not None]
    if plain:
        union = frozenset(day for when in plain for day in when.days or ())
        found.append(replace(plain[0], days=union).over(context))
    return found
