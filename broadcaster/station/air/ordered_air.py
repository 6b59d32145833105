"""The sound of what people order: where it lies, and on what it is heard.

It stands apart from `prepared` and `zoning`, which know what the week plans: nothing stands in
for an order, and a microphone needs no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.model import Priority
from broadcaster.station.orders.mic import mic_programme, mic_zones

if TYPE_CHECKING:
    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.playout import Zones
    from broadcaster.station.air.zoning import Zoning
    from broadcaster.station.preparing.prepared import PreparedProgrammes

__all__ = ["AsAired", "OrderedZoning", "WithOrders"]


@dataclass(frozen=True, slots=True)
class WithOrders:
    """``own`` for emergencies, silence for the microphone, ``planned`` for the rest."""

    own: PreparedProgrammes
    planned: PreparedProgrammes

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        match occurrence.slot.priority:
            case Priority.LIVE:
                return mic_programme(occurrence)
            case Priority.EMERGENCY:
                return self.own.get(occurrence)
            case _:
                return self.planned.get(occurrence)


@dataclass(frozen=True, slots=True)
class OrderedZoning:
    """``planned``, but for the microphone, which sounds at the amplifier."""

    planned: Zoning

    def zones_for(self, occurrence: Occurrence, common: PreparedProgramme | None) -> Zones | None:
        if occurrence.slot.priority is Priority.LIVE and common:
            return mic_zones(common, self.planned.clock, label=occurrence.id)
        return self.planned.zones_for(occurrence, common)


@dataclass(frozen=True, slots=True)
class AsAired:
    """The programme under which the log knows an occurrence, for going on after a crash."""

    prepared: PreparedProgrammes
    zoning: Zoning | OrderedZoning

    def get(self, occurrence: Occurrence) -> PreparedProgramme | None:
        zones = self.zoning.zones_for(occurrence, self.prepared.get(occurrence))
        return zones.programme if zones else None
