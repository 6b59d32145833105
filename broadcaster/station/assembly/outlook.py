"""How long what is planned will be: the estimate before it is made, the real length after.

It stands apart because the timetable wants both beside each other, and neither the estimate nor
the prepared files know of each other.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.station.assembly.estimate import estimate_programme, estimating_assembler
from broadcaster.station.assembly.glance import glance
from broadcaster.station.assembly.history import history
from broadcaster.station.assembly.left_out import reason_of
from broadcaster.station.preparing.prepared import PreparedFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import Occurrence
    from broadcaster.station.assembly.assemble import Assembler
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Forecast", "Outlook", "outlook"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Lengths in milliseconds, None where there is none: estimated, and of the prepared sound.

    ``left_out`` says what is not in it and why, by the prepared sound where there is one.
    """

    estimated_ms: int | None = None
    real_ms: int | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """Looks at occurrences of one station, without making a sound."""

    ready: PreparedFiles
    assembler: Assembler

    def of(self, occurrence: Occurrence) -> Forecast:
        """What is known of ``occurrence`` now."""
        ready = self.ready.get(occurrence)
        real_ms = ready.duration_ms if ready else None
        try:
            estimate = estimate_programme(self.assembler, occurrence)
        except (BroadcasterError, OSError) as error:
            why = str(reason_of(error)) if isinstance(error, BroadcasterError) else str(error)
            return Forecast(None, real_ms, ready.left_out if ready else (why,))
        left_out = ready.left_out if ready else estimate.left_out
        return Forecast(estimate.duration_ms, real_ms, left_out)


@contextmanager
def outlook(folder: StationFolder, config: StationConfig, content: Content) -> Iterator[Outlook]:
    """An outlook with the log's memory of what was heard when."""
    with history(folder) as aired:
        find = glance(folder)
        assembler = estimating_assembler(folder, config, content, find_asset=find, aired=aired)
        yield Outlook(PreparedFiles(folder), assembler)
