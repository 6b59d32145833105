"""Weeks with everything that the calendar knows, run through: each start once, or why not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from dateutil.rrule import DAILY, rrule
from small_station import SETTINGS, small_station

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SystemClock
from broadcaster.model import Outcome
from broadcaster.station.air.simulate import simulate

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import AsRunEntry

WEEK = """
seasons:
  dong: {from: 15/10, until: 14/2}
programmes:
  tin: {title: Tin, segments: [{bulletin: 01-mot}]}
  le: {title: Lễ, segments: [{bulletin: 02-hai}]}
slots:
  - {id: sang, days: "T2-T7, trừ Tết", at: {dong: 05:30, còn lại: 05:00}, programme: tin, max: 10m}
  - {id: noi, after: sang, programme: le, max: 5m}
  - {id: le, days: "lễ, Tết", at: 09:00, programme: le, max: 5m}
  - {id: ram, days: rằm, at: 11:00, programme: le, max: 5m}
  - {id: khuya, days: T4, at: 21:30, programme: tin, max: 5m}
  - {id: chieu, days: hằng ngày, at: 17:00, replay: {slot: sang, of: hôm nay}, max: 10m}
  - {id: nhuan, days: 29/2, at: 23:59, programme: tin, max: 5m}
exceptions:
  - from: 7/2/2028
    until: 13/2/2028
    reason: Đợt cao điểm
    add: {id: toi, at: 19:00, programme: tin, max: 5m}
"""
FIRST, LAST = date(2028, 1, 17), date(2028, 3, 1)
TET = [date(2028, 1, day) for day in (24, 25, 26, 27, 28)]
"""Mùng một is 26 January 2028; mùng bốn, a Saturday, is made up for on the Monday before."""
TET_SATURDAY = date(2028, 1, 29)
FULL_MOONS = [date(2028, 2, 9)]


def _expected() -> set[str]:
    """Every start of the weeks above, by dateutil and the words of the file."""
    found = set()
    for moment in rrule(DAILY, dtstart=FIRST, until=LAST):
        day = moment.date()
        is_tet = day in {*TET, TET_SATURDAY}
        if day.weekday() < 6 and not is_tet:
            start = "05:30" if day <= date(2028, 2, 14) else "05:00"
            found |= {f"sang@{day}T{start}", f"noi@{day}T{start[:3]}{int(start[3:]) + 10:02}"}
            found.add(f"chieu@{day}T17:00")
        if is_tet:
            found.add(f"le@{day}T09:00")
        if day in FULL_MOONS:
            found.add(f"ram@{day}T11:00")
        if day.weekday() == 2:
            found.add(f"khuya@{day}T21:30")
        if date(2028, 2, 7) <= day <= date(2028, 2, 13):
            found.add(f"toi@{day}T19:00")
    return found | {"nhuan@2028-02-29T23:59"}


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> list[AsRunEntry]:
    """What the log has of the simulated weeks."""
    root: Path = tmp_path_factory.mktemp("nam") / "dai"
    rails = 'quiet_hours: {from: "21:00", until: "05:00"}\nrails: {sessions: 3}\n'
    folder = small_station(root, settings=SETTINGS + rails, week=WEEK)
    begin = datetime.combine(FIRST, datetime.min.time(), LOCAL)
    simulate(folder, start=begin, until=begin + timedelta(days=(LAST - FIRST).days, hours=23))
    with Store.open(folder.simulated_database, clock=SystemClock()) as store:
        return AsRunLog(store).entries(FIRST, LAST + timedelta(days=1))


def test_each_start_is_in_the_log_once(entries: list[AsRunEntry]) -> None:
    """Tết, rằm, seasons, followers, replays, 29 February: exactly the starts of the rules."""
    names = [entry.occurrence[:-6] for entry in entries]
    assert len(names) == len(set(names))
    assert set(names) == _expected()


def test_what_did_not_air_says_why(entries: list[AsRunEntry]) -> None:
    """Only what the quiet hours and the rails refuse is missed, each with its code."""
    missed = {e.occurrence[:-6]: e.reason for e in entries if e.outcome is not Outcome.AIRED}
    codes = {
        name.partition("@")[0]: reason[reason.rindex("[") :] for name, reason in missed.items()
    }
    assert codes == {
        "khuya": "[quiet-hours]",
        "toi": "[too-many-sessions]",
        "nhuan": "[quiet-hours]",
    }
    # the full moon's session of 9 February, a Wednesday, leaves three before the evening
    assert {name for name in missed if name.startswith("toi")} == {"toi@2028-02-09T19:00"}


def test_what_follows_sounds_when_the_one_before_it_ends(entries: list[AsRunEntry]) -> None:
    """It is planned for the latest end, and sounds at the real one."""
    ends = {e.occurrence[5:15]: e.ended_at for e in entries if e.slot == "sang"}
    for entry in (e for e in entries if e.slot == "noi"):
        end = ends[entry.occurrence[4:14]]
        assert end is not None
        assert abs(entry.starts[0] - end) < timedelta(milliseconds=100)
        assert entry.starts[0] < entry.scheduled_at
