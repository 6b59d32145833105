"""The chores of the station."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest

from broadcaster.station.upkeep.housekeeping import Housekeeping


def broken() -> None:
    raise RuntimeError("đĩa hỏng")


@pytest.fixture
def house() -> Housekeeping:
    return Housekeeping(tick_s=0.001)


def make_due(house: Housekeeping) -> None:
    """As if an hour had passed."""
    for job in house._scheduler.jobs:
        job.next_run -= timedelta(hours=1)


def test_a_chore_runs_when_it_is_due(house: Housekeeping) -> None:
    """Before its time a chore rests; then it runs once, and rests again."""
    runs: list[str] = []
    house.every(60, lambda: runs.append("quét"), name="quét")
    house.tick()
    assert runs == []
    make_due(house)
    house.tick()
    house.tick()
    assert runs == ["quét"]


def test_a_failing_chore_does_not_starve_the_others(house: Housekeeping) -> None:
    """A chore that raises is tried again at its next time, and those behind it run."""
    runs: list[str] = []
    house.every(60, broken, name="dọn")
    house.every(60, lambda: runs.append("quét"), name="quét")
    for _ in range(3):
        make_due(house)
        house.tick()
    assert runs == ["quét"] * 3
    assert house.failing == {"dọn": "RuntimeError('đĩa hỏng')"}


def test_the_same_failure_is_logged_once(
    house: Housekeeping, caplog: pytest.LogCaptureFixture
) -> None:
    """The service log is not flooded; it says when the chore fails and when it works again."""
    caplog.set_level(logging.INFO, logger="broadcaster")
    fails = [True, True, True, False, True]
    house.every(60, lambda: broken() if fails.pop(0) else None, name="dọn")
    for _ in range(5):
        house.run_all()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "dọn: the chore failed; it is tried again",
        "dọn: the chore works again",
        "dọn: the chore failed; it is tried again",
    ]


def test_a_chore_that_returns_the_librarys_cancel_word_goes_on(house: Housekeeping) -> None:
    """Nothing that a chore returns takes it off the list."""
    from schedule import CancelJob  # noqa: PLC0415

    house.every(60, lambda: CancelJob, name="dọn")
    make_due(house)
    house.tick()
    assert house.next_run is not None


def test_a_clock_set_back_does_not_stop_the_chores(house: Housekeeping) -> None:
    """When the clock was a day ahead and is put right, the chores go on within their interval."""
    house.every(60, lambda: None, name="quét")
    house.every(30, lambda: None, name="tim")
    before = house.next_run
    for job in house._scheduler.jobs:
        job.next_run += timedelta(days=1)
    house.tick()
    after = house.next_run
    assert before is not None
    assert after is not None
    assert after - before < timedelta(seconds=30)
    assert len(house._scheduler.jobs) == 2


def test_a_simulation_runs_all_chores_in_order(house: Housekeeping) -> None:
    """A simulated day runs the chores without waiting and without a thread."""
    runs: list[str] = []
    for name in ("quét", "chuẩn bị", "dọn"):
        house.every(3600, lambda name=name: runs.append(name), name=name)
    house.run_all()
    assert runs == ["quét", "chuẩn bị", "dọn"]
    assert not house.alive


def test_the_thread_lives_from_start_to_stop(house: Housekeeping) -> None:
    """Its death cannot be missed: it is alive between start and stop, a failing chore or not."""
    ran = threading.Event()
    house.every(0.001, broken, name="dọn")
    house.every(0.001, ran.set, name="quét")
    assert not house.alive
    house.start()
    assert ran.wait(10)
    assert house.alive
    house.stop()
    assert not house.alive


def test_stopping_what_never_started_is_harmless(house: Housekeeping) -> None:
    """A daemon that fails early can still stop in order."""
    house.stop()
    house.tick()
    assert house.next_run is None
