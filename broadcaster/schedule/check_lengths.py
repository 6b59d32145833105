"""Programmes that are longer or shorter than their time, by their estimated lengths.

It stands apart from the other checks of times because a programme is fitted before it airs:
nothing is cut in mid-sentence, so what is told here is what will be left out, or missing.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.schedule.rundown import rundown
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from broadcaster.model import Occurrence, WeekPlan
    from broadcaster.schedule.known import Known

__all__ = ["check_lengths"]

_WORTH_FILLING_MS = 30_000


def check_lengths(
    plans: Sequence[WeekPlan], days: Sequence[date], known: Known
) -> Iterator[Problem]:
    """What does not fit, for each slot and programme on the first of ``days`` that brings it."""
    firsts: dict[tuple[Where, str], Occurrence] = {}
    for day in days:
        for occurrence in rundown(plans, day).occurrences():
            firsts.setdefault((occurrence.slot.where, occurrence.programme.id), occurrence)
    for occurrence in firsts.values():
        if occurrence.programme.length_ms > occurrence.slot.max_ms:
            yield _longer_than_slot(occurrence)
        if problem := _unfitting(occurrence, known):
            yield problem


def _longer_than_slot(occurrence: Occurrence) -> Problem:
    message = _("“{programme}” is to last {length}, but “{slot}” ends after {most}").format(
        programme=occurrence.programme.id,
        length=duration_text(occurrence.programme.length_ms),
        slot=occurrence.slot.id,
        most=duration_text(occurrence.slot.max_ms),
    )
    hint = _("raise “max” of the slot, or lower “length” of the programme")
    return Problem(
        occurrence.slot.where, "length-over-max", message, hint, severity=Severity.WARNING
    )


def _unfitting(occurrence: Occurrence, known: Known) -> Problem | None:
    programme, slot = occurrence.programme, occurrence.slot
    lengths_ms = known.lengths_ms(occurrence) if known.lengths_ms else None
    if lengths_ms is None:
        return None
    wanted_ms, frame_ms = lengths_ms
    limit_ms = min(programme.length_ms or slot.max_ms, slot.max_ms)
    if frame_ms > limit_ms:
        return _too_short(occurrence, frame_ms, limit_ms)
    if wanted_ms > limit_ms:
        return _too_long(occurrence, wanted_ms, limit_ms)
    is_filled = any(line.fills for line in programme.segments)
    if programme.length_ms - wanted_ms > _WORTH_FILLING_MS and not is_filled:
        return _too_little(occurrence, wanted_ms)
    return None


def _too_short(occurrence: Occurrence, frame_ms: int, limit_ms: int) -> Problem:
    message = _("“{slot}” has {most}, but without any bulletin “{programme}” lasts {length}")
    message = message.format(
        slot=occurrence.slot.id,
        most=duration_text(limit_ms),
        programme=occurrence.programme.id,
        length=_about(frame_ms),
    )
    hint = _("raise “max”, or take ident, greeting or closing out")
    return Problem(occurrence.slot.where, "slot-too-short", message, hint)


def _too_long(occurrence: Occurrence, wanted_ms: int, limit_ms: int) -> Problem:
    message = _(
        "“{programme}” needs about {length}, but “{slot}” has {most}: "
        "the least important bulletins will be left out"
    ).format(
        programme=occurrence.programme.id,
        length=_about(wanted_ms),
        slot=occurrence.slot.id,
        most=duration_text(limit_ms),
    )
    hint = _("take something out, or raise “max” or “length”")
    return Problem(occurrence.slot.where, "overlong-programme", message, hint, Severity.WARNING)


def _too_little(occurrence: Occurrence, wanted_ms: int) -> Problem:
    message = _("“{programme}” is to last {most}, but has only about {length}").format(
        programme=occurrence.programme.id,
        most=duration_text(occurrence.programme.length_ms),
        length=_about(wanted_ms),
    )
    hint = _("add a line “fill: nhac-nen” before the closing, or lower “length”")
    return Problem(occurrence.programme.where, "nothing-fills", message, hint, Severity.WARNING)


def _about(length_ms: int) -> str:
    return duration_text(round(length_ms, -3))
