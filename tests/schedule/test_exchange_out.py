"""The week as CSV, Excel, calendar, page and playlist; what goes out comes back the same."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from needs import needs_module
from timetable_lines import TODAY
from week_plans import slot, week

from broadcaster.clock import LOCAL
from broadcaster.schedule import rundown
from broadcaster.schedule.exchange import (
    Airing,
    ImportedWeek,
    Timetable,
    as_calendar,
    as_csv,
    as_page,
    as_playlist,
    as_workbook,
    import_sheets,
    read_me,
    read_text_sheet,
    read_workbook,
    usb_names,
)

if TYPE_CHECKING:
    from broadcaster.model import Slot

openpyxl = needs_module("openpyxl", "pip install 'broadcaster[exchange]'")
icalendar = needs_module("icalendar", "pip install 'broadcaster[exchange]'")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 22, 12, tzinfo=LOCAL)


def airing(at: str = "05:30", *, title: str = "Tin xã", days: int = 0, **more) -> Airing:
    starts_at = datetime.combine(MONDAY + timedelta(days), time.fromisoformat(at), LOCAL)
    told = {"slot": "sang", "programme": "tin", "max_ms": 900_000} | more
    return Airing(occurrence=f"sang@{starts_at}", title=title, starts_at=starts_at, **told)


def of(*airings: Airing, days: int = 7) -> Timetable:
    last = MONDAY + timedelta(days=days - 1)
    return Timetable(station="Đài xã Mẫu", first=MONDAY, last=last, airings=airings)


def planned(slots: list[Slot]) -> Timetable:
    """The week of 23 November as the export has it."""
    plan = week(*slots, programmes={s.programme_id for s in slots})
    days = [MONDAY + timedelta(days=n) for n in range(7)]
    found = [o for day in days for o in rundown([plan], day).occurrences()]
    return of(
        *(
            Airing(
                occurrence=o.id,
                slot=o.slot.id,
                programme=o.programme.id,
                title=o.programme.title,
                starts_at=o.starts_at,
                max_ms=o.slot.max_ms,
            )
            for o in found
        )
    )


def back_from_csv(data: bytes) -> ImportedWeek:
    path = Path("lich.csv")
    return import_sheets(
        [read_text_sheet(data.decode("utf-8-sig"), path=path)], path=path, today=TODAY
    )


def back_from_workbook(data: bytes) -> ImportedWeek:
    path = Path("lich.xlsx")
    return import_sheets(read_workbook(data, path=path, problems=[]), path=path, today=TODAY)


def as_written(slots: list[Slot]) -> dict:
    return {s.id: (s.start, s.days, s.max_ms, s.programme_id) for s in slots}


def as_imported(found: ImportedWeek) -> dict:
    return {s.id: (dict(s.starts)[""], s.days, s.max_ms, s.programme) for s in found.written}


@st.composite
def weeks(draw) -> list[Slot]:
    """Slots that start in minutes of their own, as a week that passes its check has them."""
    starts = draw(st.lists(st.integers(0, 95), min_size=1, max_size=6, unique=True))
    titles = st.sampled_from(["tin", "tiep-song-vov", "ca-nhac", "khong-phat", "pl", "sang"])
    return [
        slot(
            f"k{number}",
            f"{start // 4:02d}:{start % 4 * 15:02d}",
            days=draw(st.sets(st.integers(0, 6), min_size=1)),
            airs=draw(titles),
            max_ms=draw(st.integers(1, 24 * 60)) * 60_000,
        )
        for number, start in enumerate(starts)
    ]


@given(weeks())
def test_csv_comes_back_the_same(slots: list[Slot]):
    """A week that goes out as CSV and comes back has the same slots, days, lengths and names."""
    found = back_from_csv(as_csv(planned(slots)))
    assert as_imported(found) == as_written(slots)
    assert (found.validity.first, found.validity.last) == (MONDAY, date(2026, 11, 29))


@settings(max_examples=15)
@given(weeks())
def test_a_workbook_comes_back_the_same(slots: list[Slot]):
    """A week that goes out as .xlsx and comes back has the same slots, days, lengths and names."""
    found = back_from_workbook(as_workbook(planned(slots)))
    assert as_imported(found) == as_written(slots)
    assert (found.validity.first, found.validity.last) == (MONDAY, date(2026, 11, 29))


def test_csv_is_for_excel():
    """Excel reads Vietnamese from CSV because of the mark at its beginning."""
    assert as_csv(of(airing())).startswith(b"\xef\xbb\xbfNg")


@pytest.mark.parametrize("title", ["=1+1", "+84", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_title_is_never_a_formula(title: str):
    """A title that begins like a formula is text in CSV and in Excel."""
    data = as_csv(of(airing(title=title, reason=title)))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert (rows[1][5], rows[1][6]) == (f"'{title}", f"'{title}")
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(of(airing(title=title)))))
    cell = book.active.cell(3, 6)
    assert (cell.value, cell.data_type) == (title, "s")
    found = back_from_csv(data).programmes
    assert [programme.title for programme in found] == [title]


def test_excel_has_real_values():
    """Dates, times and lengths of the workbook can be computed with."""
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(of(airing()))))
    row = [cell.value for cell in book.active[3]]
    assert row[0] == datetime(2026, 11, 23)
    assert row[2:4] == [time(5, 30), time(5, 45)]
    assert row[4] in {timedelta(minutes=15), time(0, 15)}


def test_a_calendar_has_an_event_for_each_airing():
    """A telephone sees each airing at its hour, with its length."""
    title = "Tin xã; thôn 1, 2 \\ 3\nvà một tên rất dài để phải xuống dòng giữa chừng mấy lần liền"
    data = as_calendar(of(airing(title=title), airing(days=1)), now=NOW)
    assert max(map(len, data.split(b"\r\n"))) <= 75
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [
        datetime(2026, 11, 23, 5, 30, tzinfo=LOCAL),
        datetime(2026, 11, 24, 5, 30, tzinfo=LOCAL),
    ]
    assert events[0].decoded("DURATION") == timedelta(minutes=15)
    assert str(events[0]["SUMMARY"]) == title


def test_a_calendar_imported_twice_doubles_nothing():
    """An airing has the same name each time that the week is exported, and no other has it."""
    names = [
        [str(e["UID"]) for e in icalendar.Calendar.from_ical(data).walk("VEVENT")]
        for data in (
            as_calendar(of(airing(), airing(days=1)), now=NOW),
            as_calendar(of(airing(title="Khác"), airing(days=1)), now=NOW + timedelta(days=1)),
        )
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


def test_a_page_is_complete_and_harmless():
    """The page to print loads nothing, and a title is text on it."""
    page = as_page(of(airing(title="<script>x</script>"), airing("19:00", days=6))).decode()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert 'lang="vi"' in page
    assert "http:" not in page
    assert "https:" not in page
    assert page.index("Sáng</th>") < page.index("Tối</th>")
    assert "Trưa</th>" not in page


def test_an_empty_week_is_a_page_too():
    """A week without any airing prints as such."""
    assert "Không có chương trình nào" in as_page(of()).decode()


def test_names_on_a_stick():
    """Files of one day have number, hour and slot; those of a week the day, too."""
    day = [airing(slot="sáng"), airing("17:00", slot="chieu")]
    assert usb_names(of(*day, days=1), day) == ["01-0530-sang.mp3", "02-1700-chieu.mp3"]
    both = [airing(), airing(days=6)]
    assert usb_names(of(*both), both) == ["01-T2-0530-sang.mp3", "02-CN-0530-sang.mp3"]


def test_the_list_on_a_stick_tells_what_is_missing():
    """DOC-TOI.txt says when to play each file, and what has no sound yet."""
    there, missing = airing(audio_ms=600_000), airing("17:00", title="Ca nhạc")
    text = read_me(of(there, missing), [(there, "01-T2-0530-sang.mp3")]).decode("utf-8-sig")
    assert "01-T2-0530-sang.mp3: Thứ Hai 23/11, 05 giờ 30, 10 phút\r\n    Tin xã\r\n" in text
    assert "CHƯA CÓ TIẾNG" in text
    assert "23/11 17 giờ 00 Ca nhạc" in text


def test_a_playlist_names_lengths_and_files():
    """A player shows title and length of each file."""
    lines = as_playlist([(airing(audio_ms=61_400), "a/b.mp3")]).decode().split("\r\n")
    assert lines == ["#EXTM3U", "#EXTINF:61,23/11 05:30 Tin xã", "a/b.mp3", ""]
