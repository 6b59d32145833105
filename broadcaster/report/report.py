"""Everything that a report says, in numbers and names: what documents and JSON are made of.

It stands apart from the documents because each of them must say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadcaster.model import Outcome, Priority
from broadcaster.report.figures import (
    Figures,
    alike,
    by_fact,
    by_month,
    of_airings,
    of_broadcasts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadcaster.model import Broadcast
    from broadcaster.report.figures import Alike
    from broadcaster.report.period import Period

__all__ = ["LATE_FROM", "NotBroadcast", "OnTime", "Report", "Seal", "make_report"]

LATE_FROM = timedelta(minutes=1)
"""What starts later than that after its time was late; a choice of this program."""
_CODE = re.compile(r" ?\[[a-z-]+\]")
_HEARD = (Outcome.AIRED, Outcome.CUT)


@dataclass(frozen=True, slots=True)
class Seal:
    """What vouches for the log: the hash of its last row, and when that was written.

    ``broken`` is the sentence on the first row that does not hold; "" when the chain does.
    """

    head_hash: str = ""
    last_row: int = 0
    written_at: datetime | None = None
    broken: str = ""


@dataclass(frozen=True, slots=True)
class OnTime:
    """Of what was heard, how many starts were no later than :data:`LATE_FROM`; ``share`` is
    their percentage of all that was planned, None where nothing was."""

    on_time: int
    late: int
    share: float | None


@dataclass(frozen=True, slots=True)
class NotBroadcast:
    """A start of which nothing, or not all, was heard, and why."""

    scheduled_at: datetime
    title: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of ``period``: ``totals`` count broadcasts, ``items`` the bulletins in them,
    which the ``by_…`` divide.

    ``silent_days`` are days of the period, up to the day of the report, of which the log holds
    nothing; ``doubted`` counts broadcasts with rows of a clock that nobody trusted, ``open``
    those that had not ended.  ``topic_titles`` are the names of topics by their id, ``units`` the
    communes of the period with their days.
    """

    period: Period
    made_on: date
    is_simulated: bool
    totals: Figures
    items: Figures
    by_topic: dict[str, Figures]
    by_kind: dict[str, Figures]
    by_language: dict[str, Figures]
    by_priority: dict[str, Figures]
    by_audience: dict[str, Figures]
    by_month: dict[str, Figures]
    bulletins: int
    replays: int
    emergencies: int
    on_time: OnTime
    not_broadcast: tuple[NotBroadcast, ...]
    reasons: dict[str, int]
    sources: dict[str, int]
    approvers: dict[str, int]
    silent_days: tuple[date, ...]
    doubted: int
    open: int
    topic_titles: Mapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    seal: Seal = field(default_factory=Seal)
    logbook: tuple[Broadcast, ...] = ()


def make_report(
    broadcasts: Sequence[Broadcast],
    period: Period,
    *,
    made_on: date,
    seal: Seal,
    is_simulated: bool = False,
    topic_titles: Mapping[str, str] = MappingProxyType({}),
    units: tuple[str, ...] = (),
) -> Report:
    """Add up ``broadcasts``, which are those of ``period`` by planned start."""
    ended = [b for b in broadcasts if b.outcome is not Outcome.ON_AIR]
    airings = [airing for broadcast in ended for airing in broadcast.airings]
    items = alike(airings)
    failures = tuple(_not_broadcast(b) for b in ended if b.outcome is not Outcome.AIRED)
    totals = of_broadcasts(ended)
    return Report(
        period=period,
        made_on=made_on,
        is_simulated=is_simulated,
        totals=totals,
        items=of_airings(items),
        by_topic=by_fact(items, "topic"),
        by_kind=by_fact(items, "kind"),
        by_language=by_fact(items, "language"),
        by_priority=by_fact(items, "priority"),
        by_audience=by_fact(items, "audience"),
        by_month=by_month(ended),
        bulletins=len({a.bulletin_id for a in airings if a.outcome in _HEARD}),
        replays=sum(b.is_replay and b.outcome in _HEARD for b in ended),
        emergencies=sum(b.priority is Priority.EMERGENCY and b.outcome in _HEARD for b in ended),
        on_time=_on_time(ended, totals.planned),
        not_broadcast=failures,
        reasons=_ranked(Counter(one.reason for one in failures if one.outcome not in _HEARD)),
        sources=_heard_of(items, "source"),
        approvers=_heard_of(items, "approved_by"),
        silent_days=_silent_days(broadcasts, period, made_on),
        doubted=sum(b.clock_doubted for b in broadcasts),
        open=len(broadcasts) - len(ended),
        topic_titles=topic_titles,
        units=units,
        seal=seal,
        logbook=tuple(broadcasts),
    )


def _not_broadcast(broadcast: Broadcast) -> NotBroadcast:
    reason = _CODE.sub("", broadcast.reason)
    return NotBroadcast(broadcast.scheduled_at, broadcast.title, broadcast.outcome, reason)


def _on_time(ended: Sequence[Broadcast], planned: int) -> OnTime:
    starts = [b.started_at - b.scheduled_at for b in ended if b.outcome in _HEARD and b.started_at]
    late = sum(delay > LATE_FROM for delay in starts)
    share = round(100 * (len(starts) - late) / planned, 1) if planned else None
    return OnTime(len(starts) - late, late, share)


def _heard_of(items: Sequence[Alike], name: str) -> dict[str, int]:
    """How often bulletins were heard, by what was said of them under ``name``; not those of which
    nothing was."""
    counts: Counter[str] = Counter()
    for one in items:
        if one.outcome in _HEARD and one.facts and (value := getattr(one.facts, name)):
            counts[value] += one.times
    return _ranked(counts)


def _ranked(counts: Counter[str]) -> dict[str, int]:
    """The most frequent first, equals by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _silent_days(
    broadcasts: Sequence[Broadcast], period: Period, made_on: date
) -> tuple[date, ...]:
    known = {broadcast.scheduled_at.date() for broadcast in broadcasts}
    last = min(period.last, made_on - timedelta(days=1))
    span = (period.first + timedelta(days=n) for n in range((last - period.first).days + 1))
    return tuple(day for day in span if day not in known)
