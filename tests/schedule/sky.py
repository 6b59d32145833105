"""The lunar calendar by where sun and moon really stand: nobody's table, for tests."""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date
from functools import cache
from itertools import pairwise

import ephem

VIETNAM = 7 / 24
EPOCH = date(1899, 12, 31).toordinal()  # ephem counts days from noon UTC of this one


@cache
def common_day(day: int, month: int, year: int) -> date:
    """The day of the common calendar of a lunar one, not of a leap month."""
    begin = date(year, 1, 1).toordinal()
    days = range(begin, begin + 430)
    return next(date.fromordinal(n) for n in days if _sky().lunar(n) == (day, month, year, False))


@cache
def _sky() -> Sky:
    return Sky()


class Sky:
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
