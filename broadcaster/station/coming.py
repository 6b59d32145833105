"""What the coming hours need: the list that the preparer works through."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import BroadcasterError, ConfigError
from broadcaster.model import Occurrence, Priority, Slot
from broadcaster.schedule import occurrences_between
from broadcaster.station.config import load_config
from broadcaster.station.content import load_content
from broadcaster.station.plans import current_plans
from broadcaster.station.prepare import preparer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from broadcaster.model import WeekPlan
    from broadcaster.station.folder import StationFolder

__all__ = ["fallback_on", "prepare_coming"]

_log = logging.getLogger(__name__)


def fallback_on(plans: Sequence[WeekPlan], programme_id: str, day: date) -> Occurrence | None:
    """The fallback programme of ``day``, dressed as an occurrence at midnight."""
    programme = next(
        (p.programmes[programme_id] for p in plans if programme_id in p.programmes), None
    )
    if programme is None:
        return None
    slot = Slot(
        id=programme.id,
        start=time(0),
        days=frozenset(range(7)),
        programme_id=programme.id,
        priority=Priority.FALLBACK,
    )
    return Occurrence(slot, datetime.combine(day, time(0), LOCAL), programme)


def prepare_coming(folder: StationFolder, *, now: datetime) -> None:
    """Make ready what airs within the station's ``prepare_ahead``; what fails is logged.

    Raises ConfigError when the station cannot be read.
    """
    folder.ensure()
    config, problems = load_config(folder)
    if config is None:
        raise ConfigError(problems)
    plans, _problems = current_plans(folder, config)
    content = replace(load_content(folder, config), plans=plans)
    until = now + timedelta(milliseconds=config.prepare_ahead_ms)
    coming = occurrences_between(content.plans, now - timedelta(minutes=10), until)
    days = sorted({occurrence.starts_at.date() for occurrence in coming})
    fallbacks = [fallback_on(content.plans, config.fallback, day) for day in days]
    with preparer(folder, config, content) as worker:
        for occurrence in [*filter(None, fallbacks), *coming]:
            try:
                prepared = worker.prepare(occurrence)
            except (BroadcasterError, OSError) as error:
                _log.error("%s: not prepared: %s", occurrence.id, error)
                continue
            for sentence in prepared.left_out:
                _log.warning("%s: %s", occurrence.id, sentence)
