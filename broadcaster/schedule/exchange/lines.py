"""Lines that begin with an hour, with no headings above them, and what all readers remember.

It stands apart from rows under headings, which find hours and titles in columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.cells import source_line
from broadcaster.schedule.exchange.contents import Content, Kind, read_content, session_of
from broadcaster.schedule.exchange.entries import Entry, When
from broadcaster.schedule.exchange.headings import Column
from broadcaster.schedule.exchange.hours import Span, leading_spans, read_spans, take_end
from broadcaster.schedule.exchange.lengths import take_length
from broadcaster.schedule.exchange.naming import clock_text
from broadcaster.schedule.exchange.placing import end_after
from broadcaster.schedule.exchange.whens import by_days, take_last_when, take_when, when_of

if TYPE_CHECKING:
    from broadcaster.errors import Problem
    from broadcaster.schedule.exchange.cells import Cell, Row
    from broadcaster.schedule.exchange.dates import Years

__all__ = ["EDGES", "Context", "LineReader", "is_ours"]

_FIRST_HOUR = re.compile(r"\d{1,2}\s*(?:(?:giờ|gio|h|g)(?![^\W\d_])|:\d)", re.IGNORECASE)
_BEFORE_HOUR = re.compile(r"(?:^|\s)(?:từ|lúc|vào lúc|vào|khoảng|~)\s*$", re.IGNORECASE)
_NEXT_HOUR = re.compile(
    r"\s*[;,|]\s*(?=\d{1,2}\s*(?:(?:giờ|gio|h|g)(?![^\W\d_])|:\d))", re.IGNORECASE
)
_EXTRA = re.compile(
    r"(?:(?:riêng|ngoài ra),? )?(?P<when>.*?)[,:]? (?:có |sẽ )?"
    r"(?:phát|tăng|bổ sung)(?: sóng| thanh)? thêm",
    re.IGNORECASE,
)
"""“Riêng tối thứ 7 phát thêm”: one airing more; “riêng” alone is another one in its place."""
_LONGEST_LEAD = 40
_OURS = {"việt", "phổ thông", "kinh", "vi", "việt nam", "vietnamese"}
EDGES = " \n\t:;,.-–—+*•·"


@dataclass(slots=True)
class Context:
    """What stands above a row: the days, the part of the day and when that ends (minutes)."""

    when: When = field(default_factory=When)
    session: str = ""
    until: int | None = None


@dataclass(slots=True)
class LineReader:
    """Reads lines; remembers what a line leaves to the one above it."""

    years: Years
    problems: list[Problem]
    context: Context = field(default_factory=Context)
    last: Entry | None = None

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
        lead = _BEFORE_HOUR.sub("", text[: match.start()]).strip(EDGES + "(")
        rest = text[match.start() :]
        if not leading_spans(rest)[0]:
            return None
        if extra := _EXTRA.fullmatch(lead):
            lead = extra["when"]
        if part := session_of(lead):
            return part, When(), rest
        when = when_of(lead, self.years)
        return (_part_of_day(lead), when, rest) if when else None

    def read_free(self, row: Row) -> list[Entry]:
        """A row without headings that begins with an hour: ``5h00 - 5h15: Tiếp sóng VOV``."""
        text = "\n".join(cell.text for cell in row if cell.text and not cell.covered)
        lines = self.lines_with_hours(text) or self.lines_with_hours(" ".join(text.split("\n")))
        lines = lines or _hours_behind(text)
        return [
            entry
            for line in lines
            for entry in self.read_line(row, line, self.context.session, self.context.when)
        ]

    def read_item(self, row: Row, text: str, opening: Entry) -> Entry:
        """A line without an hour below “Sáng từ 5h đến 6h:”, which is ``opening``."""
        title, said = self.take_days(text.strip(EDGES))
        entry = self.base(row, {}, title, said.over(opening.when))
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
        entries = []
        for title in by_days(rest, self.years):
            title, said = self.take_days(title)  # noqa: PLW2901 - what is left of it
            entry = self.base(row, {}, title.strip(EDGES), said.over(when))
            entry.source = text if len(row) == 1 else entry.source
            entries += [self._keep(self._placed(entry, span)) for span in spans]
        return entries

    def take_days(self, title: str) -> tuple[str, When]:
        """``title`` without the days that it names in brackets or at its end, and they."""
        if title and (said := when_of(title.strip(EDGES), self.years)):
            return "", said
        bare, said = take_when(title, self.years)
        bare, last = take_last_when(bare)
        return bare, said.over(last)

    # -- entries ----------------------------------------------------------------------------

    def base(self, row: Row, cells: dict[Column, Cell], title: str, when: When) -> Entry:
        """An entry without hours, of ``cells`` that stand beside ``title``."""
        bare, length, end = " ".join(title.split("\n")), None, None
        if not is_ours(cells):
            bare, length = take_length(bare)
            bare, end = take_end(bare)
        said = [cells[c].text for c in (Column.KIND, Column.NOTE) if c in cells]
        bare = _in_language(bare, cells.get(Column.LANGUAGE))
        source = cells[Column.SOURCE].text if Column.SOURCE in cells else ""
        place = cells.get(Column.CONTENT) or next((c for c in row if c.text), row[0])
        content = read_content(bare, said_kind=" ".join(said), source=source)
        if is_ours(cells):
            kind = Kind.RELAY if content.kind is Kind.RELAY else Kind.LOCAL
            content = Content(title=bare, kind=kind)
        return Entry(
            where=place.where,
            source=source_line(row),
            content=content,
            when=when,
            end=end,
            length_ms=length.ms if length else 0,
            low_ms=length.low_ms if length else 0,
            slot_id=_id_in(cells.get(Column.SLOT_ID)),
            programme_id=_id_in(cells.get(Column.PROGRAMME_ID)),
            note=cells[Column.NOTE].text if Column.NOTE in cells else "",
        )

    def _placed(self, base: Entry, span: Span, end: int | None = None) -> Entry:
        """``base`` at the hours of ``span``; ``end`` is what stands elsewhere."""
        if span.moved:
            what = _("read as {hour}, because “{part}” stands above it")
            what = what.format(hour=clock_text(span.start), part=self.context.session)
            self.problems.append(doubts.assumed(base.where, what))
        end = next((e for e in (span.end, end, base.end) if e is not None), None)
        if end is not None and end_after(span.start, end) is None:
            self.problems.append(
                doubts.ends_too_early(base.where, clock_text(end), clock_text(span.start))
            )
            end = None
        until = self.context.until if (self.context.until or 0) > span.start else None
        return replace(base, start=span.start, end=end, about=span.about, row_end=until)

    def _keep(self, entry: Entry) -> Entry:
        self.last = entry
        return entry


def _part_of_day(lead: str) -> str:
    """``tối`` of “tối thứ 7”."""
    return session_of(lead.partition(" ")[0])


def _hours_behind(text: str) -> list[str]:
    """``VOV: 5h00-5h30; 18h00-18h30`` as lines that begin with an hour."""
    name, colon, hours = text.lstrip(EDGES).partition(": ")
    pieces = re.split(r"\s*[;,]\s*", hours.strip(EDGES))
    is_timed = colon and name.strip() and all(read_spans(p) and len(p) > 2 for p in pieces)
    return [f"{piece}: {name}" for piece in pieces] if is_timed else []


def _pieces(text: str) -> list[str]:
    """``5h00 Tiếp sóng; 5h30 Tin xã`` as two lines; ``5h, 17h: Tin xã`` is one."""
    pieces = _NEXT_HOUR.split(text)
    return pieces if all(leading_spans(piece)[1].strip() for piece in pieces) else [text]


def is_ours(cells: dict[Column, Cell]) -> bool:
    """Whether the row is of our own export, whose titles are titles and nothing else."""
    return bool(_id_in(cells.get(Column.SLOT_ID)) and _id_in(cells.get(Column.PROGRAMME_ID)))


def _in_language(title: str, cell: Cell | None) -> str:
    """``Bản tin (tiếng Jrai)``: the title with the language that a column of its own names."""
    language = re.sub(r"^tiếng\s+", "", cell.text.casefold()) if cell else ""
    if not language or language in _OURS or language in title.casefold():
        return title
    return f"{title} (tiếng {language.capitalize()})"


def _id_in(cell: Cell | None) -> str:
    text = cell.text if cell else ""
    return text if re.fullmatch(r"(?!null$)\w[\w.-]{0,63}", text, re.IGNORECASE) else ""
