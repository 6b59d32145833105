"""Housekeeping: a reload that fails is done again, and nothing of it ends the daemon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from occurrences import at
from small_station import WEEK, schedule, small_station

from broadcaster.clock import SimulatedClock
from broadcaster.errors import BroadcasterError
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.upkeep.chores import Chores

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def week() -> LiveWeek:
    return LiveWeek([], since=at("05:00"))


@pytest.fixture
def chores(tmp_path: Path, week: LiveWeek) -> Chores:
    folder = small_station(tmp_path / "dai")
    clock = SimulatedClock(at("05:00"))
    return Chores(folder, StationConfig(name="Đài"), week, clock=clock)


def starts(week: LiveWeek) -> list[str]:
    return [f"{slot.start:%H:%M}" for plan in week.plans for slot in plan.slots]


def test_a_reload_brings_the_week_into_force(chores: Chores, week: LiveWeek) -> None:
    """Read again when asked, and not when nothing has changed."""
    chores.reload()
    chores.rescan()
    assert starts(week) == ["05:30", "11:00"]
    before = week.plans
    chores.rescan()
    assert week.plans is before


def test_a_broken_week_leaves_the_old_one_in_force(chores: Chores, week: LiveWeek) -> None:
    """A slip in the file while the station runs changes nothing on air."""
    chores.reload()
    chores.rescan()
    schedule(chores._folder, WEEK.replace("05:30", "25:30"))
    chores.reload()
    chores.rescan()
    assert starts(week) == ["05:30", "11:00"]


def test_mourning_in_the_settings_reloads_the_week(chores: Chores, week: LiveWeek) -> None:
    """Days of quốc tang written into station.yaml hold within a second, without a restart."""
    chores.rescan()
    config = chores._folder.config
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\ncalendar: {{mourning: 2026-11-24}}\n", encoding="utf-8")
    chores.rescan()
    assert [len(plan.calendar.mourning) for plan in week.plans] == [1]
    before = week.plans
    chores.rescan()
    assert week.plans is before


def test_a_dead_thread_does_not_go_unnoticed(chores: Chores) -> None:
    """The daemon ends rather than run on without housekeeping."""
    chores.raise_if_dead()
    chores.start()
    chores.raise_if_dead()
    chores._jobs.stop()
    with pytest.raises(BroadcasterError, match="housekeeping"):
        chores.raise_if_dead()
    chores.stop()
