"""What the coming hours need: the list that the preparer works through."""

from __future__ import annotations

import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ConfigError
from broadcaster.model import Priority
from broadcaster.playout import latest_start
from broadcaster.schedule import occurrences_between
from broadcaster.station.approving.wanting import wanting
from broadcaster.station.assembly.history import history
from broadcaster.station.content.content import load_content
from broadcaster.station.content.plans import current_plans
from broadcaster.station.preparing.awaiting import note_awaited
from broadcaster.station.preparing.emergency_sound import KHAN_CAP, templates
from broadcaster.station.preparing.mixing import MixingChildren
from broadcaster.station.preparing.prepare import preparer
from broadcaster.station.preparing.prepared import PreparedFiles, fallback_on
from broadcaster.station.preparing.quarantine import Quarantine
from broadcaster.station.preparing.validity_file import remember
from broadcaster.station.preparing.variants import Variant, variants, with_profile
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadcaster.model import CueSheet, Occurrence, PreparedProgramme
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.prepare import Preparer

__all__ = ["prepare_coming"]

_log = logging.getLogger(__name__)
_AT_REST = timedelta(seconds=30)
"""So long before its start, what lies ready is left as it is: the file that sounds, and to which
a crash goes back, must not become another one under the player's hands."""

_NEAR = timedelta(minutes=3)
"""A service that hangs may hold a pass up for so long before it is left alone."""

_MIXING_SHARE = 20
"""A programme is given a twentieth of its length to be mixed in; a small board needs half of it."""


_A_WHILE_S = 60.0


def prepare_coming(folder: StationFolder, *, now: datetime) -> bool:
    """Make ready what airs within the station's ``prepare_ahead``; what fails is logged.

    Returns whether it is worth coming back soon: a voice was missed that may speak later.  What
    it did not speak is then spoken again, and replaced if that is ready in time.  The quarantine
    is told what is at hand.  When a bulletin changes, the pass ends early, since the daemon asks
    for another one: what was withdrawn must not wait for hours of speaking.  Raises ConfigError
    when the station cannot be read.
    """
    folder.ensure()
    are_as_read = _unchanged(folder)
    config, problems = load_config(folder)
    if config is None:  # what lies ready goes on air, but not what no longer holds
        bulletins = load_content(folder, StationConfig(name="")).bulletins
        remember(folder, bulletins.values())
        raise ConfigError(problems)
    plans, _problems = current_plans(folder, config)
    content = replace(load_content(folder, config), plans=plans)
    quarantine = Quarantine(folder.state)
    alive = quarantine.still_at_hand
    clock = _going_on(now)
    _look_ahead(folder, config, content, now)
    with preparer(folder, config, content, take_up=quarantine.take_up, alive=alive) as one:
        worker = replace(one, mix=MixingChildren(quarantine.work_goes_on))
        with ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="mix") as pool:
            mixing = [
                pool.submit(_finish, occurrence, begun)
                for occurrence, profile in takewhile(
                    are_as_read, _wanted(folder, config, content, clock)
                )
                if (begun := _begun(with_profile(worker, profile), occurrence, clock))
            ]
        awaits_network = one.awaits_network
    for one_mix in mixing:
        one_mix.result()
    return awaits_network


def _look_ahead(
    folder: StationFolder, config: StationConfig, content: Content, now: datetime
) -> None:
    """Tell the watch what the days until tomorrow's end would lack for want of an approval."""
    tomorrow = datetime.combine(now.date() + timedelta(days=2), time_of_day.min, now.tzinfo)
    coming = occurrences_between(content.plans, now, tomorrow)
    with history(folder) as aired:
        note_awaited(folder, wanting(folder, config, content, coming, aired=aired))


def _unchanged(folder: StationFolder, *, for_s: float = _A_WHILE_S) -> Callable[[object], bool]:
    """Whether the bulletins are still those that are there now.

    What changes all the time must not keep a pass from ever getting anywhere: the first ``for_s``
    seconds count as unchanged.
    """
    began = time.monotonic()

    def stamps() -> dict[Path, tuple[int, int]]:
        found = {}
        for path in folder.bulletin_files():
            with suppress(OSError):  # it went away between two looks
                found[path] = (path.stat().st_mtime_ns, path.stat().st_size)
        return found

    before = stamps()
    return lambda _item: time.monotonic() - began < for_s or stamps() == before


def _going_on(now: datetime) -> Callable[[], datetime]:
    """A clock that stood at ``now`` and goes on: a pass may take minutes."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


def _wanted(
    folder: StationFolder, config: StationConfig, content: Content, clock: Callable[[], datetime]
) -> Iterator[Variant]:
    """What an emergency may need first, then the fallback of each day, then each occurrence that
    may still start, and after it what single outputs air instead."""
    ready = PreparedFiles(folder)
    now = clock()
    yield from (Variant(warning, KHAN_CAP) for warning in templates(content, now))
    until = now + timedelta(milliseconds=config.prepare_ahead_ms)
    coming = [o for o in occurrences_between(content.plans, now, until) if latest_start(o) >= now]
    for day in sorted({occurrence.starts_at.date() for occurrence in coming}):
        if fallback := fallback_on(content.plans, config.fallback, day):
            yield Variant(fallback)
    for planned in coming:
        for wanted in (Variant(planned), *variants(planned, config)):
            if planned.earliest_start > clock() + _AT_REST or ready.get(wanted.occurrence) is None:
                yield wanted


def _begun(
    worker: Preparer, occurrence: Occurrence, clock: Callable[[], datetime]
) -> Callable[[], PreparedProgramme] | None:
    """Spoken here, one after another, so that it is known what is at hand; mixing is left."""

    def in_time(sheet: CueSheet) -> bool:
        mixing = timedelta(milliseconds=sheet.duration_ms / _MIXING_SHARE)
        # what stands in for another, and what waits for an order, has no time of its own
        is_timeless = occurrence.slot.priority in {Priority.FALLBACK, Priority.EMERGENCY}
        return is_timeless or clock() + mixing < occurrence.starts_at - _AT_REST

    hurried = _is_urgent(worker.folder, occurrence, clock())
    with _told(occurrence):
        return partial(worker.finish, worker.begin(occurrence, hurried=hurried), in_time=in_time)
    return None


def _is_urgent(folder: StationFolder, occurrence: Occurrence, now: datetime) -> bool:
    """Nothing lies ready and the start is near: first something that is sure to be ready."""
    if occurrence.slot.priority is Priority.EMERGENCY:
        return PreparedFiles(folder).get(occurrence) is None
    is_near = timedelta() <= occurrence.starts_at - now < _NEAR
    return is_near and PreparedFiles(folder).get(occurrence) is None


def _finish(occurrence: Occurrence, mix: Callable[[], PreparedProgramme]) -> None:
    with _told(occurrence):
        for sentence in mix().left_out:
            _log.warning("%s: %s", occurrence.id, sentence)


@contextmanager
def _told(occurrence: Occurrence) -> Iterator[None]:
    """What fails costs this occurrence only."""
    try:
        yield
    except (BroadcasterError, OSError) as error:
        _log.error("%s: not prepared: %s", occurrence.id, error)
