"""What is planned for some days, start by start, and what is known of each before it airs.

It stands apart because the command line lists it, the page shows it, and other programs of the
province read it as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.errors import ConfigError, Severity
from broadcaster.schedule import rundown
from broadcaster.station.air.gates import gate_of
from broadcaster.station.assembly.outlook import Forecast, outlook
from broadcaster.station.preparing.variants import slot_outputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from broadcaster.errors import Problem
    from broadcaster.model import Priority, RundownItem, StartType
    from broadcaster.playout import Gate
    from broadcaster.station.assembly.outlook import Outlook
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["PlannedSlot", "on_air", "planned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlot:
    """One start of a day; ``ends_at`` is when the slot's longest duration is over.

    ``estimated_ms`` is its length as far as it can be known before its sound is made, and
    ``length_ms`` that of the sound, None where there is none; ``left_out`` says what has no
    place.  It follows the slot ``after``, so that ``starts_at`` is the latest; ``refused`` says
    why it will not air.  ``outputs`` are those on which it airs, none where the station's has no
    name.
    """

    occurrence: str
    slot: str
    starts_at: datetime
    ends_at: datetime
    programme: str
    title: str
    priority: Priority
    start: StartType
    reason: str
    cancelled: bool
    outputs: tuple[str, ...] = ()
    estimated_ms: int | None = None
    length_ms: int | None = None
    left_out: tuple[str, ...] = ()
    after: str = ""
    refused: str = ""


def planned(
    folder: StationFolder, config: StationConfig, content: Content, days: Iterable[date]
) -> tuple[list[PlannedSlot], list[Problem]]:
    """What the weeks in force plan for ``days``, cancelled slots too, with the problems of the
    schedule.

    Raises ConfigError when no week can be loaded.
    """
    week_files = folder.week_files()
    problems = [problem for problem in content.problems if problem.where.path in week_files]
    if not content.plans and any(p.severity is Severity.ERROR for p in problems):
        raise ConfigError(problems)
    rundowns = [rundown(content.plans, day) for day in days]
    problems += [problem for found in rundowns for problem in found.problems]
    gate = gate_of(config, lambda: content.plans)
    with outlook(folder, config, content) as look:
        rows = [_row(item, look, config, gate) for found in rundowns for item in found.items]
    return rows, list(dict.fromkeys(problems))


def on_air(rows: Sequence[PlannedSlot]) -> list[PlannedSlot]:
    """Those that are to be heard: what a program that reads the rundown wants."""
    return [row for row in rows if not (row.cancelled or row.refused)]


def _row(item: RundownItem, look: Outlook, config: StationConfig, gate: Gate) -> PlannedSlot:
    occurrence = item.occurrence
    outputs = (settings.name for settings, _wanted in slot_outputs(occurrence, config.all_outputs))
    forecast = Forecast() if item.cancelled else look.of(occurrence)
    return PlannedSlot(
        occurrence=occurrence.id,
        slot=occurrence.slot.id,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_by,
        programme=occurrence.programme.id,
        title=occurrence.programme.title,
        priority=occurrence.slot.priority,
        start=occurrence.slot.start_type,
        reason=occurrence.reason,
        cancelled=item.cancelled,
        outputs=tuple(filter(None, outputs)),
        estimated_ms=forecast.estimated_ms,
        length_ms=forecast.real_ms,
        left_out=forecast.left_out,
        after=occurrence.slot.after,
        refused=str(gate.refusal(occurrence, occurrence.starts_at) or ""),
    )
