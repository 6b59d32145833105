"""Lengths of time and times of day as an operator types them under stress: 2m, 30 phút, 17h30."""

from __future__ import annotations

from datetime import datetime, timedelta
from gettext import gettext as _

import click

from broadcaster.spelling import as_duration_ms, as_time

__all__ = ["ClockTimeType", "SpanType", "next_time"]


class SpanType(click.ParamType):
    """``90s``, ``2m``, ``1h30m``, ``15 phút``; a bare number counts minutes.  Milliseconds."""

    name = "span"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        if isinstance(value, int):
            return value
        text = value.strip()
        found = as_duration_ms(f"{text}m" if text.isdecimal() else text)
        if not found:
            message = _("“{value}” is not a length of time; write 90s, 15m or 1h30m")
            self.fail(message.format(value=value), param, ctx)
        return found


class ClockTimeType(click.ParamType):
    """``17:00`` or ``5h30``: the value is as it was typed, once it is known to be a time."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if as_time(value) is None:
            message = _("“{value}” is not a time of day; write 17:00 or 17h30")
            self.fail(message.format(value=value), param, ctx)
        return value


def next_time(text: str, now: datetime) -> datetime:
    """The next time that a clock shows ``text`` after ``now``."""
    wanted = as_time(text)
    assert wanted is not None
    found = datetime.combine(now.date(), wanted, now.tzinfo)
    return found if found > now else found + timedelta(days=1)
