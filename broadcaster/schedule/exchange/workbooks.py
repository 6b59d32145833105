"""Excel workbooks (.xlsx, .xlsm) → sheets, with limits on what is unpacked.

The only module that reads with openpyxl.  Macros are never run, formulas never computed: the
value that Excel stored counts.
"""

from __future__ import annotations

import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from io import BytesIO
from typing import TYPE_CHECKING, Any

from broadcaster.errors import BroadcasterError, ContentError, Problem, Severity, Where
from broadcaster.schedule.exchange.cells import Cell, Row, Sheet, cleaned
from broadcaster.schedule.exchange.weights import damaged, weigh

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["MissingLibraryError", "is_workbook", "read_workbook"]

_MOST_ROWS, _MOST_COLUMNS = 3_000, 120


class MissingLibraryError(BroadcasterError):
    """A library of the extra ``exchange`` is not installed (exit code 3)."""

    exit_code = 3

    def __init__(self, name: str) -> None:
        message = _("this needs the library {name}, which is not installed").format(name=name)
        hint = _("install it: pip install “broadcaster[exchange]”; or save the timetable as CSV")
        super().__init__(message, hint=hint)


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` is an Excel workbook of 2007 or later, whatever the file is named."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(name.startswith("xl/work") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_workbook(data: bytes, *, path: Path, problems: list[Problem]) -> list[Sheet]:
    """The visible sheets; what is hidden, and formulas without a value, go into ``problems``.

    Raises ContentError where it cannot be read, MissingLibraryError without openpyxl.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise MissingLibraryError("openpyxl") from error
    weigh(data, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(BytesIO(data), data_only=True, keep_links=False)
            formulas = load_workbook(BytesIO(data), keep_links=False)
    except Exception as error:
        raise ContentError([damaged(path, str(error))]) from error
    sheets = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(_hidden_sheet(path, sheet.title))
            continue
        sheets.append(_read_sheet(sheet, formulas[sheet.title], path, problems))
    return sheets


# -- cells ------------------------------------------------------------------------------------


def _read_sheet(
    sheet: Worksheet, formulas: Worksheet, path: Path, problems: list[Problem]
) -> Sheet:
    merged = _merged(sheet)
    height, width = _used(sheet)
    hidden_columns = _hidden_columns(sheet)
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        problems.append(_cut(path, sheet.title))
    rows: list[Row] = []
    for number in range(1, height + 1):
        row = [
            _cell(sheet, formulas, number, column, merged, path, problems)
            for column in range(1, width + 1)
            if column not in hidden_columns
        ]
        if any(cell.text for cell in row) and sheet.row_dimensions[number].hidden:
            problems.append(_hidden_row(row))
        else:
            rows.append(tuple(row))
    if hidden_columns and any(any(cell.text for cell in row) for row in rows):
        problems.append(_hidden_column(path, sheet.title))
    return Sheet(sheet.title, tuple(rows))


def _used(sheet: Worksheet) -> tuple[int, int]:
    """How many rows and columns hold anything, within what a timetable may have."""
    height = width = 0
    last_row, last_column = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column, values_only=True)
    for number, row in enumerate(rows, 1):
        filled = [column for column, value in enumerate(row, 1) if value is not None]
        if filled:
            height, width = number, max(width, filled[-1])
    for area in sheet.merged_cells.ranges:
        if area.min_row <= height and area.min_col <= width:
            height, width = max(height, area.max_row), max(width, area.max_col)
    return min(height, _MOST_ROWS), min(width, _MOST_COLUMNS)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        index
        for column in sheet.column_dimensions.values()
        if column.hidden
        for index in range(column.min or 0, min(column.max or 0, _MOST_COLUMNS) + 1)
    }


def _merged(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of each covered cell → those of the first cell of its range."""
    found = {}
    for area in sheet.merged_cells.ranges:
        top, left, bottom, right = area.min_row, area.min_col, area.max_row, area.max_col
        for row in range(top, min(bottom, _MOST_ROWS) + 1):
            for column in range(left, min(right, _MOST_COLUMNS) + 1):
                found[row, column] = (top, left)
    return found


def _cell(
    sheet: Worksheet,
    formulas: Worksheet,
    row: int,
    column: int,
    merged: dict[tuple[int, int], tuple[int, int]],
    path: Path,
    problems: list[Problem],
) -> Cell:
    top, left = merged.get((row, column), (row, column))
    found = sheet.cell(top, left)
    where = Where(path, top, left, f"{sheet.title}!{found.coordinate}")
    text = cleaned(_text(found.value))
    formula = formulas.cell(top, left).value
    if (
        not text
        and (top, left) == (row, column)
        and isinstance(formula, str)
        and formula[:1] == "="
    ):
        problems.append(_formula(where))
    return Cell(text, where, row - top, column - left)


def _text(value: Any) -> str:  # noqa: PLR0911 - one line a type
    """The value as one would have typed it; times of Excel are fractions of a day."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        day = f"{value:%d/%m/%Y}" if value.year > 1900 else ""
        hour = f"{value:%H:%M}" if value.time() != time(0) or not day else ""
        return f"{day} {hour}".strip()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{_rounded(value):%H:%M}"
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, float):
        return _number_text(value)
    return str(value)


def _number_text(value: float) -> str:
    """``5.3`` typed as 5.30 keeps its two places; 0.2291666 is a time without its format."""
    if value == int(value):
        return str(int(value))
    places = round(value * 100) == value * 100
    return f"{value:.2f}" if places else f"{value:.7f}"


def _rounded(value: time) -> time:
    """Excel's fractions miss the minute by some microseconds."""
    seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    minutes = round(seconds / 60) % 1440
    return time(minutes // 60, minutes % 60)


# -- what is not seen -------------------------------------------------------------------------


def _hidden_sheet(path: Path, name: str) -> Problem:
    message = _("the sheet “{name}” is hidden, so it was not read").format(name=name)
    hint = _("show it in Excel if it belongs to the timetable")
    return Problem(Where(path, cell=name), "import-hidden", message, hint, Severity.WARNING)


def _hidden_row(row: list[Cell]) -> Problem:
    first = next(cell for cell in row if cell.text)
    message = _("this row is hidden, so it was not read")
    hint = _("show it in Excel if it belongs to the timetable")
    return Problem(first.where, "import-hidden", message, hint, Severity.WARNING)


def _hidden_column(path: Path, name: str) -> Problem:
    message = _("the sheet “{name}” has hidden columns, which were not read").format(name=name)
    hint = _("show it in Excel if it belongs to the timetable")
    return Problem(Where(path, cell=name), "import-hidden", message, hint, Severity.WARNING)


def _cut(path: Path, name: str) -> Problem:
    message = _("the sheet “{name}” is larger than a timetable; only its beginning was read")
    hint = _("delete what does not belong to the timetable, then save it anew")
    return Problem(
        Where(path, cell=name), "import-cut", message.format(name=name), hint, Severity.WARNING
    )


def _formula(where: Where) -> Problem:
    message = _("a formula stands here whose value is not stored in the file")
    hint = _("open the file in Excel, save it, and import it again; or type the value")
    return Problem(where, "import-formula", message, hint)
