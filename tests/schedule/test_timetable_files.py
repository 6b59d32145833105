"""Text, CSV and workbooks as sheets: separators, merged cells, what is hidden, what is hostile."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from needs import needs_module
from timetable_lines import TODAY, as_lines

from broadcaster.errors import BroadcasterError, ContentError, Severity
from broadcaster.schedule import parse_week
from broadcaster.schedule.exchange import (
    ImportedWeek,
    import_sheets,
    is_workbook,
    read_text_sheet,
    read_workbook,
    week_text,
)

openpyxl = needs_module("openpyxl", "pip install 'broadcaster[exchange]'")
CSV, XLSX = Path("lich.csv"), Path("lich.xlsx")
ROWS = "Giờ{0}Nội dung{0}Thứ\n5h00{0}Tin xã{0}T2\n5h30{0}Nhạc{0}T2\n"
CELLS = st.sampled_from(
    [*("5h00", "5h00-5h15", "T2", "hằng ngày", "Giờ", "Nội dung", "Thứ 2", "Thứ 3", "CN", "x"),
     *("Tin xã", "(PL)", "23/11/2026", "BUỔI CHIỀU", "", "nt", "Nghỉ", "15'", "Mùa hè", "Mùa đông"),
     *("Tiếp sóng VOV", "(nối tiếp)", "?", "0h15", "23h00", "# đầu", "“ : {x} #", "=1+1")]
)  # fmt: skip


def of_text(text: str) -> ImportedWeek:
    return import_sheets([read_text_sheet(text, path=CSV)], path=CSV, today=TODAY)


def of_book(book: openpyxl.Workbook) -> ImportedWeek:
    buffer = io.BytesIO()
    book.save(buffer)
    return of_bytes(buffer.getvalue())


def of_bytes(data: bytes) -> ImportedWeek:
    problems: list = []
    sheets = read_workbook(data, path=XLSX, problems=problems)
    return import_sheets(sheets, path=XLSX, today=TODAY, problems=problems)


def slot_lines(week: ImportedWeek) -> list[str]:
    return [line for line in as_lines(week).splitlines() if "|" in line]


def codes(week: ImportedWeek) -> set[str]:
    return {problem.code for problem in week.problems}


# -- text ---------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["|", ";", ",", "\t", " | "])
def test_the_separator_is_found(separator: str):
    """Cells may be parted by a comma, a semicolon, a tab or a bar."""
    expected = ["T2 | 05:00 | 30m | Tin xã", "T2 | 05:30 | 1h | Nhạc"]
    assert slot_lines(of_text(ROWS.format(separator))) == expected


def test_excel_says_its_separator():
    """Excel's first line “sep=;” is no row, and lines count from the file's first."""
    week = of_text("sep=;\n" + ROWS.format(";").replace("5h30", "25h"))
    assert any(str(p.where) == "lich.csv:4:5" for p in week.problems)


def test_old_line_ends_and_quotes():
    """CSV of old systems, with cells of several lines in quotes."""
    text = 'Giờ,Nội dung,Thứ\r\n5h00,"Tin xã, tin ""nóng""",T2\r\n5h15,"Nhạc\r\nthiếu nhi",T2\r\n'
    assert slot_lines(of_text(text)) == [
        'T2 | 05:00 | 15m | Tin xã, tin "nóng"',
        "T2 | 05:15 | 1h | Nhạc thiếu nhi",
    ]


def test_a_huge_text_is_refused():
    """A file of megabytes is no timetable, and is refused before it is read."""
    with pytest.raises(ContentError) as refused:
        of_text("5h00,Tin xã\n" * 300_000)
    assert refused.value.problems[0].code == "import-too-large"


@pytest.mark.parametrize("text", ["", "\n\n", "Xin chào.", "a,b,c\n1,2,3\n", "{}", "\x00\x01"])
def test_what_holds_no_timetable(text: str):
    """A file without any row to place says so."""
    assert "import-nothing" in codes(of_text(text))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=14))
def test_any_table_gives_a_week_that_can_be_read(rows: list[list[str]]):
    """Whatever stands in the cells, the week that is written is read again without an error."""
    week = of_text("\n".join("|".join(row) for row in rows))
    if week.programmes:
        plan, problems = parse_week(week_text(week), path=Path("lich.yaml"))
        assert [p for p in problems if p.severity is Severity.ERROR] == []
        assert plan is not None


@given(st.text(max_size=300))
def test_any_text_gives_a_week_that_can_be_read(text: str):
    """No text breaks an import."""
    week = of_text(f"5h00 Tin xã (hằng ngày)\n6h00 {text}")
    plan, problems = parse_week(week_text(week), path=Path("lich.yaml"))
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert plan is not None


# -- workbooks ----------------------------------------------------------------------------


def test_times_dates_and_lengths_of_excel():
    """Real times, fractions of a day, dates and lengths are what they show."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Ngày", "Giờ", "Thời lượng", "Chương trình"])
    sheet.append([date(2026, 11, 23), time(5, 0), 15, "Tiếp âm VOV"])
    sheet.append([datetime(2026, 11, 24), 5 / 24, time(0, 20), "Tin xã"])
    sheet.append(["29/11/2026", "17h00", timedelta(minutes=30), "Ca nhạc"])
    sheet.append([datetime(2026, 11, 25, 5, 30), 5.45, None, "Dân ca"])
    week = of_book(book)
    assert (week.validity.first, week.validity.last) == (date(2026, 11, 23), date(2026, 11, 29))
    assert slot_lines(week) == [
        "T2 | 05:00 | 15m | Tiếp âm VOV",
        "T3 | 05:00 | 20m | Tin xã",
        "CN | 17:00 | 30m | Ca nhạc",
        "T4 | 05:45 | 1h | Dân ca",
    ]


def test_merged_cells():
    """A cell over several days is for each of them; one over several hours lasts as long."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["LỊCH PHÁT THANH"])
    sheet.merge_cells("A1:H1")
    sheet.append(["Giờ", "Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6", "Thứ 7", "CN"])
    sheet.append([time(5, 0), "Tiếp sóng VOV"])
    sheet.merge_cells("B3:H3")
    sheet.append([time(5, 30), "Tin xã", "Y tế", "Tin xã", "Luật", "Tin xã", "Phim"])
    sheet.merge_cells("G4:H5")
    sheet.append([time(5, 45), "Nhạc", "Nhạc", "Nhạc", "Nhạc", "Nhạc"])
    sheet.append(["6h00", "Kết thúc"])
    sheet.merge_cells("B6:H6")
    assert slot_lines(of_book(book)) == [
        "hằng ngày | 05:00 | 30m | Tiếp sóng VOV",
        "T2,T4,T6 | 05:30 | 15m | Tin xã",
        "T3 | 05:30 | 15m | Y tế",
        "T5 | 05:30 | 15m | Luật",
        "T7,CN | 05:30 | 30m | Phim",
        "T2-T6 | 05:45 | 15m | Nhạc",
    ]


def test_an_hour_over_several_rows():
    """Programmes that share a merged hour are parts of one slot."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Thứ", "Thời gian", "Nội dung"])
    sheet.append(["T2-T6", "5h00-5h30", "Tiếp sóng VOV"])
    sheet.append([None, None, "Tin xã"])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    assert slot_lines(of_book(book)) == ["T2-T6 | 05:00 | 30m | Tiếp sóng VOV; Tin xã"]


def test_two_lines_of_headings():
    """“Thời gian” over “Bắt đầu” and “Kết thúc” is two columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["TT", "Thời gian", None, "Nội dung", "Ngày"])
    sheet.append([None, "Bắt đầu", "Kết thúc"])
    sheet.merge_cells("B1:C1")
    sheet.append([1, time(5, 0), time(5, 45), "Tin xã", "Hằng ngày"])
    assert slot_lines(of_book(book)) == ["hằng ngày | 05:00 | 45m | Tin xã"]


def test_sheets_may_be_days_or_seasons():
    """The name of a sheet is the day, or the season, of its rows."""
    book = openpyxl.Workbook()
    book.active.title = "Thứ 2"
    book.active.append(["Giờ", "Nội dung"])
    book.active.append(["5h00-5h15", "Tin xã"])
    other = book.create_sheet("T3")
    other.append(["Giờ", "Nội dung"])
    other.append(["5h00-5h15", "Tin xã"])
    assert slot_lines(of_book(book)) == ["T2,T3 | 05:00 | 15m | Tin xã"]
    book.active.title, other.title = "Mùa hè", "Mùa đông"
    other["A2"] = "5h30-5h45"
    assert slot_lines(of_book(book)) == ["hằng ngày | he=05:00 dong=05:30 | 15m | Tin xã"]


def test_problems_name_the_cell():
    """A problem in a workbook names sheet and cell, as its user does."""
    book = openpyxl.Workbook()
    book.active.title = "Tuần 48"
    book.active.append(["Giờ", "Nội dung", "Thứ"])
    book.active.append(["25h", "Tin xã", "T2"])
    week = of_book(book)
    assert [str(p.where) for p in week.problems if p.code == "import-no-hour"] == [
        "lich.xlsx:Tuần 48!B2"
    ]


def test_what_is_hidden_is_told():
    """Hidden sheets, rows and columns are not read, and each is told."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Giờ", "Nội dung", "Thứ", "Cũ"])
    sheet.append(["5h00", "Tin xã", "T2", "x"])
    sheet.append(["6h00", "Bỏ", "T2", "x"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("cũ").sheet_state = "hidden"
    week = of_book(book)
    assert slot_lines(week) == ["T2 | 05:00 | 1h | Tin xã"]
    hidden = [str(p.where) for p in week.problems if p.code == "import-hidden"]
    assert sorted(hidden) == ["lich.xlsx:Sheet", "lich.xlsx:Sheet!A3", "lich.xlsx:cũ"]


def test_a_formula_without_a_value_is_told():
    """A formula is never computed here; its stored value counts, and none is a problem."""
    book = openpyxl.Workbook()
    book.active.append(["Giờ", "Nội dung", "Thứ"])
    book.active.append(["=TIME(5,0,0)", "Tin xã", "T2"])
    assert "import-formula" in codes(of_book(book))


def rezipped(book: openpyxl.Workbook, name: str, change) -> bytes:
    """The workbook with one of its parts changed."""
    before, after = io.BytesIO(), io.BytesIO()
    book.save(before)
    with zipfile.ZipFile(before) as source, zipfile.ZipFile(after, "w", 8) as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item.filename, change(data) if item.filename == name else data)
    return after.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
END = b"</sheetData>"


def test_a_zip_bomb_is_refused():
    """A small file that unpacks to hundreds of megabytes is refused before it is unpacked."""
    data = rezipped(openpyxl.Workbook(), SHEET, lambda xml: xml + b" " * 60_000_000)
    assert len(data) < 100_000
    with pytest.raises(ContentError) as refused:
        of_bytes(data)
    assert refused.value.problems[0].code == "import-too-large"


def test_a_merged_range_over_the_whole_sheet_is_refused():
    """A merged range over seventeen billion cells does not take the machine's memory."""
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = rezipped(
        openpyxl.Workbook(),
        SHEET,
        lambda xml: xml.replace(END, END + merged),
    )
    assert merged in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    with pytest.raises(ContentError):
        of_bytes(data)


def test_a_cell_at_the_far_corner_costs_nothing():
    """A stray cell in the last row and column does not make the import slow."""
    book = openpyxl.Workbook()
    book.active.append(["Giờ", "Nội dung", "Thứ"])
    book.active.append(["5h00", "Tin xã", "T2"])
    book.active.cell(1_048_576, 16_384, "lạc")
    week = of_book(book)
    assert slot_lines(week) == ["T2 | 05:00 | 1h | Tin xã"]
    assert "import-cut" in codes(week)


def test_entities_in_a_workbook_are_refused():
    """A workbook whose XML declares entities is damaged or hostile, and is refused."""
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    data = rezipped(
        openpyxl.Workbook(), SHEET, lambda xml: xml.replace(b"<worksheet", evil + b"<worksheet", 1)
    )
    with pytest.raises(ContentError) as refused:
        of_bytes(data)
    assert refused.value.problems[0].code == "import-unreadable"


def test_a_damaged_workbook_is_refused():
    """Half a workbook, or a zip file of something else, is refused with a sentence."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    whole = buffer.getvalue()
    assert is_workbook(whole)
    assert not is_workbook(whole[: len(whole) // 2])
    with pytest.raises(ContentError):
        of_bytes(rezipped(openpyxl.Workbook(), SHEET, lambda _xml: b"<worksheet"))


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch):
    """Where openpyxl is not installed, the sentence says how to install it, or to use CSV."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(BroadcasterError) as refused:
        of_bytes(b"")
    assert "openpyxl" in refused.value.message
    assert "broadcaster[exchange]" in refused.value.hint
    assert refused.value.exit_code == 3


def test_rows_beyond_a_timetable_are_told():
    """Of thousands of rows only the first are read, and that is said."""
    days = "Giờ,T2,T3,T4,T5,T6,T7,CN"
    rows = [f"{n // 60}h{n % 60:02d},{'Tin,' * 6}Tin" for n in range(290)]
    assert "import-cut" in codes(of_text("\n".join([days, *rows])))


def test_a_cell_over_two_columns_of_hours():
    """A programme that is merged over two columns of hours has the time of both."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Thứ", "5h00 - 5h30", "5h30 - 5h45", "17h00 - 17h15"])
    sheet.append(["Hai", "Tiếp âm VOV", None, "Tin xã (PL)"])
    sheet.append(["Ba", "Tiếp âm VOV", "Tin xã", "Không phát"])
    sheet.merge_cells("B2:C2")
    assert slot_lines(of_book(book)) == [
        "T2 | 05:00 | 45m | Tiếp âm VOV",
        "T2 | 17:00 | 15m | replay of tin-xa-0530",
        "T3 | 05:00 | 30m | Tiếp âm VOV",
        "T3 | 05:30 | 15m | Tin xã",
    ]
