"""Days, times and weeks as an operator types them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _

import click

from broadcaster.clock import LOCAL

__all__ = ["Moment", "MomentType", "WeekType", "check_order"]

_DAY = (
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4}))"
)
_TIME = r"(?:[T ]+(?P<H>\d{1,2})[:hg](?P<M>\d{2})?(?::(?P<S>\d{2}))?(?P<zone>\+07:00)?)?"
_MOMENT = re.compile(_DAY + _TIME)
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or an instant of a day, in local time; both its ends belong to it."""

    first: datetime
    last: datetime


class MomentType(click.ParamType):
    """``2026-11-23``, ``23/11/2026``, ``2026-11-23T05:30`` or ``2026-11-23 5h30``."""

    name = "moment"

    def convert(
        self, value: str | Moment, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        if isinstance(value, Moment):
            return value
        match = _MOMENT.fullmatch(value.strip())
        try:
            return _moment(match.groupdict()) if match else self._refuse(value, param, ctx)
        except ValueError:
            return self._refuse(value, param, ctx)

    def _refuse(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        message = _("“{value}” is not a date or a time; write 2026-11-23 or 2026-11-23T05:30")
        self.fail(message.format(value=value), param, ctx)


def _moment(parts: dict[str, str | None]) -> Moment:
    """Raises ValueError for a day or a time that does not exist."""
    year, month, day = (int(parts[name] or parts[f"{name}2"] or 0) for name in "ymd")
    if parts["H"] is None:
        first = datetime(year, month, day, tzinfo=LOCAL)
        return Moment(first, datetime.combine(first, time.max, LOCAL))
    hour, minute, second = (int(parts[name] or 0) for name in "HMS")
    instant = datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)
    return Moment(instant, instant)


class WeekType(click.ParamType):
    """``2026-W48``, or any day of the week; the value is its Monday."""

    name = "week"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            if match := _WEEK.fullmatch(value.strip()):
                return date.fromisocalendar(int(match[1]), int(match[2]), 1)
            day = date.fromisoformat(value.strip())
        except ValueError:
            message = _("“{value}” is not a week; write 2026-W48, or a day of it like 2026-11-23")
            self.fail(message.format(value=value), param, ctx)
        return day - timedelta(days=day.weekday())


def check_order(first: Moment | None, last: Moment | None, *, names: tuple[str, str]) -> None:
    """Raises a usage error when ``first`` lies behind ``last``."""
    if first and last and first.first > last.last:
        message = _("{first} is later than {last}: exchange the two")
        raise click.UsageError(message.format(first=names[0], last=names[1]))
