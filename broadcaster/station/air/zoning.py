"""On which outputs an occurrence sounds, and what each of them airs.

It stands apart from the desk, which knows one sound at a time, and from the playout, which knows
no station: here the settings, the slot and what lies prepared meet.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from broadcaster.errors import BroadcasterError, OutputError
from broadcaster.playout import AtVolume, Zone, Zones, mixer_of, open_output
from broadcaster.station import reasons
from broadcaster.station.preparing.variants import slot_outputs, variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.model import Occurrence, PreparedProgramme, SlotOutput
    from broadcaster.playout import Live, Output, Playback
    from broadcaster.station.preparing.prepared import PreparedProgrammes
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.settings.outputs import OutputSettings

__all__ = ["Zoning", "open_configured", "open_outputs"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Unusable:
    """Stands for an output that cannot even be opened, so that each slot tells why."""

    name: str
    error: OutputError

    def play(
        self,
        audio: Path | None,  # noqa: ARG002 - it plays nothing
        *,
        at: datetime,  # noqa: ARG002
        from_ms: int = 0,  # noqa: ARG002
        duration_ms: int,  # noqa: ARG002
    ) -> Playback:
        raise self.error

    def check(self) -> str:
        return str(self.error)


def open_outputs(config: StationConfig, root: Path, clock: Clock) -> dict[str, Output]:
    """The outputs of the station in ``root`` by name.

    One of several that cannot be opened is opened all the same, and says so when it should play.

    :raises OutputError: where none can.
    """
    opened: dict[str, Output] = {}
    for settings in config.all_outputs:
        try:
            opened[settings.name] = open_configured(settings, config.name, root, clock=clock)
        except OutputError as error:
            opened[settings.name] = _Unusable(settings.to, error)
    broken = [output for output in opened.values() if isinstance(output, _Unusable)]
    if len(broken) == len(opened):
        raise broken[0].error
    return opened


def open_configured(settings: OutputSettings, station: str, root: Path, *, clock: Clock) -> Output:
    """One output of the settings; raises OutputError."""
    password_file = root / settings.password_file if settings.password_file else None
    return open_output(settings.to, clock=clock, station=station, password_file=password_file)


class LiveFor(Protocol):
    """The relays of ``programme`` as an occurrence airs it, in a profile; None for none."""

    def __call__(
        self, occurrence: Occurrence, programme: PreparedProgramme, /, *, profile: str
    ) -> Live | None: ...


@dataclass(frozen=True, slots=True)
class Zoning:
    """Gives each occurrence its :class:`~broadcaster.playout.Zones`.

    ``opened`` are the outputs by name.  ``ready`` has the programmes of single outputs, which
    have no fallback but the common one.  ``live_for`` gives a programme what replaces parts of
    it on air; None where nobody listens.
    """

    settings: Sequence[OutputSettings]
    opened: Mapping[str, Output]
    ready: PreparedProgrammes
    clock: Clock
    live_for: LiveFor | None = None

    def zones_for(self, occurrence: Occurrence, common: PreparedProgramme | None) -> Zones | None:
        """Where ``occurrence`` sounds, with ``common`` wherever nothing else is planned; None
        where there is nothing to play."""
        zones = list(self._zones(occurrence, common))
        return Zones(zones, self.clock, label=occurrence.id) if zones else None

    def _zones(self, occurrence: Occurrence, common: PreparedProgramme | None) -> Iterator[Zone]:
        for settings, wanted in slot_outputs(occurrence, self.settings):
            own = variant(occurrence, settings, wanted)
            if own is None:
                found, note = common, ""
            elif found := self._ready(own.occurrence):
                note = ""
            else:
                found, note = common, str(reasons.own_not_ready(settings.name))
                _log.warning("%s: %s", occurrence.id, note)
            if found:
                zone = self._zone(settings, wanted, found)
                profile = settings.profile if found is not common else ""
                live = self.live_for(occurrence, found, profile=profile) if self.live_for else None
                yield replace(zone, note=note, is_common=found is common, live=live)

    def _ready(self, occurrence: Occurrence) -> PreparedProgramme | None:
        try:
            return self.ready.get(occurrence)
        except (BroadcasterError, OSError) as error:
            _log.error("%s: no programme: %s", occurrence.id, error)
            return None

    def _zone(
        self, settings: OutputSettings, wanted: SlotOutput, programme: PreparedProgramme
    ) -> Zone:
        output = self.opened[settings.name]
        volume = settings.volume if wanted.volume is None else wanted.volume
        delay_ms = settings.delay_ms if wanted.delay_ms is None else wanted.delay_ms
        zone = Zone(output=output, programme=programme, name=settings.name, delay_ms=delay_ms)
        mixer = mixer_of(settings.to)
        if volume is None or mixer is None:
            return zone
        at_volume = AtVolume(output, mixer, volume, clock=self.clock)
        return replace(zone, output=at_volume, remark=lambda: at_volume.trouble)
