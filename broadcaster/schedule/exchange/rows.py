"""One row under headings → entries: what its cells say together.

It stands apart from the walk over the sheet, which knows only where tables begin and end.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.cells import source_line
from broadcaster.schedule.exchange.contents import Content, Kind, read_content, session_of
from broadcaster.schedule.exchange.dates import find_date
from broadcaster.schedule.exchange.entries import Entry, When
from broadcaster.schedule.exchange.headings import Column, Heading
from broadcaster.schedule.exchange.hours import Span, find_spans, leading_spans, read_spans
from broadcaster.schedule.exchange.lengths import read_length, take_length
from broadcaster.schedule.exchange.naming import clock_text
from broadcaster.schedule.exchange.placing import end_after
from broadcaster.schedule.exchange.whens import take_when, when_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.errors import Problem
    from broadcaster.schedule.exchange.cells import Cell, Row
    from broadcaster.schedule.exchange.dates import Years

__all__ = ["Context", "RowReader"]

_NO_TIME = Heading(Column.TIME)
_NOTHING = {"", "-", "–", "—", "?", "...", "…", "x", "không", "(không)"}
_FOLLOWS = re.compile(r"\W*(?:nối tiếp|tiếp theo|kế tiếp|liền sau|sau đó|tiếp)\W*")
_DITTO = {"như trên", "nt", "n.t", "-nt-", '"', "”", "“", "〃", "như trên nt", "''"}
_SILENT = re.compile(r"\W*(?:nghỉ|không phát)", re.IGNORECASE)
_FIRST_HOUR = re.compile(r"\d{1,2}\s*(?:giờ|gio|h|g|:\d)", re.IGNORECASE)
_BEFORE_HOUR = re.compile(r"(?:^|\s)(?:từ|lúc|vào lúc|vào|khoảng|~)\s*$", re.IGNORECASE)
_NEXT_HOUR = re.compile(
    r"\s*[;,|]\s*(?=\d{1,2}\s*(?:(?:giờ|gio|h|g)(?![^\W\d_])|:\d))", re.IGNORECASE
)
_LONGEST_LEAD = 40
_EDGES = " \n\t:;,.-–—+*•·"


@dataclass(slots=True)
class Context:
    """What stands above a row: the days, the part of the day and when that ends (minutes)."""

    when: When = field(default_factory=When)
    session: str = ""
    until: int | None = None


@dataclass(slots=True)
class RowReader:
    """Reads rows; remembers what a row leaves to the one above it."""

    years: Years
    problems: list[Problem]
    context: Context = field(default_factory=Context)
    last: Entry | None = None
    days_above: When | None = None
    title_above: str = ""

    def start_table(self) -> None:
        """New headings: nothing is left to the rows above them."""
        self.last = None
        self.days_above = None

    # -- under headings -------------------------------------------------------------------

    def read(self, row: Row, columns: dict[int, Heading]) -> list[Entry]:
        """The entries of a row; one for each season, hour or line in its cells."""
        cells = _by_column(row, columns)
        if not any(c.text for c in row):
            return []
        when = self._days(cells.get(Column.DAYS))
        if cells.get(Column.SESSION) and (part := session_of(cells[Column.SESSION].text)):
            self.context.session = part
        if note := cells.get(Column.NOTE):
            when = when.over(when_of(note.text, self.years) or When())
        title, when = self._title(row, cells, columns, when)
        if title is None:
            return []
        entries = []
        times = [(i, h) for i, h in columns.items() if h.column is Column.TIME and i < len(row)]
        with_season = [(i, h) for i, h in times if h.season or h.part]
        for index, heading in with_season or times[:1] or [(-1, _NO_TIME)]:
            cell = row[index] if index >= 0 else None
            season = heading.season
            if (season or heading.part) and (cell is None or cell.text.casefold() in _NOTHING):
                continue
            inner = When(season=season).over(when)
            with self._in_part(heading.part):
                entries += self._entries(row, cells, cell, title, inner)
        return [*entries, *self._replays(row, cells, title, when)]

    @contextmanager
    def _in_part(self, part: str) -> Iterator[None]:
        """For the column of one part of the day."""
        before = self.context.session
        self.context.session = part or before
        yield
        self.context.session = before

    def _replays(self, row: Row, cells: dict[Column, Cell], title: str, when: When) -> list[Entry]:
        """What a column “Giờ phát lại” says: the same once more."""
        cell = cells.get(Column.REPLAY)
        spans, when = self._spans(cell, when)
        if cell is None or not spans:
            return []
        entry = self.base(row, cells, title, when)
        entry.content = replace(entry.content, kind=Kind.REPLAY)
        self._length(cells, entry)
        return [self._placed(entry, span, {}) for span in spans]

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
        if _is_ours(cells):
            return text, when
        text, said = take_when(text, self.years)
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
        lines = (
            self.lines_with_hours(title) if text.casefold() in _NOTHING or session_of(text) else []
        )
        if lines:
            part = session_of(text) or self.context.session
            return [e for line in lines for e in self.read_line(row, line, part, when)]
        base = self.base(row, cells, title, when)
        spans, base.when = self._spans(cell, when)
        _bare, length = take_length(text, at_end=False)
        if length and spans:
            base.length_ms, base.low_ms = length.ms, length.low_ms
        self._length(cells, base)
        if spans:
            return [self._keep(self._placed(base, span, cells)) for span in spans]
        return [self._keep(self._unplaced(base, cell))]

    def base(self, row: Row, cells: dict[Column, Cell], title: str, when: When) -> Entry:
        bare, length = " ".join(title.split("\n")), None
        if not _is_ours(cells):
            bare, length = take_length(bare)
        said = [cells[c].text for c in (Column.KIND, Column.LANGUAGE, Column.NOTE) if c in cells]
        source = cells[Column.SOURCE].text if Column.SOURCE in cells else ""
        place = cells.get(Column.CONTENT) or next((c for c in row if c.text), row[0])
        content = read_content(bare, said_kind=" ".join(said), source=source)
        if _is_ours(cells):
            kind = Kind.RELAY if content.kind is Kind.RELAY else Kind.LOCAL
            content = Content(title=bare, kind=kind)
        return Entry(
            where=place.where,
            source=source_line(row),
            content=content,
            when=when,
            length_ms=length.ms if length else 0,
            low_ms=length.low_ms if length else 0,
            slot_id=_id_in(cells.get(Column.SLOT_ID)),
            programme_id=_id_in(cells.get(Column.PROGRAMME_ID)),
            note=cells[Column.NOTE].text if Column.NOTE in cells else "",
        )

    def read_cell(
        self, row: Row, cell: Cell, when: When, spans: tuple[Span, ...], columns: dict[int, Heading]
    ) -> list[Entry]:
        """A cell of a grid that names a programme; it may name days and a length, too."""
        cells = _by_column(row, columns)
        title, said = take_when(cell.text, self.years)
        entry = self.base(row, {}, title, said.over(when))
        entry.where = cell.where
        entry.source = " / ".join(cell.text.split("\n"))
        self._length(cells, entry)
        if spans:
            entry.source = f"{clock_text(spans[0].start)} | {entry.source}"
            return [self._keep(self._placed(entry, span, cells)) for span in spans]
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
        if spans and day and not other.strip(_EDGES):
            return spans, When(date=day).over(when)
        if spans and (found := when_of(rest, self.years)):
            return spans, found.over(when)
        return (), when

    def _placed(self, base: Entry, span: Span, cells: dict[Column, Cell]) -> Entry:
        if span.moved:
            what = _("read as {hour}, because “{part}” stands above it")
            what = what.format(hour=clock_text(span.start), part=self.context.session)
            self.problems.append(doubts.assumed(base.where, what))
        end = span.end if span.end is not None else self._end(cells)
        if end is not None and end_after(span.start, end) is None:
            self.problems.append(
                doubts.ends_too_early(base.where, clock_text(end), clock_text(span.start))
            )
            end = None
        until = self.context.until if (self.context.until or 0) > span.start else None
        return replace(base, start=span.start, end=end, about=span.about, row_end=until)

    def _end(self, cells: dict[Column, Cell]) -> int | None:
        for column in (Column.END, Column.END_OR_LENGTH):
            cell = cells.get(column)
            if (
                cell
                and cell.text
                and not (column is Column.END_OR_LENGTH and _is_length(cell.text))
            ):
                spans = read_spans(cell.text, part=self.context.session)
                if spans:
                    return spans[0].start
        return None

    def _length(self, cells: dict[Column, Cell], entry: Entry) -> None:
        """Its length, from the columns that may hold one; says what they hold instead."""
        for column in (Column.LENGTH, Column.END_OR_LENGTH, Column.END):
            cell = cells.get(column)
            if cell is None or cell.text.casefold() in _NOTHING or (cell.covered and cell.below):
                continue
            found = (
                read_length(cell.text) if column is Column.LENGTH or _is_length(cell.text) else None
            )
            if found:
                entry.length_ms, entry.low_ms = found.ms, found.low_ms
            elif column is Column.LENGTH or not read_spans(cell.text):
                self.problems.append(doubts.bad_length(cell.where, cell.text))

    def _unplaced(self, entry: Entry, cell: Cell | None) -> Entry:
        said = cell.text if cell else ""
        blank = said.casefold() in _NOTHING and said != "?"
        if self.last and (
            cell is None or blank or cell.below or _FOLLOWS.fullmatch(said.casefold())
        ):
            joined = cell is not None and cell.below > 0
            has_range = self.last.end is not None and not _FOLLOWS.fullmatch(said.casefold())
            entry.joins = joined or (blank and (has_range or not self.last.length_ms))
            entry.follows = not entry.joins
            if (
                entry.joins
                or self.last.hour_said
                or not (self.last.start is not None or self.last.follows or self.last.joins)
            ):
                entry.hour_said = self.last.hour_said
        entry.hour_said = "" if entry.follows or entry.joins else said
        return entry

    def _keep(self, entry: Entry) -> Entry:
        self.last = entry
        return entry

    # -- without headings -----------------------------------------------------------------

    def lines_with_hours(self, text: str) -> list[str]:
        """The lines of a cell, each of which begins with an hour; none where one does not."""
        lines = text.split("\n")
        return lines if all(self._led(line) for line in lines) else []

    def _led(self, text: str) -> tuple[str, When, str] | None:
        """(part of the day, days, what begins with an hour): ``Sáng thứ 2: 5h00 Tin xã``."""
        if leading_spans(text)[0]:
            return "", When(), text
        match = _FIRST_HOUR.search(text)
        if match is None or match.start() > _LONGEST_LEAD:
            return None
        lead = _BEFORE_HOUR.sub("", text[: match.start()]).strip(_EDGES + "(")
        rest = text[match.start() :]
        if not leading_spans(rest)[0]:
            return None
        if part := session_of(lead):
            return part, When(), rest
        when = when_of(lead, self.years)
        return ("", when, rest) if when else None

    def read_free(self, row: Row) -> list[Entry]:
        """A row without headings that begins with an hour: ``5h00 - 5h15: Tiếp sóng VOV``."""
        text = "\n".join(cell.text for cell in row if cell.text and not cell.covered)
        lines = self.lines_with_hours(text) or self.lines_with_hours(" ".join(text.split("\n")))
        return [
            entry
            for line in lines
            for entry in self.read_line(row, line, self.context.session, self.context.when)
        ]

    def read_item(self, row: Row, text: str, opening: Entry) -> Entry:
        """A line without an hour below “Sáng từ 5h đến 6h:”, which is ``opening``."""
        entry = self.base(row, {}, text.strip(_EDGES), opening.when)
        entry.source = text
        if self.last is opening:
            entry.start = opening.start
            entry.end = None if entry.length_ms else opening.end
        else:
            entry.follows = bool(self.last and self.last.length_ms)
            entry.joins = not entry.follows
        return self._keep(entry)

    def read_line(self, row: Row, text: str, part: str, when: When) -> list[Entry]:
        """A line that begins with hours: an entry for each of them."""
        own_part, own_when, led = self._led(text) or ("", When(), text)
        pieces = _pieces(led)
        if len(pieces) > 1:
            own_when = own_when.over(when)
            return [e for p in pieces for e in self.read_line(row, p, own_part or part, own_when)]
        spans, rest = leading_spans(led, part=own_part or part)
        spans = tuple(replace(span, moved=span.moved and not own_part) for span in spans)
        when = own_when.over(when)
        rest, said = take_when(rest, self.years)
        entry = self.base(row, {}, rest.strip(_EDGES), said.over(when))
        entry.source = text if len(row) == 1 else entry.source
        return [self._keep(self._placed(entry, span, {})) for span in spans]


def _pieces(text: str) -> list[str]:
    """``5h00 Tiếp sóng; 5h30 Tin xã`` as two lines; ``5h, 17h: Tin xã`` is one."""
    pieces = _NEXT_HOUR.split(text)
    return pieces if all(leading_spans(piece)[1].strip() for piece in pieces) else [text]


def _is_length(text: str) -> bool:
    """Whether it is rather a length than an hour: ``+15``, ``15 phút``, ``15``."""
    folded = text.casefold().strip()
    return read_length(text) is not None and not re.match(r"\d{1,2}\s*(?::|h|g|giờ)\s*\d", folded)


def _by_column(row: Row, columns: dict[int, Heading]) -> dict[Column, Cell]:
    """The first filled cell of each column kind, else its first cell."""
    found: dict[Column, Cell] = {}
    for index, heading in columns.items():
        cell = row[index] if index < len(row) else None
        if cell and (heading.column not in found or not found[heading.column].text):
            found[heading.column] = cell
    return found


def _is_ours(cells: dict[Column, Cell]) -> bool:
    """Whether the row is of our own export, whose titles are titles and nothing else."""
    return bool(_id_in(cells.get(Column.SLOT_ID)) and _id_in(cells.get(Column.PROGRAMME_ID)))


def _id_in(cell: Cell | None) -> str:
    text = cell.text if cell else ""
    return text if re.fullmatch(r"(?!null$)\w[\w.-]{0,63}", text, re.IGNORECASE) else ""
