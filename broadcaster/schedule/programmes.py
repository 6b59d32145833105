"""``programmes:`` of a week's file → ProgrammePlans: the recipes, before any sound."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Severity
from broadcaster.model import ProgrammePlan, SegmentPlan
from broadcaster.schedule.beds import read_bed
from broadcaster.schedule.segments import LineReader
from broadcaster.schedule.words import read_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.yamlmark import Mark

__all__ = ["PROGRAMME_KEYS", "read_programmes"]

PROGRAMME_KEYS = ("title", "length", "bed", "editors", "announcers", "segments")
_SHORTEST_MS, _LONGEST_MS = 10_000, 12 * 3_600_000


def read_programmes(mark: Mark) -> dict[str, ProgrammePlan]:
    """The programmes by id; one that is partly wrong is there with the rest of it."""
    return {name: _read_programme(name, value) for key, name, value in mark.pairs() if read_id(key)}


def _read_programme(name: str, mark: Mark) -> ProgrammePlan:
    values = mark.mapping(PROGRAMME_KEYS)
    title = values["title"].text() if "title" in values else None
    length_ms = 0
    if "length" in values:
        length_ms = values["length"].duration_ms(low=_SHORTEST_MS, high=_LONGEST_MS) or 0
    reader = LineReader(read_bed(values["bed"]) if "bed" in values else None)
    segments = reader.read_all(values["segments"]) if "segments" in values else ()
    _complain_of_fills(mark, segments, has_length="length" in values)
    return ProgrammePlan(
        name,
        title or name,
        segments,
        mark.where,
        length_ms=length_ms,
        editors=values["editors"].texts() if "editors" in values else (),
        announcers=values["announcers"].texts() if "announcers" in values else (),
    )


def _complain_of_fills(mark: Mark, lines: Sequence[SegmentPlan], *, has_length: bool) -> None:
    fills = [line for line in lines if line.fills]
    if len(fills) > 1:
        message = _("two lines fill the time; only the first does")
        mark.complain("two-fills", message, _("keep one “fill” line"), severity=Severity.WARNING)
    if fills and not has_length:
        message = _("“fill” stands here, but the programme has no “length” to fill")
        hint = _("write “length: 15m” beside its title")
        mark.complain("fill-without-length", message, hint, severity=Severity.WARNING)
