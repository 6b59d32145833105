"""The lunar day of a greeting, held against where sun and moon really stand."""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date, timedelta
from itertools import pairwise

import ephem
import pytest
from lunar_vn import solar_to_lunar

from broadcaster.schedule.lunar import lunar_words

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
VIETNAM = 7 / 24
EPOCH = date(1899, 12, 31).toordinal()  # ephem counts days from noon UTC of this one
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
    sky = _Sky()
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    differing = {
        (day.year, day.month) for day in days if _computed(day) != sky.lunar(day.toordinal())
    }
    assert differing == NEAR_MIDNIGHT


def _computed(day: date) -> tuple[int, int, int, bool]:
    lunar = solar_to_lunar(day)
    return lunar.day, lunar.month, lunar.year, lunar.leap


class _Sky:
    """The calendar's own rules over computed places of sun and moon: months begin with the new
    moon, the solstice lies in the eleventh, and of thirteen months between two solstices the
    first in which the sun enters no new sign is a leap month."""

    def __init__(self):
        self._starts = list(_new_moons())
        self._signs = [_sign(start) for start in self._starts]
        signs = enumerate(pairwise(self._signs))
        eleventh = [place for place, (now, after) in signs if now < 9 <= after]
        self._names = {}
        for first, following in pairwise(eleventh):
            self._name(first, following)

    def _name(self, first: int, following: int) -> None:
        month, year = 11, date.fromordinal(self._starts[first]).year
        may_leap = following - first == 13
        self._names[first] = (month, year, False)
        for place in range(first + 1, following):
            leaps = may_leap and self._signs[place] == self._signs[place + 1]
            if leaps:
                may_leap = False
            else:
                month, year = month % 12 + 1, year + (month == 12)
            self._names[place] = (month, year, leaps)

    def lunar(self, ordinal: int) -> tuple[int, int, int, bool]:
        place = bisect_right(self._starts, ordinal) - 1
        return (ordinal - self._starts[place] + 1, *self._names[place])


def _new_moons():
    """The local days on which months begin."""
    moon = ephem.Date("1998/10/1")
    while moon < ephem.Date("2102/3/1"):
        moon = ephem.next_new_moon(moon)
        yield math.floor(float(moon) + 0.5 + VIETNAM) + EPOCH
        moon = ephem.Date(moon + 1)


def _sign(ordinal: int) -> int:
    """In which twelfth of its way the sun stands when the local day begins."""
    midnight = ephem.Date(ordinal - EPOCH - 0.5 - VIETNAM)
    sun = ephem.Sun()
    sun.compute(midnight, epoch=midnight)
    return int(math.degrees(float(ephem.Ecliptic(sun, epoch=midnight).lon)) // 30)
