"""A sheet → entries: where its tables begin and end, and what stands above them.

It walks down the rows once: titles, headings, days, parts of the day, rows, notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.columns import follows
from broadcaster.schedule.exchange.contents import is_banner, session_of
from broadcaster.schedule.exchange.dates import find_date, find_period
from broadcaster.schedule.exchange.entries import Entry, When
from broadcaster.schedule.exchange.grids import DayGrid
from broadcaster.schedule.exchange.headings import Column, Heading, season_of
from broadcaster.schedule.exchange.hours import find_spans, leading_spans, read_spans
from broadcaster.schedule.exchange.lengths import read_length
from broadcaster.schedule.exchange.lines import Context
from broadcaster.schedule.exchange.rows import RowReader
from broadcaster.schedule.exchange.tables import ListTable, begin_table, is_day_by_day
from broadcaster.schedule.exchange.weekdays import find_days
from broadcaster.schedule.exchange.whens import silent_within, when_of, within_sentence

if TYPE_CHECKING:
    from broadcaster.errors import Problem
    from broadcaster.model import Validity
    from broadcaster.schedule.exchange.cells import Cell, Row, Sheet
    from broadcaster.schedule.exchange.dates import Years
    from broadcaster.schedule.exchange.tables import Table

__all__ = ["Found", "read_sheet"]

_BULLET = re.compile(r"\s*(?:[-–+*•·●]|\d{1,2}[.)]|[a-zđ][.)])\s*\S")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[A-Z])[.)]?")
_EXCEPTION = re.compile(
    r"(?=.*\b(?:chỉ|riêng|ngoài ra)\b).*(?:\b(?:thứ|t) ?[2-7]\b|\bthứ \w|chủ nhật|\bcn\b|\brằm\b)",
    re.IGNORECASE | re.DOTALL,
)
_MORE = re.compile(
    r"\W*(?:(?:riêng|ngoài ra)\b.*\bphát(?: sóng| thanh)? thêm\b"
    r"|(?:các )?ngày \d.{0,40}(?:hằng|hàng|mỗi) tháng\b)",
    re.IGNORECASE,
)
"""How a line begins that asks for one more airing."""
_LONGEST_SEASON = 60
_KIND = re.compile(r"(?:local|relay|music|repeat|replay|language=|lang=)", re.IGNORECASE)
_NOTE = re.compile(r"^\W*(?:ghi chú|lưu ý|chú thích|note)\b", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What a sheet says: its rows, the period in its title, its notes, days named one by one."""

    entries: list[Entry] = field(default_factory=list)
    period: Validity | None = None
    notes: list[str] = field(default_factory=list)
    title: str = ""
    default_days: frozenset[int] | None = None
    silent_days: frozenset[int] = frozenset()
    day_by_day: bool = False


def read_sheet(sheet: Sheet, years: Years, problems: list[Problem]) -> Found:
    """Everything that ``sheet`` says; what it does not say clearly goes into ``problems``."""
    context = Context(when_of(sheet.name, years) or When(season=season_of(sheet.name)))
    walk = _Walk(RowReader(years, problems, context), Found())
    for row in sheet.rows:
        walk.take(row)
    walk.end_table()
    if walk.found.period is None and sheet.name:
        walk.found.period = find_period(sheet.name, years)
    return walk.found


@dataclass(slots=True)
class _Walk:
    reader: RowReader
    found: Found
    table: Table | None = None
    opening: Entry | None = None
    """A line with hours and no title: what stands below it may be its items."""
    headings: Row = ()

    def take(self, row: Row) -> None:
        filled = [cell for cell in row if cell.text]
        if not any(letter.isalnum() for cell in filled for letter in cell.text):
            return
        if self._is_comment(row, filled) or self._begin_table(row):
            return
        own = [cell for cell in filled if not cell.covered]
        if len(own) == 2 and _ORDINAL.fullmatch(own[0].text) and session_of(own[1].text):
            own = own[1:]
        if len(own) <= 1 and self._banner((own or filled)[0], row):
            return
        if self.table is not None:
            self.found.entries += self.table.read(row)
        elif entries := self._unheaded(row):
            self.found.entries += entries
        else:
            self._note(" ".join(cell.text for cell in own), own[0])

    def _begin_table(self, row: Row) -> bool:
        table = begin_table(row, self.reader, current=self.table, above=self.headings)
        if table is None:
            return False
        self.end_table()
        self.reader.start_table()
        self.table, self.headings = table, row
        self.found.day_by_day = self.found.day_by_day or is_day_by_day(table)
        return True

    def end_table(self) -> None:
        if self.table is not None:
            self.found.entries += self.table.finish()

    # -- lines over and between tables --------------------------------------------------------

    def _is_comment(self, row: Row, filled: list[Cell]) -> bool:
        text = filled[0].text
        if not text.startswith("#"):
            return False
        bare = text.lstrip("# ")
        if len(filled) > 1:
            row = tuple(type(c)(c.text.lstrip("# "), c.where) if c is filled[0] else c for c in row)
            if self._begin_table(row):
                return True
        self._note(bare)
        return True

    def _banner(self, cell: Cell, row: Row) -> bool:
        """A row of one cell: an hour with words, a day, a part of the day, a title or a note."""
        text = " ".join(cell.text.split("\n"))
        if self._session(text):
            return True
        if isinstance(self.table, DayGrid) and read_spans(text):
            return False
        if self._free(row) or self._item(cell, row) or self._season(text) or self._day(text):
            return True
        if self._is_of_table(cell, row, text):
            return False
        self._note(text, cell)
        return True

    def _free(self, row: Row) -> bool:
        """A row that begins with an hour: ``5h00 - 5h15: Tiếp sóng VOV``."""
        entries = self.reader.read_free(row)
        self.found.entries += entries
        if entries:
            is_open = len(entries) == 1 and not entries[0].content.title and entries[0].end
            self.opening = entries[0] if is_open else None
            if self.opening:
                self.reader.context.when = self.opening.when
        return bool(entries)

    def _item(self, cell: Cell, row: Row) -> bool:
        """``+ Tin của xã: 15 phút`` below ``Sáng từ 5h đến 6h:``, which then is a heading."""
        if self.opening is None or not _BULLET.match(cell.text):
            return False
        if self.found.entries[-1] is self.opening:
            self.found.entries.pop()
        self.found.entries.append(self.reader.read_item(row, cell.text, self.opening))
        return True

    def _session(self, text: str) -> bool:
        """``II. BUỔI CHIỀU (từ 17h00 đến 18h00)``: the part of the day, and when it ends."""
        bare, bracket, inside = text.partition("(")
        part = session_of(bare)
        if part:
            spans, _rest = find_spans(inside, part=part) if bracket else ((), "")
            self.reader.context.session = part
            self.reader.context.until = spans[0].end if spans else None
        return bool(part)

    def _season(self, text: str) -> bool:
        is_heading = len(text) < _LONGEST_SEASON and not find_spans(text)[0]
        season = season_of(text) if is_heading else ""
        if season:
            self.reader.context.when = When(season=season)
        return bool(season)

    def _is_of_table(self, cell: Cell, row: Row, text: str) -> bool:
        """Whether a row of one cell is a row of the table, and no line between its rows."""
        if isinstance(self.table, DayGrid) and row.index(cell) in self.table.days:
            return True
        if is_banner(text) or _NOTE.match(text):
            return False
        return isinstance(self.table, ListTable) and self._is_content(cell, row, self.table)

    @staticmethod
    def _is_content(cell: Cell, row: Row, table: ListTable) -> bool:
        """Whether the cell stands under the heading of contents, and is not drawn over others."""
        index = row.index(cell)
        heading = table.columns.get(index)
        beside = any(c.beside and c.where == cell.where for c in row)
        return heading is not None and heading.column is Column.CONTENT and not beside and index > 0

    def _day(self, text: str) -> bool:
        """A heading for the rows below: ``THỨ HAI (23/11/2026)``."""
        bare = re.sub(r"^[\W\d]*(?=thứ|chủ|t\d|cn|ngày)|[*:.]+$", "", text, flags=re.IGNORECASE)
        when = when_of(bare, self.reader.years)
        if when is None or when.without or (when.period and when.days is None):
            return False
        if not self.found.entries and when.period:
            return False
        self.reader.context.when = when
        self.reader.context.session = ""
        self.reader.context.until = None
        self.reader.start_table()
        self.found.day_by_day = True
        return True

    def _note(self, text: str, cell: Cell | None = None) -> None:
        """A title, or a line that is kept as a comment; ``cell`` where it may be an airing."""
        self._day_of_title(text)
        if cell and self._may_air(text):
            self.reader.problems.append(_not_placed(cell, text))
        if not self.found.entries:
            period = find_period(text, self.reader.years) if not _NOTE.match(text) else None
            self.found.period = self.found.period or period
            if len(text) < 200 and not text.startswith("http") and not self.found.title:
                self.found.title = text
        self.found.silent_days |= silent_within(text)
        if days := within_sentence(text):
            self.found.default_days = self.found.default_days or days
        self.found.notes.append(text)

    def _may_air(self, text: str) -> bool:
        """Whether a line that gave nothing speaks of an hour, or of a day that is otherwise."""
        is_exception = self.found.entries and (_EXCEPTION.search(text) or _asks_more(text))
        return "://" not in text and bool(find_spans(text)[0] or is_exception)

    def _day_of_title(self, text: str) -> None:
        """``LỊCH PHÁT SÓNG THỨ HAI NGÀY 23/11/2026``: a title for one day."""
        match = re.search(
            r"(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật)(?!\w).*", text, re.IGNORECASE
        )
        days, rest = find_days(match[0]) if match else (None, "")
        day, _rest = find_date(rest, self.reader.years) if days else (None, "")
        if days and day and len(days.days) == 1 and "đến" not in text:
            self.reader.context.when = When(days=days.days, date=day)
            self.reader.start_table()

    # -- rows without headings ----------------------------------------------------------------

    def _unheaded(self, row: Row) -> list[Entry]:
        """``T2-T6 | 5h00 | Tin xã`` under no headings: cells are known by what they hold."""
        if sum(bool(leading_spans(cell.text)[1].strip()) for cell in row if _timed(cell)) > 1:
            return self.reader.read_free(row)
        columns: dict[int, Heading] = {}
        for index, cell in enumerate(row):
            taken = {h.column for h in columns.values()}
            if column := self._guessed(cell, taken):
                columns[index] = Heading(column)
        kinds = {heading.column for heading in columns.values()}
        if {Column.TIME, Column.CONTENT} <= kinds:
            return self.reader.read(row, columns)
        return self.reader.read_free(row)

    def _guessed(self, cell: Cell, taken: set[Column]) -> Column | None:
        """What a cell without a heading holds, where the columns ``taken`` stand before it."""
        if Column.DAYS not in taken and when_of(cell.text, self.reader.years):
            return Column.DAYS
        if Column.TIME not in taken and (_timed(cell) or follows(cell.text)):
            return Column.TIME
        if Column.CONTENT in taken:
            is_kind = Column.KIND not in taken and _KIND.match(cell.text)
            return Column.KIND if is_kind else None if Column.SOURCE in taken else Column.SOURCE
        if Column.TIME in taken and (_timed(cell) or read_length(cell.text)):
            return Column.END_OR_LENGTH
        return Column.CONTENT if len(cell.text) > 2 else None


def _asks_more(text: str) -> bool:
    """``Ngày 15 và 30 hằng tháng: chuyên mục pháp luật``; a remark of what was done is longer."""
    return len(text) < _LONGEST_SEASON * 2 and bool(_MORE.match(text))


def _not_placed(cell: Cell, text: str) -> Problem:
    """Why a line that asks for an airing is none: it has no hour, or was not understood."""
    if _asks_more(text) and not find_spans(text)[0]:
        return doubts.bad_hour(cell.where, "", text)
    return doubts.unread(cell.where, text)


def _timed(cell: Cell) -> bool:
    """Whether the cell begins with an hour, or holds nothing else: ``Sáng (5h00-6h00)``."""
    is_session = any(map(str.isalpha, cell.text)) and read_spans(cell.text)
    return bool(leading_spans(cell.text)[0] or is_session)
