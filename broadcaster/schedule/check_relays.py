"""Relays that nobody knows, and those that are longer than their slot.

It stands apart because it needs the addresses of the station and the times of the week at once.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, nearest
from broadcaster.schedule.relay_lines import relay_end_ms
from broadcaster.schedule.rundown import rundown
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from broadcaster.errors import Where
    from broadcaster.model import Occurrence, SegmentPlan, WeekPlan
    from broadcaster.schedule.known import Known

__all__ = ["check_relays"]


def check_relays(
    plans: Sequence[WeekPlan], days: Sequence[date], known: Known
) -> Iterator[Problem]:
    """Each line of each programme, and each slot of ``days`` that airs one."""
    lines = [
        line
        for plan in plans
        for programme in plan.programmes.values()
        for line in programme.segments
        if line.relay
    ]
    if not lines:
        return
    for line in lines:
        if known.relays is not None and line.relay not in known.relays:
            message = _("the station has no relay named “{name}”").format(name=line.relay)
            hint = nearest(line.relay, known.relays)
            hint = hint or _("write its address under “relays” in station.yaml")
            yield Problem(line.where, "unknown-relay", message, hint)
    yield from _too_long(plans, days)


def _too_long(plans: Sequence[WeekPlan], days: Sequence[date]) -> Iterator[Problem]:
    told: set[tuple[Where, Where]] = set()
    for day in days:
        for occurrence in rundown(plans, day).occurrences():
            for line in occurrence.programme.segments:
                place = (occurrence.slot.where, line.where)
                if line.relay and place not in told and _ends_late(line, occurrence):
                    told.add(place)
                    yield _over_max(line, occurrence)


def _ends_late(line: SegmentPlan, occurrence: Occurrence) -> bool:
    end_ms = relay_end_ms(line, occurrence.starts_at) if line.until else line.length_ms
    return end_ms > occurrence.slot.max_ms


def _over_max(line: SegmentPlan, occurrence: Occurrence) -> Problem:
    message = _("the relay “{name}” ends after “{slot}” is over ({most}): it will be cut short")
    message = message.format(
        name=line.relay, slot=occurrence.slot.id, most=duration_text(occurrence.slot.max_ms)
    )
    hint = _("raise “max” of the slot, or end the relay earlier")
    return Problem(line.where, "relay-over-max", message, hint, Severity.WARNING)
