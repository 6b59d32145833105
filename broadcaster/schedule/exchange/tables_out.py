"""The week as CSV and as an Excel workbook, in the columns that an import reads again.

What begins like a formula is written as text, for a title comes from whoever wrote the week.
"""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from broadcaster.schedule.exchange.airings import day_name
from broadcaster.schedule.exchange.workbooks import MissingLibraryError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from broadcaster.schedule.exchange.airings import Airing, Timetable

__all__ = ["HEADINGS", "as_csv", "as_workbook"]

HEADINGS = (
    *("Ngày", "Thứ", "Bắt đầu", "Kết thúc", "Thời lượng", "Chương trình"),
    *("Ghi chú", "Mã khung giờ", "Mã chương trình"),
)
"""In Vietnamese whatever the operator reads: the file is for the commune, and for our import."""
_WIDTHS = (12, 10, 9, 9, 11, 48, 28, 22, 22)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(timetable: Timetable) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Vietnamese; lengths are minutes."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*HEADINGS[:4], "Thời lượng (phút)", *HEADINGS[5:]])
    writer.writerows(_texts(airing) for airing in timetable.airings)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _texts(airing: Airing) -> list[str]:
    minutes = airing.max_ms / 60_000
    length = str(int(minutes)) if minutes == int(minutes) else f"{airing.max_ms / 1000:g} giây"
    day = airing.starts_at.date()
    return [
        *(f"{day:%d/%m/%Y}", day_name(day)),
        *(f"{airing.starts_at:%H:%M}", f"{airing.ends_at:%H:%M}", length),
        *(_harmless(text) for text in (airing.title, airing.reason, airing.slot, airing.programme)),
    ]


def _harmless(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_workbook(timetable: Timetable) -> bytes:
    """An .xlsx with real dates, times and lengths, laid out for A4.

    Raises MissingLibraryError without openpyxl.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise MissingLibraryError("openpyxl") from error
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lịch phát thanh"
    _put(sheet, 1, 1, f"{timetable.station} – {timetable.title}")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    for column, heading in enumerate(HEADINGS, 1):
        _put(sheet, 2, column, heading)
    for row, airing in enumerate(timetable.airings, 3):
        _put_airing(sheet, row, airing)
    _lay_out(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put_airing(sheet: Worksheet, row: int, airing: Airing) -> None:
    starts = airing.starts_at
    values: tuple[tuple[Any, str], ...] = (
        (starts.date(), "dd/mm/yyyy"),
        (day_name(starts.date()), ""),
        (starts.time(), "hh:mm"),
        (airing.ends_at.time(), "hh:mm"),
        (timedelta(milliseconds=airing.max_ms), "[h]:mm:ss"),
        *((text, "") for text in (airing.title, airing.reason, airing.slot, airing.programme)),
    )
    for column, (value, number_format) in enumerate(values, 1):
        _put(sheet, row, column, value, number_format)


def _put(sheet: Worksheet, row: int, column: int, value: Any, number_format: str = "") -> None:
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    if number_format:
        cell.number_format = number_format


def _lay_out(sheet: Worksheet) -> None:
    """Headings that stay, a line under each day, one page wide."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 - heavy, and an extra
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, and an extra

    sheet.cell(1, 1).font = Font(bold=True, size=14)
    thin, thick = Side("thin", color="BBBBBB"), Side("medium", color="444444")
    before = None
    for row in sheet.iter_rows(min_row=2):
        new_day = row[0].value != before
        before = row[0].value
        for cell in row:
            cell.border = Border(top=thick if new_day else thin, bottom=thin, left=thin, right=thin)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if cell.row == 2:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(HEADINGS))}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "2:2"
