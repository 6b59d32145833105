"""How far the plan is carried out: what was really heard against what was asked for.

Pure: broadcasts of the log and a day in, figures out; what was only planned never counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Outcome, Validity, tenths_of_minutes
from broadcaster.plan.spans import Per, Span, spans_between, whole
from broadcaster.plan.targets import Measure
from broadcaster.plan.words import is_language, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from broadcaster.model import Airing, Broadcast, BulletinFacts
    from broadcaster.plan.plan import Plan
    from broadcaster.plan.targets import Target, Wanted

__all__ = ["Progress", "State", "counts_for", "earliest_day", "progress", "spans_of"]

_Heard = tuple["date", "Airing"]


class State(StrEnum):
    """How a target stands; SHORT is over and was not met."""

    NOT_BEGUN = "not-begun"
    MET = "met"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One number of a target in one span, as it stands on ``day``.

    ``wanted`` is for the days of ``held``, the part of ``span`` in which the target holds;
    ``done`` has what was heard on that day too, minutes to a tenth, as every report has them;
    ``due`` is what the days before it should have brought; ``heard`` are the bulletins that
    count.
    """

    target: Target
    measure: Measure
    span: Span
    held: Span
    day: date
    wanted: int
    done: float
    heard: frozenset[str]

    @property
    def due(self) -> int:
        """An even share for each day that is over, rounded down."""
        return self.wanted * self.held.passed(self.day) // self.held.days

    @property
    def ahead(self) -> float:
        return max(round(self.done - self.due, 1), 0)

    @property
    def behind(self) -> float:
        return max(round(self.due - self.done, 1), 0)

    @property
    def missing(self) -> float:
        return max(round(self.wanted - self.done, 1), 0)

    @property
    def state(self) -> State:
        if not self.missing:
            return State.MET
        if self.day < self.held.first:
            return State.NOT_BEGUN
        if self.day > self.held.last:
            return State.SHORT
        return State.BEHIND if self.behind else State.ON_TRACK

    @property
    def is_gap(self) -> bool:
        return self.state in {State.BEHIND, State.SHORT}


def progress(
    plan: Plan,
    broadcasts: Iterable[Broadcast],
    *,
    day: date,
    days: tuple[date, date] | None = None,
) -> list[Progress]:
    """Every number of every target in the spans that touch ``days`` (``day`` alone unless given),
    in the order of the plan.

    ``broadcasts`` have to reach back to the beginning of the longest of these spans.
    """
    first, last = days or (day, day)
    heard = [
        (broadcast.scheduled_at.astimezone(LOCAL).date(), airing)
        for broadcast in broadcasts
        for airing in broadcast.airings
    ]
    found: list[Progress] = []
    for target in plan.targets:
        by_day = _by_day(plan, target, heard)
        for span in spans_of(plan, target, first, last):
            airings = _within(by_day, _held(plan, target, span))
            found += [_standing(plan, target, w, span, airings, day) for w in target.wanted]
    return found


def earliest_day(plan: Plan, first: date, last: date | None = None) -> date | None:
    """The first day of the spans that touch the days from ``first`` to ``last`` (that day alone
    unless given): so far back broadcasts are needed.  None where there is no target."""
    spans = (s for target in plan.targets for s in spans_of(plan, target, first, last or first))
    return min((span.first for span in spans), default=None)


def spans_of(plan: Plan, target: Target, first: date, last: date) -> Iterator[Span]:
    """The spans of ``target`` that have a day from ``first`` to ``last`` on which it holds."""
    days = plan.days_of(target)
    assert days.first
    assert days.last
    begin, end = max(first, days.first), min(last, days.last)
    if begin > end:
        return
    if target.per is Per.PERIOD:
        yield whole(plan.period)
    elif target.per is Per.CAMPAIGN:
        if campaign := plan.campaigns.get(target.campaign):
            yield Span(Per.CAMPAIGN, campaign.first, campaign.last, campaign.title)
    else:
        yield from spans_between(target.per, begin, end)


def counts_for(plan: Plan, target: Target, facts: BulletinFacts, day: date) -> bool:
    """Whether a bulletin of ``facts`` that is heard on ``day`` is what ``target`` asks for."""
    return (
        (not target.topic or plan.topics.is_within(facts.topic, target.topic, day))
        and (not target.kind or plain(facts.kind) == plain(target.kind))
        and (not target.language or is_language(facts.language, target.language))
        and (not target.audience or plain(target.audience) in words_of(facts.audience))
    )


def _counts(plan: Plan, target: Target, airing: Airing, day: date) -> bool:
    """Rows of an older program do not say what was heard: they count for no topic."""
    return airing.facts is not None and counts_for(plan, target, airing.facts, day)


def _by_day(plan: Plan, target: Target, heard: Sequence[_Heard]) -> Mapping[date, list[Airing]]:
    found: dict[date, list[Airing]] = defaultdict(list)
    known: dict[tuple[date, BulletinFacts | None], bool] = {}
    for day, airing in heard:
        key = (day, airing.facts)
        if key not in known:
            known[key] = _counts(plan, target, airing, day)
        if known[key]:
            found[day].append(airing)
    return found


def _held(plan: Plan, target: Target, span: Span) -> Span:
    """The part of ``span`` on which ``target`` holds."""
    days: Validity = plan.days_of(target)
    first = max(span.first, days.first or span.first)
    return Span(span.per, first, min(span.last, days.last or span.last), span.name)


def _within(by_day: Mapping[date, list[Airing]], held: Span) -> list[Airing]:
    return [airing for day, airings in by_day.items() if held.covers(day) for airing in airings]


def _standing(
    plan: Plan,
    target: Target,
    wanted: Wanted,
    span: Span,
    airings: Sequence[Airing],
    day: date,
) -> Progress:
    held = _held(plan, target, span)
    whole_ones = [airing for airing in airings if airing.outcome is Outcome.AIRED]
    return Progress(
        target=target,
        measure=wanted.measure,
        span=span,
        held=held,
        day=day,
        wanted=-(-wanted.number * held.days // span.days),
        done=_done(wanted.measure, airings, whole_ones),
        heard=frozenset(airing.bulletin_id for airing in whole_ones),
    )


def _done(measure: Measure, airings: Sequence[Airing], whole_ones: Sequence[Airing]) -> float:
    """What was cut counts its minutes, and is no airing; what is on air has not ended yet."""
    if measure is Measure.ITEMS:
        return len({airing.bulletin_id for airing in whole_ones})
    if measure is Measure.AIRINGS:
        return len(whole_ones)
    heard_ms = sum(a.heard_ms for a in airings if a.outcome is not Outcome.ON_AIR)
    return tenths_of_minutes(heard_ms) / 10
