"""A report as a workbook with real numbers and charts, and as CSV.

Text is written as text: what begins like a formula comes from whoever wrote a title.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime, time
from math import ceil
from typing import TYPE_CHECKING, Any

from broadcaster.report.tables import FIGURES
from broadcaster.report.text import MissingLibraryError
from broadcaster.report.words import tidy

if TYPE_CHECKING:
    from broadcaster.report.paper import Paper
    from broadcaster.report.tables import Cell, Table

__all__ = ["as_csv", "as_workbook"]

_SHEETS = {
    "Tổng hợp": ("chung", "tháng"),
    "Theo nội dung": ("chủ đề", "thể loại", "ngôn ngữ", "mức độ", "đối tượng"),
    "Không phát": ("nguyên nhân", "không phát"),
    "Nguồn và duyệt": ("nguồn tin", "người duyệt"),
    "Nhật ký": ("nhật ký",),
}
_CHARTS = ("tháng", "chủ đề", "thể loại")
_CHART_ROWS = 16
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MM_A_LETTER = 1.9
_LINE_PT = 16


def _lines(cells: tuple[Cell, ...], table: Table) -> int:
    """How many lines the longest cell of a row takes: a suite does not always find out."""
    texts = [
        ceil(len(cell) / (width / _MM_A_LETTER))
        for cell, width in zip(cells, table.widths, strict=True)
        if isinstance(cell, str)
    ]
    return max([1, *texts])


class _Book:
    """A workbook under way, and the looks of its cells."""

    def __init__(self, paper: Paper, buffer: io.BytesIO) -> None:
        try:
            import xlsxwriter  # noqa: PLC0415 - heavy, and an extra
        except ImportError as error:
            raise MissingLibraryError("XlsxWriter") from error
        self.paper = paper
        self.book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
        made = datetime.combine(paper.made_on, time())
        self.book.set_properties(
            {"title": paper.title, "author": paper.head.issuer, "created": made}
        )
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        boxed = {**base, "border": 1}
        self.small = self.book.add_format({**base, "italic": True, "font_size": 10})
        self.large = self.book.add_format({**base, "bold": True, "font_size": 14})
        self.title = self.book.add_format({**base, "bold": True})
        self.head = self.book.add_format(
            {**boxed, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#DDEBF7"}
        )
        self.looks: dict[tuple[type, bool], Any] = {
            (kind, bold): self.book.add_format({**boxed, "bold": bold, **more})
            for bold in (False, True)
            for kind, more in (
                (str, {"text_wrap": True}),
                (int, {"num_format": "#,##0"}),
                (float, {"num_format": "#,##0.0"}),
            )
        }

    def sheet(self, name: str, tables: list[Table]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if name == "Nhật ký":
            sheet.set_landscape()
        widest = max(tables, key=lambda table: len(table.widths))
        for column, width in enumerate(widest.widths):
            sheet.set_column(column, column, max(9, width / _MM_A_LETTER))
        row = self._opening(sheet) if name == "Tổng hợp" else 0
        for table in tables:
            row = self._table(sheet, name, table, row)
        if name == "Tổng hợp":
            for line in self.paper.seal:
                sheet.write_string(row, 0, line, self.small)
                row += 1

    def _opening(self, sheet: Any) -> int:
        sheet.write_string(0, 0, self.paper.head.issuer.upper(), self.title)
        sheet.set_row(1, 20)
        sheet.write_string(1, 0, self.paper.title, self.large)
        for row, notice in enumerate(self.paper.notices, 2):
            sheet.write_string(row, 0, notice, self.title)
        return 3 + len(self.paper.notices)

    def _table(self, sheet: Any, name: str, table: Table, row: int) -> int:
        """Returns the row below it and its chart."""
        sheet.write_string(row, 0, table.title, self.title)
        sheet.set_row(row + 1, 2 * _LINE_PT)
        for column, heading in enumerate(table.headings):
            sheet.write_string(row + 1, column, heading, self.head)
        first = row + 2
        for n, cells in enumerate(table.rows):
            is_sum = table.has_sum and n == len(table.rows) - 1
            sheet.set_row(first + n, _LINE_PT * _lines(cells, table))
            for column, value in enumerate(cells):
                self._cell(sheet, (first, first + n, column), value, is_sum=is_sum)
        last = first + len(table.rows)
        if table.name == "nhật ký":
            sheet.freeze_panes(first, 0)
            sheet.autofilter(row + 1, 0, max(row + 1, last - 1), len(table.headings) - 1)
            sheet.repeat_rows(row + 1)
        bars = len(table.rows) - table.has_sum
        if table.name in _CHARTS and bars > 1:
            sheet.insert_chart(last + 1, 0, self._chart(name, table, first, first + bars - 1))
            return last + 2 + _CHART_ROWS
        return last + 1

    def _cell(self, sheet: Any, place: tuple[int, int, int], value: Cell, *, is_sum: bool) -> None:
        """``place`` is (first row of the table, row, column); a sum is a formula with its value."""
        first, row, column = place
        look = self.looks[type(value), is_sum]
        if isinstance(value, str):
            sheet.write_string(row, column, tidy(value), look)
        elif is_sum and row > first:
            letter = chr(ord("A") + column)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            sheet.write_formula(row, column, formula, look, value)
        else:
            sheet.write_number(row, column, value, look)

    def _chart(self, sheet: str, table: Table, first: int, last: int) -> Any:
        minutes = len(FIGURES)
        chart = self.book.add_chart({"type": "column" if table.name == "tháng" else "bar"})
        chart.add_series(
            {
                "name": FIGURES[-1],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, minutes, last, minutes],
                "fill": {"color": "#1F4E79"},
                "data_labels": {"value": True, "num_format": "#,##0.0"},
            }
        )
        chart.set_title({"name": f"{FIGURES[-1]} {table.title.lower()}", "overlay": False})
        chart.set_legend({"none": True})
        if table.name != "tháng":
            chart.set_y_axis({"reverse": True})
            chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 760, "height": 300})
        return chart


def as_workbook(paper: Paper) -> bytes:
    """The .xlsx; the same paper gives the same bytes.  Raises MissingLibraryError."""
    buffer = io.BytesIO()
    book = _Book(paper, buffer)
    for name, wanted in _SHEETS.items():
        book.sheet(name, [paper.tables[table] for table in wanted])
    book.book.close()
    return buffer.getvalue()


def as_csv(tables: list[Table]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Vietnamese.

    One table has its own headings; of several, each row begins with the name of its table.
    Numbers have a decimal point, for programs.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    if len(tables) == 1:
        writer.writerow(tables[0].headings)
        writer.writerows(map(_harmless, tables[0].rows))
    else:
        writer.writerow(["Bảng", "Mục", *FIGURES])
        for table in tables:
            writer.writerows(_harmless((table.title, *row)) for row in table.rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _harmless(row: tuple[Cell, ...]) -> list[Cell]:
    """Cells that a spreadsheet shows and does not compute."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row
    ]
