"""The lunar day of a greeting, held against where sun and moon really stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lunar_vn import solar_to_lunar
from sky import Sky

from broadcaster.schedule.lunar import lunar_words

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
NEAR_MIDNIGHT = {(2072, 12), (2073, 1), (2077, 11), (2077, 12)}
"""Two new moons so near midnight (some minutes) that the published formula takes the day beside."""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 18), "mùng mười tháng mười năm Bính Ngọ"),
        (date(2026, 11, 23), "rằm tháng mười năm Bính Ngọ"),
        (date(2027, 2, 5), "hai mươi chín tháng Chạp năm Bính Ngọ"),
        (date(2027, 2, 6), "mùng một tháng Giêng năm Đinh Mùi"),
        (date(2025, 7, 25), "mùng một tháng sáu nhuận năm Ất Tỵ"),
        (date(2026, 11, 29), "hai mươi mốt tháng mười năm Bính Ngọ"),
        (date(2026, 12, 3), "hai mươi lăm tháng mười năm Bính Ngọ"),
        (date(2026, 12, 2), "hai mươi tư tháng mười năm Bính Ngọ"),
        (date(2026, 11, 27), "mười chín tháng mười năm Bính Ngọ"),
        (date(2026, 11, 28), "hai mươi tháng mười năm Bính Ngọ"),
    ],
)
def test_it_is_said_as_people_say_it(day, said):
    """Mùng, rằm, Giêng, Chạp, nhuận, and the name of the year."""
    assert lunar_words(day) == said


def test_tet_is_vietnams_and_not_chinas():
    """In 2030 the new moon falls between the midnights of Hà Nội and Beijing."""
    assert lunar_words(date(2030, 2, 2)).startswith("mùng một tháng Giêng")


def test_a_day_that_nobody_computed_is_not_said():
    """Beyond 2100 the greeting says no lunar day rather than a wrong one."""
    assert lunar_words(date(2150, 1, 1)) == ""


def test_a_century_agrees_with_sun_and_moon():
    """From 2000 to 2100 every day is the one that astronomy gives for Vietnam's time zone."""
    sky = Sky()
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    differing = {
        (day.year, day.month) for day in days if _computed(day) != sky.lunar(day.toordinal())
    }
    assert differing == NEAR_MIDNIGHT


def _computed(day: date) -> tuple[int, int, int, bool]:
    lunar = solar_to_lunar(day)
    return lunar.day, lunar.month, lunar.year, lunar.leap
