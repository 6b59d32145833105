"""After a crash: what goes on, what may start after all, what is closed, what was missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from air import SECOND, Air, programme
from occurrences import DAY, MINUTE, at, occurrence

from broadcaster.model import LateAction, Outcome
from broadcaster.station import reasons
from broadcaster.station.air.pulse import Beat
from broadcaster.station.air.recover import recover, responsible_since

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

SANG = occurrence("sang", "05:30")


@pytest.fixture
def air(tmp_path: Path) -> Iterator[Air]:
    air = Air(tmp_path)
    air.planned = [SANG]
    yield air
    air.close()


def beat_at(instant: datetime, name: str = "", *, position_s: float = 0, boot: bool = True) -> Beat:
    return Beat(instant, name, round(position_s * 1000), this_boot=boot)


def crash(air: Air, *, until: str, back: str, beat: Beat | None) -> None:
    """The desk is lost at ``until`` without a word, and a new one sits down at ``back``."""
    air.run(until)
    air.clock.wait_until(at(back))
    now = air.clock.now()
    found = recover(air.log, air.shelf, air.planned, beat=beat, now=now)
    air.sit_down(state=found.state, left=found.left)
    air.run("07:00")


def test_a_start_that_was_not_heard_is_taken_back_and_made_up_for(air: Air) -> None:
    """Killed between the row and the sound: one start in the log, the one that was heard."""
    crash(air, until="05:29:59.5", back="05:31", beat=beat_at(at("05:29:59.6"), SANG.id))
    entry = air.entry("sang")
    assert len(entry.starts) == 1
    assert at("05:31") < entry.starts[0] < at("05:31:01")
    assert entry.outcome is Outcome.AIRED
    assert entry.ended_at == entry.starts[0] + 10 * MINUTE


def test_what_was_heard_goes_on_at_its_right_place(air: Air) -> None:
    """Killed in the second minute, back in the fourth: it goes on there, and the parts from
    before and after the crash are in the log."""
    beat = beat_at(at("05:31:30"), SANG.id, position_s=90)
    crash(air, until="05:31:30", back="05:34", beat=beat)
    entry = air.entry("sang")
    first, second = entry.starts
    assert first == at("05:30")
    assert at("05:34") < second < at("05:34:01")
    where_ms = (second - first) // timedelta(milliseconds=1)
    assert air.output.plays[-1] == (second, where_ms)
    assert (entry.outcome, entry.ended_at) == (Outcome.AIRED, at("05:40"))
    assert [s.title for s in entry.segments] == ["sang 0", "sang 1"]
    assert entry.segments[0].started_at == at("05:30")
    assert entry.reason == str(reasons.went_on())


def test_another_sound_under_the_same_name_does_not_go_on(air: Air) -> None:
    """The programme was made anew since: what was heard of the old one is closed as cut."""
    air.run("05:33")
    air.shelf.own["sang"] = programme("sang", sound="another")
    crash(air, until="05:33", back="05:34", beat=beat_at(at("05:33"), SANG.id, position_s=180))
    entry = air.entry("sang")
    assert (entry.outcome, entry.starts, entry.ended_at) == (
        Outcome.CUT,
        (at("05:30"),),
        at("05:33"),
    )
    assert entry.reason == str(reasons.broken_off())
    assert len(air.output.plays) == 1


def test_what_has_left_the_week_is_closed(air: Air) -> None:
    """The slot is gone from the schedule: its end is the last sign of life."""
    air.run("05:33")
    air.planned = []
    crash(air, until="05:33", back="05:34", beat=beat_at(at("05:33"), SANG.id, position_s=180))
    entry = air.entry("sang")
    assert (entry.outcome, entry.ended_at) == (Outcome.CUT, at("05:33"))


def test_what_is_over_by_now_is_closed_with_what_was_heard(air: Air) -> None:
    """Back after its end: cut, with the parts from before the crash."""
    crash(air, until="05:36", back="05:50", beat=beat_at(at("05:36"), SANG.id, position_s=360))
    entry = air.entry("sang")
    assert (entry.outcome, entry.ended_at) == (Outcome.CUT, at("05:36"))
    assert [s.title for s in entry.segments] == ["sang 0", "sang 1"]
    assert entry.segments[1].ended_at == at("05:36")


def test_a_later_start_cuts_what_a_crash_broke_off(air: Air) -> None:
    """Back when the next slot is due: the old one ends where the crash ended it."""
    air.planned = [SANG, occurrence("trua", "05:36")]
    crash(air, until="05:33", back="05:36:01", beat=beat_at(at("05:33"), SANG.id, position_s=180))
    sang = air.entry("sang")
    assert (sang.outcome, sang.ended_at) == (Outcome.CUT, at("05:33"))
    assert [s.title for s in sang.segments] == ["sang 0"]
    assert air.entry("trua").outcome is Outcome.AIRED


def test_the_second_crash_before_the_second_sound(air: Air) -> None:
    """A resumption that was written and not heard is taken back; the first start stands."""
    air.run("05:32")
    air.log.resumed(SANG.id, programme("sang"), at=at("05:33"), output="loudspeaker")
    crash(air, until="05:32", back="05:34", beat=beat_at(at("05:32:30"), SANG.id, position_s=150))
    starts = air.entry("sang").starts
    assert starts[0] == at("05:30")
    assert at("05:34") < starts[1] < at("05:34:01")
    assert len(starts) == 2


def test_the_beat_knows_where_the_beginning_was(air: Air) -> None:
    """The card was dead at 05:30 and back at 05:31: after a crash nothing is heard twice."""
    air.output.refuses = True
    air.run("05:31")
    air.output.refuses = False
    crash(air, until="05:33", back="05:34", beat=beat_at(at("05:33"), SANG.id, position_s=180))
    when, from_ms = air.output.plays[-1]
    assert from_ms == (when - at("05:30")) // timedelta(milliseconds=1)
    assert air.entry("sang").ended_at == at("05:40")


def test_after_a_power_cut_a_lost_beat_proves_nothing(air: Air) -> None:
    """A beat of an earlier boot may be older than the last sound: nothing airs twice."""
    old = beat_at(at("05:29"), boot=False)
    crash(air, until="05:33", back="05:34", beat=old)
    assert air.entry("sang").starts[0] == at("05:30")
    assert air.output.plays[-1][1] > 0


def test_a_start_that_still_lies_ahead_was_not_heard(air: Air) -> None:
    """Back within the second before the start, without any beat: one start, on time."""
    crash(air, until="05:29:59.1", back="05:29:59.3", beat=None)
    assert air.entry("sang").starts == (at("05:30"),)


def test_a_joined_programme_keeps_its_time_line(air: Air) -> None:
    """What joins late goes on by the clock of its slot, though no beat tells."""
    air.planned = [occurrence("sang", "04:55", late=LateAction.JOIN)]
    crash(air, until="05:01", back="05:02", beat=None)
    when, from_ms = air.output.plays[-1]
    assert from_ms == (when - at("04:55")) // timedelta(milliseconds=1)


def test_days_without_power_are_missed_one_by_one(air: Air) -> None:
    """Three days off: every start of them is in the log as missed, with the reason."""
    days = [occurrence("sang", DAY - timedelta(days=n) + timedelta(hours=6)) for n in (3, 2, 1)]
    air.planned = days
    now = air.clock.now()
    found = recover(air.log, air.shelf, days, beat=None, now=now)
    air.sit_down(state=found.state)
    air.run("05:01")
    entries = air.log.entries()
    assert [entry.outcome for entry in entries] == [Outcome.MISSED] * 3
    assert entries[0].reason == str(reasons.not_running())
    assert all(entry.reason for entry in entries)


def test_responsibility_begins_with_the_last_sign_of_life(air: Air) -> None:
    """A new station answers for nothing before now; one that crashed, for all since then."""
    now = at("05:00")
    assert responsible_since(air.log, None, now) == now
    beat = beat_at(now - 3 * MINUTE)
    assert responsible_since(air.log, beat, now) == now - 3 * MINUTE
    future = beat_at(now + 3 * MINUTE)
    assert responsible_since(air.log, future, now) == now
    air.run("05:33")
    beat = beat_at(at("05:33"), SANG.id)
    assert responsible_since(air.log, beat, at("05:40")) == at("05:30")


def test_responsibility_has_an_end(air: Air) -> None:
    """After half a year in a cupboard the station lists a month, not half a year."""
    beat = beat_at(at("05:00") - timedelta(days=180))
    assert responsible_since(air.log, beat, at("05:00")) == at("05:00") - timedelta(days=31)


def test_two_open_programmes(air: Air) -> None:
    """Killed while one sounded and the next was armed: the first was heard until the last beat,
    the second may start."""
    air.planned = [SANG, occurrence("trua", "05:33")]
    beat = beat_at(at("05:32:59.5"), air.planned[1].id, position_s=-0.5)
    crash(air, until="05:32:59.5", back="05:33:30", beat=beat)
    sang, trua = air.entry("sang"), air.entry("trua")
    assert (sang.outcome, sang.ended_at) == (Outcome.CUT, at("05:32:59.5"))
    assert len(trua.starts) == 1
    assert trua.starts[0] > at("05:33:30") - SECOND
    assert trua.outcome is Outcome.AIRED
