"""The log and the settings of a station → a report, and the file that it becomes.

It stands apart from the reports because only the station knows its folders and its log.
"""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.asrun.walker import walking
from broadcaster.model import BulletinFacts
from broadcaster.report import Letterhead, Seal, make_report, publish
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.errors import Problem
    from broadcaster.model import Broadcast
    from broadcaster.plan import Plan
    from broadcaster.plan.units import Unit
    from broadcaster.report import Period, Report
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["letterhead", "report_of", "write_report"]

_LEVEL = re.compile(r"^(xã|phường|đặc khu|thị trấn) ", re.IGNORECASE)


def report_of(
    folder: StationFolder, plan: Plan, period: Period, *, clock: Clock, is_simulated: bool = False
) -> Report:
    """The figures of ``period`` from the log of the station, or from that of the simulation.

    Topics are those of ``plan``, by whatever name they had on the day.  Nothing in it where there
    is no log.  Raises StoreError.
    """
    path = folder.simulated_database if is_simulated else folder.database
    with _collector_at_rest():
        broadcasts, seal = _counted(path, period, clock) if path.exists() else ([], Seal())
        names = _Names(plan)
        return make_report(
            [_by_plan(broadcast, names) for broadcast in broadcasts],
            period,
            made_on=clock.now().date(),
            seal=seal,
            is_simulated=is_simulated,
            topic_titles={topic.id: topic.title for topic in plan.topics.topics.values()},
            units=tuple(_dated(unit) for unit in plan.units_between(period.first, period.last)),
        )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """The rows of ten years are no garbage, but Python's collector would go through them again
    and again, for a sixth of the time."""
    was_awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_awake:
            gc.enable()


def _counted(path: Path, period: Period, clock: Clock) -> tuple[list[Broadcast], Seal]:
    with Store.open(path, clock=clock) as store:
        log, span = AsRunLog(store), (period.first, period.last)
        with walking(store, beside=log.row_count(*span)) as problems:
            broadcasts = log.broadcasts(*span)
            return broadcasts, _seal(log, problems())


class _Names(dict[tuple[int, date], BulletinFacts]):
    """Facts with the topic's own name instead of that of the day; each looked up once, by the
    identity of facts that the broadcasts keep alive: to hash them takes longer."""

    def __init__(self, plan: Plan) -> None:
        self._topics = plan.topics

    def of(self, facts: BulletinFacts, day: date) -> BulletinFacts:
        key = (id(facts), day)
        if key not in self:
            self[key] = self._named(facts, day)
        return self[key]

    def _named(self, facts: BulletinFacts, day: date) -> BulletinFacts:
        topic = self._topics.find(facts.topic, day) if facts.topic else None
        is_renamed = topic is not None and topic.id != facts.topic
        return replace(facts, topic=topic.id) if topic and is_renamed else facts


def _by_plan(broadcast: Broadcast, names: _Names) -> Broadcast:
    day = broadcast.scheduled_at.date()
    facts = [airing.facts and names.of(airing.facts, day) for airing in broadcast.airings]
    if all(new is one.facts for new, one in zip(facts, broadcast.airings, strict=True)):
        return broadcast
    pairs = zip(broadcast.airings, facts, strict=True)
    return replace(broadcast, airings=tuple(one._replace(facts=new) for one, new in pairs))


def _dated(unit: Unit) -> str:
    """``xã Phước Mẫu (từ ngày 01/07/2025)``."""
    first, last = unit.validity.first, unit.validity.last
    days = [f"từ ngày {first:%d/%m/%Y}"] if first else []
    days += [f"đến hết ngày {last:%d/%m/%Y}"] if last else []
    return f"{unit.title} ({' '.join(days)})" if days else unit.title


def _seal(log: AsRunLog, problems: list[Problem]) -> Seal:
    broken = "; ".join(problem.message for problem in problems)
    return Seal(log.head_hash(), log.last_row(), log.last_written_at(), broken)


def letterhead(config: StationConfig, plan: Plan, period: Period) -> Letterhead:
    """Who reports on ``period``; the commune is that of its last day where ``plan`` has units."""
    settings = config.report
    units = plan.units_between(period.last, period.last)
    commune = units[-1].title if units else config.commune
    return Letterhead(
        authority=settings.authority or (f"Ủy ban nhân dân {commune}" if commune else ""),
        issuer=settings.issuer or config.name,
        number=settings.number,
        place=settings.place or _LEVEL.sub("", commune),
        recipients=settings.recipients,
        signer_title=settings.signer_title,
        signer=settings.signer,
    )


def write_report(
    folder: StationFolder,
    head: Letterhead,
    report: Report,
    target: Path,
    *,
    is_logbook: bool = False,
) -> list[Problem]:
    """Write ``report`` as the ending of ``target`` says; returns what is wrong with the station's
    own templates.

    Raises MissingLibraryError, and SoundError where the disk does not take it.
    """
    data, problems = publish(
        report,
        head,
        target.suffix.lower(),
        templates=folder.templates,
        is_logbook=is_logbook,
    )
    with whole_file(target) as file:
        file.write(data)
    return problems
