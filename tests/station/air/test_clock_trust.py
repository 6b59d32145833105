"""Whether the wall clock is believed, over clocks that are set at random."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import LOCAL
from broadcaster.station.air.clocktrust import Confirmation, Floor, Trust, Witness

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=LOCAL)
HOUR = timedelta(hours=1)
LEAPS = st.timedeltas(timedelta(days=-40_000), timedelta(days=40_000))


def looked(trust: Trust, now: datetime, *, leap: timedelta = timedelta(), by_server: bool = False):
    return trust.looked(now, leap=leap, synchronised=lambda: by_server)


def test_a_dead_battery_is_noticed_at_once():
    """A clock that begins in the year 2000 lies before the day this program was written."""
    trust = looked(Trust(), datetime(2000, 1, 1, tzinfo=LOCAL))
    assert trust.doubt is not None
    assert trust.doubt.reason.code == "clock-behind"
    assert "01/01/2025" in trust.doubt.reason.text


def test_a_clock_before_the_last_row_is_not_believed():
    """The present is not before the last row, but a server may correct the clock by seconds."""
    trust = Trust(Floor(NOW, Witness.ROW))
    assert looked(trust, NOW - timedelta(seconds=30)).doubt is None
    doubt = looked(trust, NOW - 2 * HOUR).doubt
    assert doubt is not None
    assert "06:00 23/11/2026" in doubt.reason.text


def test_time_alone_does_not_heal_a_doubt():
    """When a wrong clock has reached the floor it is still wrong; a server puts it right."""
    doubted = looked(Trust(Floor(NOW)), NOW - HOUR)
    later = looked(doubted, NOW + HOUR)
    assert later.doubt is not None
    assert looked(later, NOW + HOUR, by_server=True).doubt is None


def test_a_server_below_the_floor_is_not_believed():
    """A synchronised clock that lies before the floor needs a person: one of the two is wrong."""
    assert looked(Trust(Floor(NOW)), NOW - HOUR, by_server=True).doubt is not None


def test_a_person_resets_a_floor_that_was_wrong():
    """A row of the year 2099 silences the station only until somebody confirms the clock."""
    trust = looked(Trust(Floor(NOW.replace(year=2099), Witness.ROW)), NOW)
    assert trust.doubt is not None
    assert looked(trust.confirmed(NOW), NOW + timedelta(seconds=1)).doubt is None


def test_only_a_server_may_set_the_clock_far_ahead():
    """A clock that suddenly shows tomorrow is believed from a server, not from anybody else."""
    trust = Trust(Floor(NOW))
    leap = timedelta(days=1)
    assert looked(trust, NOW + leap, leap=leap, by_server=True).doubt is None
    doubt = looked(trust, NOW + leap, leap=leap).doubt
    assert doubt is not None
    assert doubt.reason.code == "clock-leapt"


@given(st.lists(st.tuples(LEAPS, st.booleans()), max_size=20))
def test_a_believed_clock_never_lies_before_its_floor(looks: list[tuple[timedelta, bool]]):
    """Whatever is done to the clock: while it is believed it lies above the floor, and the floor
    sinks for nobody but a person."""
    now, trust = NOW, Trust()
    for leap, by_server in looks:
        now = min(max(now + leap, datetime(1971, 1, 1, tzinfo=LOCAL)), NOW.replace(year=2300))
        before, trust = trust, looked(trust, now, leap=leap, by_server=by_server)
        assert trust.floor.at >= before.floor.at
        if trust.doubt is None:
            assert now >= trust.floor.at - timedelta(minutes=1)
        assert trust.confirmed(now).doubt is None


@given(LEAPS, st.booleans())
def test_a_second_look_at_the_same_instant_changes_nothing(leap: timedelta, by_server: bool):
    """Looking is safe at any rate: a clock that stands still is believed or not, once."""
    now = min(max(NOW + leap, datetime(1971, 1, 1, tzinfo=LOCAL)), NOW.replace(year=2300))
    once = looked(Trust(Floor(NOW)), now, leap=leap, by_server=by_server)
    assert looked(once, now, by_server=by_server) == once


def test_a_confirmation_is_kept_as_text():
    """What a person confirmed is read again as it was; anything else is no confirmation."""
    confirmation = Confirmation(NOW, row=12, beat=345)
    assert Confirmation.of_text(confirmation.as_text()) == confirmation
    for text in ("", "null", "{}", '{"at": 5}', '{"at": "2026", "row": "x", "beat": 1}'):
        assert Confirmation.of_text(text) is None
