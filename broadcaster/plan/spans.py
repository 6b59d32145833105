"""The spans of a plan: weeks, months, quarters, years, campaigns, the whole period.

Pure date arithmetic, apart from what is counted in them.  A week begins on Monday (ISO 8601).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.plan.words import read_days, read_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import Validity
    from broadcaster.yamlmark import Mark

__all__ = ["CAMPAIGN_KEYS", "Campaign", "Per", "Span", "read_campaigns", "span_of", "spans_between"]

CAMPAIGN_KEYS = ("title", "from", "until")
_DAY = timedelta(days=1)


class Per(StrEnum):
    """How often a target begins anew; CAMPAIGN and PERIOD come once."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CAMPAIGN = "campaign"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Campaign:
    """A part of the plan with its own days (đợt), both included."""

    id: str
    title: str
    first: date
    last: date
    where: Where = field(default_factory=Where, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one ``per``, both included; ``name`` is the title of a campaign."""

    per: Per
    first: date
    last: date
    name: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def passed(self, day: date) -> int:
        """How many of its days are over when ``day`` begins."""
        return min(max((day - self.first).days, 0), self.days)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def span_of(per: Per, day: date) -> Span:
    """The week, month, quarter or year in which ``day`` lies."""
    if per is Per.WEEK:
        first = day - timedelta(days=day.weekday())
        return Span(per, first, first + timedelta(days=6))
    months = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}[per]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    after = first.replace(month=first.month + months - 1) + timedelta(days=31)
    return Span(per, first, after.replace(day=1) - _DAY)


def spans_between(per: Per, first: date, last: date) -> Iterator[Span]:
    """The weeks, months, quarters or years that have a day from ``first`` to ``last``."""
    while first <= last:
        span = span_of(per, first)
        yield span
        first = span.last + _DAY


def read_campaigns(mark: Mark) -> Iterator[Campaign]:
    """``id: {title, from, until}``; what cannot be read is left out."""
    for key, name, value in mark.pairs():
        values = value.mapping(CAMPAIGN_KEYS, required=("from", "until"))
        campaign_id, days = read_name(key, name), read_days(values)
        if campaign_id and days and days[0] and days[1]:
            title = values["title"].text() if "title" in values else None
            yield Campaign(campaign_id, title or campaign_id, days[0], days[1], key.where)


def whole(days: Validity) -> Span:
    """The whole period of a plan, which has two ends."""
    assert days.first
    assert days.last
    return Span(Per.PERIOD, days.first, days.last)
