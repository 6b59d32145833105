"""The log and the settings of a station → a report, and the file that it becomes.

It stands apart from the reports because only the station knows its folders and its log.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.report import Letterhead, Seal, make_report, publish
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.errors import Problem
    from broadcaster.model import Airing, Broadcast
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
    broadcasts: list[Broadcast] = []
    seal = Seal()
    if path.exists():
        with Store.open(path, clock=clock) as store:
            log = AsRunLog(store)
            broadcasts = log.broadcasts(period.first, period.last)
            seal = _seal(log)
    return make_report(
        [_by_plan(broadcast, plan) for broadcast in broadcasts],
        period,
        made_on=clock.now().date(),
        seal=seal,
        is_simulated=is_simulated,
        topic_titles={topic.id: topic.title for topic in plan.topics.topics.values()},
        units=tuple(_dated(unit) for unit in plan.units_between(period.first, period.last)),
    )


def _by_plan(broadcast: Broadcast, plan: Plan) -> Broadcast:
    """``broadcast`` with the topics' own names instead of those of its day."""
    day = broadcast.scheduled_at.date()
    airings = tuple(_named(airing, plan, day) for airing in broadcast.airings)
    return broadcast if airings == broadcast.airings else replace(broadcast, airings=airings)


def _named(airing: Airing, plan: Plan, day: date) -> Airing:
    facts = airing.facts
    topic = plan.topics.find(facts.topic, day) if facts and facts.topic else None
    if facts is None or topic is None or topic.id == facts.topic:
        return airing
    return replace(airing, facts=replace(facts, topic=topic.id))


def _dated(unit: Unit) -> str:
    """``xã Phước Mẫu (từ ngày 01/07/2025)``."""
    first, last = unit.validity.first, unit.validity.last
    days = [f"từ ngày {first:%d/%m/%Y}"] if first else []
    days += [f"đến hết ngày {last:%d/%m/%Y}"] if last else []
    return f"{unit.title} ({' '.join(days)})" if days else unit.title


def _seal(log: AsRunLog) -> Seal:
    broken = "; ".join(problem.message for problem in log.verify())
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
