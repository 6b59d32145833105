"""Hours, lengths, days and dates as timetables of communes write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.schedule.exchange.contents import Kind, read_content, session_of
from broadcaster.schedule.exchange.dates import Years, find_date, find_period
from broadcaster.schedule.exchange.headings import read_heading
from broadcaster.schedule.exchange.hours import find_spans, leading_spans, read_spans
from broadcaster.schedule.exchange.lengths import read_length, take_length
from broadcaster.schedule.exchange.weekdays import find_days, read_days, spelled_days
from broadcaster.schedule.exchange.whens import when_of

YEARS = Years(date(2026, 11, 22))
ANY_TEXT = st.text(max_size=60) | st.from_regex(r"[T0-9hg:. ,;()–-]{0,30}", fullmatch=True)


def clock(minutes: int | None) -> str:
    return "?" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5h00", "05:00"),
        ("5 giờ 30", "05:30"),
        ("5 giờ 30 phút", "05:30"),
        ("05g30", "05:30"),
        ("17h", "17:00"),
        ("5:30", "05:30"),
        ("5.30", "05:30"),
        ("5,30", "05:30"),
        ("5h30'", "05:30"),
        ("5", "05:00"),
        ("0530", "05:30"),
        ("5h rưỡi", "05:30"),
        ("6 giờ kém 15", "05:45"),
        ("0.22916666", "05:30"),
        ("5:30:00 SA", "05:30"),
        ("4:30 CH", "16:30"),
        ("12:15 SA", "00:15"),
        ("4h30 chiều", "16:30"),
        ("Tối 7h", "19:00"),
        ("0h", "00:00"),
        ("24h00", "24:00"),
        ("5h00 - 5h15", "05:00-05:15"),
        ("5h00–5h15", "05:00-05:15"),
        ("5-6h", "05:00-06:00"),
        ("từ 5 giờ đến 5 giờ 30 phút", "05:00-05:30"),
        ("5:30 – 6:00 PM", "17:30-18:00"),
        ("23h30-0h30", "23:30-00:30"),
        ("5h30, 17h00", "05:30 17:00"),
        ("11h30 và 17h30", "11:30 17:30"),
        ("Sáng: 5h00, chiều: 4h30", "05:00 16:30"),
        ("5h00–5h15, 17h–17h15", "05:00-05:15 17:00-17:15"),
    ],
)
def test_hours(text: str, expected: str):
    """An hour is understood however it is written."""
    spans = read_spans(text)
    assert spans is not None
    shown = (clock(s.start) + ("" if s.end is None else f"-{clock(s.end)}") for s in spans)
    assert " ".join(shown) == expected


@pytest.mark.parametrize(
    "text",
    ["?", "", "sáng", "(nối tiếp)", "25h", "5h70", "sau thời sự", "5 gia đình", "3 hộ", "99"],
)
def test_what_is_no_hour(text: str):
    """Words, and hours that do not exist, are no hours."""
    assert read_spans(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("– 5h30 Thời sự xã", "Thời sự xã"),
        ("1. 5h00 - 5h15: Tiếp sóng VOV", "Tiếp sóng VOV"),
        ("+ 05h00: - Nhạc hiệu", "Nhạc hiệu"),
        ("5h, 17h: Bản tin 3 xã", "Bản tin 3 xã"),
        ("Lúc 5 giờ 30 phút - Ca nhạc", "Ca nhạc"),
    ],
)
def test_a_line_that_begins_with_an_hour(text: str, title: str):
    """The hour is taken from the beginning of a line, the words stay as they are."""
    spans, rest = leading_spans(text)
    assert spans
    assert rest == title


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["{}h{:02d}", "{:02d}g{:02d}"]))
def test_every_minute_of_the_day(hour: int, minute: int, form: str):
    """Every minute of the day can be written."""
    spans = read_spans(form.format(hour, minute))
    assert spans is not None
    assert (spans[0].start, spans[0].end) == (hour * 60 + minute, None)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15 phút", 15),
        ("15'", 15),
        ("15p", 15),
        ("+10..15ph", 15),
        ("10-15 phút", 15),
        ("<=45ph gồm cả tiếp sóng", 45),
        ("1 giờ", 60),
        ("1h30", 90),
        ("nửa tiếng", 30),
        ("1 tiếng rưỡi", 90),
        ("15", 15),
        ("0:15", 15),
        ("15:00", 15),
        ("1:00:00", 60),
        ("90 phút/buổi", 90),
    ],
)
def test_lengths(text: str, minutes: int):
    """A length is understood however it is written; of a range, the longest counts."""
    found = read_length(text)
    assert found is not None
    assert found.ms == minutes * 60_000


@pytest.mark.parametrize("text", ["2 bài hát", "ngắn", "?", "", "0", "-5", "25 giờ", "sáng"])
def test_what_is_no_length(text: str):
    """Songs, words and nothing are no lengths of time."""
    assert read_length(text) is None


def test_a_length_behind_a_title():
    """A length in brackets or at the end is not part of a title."""
    assert take_length("Tiếp sóng VOV (30 phút)")[0] == "Tiếp sóng VOV"
    assert take_length("Ca nhạc 15'")[0] == "Ca nhạc"
    assert take_length("Ca nhạc (PL)") == ("Ca nhạc (PL)", None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("T2-T7", "T2-T7"),
        ("T2, T4, T6", "T2,T4,T6"),
        ("T2 T4 T6", "T2,T4,T6"),
        ("thứ Hai, thứ Tư", "T2,T4"),
        ("THỨ HAI", "T2"),
        ("CN", "CN"),
        ("chủ nhật", "CN"),
        ("hằng ngày", "hằng ngày"),
        ("Tất cả các ngày trong tuần", "hằng ngày"),
        ("cuối tuần", "T7,CN"),
        ("ngày làm việc", "T2-T6"),
        ("Thứ 2 đến thứ 6", "T2-T6"),
        ("thứ 2 đến 6, CN", "T2,T3,T4,T5,T6,CN"),
        ("2-4-6", "T2,T4,T6"),
        ("Thứ 2 - 4 - 6", "T2,T4,T6"),
        ("T7-CN", "T7,CN"),
        ("T7 - T2", "T2,T7,CN"),
        ("hằng ngày (trừ CN)", "T2-T7"),
        ("Mỗi ngày, trừ thứ Bảy, Chủ nhật", "T2-T6"),
        ("Thứ 2 -> Thứ 6", "T2-T6"),
        ("sáng thứ 6 hằng tuần", "T6"),
        ("Mon-Fri", "T2-T6"),
    ],
)
def test_days(text: str, days: str):
    """Days of the week are understood however they are written."""
    found = read_days(text)
    assert found is not None
    assert spelled_days(found.days) == days


@pytest.mark.parametrize("text", ["", "T8", "ngày chẵn", "5h00", "23/11", "hai", "tuần 1", "T2-T9"])
def test_what_are_no_days(text: str):
    """What is not understood is not guessed."""
    assert read_days(text) is None


def test_days_of_the_week_may_be_seven_or_five():
    """“Các ngày trong tuần” is marked as unsure."""
    found = read_days("các ngày trong tuần")
    assert found is not None
    assert found.unsure


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Từ ngày 23/11 đến ngày 29/11/2026", "2026-11-23", "2026-11-29"),
        ("(trong lịch tuần 02-08/10/2017)", "2017-10-02", "2017-10-08"),
        ("Tuần 48 năm 2026", "2026-11-23", "2026-11-29"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("áp dụng từ ngày 01/05/2026", "2026-05-01", None),
        ("từ 28/12/2026 đến 03/01/2027", "2026-12-28", "2027-01-03"),
        ("từ 28/12 đến 03/01/2027", "2026-12-28", "2027-01-03"),
    ],
)
def test_periods(text: str, first: str, last: str | None):
    """The title of a timetable says for which days it holds."""
    found = find_period(text, YEARS)
    assert found is not None
    assert str(found.first) == first
    assert (str(found.last) if found.last else None) == last


@pytest.mark.parametrize(
    "text",
    ["truyền thanh từ 2022; 11 cụm loa", "Quyết định số 15/QĐ-UBND ngày 02/01/2026", "xã Mẫu"],
)
def test_a_year_or_a_decision_is_no_period(text: str):
    """Years and decisions that a title mentions do not limit the week."""
    assert find_period(text, YEARS) is None


def test_a_date_without_a_year_is_the_nearest():
    """A date without a year is that of the nearest year; its weekday decides where given."""
    assert find_date("02/01", YEARS)[0] == date(2027, 1, 2)
    assert find_date("23/11", YEARS, frozenset({0}))[0] == date(2026, 11, 23)
    assert find_date("31/2", YEARS)[0] is None
    when = when_of("Thứ Hai, 23/11", YEARS)
    assert when is not None
    assert when.date == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("title", "kind", "bare"),
    [
        ("Tiếp sóng thời sự VOV", Kind.RELAY, "Tiếp sóng thời sự VOV"),
        ("Tiếp âm Đài tỉnh", Kind.RELAY, "Tiếp âm Đài tỉnh"),
        ("Thời sự xã ( PL )", Kind.REPLAY, "Thời sự xã"),
        ("Tạp chí (PL CN 01/10)", Kind.REPLAY, "Tạp chí"),
        ("Ca cổ phát lại", Kind.REPLAY, "Ca cổ"),
        ("Tiếp sóng / phát lại thời sự huyện", Kind.RELAY, "Tiếp sóng / phát lại thời sự huyện"),
        ("Ca nhạc thiếu nhi", Kind.MUSIC, "Ca nhạc thiếu nhi"),
        ("Bật máy", Kind.MACHINE, "Bật máy"),
        ("Không phát", Kind.SILENCE, "Không phát"),
        ("Bản tin xã", Kind.LOCAL, "Bản tin xã"),
    ],
)
def test_marks_of_titles(title: str, kind: Kind, bare: str):
    """A title tells relays, replays, music and silence apart."""
    found = read_content(title)
    assert (found.kind, found.title) == (kind, bare)


def test_a_chain_of_relays_has_parts():
    """“huyện → tỉnh → VOV” are three relays one after the other."""
    found = read_content("Tiếp sóng đài huyện -> đài tỉnh -> VOV")
    assert found.parts == ("Tiếp sóng đài huyện", "Tiếp sóng đài tỉnh", "Tiếp sóng VOV")


@pytest.mark.parametrize(
    "text", ["*** BUỔI TRƯA ***", "I. Buổi trưa", "Trưa", "CHƯƠNG TRÌNH TRƯA:"]
)
def test_headings_of_sessions(text: str):
    """A part of the day is known with stars, numbers and capitals."""
    assert session_of(text) == "trưa"


@given(ANY_TEXT)
def test_no_text_breaks_the_reading(text: str):
    """Whatever stands in a cell, it is understood or not, and nothing breaks."""
    for read in (read_spans, read_length, read_days, read_content, read_heading, session_of):
        read(text)
    find_spans(text)
    leading_spans(text)
    take_length(text)
    find_days(text)
    find_date(text, YEARS)
    find_period(text, YEARS, bare=True)
    when_of(text, YEARS)
