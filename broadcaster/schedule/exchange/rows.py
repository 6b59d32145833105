"""One row under headings → entries: what its cells say together.

It stands apart from the walk over the sheet, which knows only where tables begin and end.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.columns import (
    FOLLOWS,
    by_column,
    is_beside,
    is_length,
    length_of,
    replay_note,
    starts,
)
from broadcaster.schedule.exchange.contents import Kind, session_of
from broadcaster.schedule.exchange.dates import find_date
from broadcaster.schedule.exchange.entries import Entry, When
from broadcaster.schedule.exchange.headings import Column, Heading, season_of
from broadcaster.schedule.exchange.hours import Span, find_spans, read_spans
from broadcaster.schedule.exchange.lengths import read_length, take_length
from broadcaster.schedule.exchange.lines import EDGES, LineReader, is_ours
from broadcaster.schedule.exchange.naming import clock_text
from broadcaster.schedule.exchange.whens import by_days, take_when, when_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.schedule.exchange.cells import Cell, Row

__all__ = ["RowReader"]

_NOTHING = {"", "-", "–", "—", "?", "...", "…", "x", "không", "(không)"}
_DITTO = {"như trên", "nt", "n.t", "-nt-", '"', "”", "“", "〃", "như trên nt", "''"}
_NEXT_DAY = re.compile(
    r"\W*(?:sáng |vào )?(?:ngày )?(?:hôm sau|ngày sau|kế tiếp)\W*$", re.IGNORECASE
)
_TIMES_A_WEEK = re.compile(r"\d+\s*(?:buổi|lần|kỳ|số|ngày)\s*(?:/|một|mỗi)\s*tuần", re.IGNORECASE)
_SILENT = re.compile(r"\W*(?:nghỉ|không phát)", re.IGNORECASE)


@dataclass(slots=True)
class RowReader(LineReader):
    """Reads rows, too; remembers what a row leaves to the one above it."""

    days_above: When | None = None
    title_above: str = ""

    def start_table(self) -> None:
        """New headings: nothing is left to the rows above them."""
        self.last = None
        self.days_above = None

    # -- under headings -------------------------------------------------------------------

    def read(self, row: Row, columns: dict[int, Heading]) -> list[Entry]:
        """The entries of a row; one for each season, hour or line in its cells."""
        cells = by_column(row, columns)
        if not any(c.text for c in row):
            return []
        when = self._days(cells.get(Column.DAYS))
        if cells.get(Column.SESSION) and (part := session_of(cells[Column.SESSION].text)):
            self.context.session = part
        if note := cells.get(Column.NOTE):
            when = when.over(when_of(note.text, self.years) or When())
        if season := season_of(cells[Column.SEASON].text) if Column.SEASON in cells else "":
            when = When(season=season).over(when)
        content = cells.get(Column.CONTENT)
        if content and len(pieces := by_days(content.text, self.years)) > 1:
            rows = [tuple(replace(c, text=p) if c is content else c for c in row) for p in pieces]
            return [entry for row in rows for entry in self.read(row, columns)]
        title, when = self._title(row, cells, columns, when)
        if title is None:
            return []
        entries = []
        for heading, cell in starts(row, columns):
            season = heading.season
            if (season or heading.part) and (cell is None or cell.text.casefold() in _NOTHING):
                continue
            inner = When(season=season).over(when)
            own = by_column(row, {i: h for i, h in columns.items() if is_beside(h, heading)})
            with self._in_part(heading.part):
                entries += self._entries(row, own, cell, title, inner)
        again = self._replays(row, cells, title, when)
        for entry in again if entries else ():
            entry.length_ms = entry.length_ms or length_of(entries[0])
        return [*entries, *again]

    @contextmanager
    def _in_part(self, part: str) -> Iterator[None]:
        """For the column of one part of the day."""
        before = self.context.session
        self.context.session = part or before
        yield
        self.context.session = before

    def _replays(self, row: Row, cells: dict[Column, Cell], title: str, when: When) -> list[Entry]:
        """What a column “Giờ phát lại” says: the same once more."""
        cell = cells.get(Column.REPLAY) or replay_note(cells.get(Column.NOTE))
        bare = replace(cell, text=_NEXT_DAY.sub("", cell.text)) if cell else None
        spans, when = self._spans(bare, when)
        if cell is None or bare is None or not spans:
            return []
        if bare.text != cell.text and when.days is not None:
            when = replace(when, days=frozenset((day + 1) % 7 for day in when.days))
        entry = self.base(row, cells, title, when)
        entry.content = replace(entry.content, kind=Kind.REPLAY)
        self._length(cells, entry)
        return [self._placed(entry, span) for span in spans]

    def _days(self, cell: Cell | None) -> When:
        if cell is None or not cell.text or cell.text.casefold() in _DITTO:
            return self.days_above or self.context.when
        found = self._when(cell.text)
        if found is None:
            self.problems.append(doubts.bad_days(cell.where, cell.text))
            found = When(days=frozenset())
        self.days_above = found.over(self.context.when)
        return self.days_above

    def _when(self, text: str) -> When | None:
        """Days as a column of days gives them: ``Hai``, ``T2``, a date of Excel with its hour."""
        if often := _TIMES_A_WEEK.search(text):
            text = text.replace(often[0], "").strip(" ():") or text
        without_hour = find_spans(text)[1]
        readings = (text, f"thứ {text}", without_hour)
        return next((when for t in readings if t and (when := when_of(t, self.years))), None)

    def _title(
        self, row: Row, cells: dict[Column, Cell], columns: dict[int, Heading], when: When
    ) -> tuple[str | None, When]:
        """What is to be heard, and the days that it names itself; None for no row at all."""
        cell = cells.get(Column.CONTENT)
        if cell is None:
            others = [c for i, c in enumerate(row) if i not in columns and not c.covered]
            cell = max(others, key=lambda c: sum(map(str.isalpha, c.text)), default=None)
        text = cell.text if cell else ""
        time = cells.get(Column.TIME)
        if not text and time and _SILENT.match(time.text):
            text = time.text
        if text.casefold() in _DITTO and self.last:
            text = self.title_above
        has_time = any(c.text for c in (cells.get(Column.TIME), cells.get(Column.END)) if c)
        if not text and not has_time:
            return None, when
        self.title_above = text
        if is_ours(cells):
            return text, when
        text, said = self.take_days(text)
        return text, said.over(when)

    def _entries(
        self,
        row: Row,
        cells: dict[Column, Cell],
        cell: Cell | None,
        title: str,
        when: When,
    ) -> list[Entry]:
        text = cell.text if cell else ""
        has_none = text.casefold() in _NOTHING or session_of(text)
        if has_none and (lines := self.lines_with_hours(title)):
            part = session_of(text) or self.context.session
            return [e for line in lines for e in self.read_line(row, line, part, when)]
        base = self.base(row, cells, title, when)
        spans, base.when = self._spans(cell, when)
        _bare, length = take_length(text, at_end=False)
        if length and spans:
            base.length_ms, base.low_ms = length.ms, length.low_ms
        self._length(cells, base, spans)
        if spans:
            return [self._keep(self._placed(base, span, self._end(cells, spans))) for span in spans]
        return [self._keep(self._unplaced(base, cell))]

    def read_cell(
        self, row: Row, cell: Cell, when: When, spans: tuple[Span, ...], columns: dict[int, Heading]
    ) -> list[Entry]:
        """A cell of a grid that names a programme; it may name days and a length, too."""
        cells = by_column(row, columns)
        title, said = self.take_days(cell.text)
        entry = self.base(row, {}, title, said.over(when))
        entry.where = cell.where
        entry.source = " / ".join(cell.text.split("\n"))
        self._length(cells, entry, spans)
        if spans:
            entry.source = f"{clock_text(spans[0].start)} | {entry.source}"
            return [
                self._keep(self._placed(entry, span, self._end(cells, spans))) for span in spans
            ]
        time = cells.get(Column.TIME) or (row[0] if row[0] is not cell else None)
        return [self._keep(self._unplaced(entry, time))]

    # -- hours ----------------------------------------------------------------------------

    def _spans(self, cell: Cell | None, when: When) -> tuple[tuple[Span, ...], When]:
        """The hours of a cell that may name days, too."""
        if cell is None or not cell.text or (cell.covered and cell.below):
            return (), when
        text, said = take_when(take_length(cell.text, at_end=False)[0], self.years)
        when = said.over(when)
        if spans := read_spans(text, part=self.context.session):
            return spans, when
        spans, rest = find_spans(text, part=self.context.session)
        day, other = find_date(rest, self.years) if rest else (None, "")
        if spans and day and not other.strip(EDGES):
            return spans, When(date=day).over(when)
        if spans and (found := when_of(rest, self.years)):
            return spans, found.over(when)
        return (), when

    def _end(self, cells: dict[Column, Cell], spans: tuple[Span, ...]) -> int | None:
        """When it ends, from a column of ends."""
        for column in (Column.END, Column.END_OR_LENGTH):
            text = cells[column].text if column in cells else ""
            is_end = column is Column.END or not is_length(text, spans)
            if is_end and (found := read_spans(text, part=self.context.session)):
                return found[0].start
        return None

    def _length(
        self, cells: dict[Column, Cell], entry: Entry, spans: tuple[Span, ...] = ()
    ) -> None:
        """Its length, from the columns that may hold one; says what they hold instead."""
        note = cells.get(Column.NOTE)
        if note and not note.text.isdigit() and (found := read_length(note.text)):
            entry.length_ms, entry.low_ms = found.ms, found.low_ms
        for column in (Column.LENGTH, Column.END_OR_LENGTH, Column.END):
            cell = cells.get(column)
            if cell is None or cell.text.casefold() in _NOTHING or (cell.covered and cell.below):
                continue
            is_said = column is Column.LENGTH or is_length(cell.text, spans)
            if found := read_length(cell.text) if is_said else None:
                entry.length_ms, entry.low_ms = found.ms, found.low_ms
            elif column is Column.LENGTH or not read_spans(cell.text):
                self.problems.append(doubts.bad_length(cell.where, cell.text))

    def _unplaced(self, entry: Entry, cell: Cell | None) -> Entry:
        said = cell.text if cell else ""
        blank = said.casefold() in _NOTHING and said != "?"
        if self.last and (
            cell is None or blank or cell.below or FOLLOWS.fullmatch(said.casefold())
        ):
            joined = cell is not None and cell.below > 0
            has_range = self.last.end is not None and not FOLLOWS.fullmatch(said.casefold())
            entry.joins = joined or (blank and (has_range or not self.last.length_ms))
            entry.follows = not entry.joins
        entry.hour_said = "" if entry.follows or entry.joins else said
        return entry
