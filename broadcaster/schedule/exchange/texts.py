"""CSV, and text with ``|``, tabs or nothing between its cells → a sheet.

The separator is what most lines agree on; each cell keeps its line and column in the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, TypedDict

from broadcaster.errors import ContentError, Problem, Where
from broadcaster.schedule.exchange.cells import Cell, Row, Sheet, cleaned
from broadcaster.schedule.exchange.hours import leading_spans

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_text_sheet"]

_SEPARATORS = "|\t;,"
_MOST_ROWS, _MOST_CELLS = 5_000, 200
_LONGEST = 2_000_000


class _Form(TypedDict):
    """How the csv module is to read."""

    delimiter: str
    quoting: Literal[0, 3]


def read_text_sheet(text: str, *, path: Path) -> Sheet:
    """The rows of ``text``; raises ContentError where it is no timetable by its size."""
    if len(text) > _LONGEST:
        raise ContentError([_too_large(path)])
    text = text.replace("\x00", "")
    first, _end, rest = text.partition("\n")
    said = first.strip().strip('"').casefold()
    if said.startswith("sep=") and len(said) == 5:
        return _separated(rest, said[4], path, shift=1)
    separator = _separator(text)
    if separator is None:
        return _lines(text, path)
    return _separated(text, separator, path)


def _too_large(path: Path) -> Problem:
    message = _("this file is too large for a timetable of a week")
    hint = _("is it the right file? A timetable has at most some thousand rows")
    return Problem(Where(path), "import-too-large", message, hint)


def _separator(text: str) -> str | None:
    """What parts most records into equally many cells; commas only where nearly all have some."""
    best, best_same = None, 0
    for separator in _SEPARATORS:
        counts = Counter(_widths(text[:200_000], separator))
        records, single = sum(counts.values()), counts.pop(1, 0)
        same = max(counts.values(), default=0)
        parted = records - single
        enough = separator in "|\t" or parted >= 0.7 * records
        if separator == "," and _is_prose(text[:200_000]):
            continue
        if enough and same >= 0.5 * parted and same > best_same:
            best, best_same = separator, same
    return best


def _is_prose(text: str) -> bool:
    """Whether commas part clauses and no cells: “Từ 5h00 đến 5h30: Tin xã, vào thứ Hai, thứ Ba”."""
    clauses = len(re.findall(r",\s", text))
    heads = [line.partition(",")[0] for line in text.splitlines() if "," in line]
    told = sum(any(c.isalpha() for c in leading_spans(head)[1]) for head in heads)
    return clauses >= 0.9 * text.count(",") and 2 * told > len(heads)


def _widths(text: str, separator: str) -> list[int]:
    """How many cells each record has."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), **_form(text, separator)))
    except csv.Error:
        return []
    return [len(record) for record in records if any(value.strip() for value in record)]


def _form(text: str, separator: str) -> _Form:
    """Quotes are those of CSV; a text with ``|`` has none, for there they are only letters."""
    plain = separator == "|" and not _is_quoted(text)
    return {"delimiter": separator, "quoting": csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL}


def _lines(text: str, path: Path) -> Sheet:
    rows = []
    for number, line in enumerate(_limited(text.splitlines(), path), 1):
        column = len(line) - len(line.lstrip()) + 1
        rows.append((Cell(cleaned(line), Where(path, number, column)),))
    return Sheet("", tuple(rows))


def _separated(text: str, separator: str, path: Path, *, shift: int = 0) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), **_form(text, separator))
    lines = text.splitlines()
    rows: list[Row] = []
    before = 0
    try:
        for values in reader:
            if len(rows) > _MOST_ROWS or len(values) > _MOST_CELLS:
                raise ContentError([_too_large(path)])
            record = "\n".join(lines[before : reader.line_num])
            rows.append(_row(values, record, before + 1 + shift, path))
            before = reader.line_num
    except csv.Error as error:
        message = _("the file is no table: {reason}").format(reason=error)
        hint = _("save it again as CSV (UTF-8), or as .xlsx")
        raise ContentError(
            [Problem(Where(path, before + 1), "import-unreadable", message, hint)]
        ) from error
    return Sheet("", tuple(rows))


def _is_quoted(text: str) -> bool:
    return any(line.startswith('"') and '"|' in line.replace(" ", "") for line in text.splitlines())


def _row(values: list[str], record: str, number: int, path: Path) -> Row:
    """The cells of a record that begins in line ``number``, and may have several lines."""
    cells, position = [], 0
    for value in values:
        first = value.strip().split("\n")[0].strip()
        found = record.find(first, position)
        begin = found if found >= 0 else position
        before = record[:begin]
        line = number + before.count("\n")
        column = begin - before.rfind("\n")
        cells.append(Cell(_shown(cleaned(value)), Where(path, line, column)))
        position = begin + len(value)
    return tuple(cells)


def _shown(text: str) -> str:
    """A cell that a spreadsheet was kept from computing (``'=…``) without its apostrophe."""
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def _limited(lines: list[str], path: Path) -> list[str]:
    if len(lines) > _MOST_ROWS:
        raise ContentError([_too_large(path)])
    return lines
