"""The plan of the station against its log, and what lies ready to close the gaps.

It stands apart from the plan because only the station knows the log and the bulletins at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.model import Outcome
from broadcaster.plan import closers, earliest_day, gap_sentence, progress
from broadcaster.station.assembly.estimate import estimating_assembler
from broadcaster.station.planning.asked import LOOKED_BACK, Asked, asked
from broadcaster.station.planning.to_record import to_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadcaster.asrun import AsRunLog
    from broadcaster.model import Bulletin
    from broadcaster.plan import Plan, Progress, Untranslated
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["CarriedOut", "Gap", "carried_out"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the plan asks for and is late, as a sentence; the bulletins at hand that
    would close it."""

    progress: Progress
    sentence: str
    at_hand: tuple[Bulletin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOut:
    """How the plan stands on ``day``: what was heard on it counts, and only the days before it
    are due.

    ``unknown`` counts airings whose rows, written by an older program, do not say what they were;
    ``doubted`` broadcasts that were logged while nobody knew the time.
    """

    plan: Plan
    day: date
    progress: tuple[Progress, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[Asked, ...]
    to_record: tuple[Untranslated, ...]
    unknown: int
    doubted: int
    is_simulated: bool = False


def carried_out(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    log: AsRunLog | None,
    *,
    day: date,
    days: tuple[date, date] | None = None,
    is_simulated: bool = False,
) -> CarriedOut:
    """The spans of the plan that touch ``days``, or ``day`` alone, by what ``log`` has heard
    until that day; None is a log in which nothing is."""
    first, last = days or (day, day)
    begin = earliest_day(content.plan, first, last) or day
    heard = log.broadcasts(min(begin, day - LOOKED_BACK), day) if log else ()
    found = progress(content.plan, heard, day=day, days=(first, last))
    ready = _able(folder, config, content)
    gaps = tuple(
        Gap(p, gap_sentence(content.plan, p), tuple(closers(content.plan, p, ready)))
        for p in found
        if p.is_gap
    )
    counted = [b for b in heard if b.scheduled_at.date() >= begin]
    airings = [airing for broadcast in counted for airing in broadcast.airings]
    return CarriedOut(
        plan=content.plan,
        day=day,
        progress=tuple(found),
        gaps=gaps,
        questions=tuple(asked(content.bulletins.values(), heard, day=day)),
        to_record=tuple(to_record(folder, content, day=day)),
        unknown=sum(a.facts is None and a.outcome is Outcome.AIRED for a in airings),
        doubted=sum(broadcast.clock_doubted for broadcast in counted),
        is_simulated=is_simulated,
    )


def _able(folder: StationFolder, config: StationConfig, content: Content) -> Iterable[Bulletin]:
    """The bulletins that may be heard."""
    announcer = estimating_assembler(folder, config, content)
    return [b for b in content.bulletins.values() if announcer.reason_against(b) is None]
