"""Timetables from elsewhere → our week files, and the week as others want it.

It is a part of the schedule stage with many files of its own; nothing else of the schedule
imports it, and it reads and writes no station.
"""

from broadcaster.schedule.exchange.airings import Airing, Timetable
from broadcaster.schedule.exchange.calendar_out import as_calendar
from broadcaster.schedule.exchange.cells import Sheet
from broadcaster.schedule.exchange.holidays import Holiday, exception_lines, read_holidays
from broadcaster.schedule.exchange.imported import ImportedWeek
from broadcaster.schedule.exchange.insert import insert_under
from broadcaster.schedule.exchange.page_out import as_page
from broadcaster.schedule.exchange.playlist_out import as_playlist, read_me, relative, usb_names
from broadcaster.schedule.exchange.playlists import is_playlist, music_programme, read_playlist
from broadcaster.schedule.exchange.tables_out import as_csv, as_workbook
from broadcaster.schedule.exchange.texts import read_text_sheet
from broadcaster.schedule.exchange.timetable import import_sheets
from broadcaster.schedule.exchange.weekfile import week_text
from broadcaster.schedule.exchange.workbooks import is_workbook, read_workbook

__all__ = [
    "Airing",
    "Holiday",
    "ImportedWeek",
    "Sheet",
    "Timetable",
    "as_calendar",
    "as_csv",
    "as_page",
    "as_playlist",
    "as_workbook",
    "exception_lines",
    "import_sheets",
    "insert_under",
    "is_playlist",
    "is_workbook",
    "music_programme",
    "read_holidays",
    "read_me",
    "read_playlist",
    "read_text_sheet",
    "read_workbook",
    "relative",
    "usb_names",
    "week_text",
]
