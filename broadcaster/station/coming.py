"""What the coming hours need: the list that the preparer works through."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ConfigError
from broadcaster.playout import latest_start
from broadcaster.schedule import occurrences_between
from broadcaster.station.config import load_config
from broadcaster.station.content import load_content
from broadcaster.station.plans import current_plans
from broadcaster.station.prepare import preparer
from broadcaster.station.prepared import PreparedFiles, fallback_on
from broadcaster.station.quarantine import Quarantine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from broadcaster.model import Occurrence
    from broadcaster.station.config import StationConfig
    from broadcaster.station.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.prepare import Preparer

__all__ = ["prepare_coming"]

_log = logging.getLogger(__name__)
_AT_REST = timedelta(seconds=30)
"""So long before its start, what lies ready is left as it is: the file that sounds, and to which
a crash goes back, must not become another one under the player's hands."""


def prepare_coming(folder: StationFolder, *, now: datetime) -> None:
    """Make ready what airs within the station's ``prepare_ahead``; what fails is logged.

    The quarantine is told what is at hand.  Raises ConfigError when the station cannot be read.
    """
    folder.ensure()
    config, problems = load_config(folder)
    if config is None:
        raise ConfigError(problems)
    plans, _problems = current_plans(folder, config)
    content = replace(load_content(folder, config), plans=plans)
    take_up = Quarantine(folder.state).take_up
    with preparer(folder, config, content, take_up=take_up) as worker:
        for occurrence in _wanted(folder, config, content, now):
            _prepare(worker, occurrence)


def _wanted(
    folder: StationFolder, config: StationConfig, content: Content, now: datetime
) -> Iterator[Occurrence]:
    """The fallback of each day first, then each occurrence that may still start."""
    ready = PreparedFiles(folder)
    until = now + timedelta(milliseconds=config.prepare_ahead_ms)
    coming = [o for o in occurrences_between(content.plans, now, until) if latest_start(o) >= now]
    for day in sorted({occurrence.starts_at.date() for occurrence in coming}):
        if fallback := fallback_on(content.plans, config.fallback, day):
            yield fallback
    for occurrence in coming:
        if occurrence.starts_at > now + _AT_REST or ready.get(occurrence) is None:
            yield occurrence


def _prepare(worker: Preparer, occurrence: Occurrence) -> None:
    try:
        prepared = worker.prepare(occurrence)
    except (BroadcasterError, OSError) as error:
        _log.error("%s: not prepared: %s", occurrence.id, error)
        return
    for sentence in prepared.left_out:
        _log.warning("%s: %s", occurrence.id, sentence)
