"""Where the air finds its sound: prepared files, and what stands in for them.

The ladder of late preparation: the occurrence's own programme (the preparer keeps the last good
one until a new one is whole) → the day's fallback programme → nothing, and the log says missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Protocol

from broadcaster.station import manifest
from broadcaster.station.coming import fallback_on
from broadcaster.station.estimate import estimate_programme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadcaster.model import Occurrence, PreparedProgramme, WeekPlan
    from broadcaster.station.assemble import Assembler
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.prepare import Preparer

__all__ = ["EstimatedProgrammes", "PreparedFiles", "PreparedProgrammes", "RenderedOnDemand"]


class PreparedProgrammes(Protocol):
    """Gives (programme, why it is not the planned one) at once, or None when there is none."""

    def get(self, occurrence: Occurrence) -> tuple[PreparedProgramme, str] | None: ...


@dataclass(frozen=True, slots=True)
class PreparedFiles:
    """What the preparer process has left in the station folder."""

    folder: StationFolder
    plans: Callable[[], Sequence[WeekPlan]]
    fallback_id: str

    def get(self, occurrence: Occurrence) -> tuple[PreparedProgramme, str] | None:
        if own := manifest.load(manifest.files_for(self.folder, occurrence).manifest):
            return own[0], "; ".join(own[0].left_out)
        fallback = fallback_on(self.plans(), self.fallback_id, occurrence.starts_at.date())
        if fallback is None:
            return None
        found = manifest.load(manifest.files_for(self.folder, fallback).manifest)
        return (found[0], _("not ready: the fallback programme went on air")) if found else None


@dataclass(frozen=True, slots=True)
class EstimatedProgrammes:
    """For a simulation without sound: what lies ready, else an estimate."""

    folder: StationFolder
    assembler: Assembler

    def get(self, occurrence: Occurrence) -> tuple[PreparedProgramme, str] | None:
        files = manifest.files_for(self.folder, occurrence)
        if own := manifest.load(files.manifest):
            return own[0], "; ".join(own[0].left_out)
        prepared = estimate_programme(self.assembler, occurrence)
        return (prepared, "; ".join(prepared.left_out)) if prepared.segments else None


@dataclass(frozen=True, slots=True)
class RenderedOnDemand:
    """For a simulation with sound: made the moment it is asked for, since its clock can wait."""

    preparer: Preparer

    def get(self, occurrence: Occurrence) -> tuple[PreparedProgramme, str] | None:
        prepared = self.preparer.prepare(occurrence)
        return prepared, "; ".join(prepared.left_out)
