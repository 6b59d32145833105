"""What would be silent in the coming days for want of an approval, early enough to act.

It stands apart because the check and the alarm of the evening before ask the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.station.assembly.estimate import estimate_programme, estimating_assembler
from broadcaster.station.assembly.glance import glance
from broadcaster.station.assembly.history import never_aired
from broadcaster.station.preparing.door import Door
from broadcaster.station.settings.approval import ApprovalSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.model import Occurrence
    from broadcaster.playout import Reason
    from broadcaster.station.assembly.history import Aired
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Wanting", "wanting"]


@dataclass(frozen=True, slots=True)
class Wanting:
    """An occurrence, and why parts of it would be silent."""

    occurrence: Occurrence
    reasons: tuple[Reason, ...]


def wanting(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    occurrences: Iterable[Occurrence],
    *,
    aired: Aired = never_aired,
) -> Iterator[Wanting]:
    """Those of ``occurrences`` that would lack something which somebody has yet to approve.

    Nothing where the station asks for no approval.
    """
    if not config.approval.required:
        return
    as_planned = replace(config, approval=ApprovalSettings())
    find = glance(folder)
    assembler = estimating_assembler(folder, as_planned, content, find_asset=find, aired=aired)
    door = Door(folder)
    for occurrence in occurrences:
        try:
            estimate = estimate_programme(assembler, occurrence)
        except (BroadcasterError, OSError):
            continue  # nothing of it would be heard in any case, and the check says why
        if reasons := door.wanting(estimate, occurrence):
            yield Wanting(occurrence, tuple(dict.fromkeys(reasons)))
