"""The week in force, and what a reload changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from air import week
from occurrences import MINUTE, at, occurrence

from broadcaster.model import StartType
from broadcaster.station.air.live import LiveWeek

SANG, TRUA, CHIEU = (
    occurrence(n, t).slot for n, t in (("sang", "05:30"), ("trua", "11:00"), ("chieu", "17:00"))
)


def ids(live: LiveWeek, time: str) -> list[str]:
    return [o.id.partition("+")[0] for o in live.around(at(time))]


def test_a_new_station_has_nothing_to_answer_for() -> None:
    """What was planned before the station began is not missed."""
    live = LiveWeek([week(SANG, CHIEU)], since=at("09:00"))
    assert ids(live, "09:00") == []
    assert ids(live, "15:10") == ["chieu@2026-11-23T17:00"]


def test_yesterday_is_still_in_sight() -> None:
    """A crash last night: yesterday's slots are looked at too, those of the day before are not."""
    live = LiveWeek([week(SANG)], since=at("05:00") - timedelta(days=9))
    assert ids(live, "05:00") == ["sang@2026-11-22T05:30", "sang@2026-11-23T05:30"]


def test_a_slot_added_to_the_past_is_not_missed() -> None:
    """A new week at noon: its morning slot holds from tomorrow on."""
    live = LiveWeek([week(CHIEU)], since=at("05:00"))
    live.replace([week(CHIEU, SANG, TRUA)], now=at("12:00"))
    assert ids(live, "15:00") == ["chieu@2026-11-23T17:00"]


def test_a_slot_that_stays_is_still_to_be_answered_for() -> None:
    """A reload at 11:05 does not let the slot of 11:00 off, and knows what it airs by now."""
    live = LiveWeek([week(TRUA)], since=at("05:00"))
    live.replace([week(TRUA, SANG)], now=at("11:00") + 5 * MINUTE)
    live.replace([week(TRUA, SANG, CHIEU)], now=at("11:00") + 6 * MINUTE)
    assert ids(live, "11:06") == ["trua@2026-11-23T11:00"]


def test_a_slot_that_was_taken_away_is_gone() -> None:
    """What the new week does not have neither sounds nor is missed."""
    live = LiveWeek([week(TRUA, CHIEU)], since=at("05:00"))
    assert "chieu@2026-11-23T17:00" in ids(live, "15:00")
    live.replace([week(TRUA)], now=at("15:00"))
    assert ids(live, "15:00") == ["trua@2026-11-23T11:00"]
    assert [plan.slots for plan in live.plans] == [(TRUA,)]


def test_until_lists_what_an_outage_swallowed() -> None:
    """After three days off the station knows each start since."""
    live = LiveWeek([week(SANG)], since=at("06:00") - timedelta(days=3))
    assert len(live.until(at("06:00"))) == 3


def test_what_follows_never_airs_twice_after_a_change() -> None:
    """The leader got longer while it was on air: its follower, which has another planned time
    now, may have sounded already, and is left alone until tomorrow."""
    follower = replace(CHIEU, id="noi", after="sang", start_type=StartType.SOFT)
    live = LiveWeek([week(SANG, follower)], since=at("05:00"))
    longer = replace(SANG, max_ms=SANG.max_ms + 60_000)
    live.replace([week(longer, follower)], now=at("05:40"))
    assert ids(live, "05:40") == ["sang@2026-11-23T05:30"]
    unchanged = LiveWeek([week(SANG, follower)], since=at("05:00"))
    unchanged.replace([week(SANG, follower, TRUA)], now=at("05:40"))
    assert ids(unchanged, "05:40") == ["sang@2026-11-23T05:30", "noi@2026-11-23T06:30"]
