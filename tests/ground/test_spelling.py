"""Times, dates and lengths as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.spelling import as_date, as_duration_ms, as_time, duration_text


@pytest.mark.parametrize(
    "written,meant",
    [
        ("17:00", time(17)),
        ("5:30", time(5, 30)),
        ("05:30:15", time(5, 30, 15)),
        ("17h", time(17)),
        ("5h30", time(5, 30)),
        ("5H00", time(5)),
        ("5g15", time(5, 15)),
        ("5 giờ", time(5)),
        ("5 giờ 30", time(5, 30)),
        ("5 giờ 30 phút", time(5, 30)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_reads_times(written: str, meant: time) -> None:
    """A time of day may be written with a colon, with “h” or with “giờ”."""
    assert as_time(written) == meant


@pytest.mark.parametrize(
    "written", ["25:10", "24:00", "5:60", "17", "17:", ":30", "5h60", "", "5 rưỡi", "-1:00", "٥:٠٠"]
)
def test_refuses_what_is_no_time(written: str) -> None:
    """What is no time of a day is none."""
    assert as_time(written) is None


@given(st.times().map(lambda t: t.replace(microsecond=0)))
def test_every_time_of_the_day_is_read_as_it_is_shown(moment: time) -> None:
    """Every second of the day is read back from its usual spelling."""
    assert as_time(moment.isoformat()) == moment


@pytest.mark.parametrize("written", ["2026-09-02", "2/9/2026", "02.09.2026", "2-9-2026"])
def test_reads_dates(written: str) -> None:
    """A date may be written as in a letter or by year, month and day."""
    assert as_date(written) == date(2026, 9, 2)


@pytest.mark.parametrize(
    "written", ["2026-02-29", "31/4/2026", "2/9", "2026", "0/0/0000", "hôm nay"]
)
def test_refuses_what_is_no_date(written: str) -> None:
    """A day that does not exist is none; neither is one without its year."""
    assert as_date(written) is None


def test_the_29th_of_february_exists_in_leap_years() -> None:
    """29/2 is a date in 2028."""
    assert as_date("29/2/2028") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "written,ms",
    [
        ("15m", 900_000),
        ("1h30m", 5_400_000),
        ("90s", 90_000),
        ("15 phút", 900_000),
        ("1 giờ 30 phút", 5_400_000),
        ("1,5h", 5_400_000),
        ("0.5s", 500),
        ("250ms", 250),
        ("2 ngày", 172_800_000),
        ("0s", 0),
    ],
)
def test_reads_lengths(written: str, ms: int) -> None:
    """A length of time has its unit, in short or in Vietnamese."""
    assert as_duration_ms(written) == ms


@pytest.mark.parametrize("written", ["15", "", "m", "-5m", "15 x", "5m3", f"{'9' * 400}m", "1..5m"])
def test_refuses_what_is_no_length(written: str) -> None:
    """A number without a unit is no length: nobody knows whether minutes are meant."""
    assert as_duration_ms(written) is None


@given(st.integers(0, 10**10))
def test_every_length_is_read_as_it_is_shown(ms: int) -> None:
    """Every length is read back from what a message shows."""
    assert as_duration_ms(duration_text(ms)) == ms


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text whatever makes a reader fail."""
    assert all(read(text) is None or read(text) is not False for read in (as_time, as_date))
    assert (as_duration_ms(text) or 0) >= 0
