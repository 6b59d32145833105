"""The announcer's desk: what sounds, what is missed, and what the log says of both."""

from __future__ import annotations

import itertools
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from air import SECOND, Air, programme
from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import DAY, MINUTE, at, occurrence

from broadcaster.model import LateAction, Outcome, Priority
from broadcaster.playout import QuietHours
from broadcaster.station import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import AsRunEntry


@pytest.fixture
def air(tmp_path: Path) -> Iterator[Air]:
    air = Air(tmp_path)
    yield air
    air.close()


def heard_ms(entry: AsRunEntry) -> int:
    spans = ((s.ended_at - s.started_at) for s in entry.segments)
    return sum(spans, start=timedelta()) // timedelta(milliseconds=1)


def test_a_slot_sounds_on_time_and_to_its_end(air: Air) -> None:
    """A programme starts at its minute, ends after its length, and every part is in the log."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("06:00")
    entry = air.entry("sang")
    assert entry.starts == (at("05:30"),)
    assert (entry.outcome, entry.ended_at, entry.reason) == (Outcome.AIRED, at("05:40"), "")
    assert [s.title for s in entry.segments] == ["sang 0", "sang 1"]
    assert heard_ms(entry) == 600_000


def test_the_row_is_there_before_the_sound(air: Air) -> None:
    """When the output is asked to play, the start already stands in the log."""
    air.planned = [occurrence("sang", "05:30")]
    asked = []
    play = air.output.play

    class Witness:
        name = "witness"

        def play(self, *args, **values):
            asked.append(air.log.entry("sang@2026-11-23T05:30+07:00"))
            return play(*args, **values)

        def check(self) -> str:
            return ""

    air.output = Witness()
    air.run("05:31")
    assert [entry.starts for entry in asked] == [(at("05:30"),)]


def test_nothing_ready_is_missed_with_the_reason(air: Air) -> None:
    """A slot for which nothing lies ready is silent, and the log says why."""
    air.planned = [occurrence("sang", "05:30")]
    air.shelf.own["sang"] = None
    air.run("06:00")
    assert air.entry("sang").outcome is Outcome.MISSED
    assert air.entry("sang").reason == str(reasons.nothing_ready())
    assert air.output.plays == []


def test_a_programme_that_cannot_be_read_is_missed(air: Air) -> None:
    """A disk error while looking for a programme costs that slot only."""

    class Broken:
        def get(self, _occurrence):
            raise OSError("input/output error")

    air.planned = [occurrence("sang", "05:30"), occurrence("trua", "05:40")]
    air.desk.console.prepared = Broken()
    air.run("05:35")
    air.desk.console.prepared = air.shelf
    air.run("06:00")
    assert air.entry("sang").outcome is Outcome.MISSED
    assert air.entry("trua").outcome is Outcome.AIRED


def test_a_later_hard_start_cuts(air: Air) -> None:
    """The second slot cuts the first, and only what was heard of it is in the log."""
    air.planned = [occurrence("sang", "05:30"), occurrence("trua", "05:37")]
    air.run("06:00")
    sang, trua = air.entry("sang"), air.entry("trua")
    assert (sang.outcome, sang.ended_at) == (Outcome.CUT, at("05:37"))
    assert sang.reason.endswith("[cut-by-start]")
    assert heard_ms(sang) == 7 * 60_000
    assert trua.outcome is Outcome.AIRED


def test_a_dead_output_that_comes_back_goes_on_at_the_right_place(air: Air) -> None:
    """The sound card goes at 05:32 and is back at 05:34: two starts, and the programme goes on
    where it would be by then."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:32")
    air.output.trouble = "the card is gone"
    air.run("05:34")
    air.output.trouble = ""
    air.run("06:00")
    entry = air.entry("sang")
    first, second = entry.starts
    assert first == at("05:30")
    assert at("05:34") <= second < at("05:34:12")
    assert entry.outcome is Outcome.AIRED
    where_ms = (second - at("05:30")) // timedelta(milliseconds=1)
    assert air.output.plays[-1] == (second, where_ms)
    assert [s.title for s in entry.segments] == ["sang 0", "sang 1"]


def test_an_output_that_is_dead_at_the_start_takes_the_start_back(air: Air) -> None:
    """No start is in the log for sound that nobody heard, only the one when the card was back."""
    air.planned = [occurrence("sang", "05:30")]
    air.output.refuses = True
    air.run("05:31")
    assert air.entry("sang") is None
    air.output.refuses = False
    air.run("06:00")
    (start,) = air.entry("sang").starts
    assert at("05:31") <= start < at("05:31:12")
    assert air.entry("sang").outcome is Outcome.AIRED
    assert air.log.verify() == []


def test_an_output_that_stays_dead_is_a_failure(air: Air) -> None:
    """Nobody heard anything: failed, with what the output said."""
    air.planned = [occurrence("sang", "05:30")]
    air.output.refuses = True
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.starts, entry.segments) == (Outcome.FAILED, (), ())
    assert "no sound card" in entry.reason


def test_an_end_that_nobody_heard_is_a_cut(air: Air) -> None:
    """The card goes in the middle and stays away: cut, ended when the sound went."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:32")
    air.output.trouble = "the card is gone"
    air.run("06:00")
    entry = air.entry("sang")
    assert entry.outcome is Outcome.CUT
    assert "the card is gone" in entry.reason
    assert at("05:32") <= entry.ended_at < at("05:32:12")
    assert [s.title for s in entry.segments] == ["sang 0"]


def test_a_full_disk_at_the_start_is_tried_again(air: Air) -> None:
    """Nothing sounds without a row; as soon as the log can be written, the slot starts late."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:29")
    air.store.full = True
    air.run("05:31")
    assert air.output.plays == []
    air.store.full = False
    air.run("06:00")
    (start,) = air.entry("sang").starts
    assert at("05:31") <= start < at("05:31:12")
    assert air.entry("sang").outcome is Outcome.AIRED


def test_a_full_disk_at_the_end_loses_no_row(air: Air) -> None:
    """What ended while the disk was full is written as it was, once there is room."""
    air.planned = [occurrence("sang", "05:30"), occurrence("trua", "05:50")]
    air.run("05:35")
    air.store.full = True
    air.run("05:45")
    assert air.entry("sang").outcome is Outcome.ON_AIR
    air.store.full = False
    air.run("06:10")
    sang, trua = air.entry("sang"), air.entry("trua")
    assert (sang.outcome, sang.ended_at) == (Outcome.AIRED, at("05:40"))
    assert len(sang.segments) == 2
    assert trua.outcome is Outcome.AIRED
    assert air.log.verify() == []


def test_a_disk_that_stays_full_is_a_miss_in_the_end(air: Air) -> None:
    """The miss is written when there is room again; the slot never sounds."""
    air.planned = [occurrence("sang", "05:30")]
    air.store.full = True
    air.run("06:00")
    air.store.full = False
    air.run("06:01")
    assert air.entry("sang").outcome is Outcome.MISSED
    assert air.output.plays == []


def test_the_operator_stops_everything(air: Air) -> None:
    """Stop: silent at once, cut in the log, under the operator's name."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:33")
    assert air.desk.stop_all(reasons.stopped(), operator="Lan") == 1
    assert air.desk.stop_all(reasons.stopped(), operator="Lan") == 0
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.ended_at, entry.operator) == (Outcome.CUT, at("05:33"), "Lan")
    assert heard_ms(entry) == 3 * 60_000
    assert len(air.output.plays) == 1


def test_a_stop_before_the_first_sound_is_a_miss(air: Air) -> None:
    """Stopped in the second in which it was armed: the log has no start that nobody heard."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:29:59.5")
    assert air.desk.stop_all(reasons.stopped(), operator="Lan") == 1
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.starts, entry.operator) == (Outcome.MISSED, (), "Lan")
    assert entry.reason == str(reasons.stopped())


def test_skip_leaves_out_the_next_start_only(air: Air) -> None:
    """The next slot is missed on purpose, the one after it airs."""
    air.planned = [occurrence("sang", "05:30"), occurrence("trua", "05:50")]
    assert air.desk.skip_next(reasons.skipped(), operator="Lan").slot.id == "sang"
    air.run("06:10")
    assert air.entry("sang").outcome is Outcome.MISSED
    assert air.entry("sang").operator == "Lan"
    assert air.entry("trua").outcome is Outcome.AIRED


def test_skip_in_the_last_second_still_means_the_next_one(air: Air) -> None:
    """Skipped when it was armed already: it does not sound, and the one after it does."""
    air.planned = [occurrence("sang", "05:30"), occurrence("trua", "05:50")]
    air.run("05:29:59.5")
    assert air.desk.skip_next(reasons.skipped()).slot.id == "sang"
    air.run("06:10")
    assert (air.entry("sang").outcome, air.entry("sang").starts) == (Outcome.MISSED, ())
    assert air.entry("trua").outcome is Outcome.AIRED


def test_there_may_be_nothing_to_skip(air: Air) -> None:
    """An empty week has no next start."""
    assert air.desk.skip_next(reasons.skipped()) is None


def test_an_order_is_heard_at_once_and_only_once(air: Air) -> None:
    """An ordered programme interrupts the routine one; the same order again is refused."""
    air.planned = [occurrence("sang", "05:30")]
    air.run("05:33:20")
    order = occurrence("phat-tin", "05:33", priority=Priority.OVERRIDE)
    air.desk.order(order)
    assert air.desk.knows(order)
    air.run("06:00")
    (start,) = air.entry("phat-tin").starts
    assert at("05:33:20") < start < at("05:33:21")
    assert air.entry("phat-tin").outcome is Outcome.AIRED
    assert air.entry("sang").outcome is Outcome.AIRED
    assert air.desk.knows(order)


def test_an_order_may_wait_for_the_amplifier(air: Air) -> None:
    """A programme that is ordered for a few seconds later starts then, and a stop before that
    silences it for good."""
    air.run("05:10:20")
    first = occurrence("phat-mot", "05:10", priority=Priority.OVERRIDE)
    air.desk.order(first, not_before=at("05:10:30"))
    air.run("05:30:20")
    (start,) = air.entry("phat-mot").starts
    assert at("05:10:30") < start < at("05:10:31")
    second = occurrence("phat-hai", "05:30", priority=Priority.OVERRIDE)
    air.desk.order(second, not_before=at("05:30:30"))
    assert air.desk.stop_all(reasons.stopped(), operator="Lan") == 1
    air.run("06:00")
    assert (air.entry("phat-hai").outcome, air.entry("phat-hai").starts) == (Outcome.MISSED, ())


def test_the_next_start_is_known_ahead(air: Air) -> None:
    """The amplifier is told of the next start that may sound: neither a past one, nor one in the
    quiet hours, nor one that was skipped."""
    air.desk.gate = QuietHours(at("21:00").time(), at("05:15").time())
    air.planned = [
        occurrence("som", "05:05"),
        occurrence("sang", "05:30"),
        occurrence("trua", "05:50"),
    ]
    air.run("05:01")
    assert air.desk.next_start(air.clock.now()) == at("05:30")
    air.run("05:20")
    air.desk.skip_next(reasons.skipped())
    assert air.desk.next_start(air.clock.now()) == at("05:50")
    air.run("05:55")
    assert air.desk.next_start(air.clock.now()) is None


def test_no_start_in_the_quiet_hours(air: Air) -> None:
    """A slot in the quiet hours is missed with the reason; an emergency sounds."""
    air.desk.gate = QuietHours(at("21:00").time(), at("05:15").time())
    siren = occurrence("khan", "05:10", priority=Priority.EMERGENCY)
    air.planned = [occurrence("som", "05:05"), siren]
    air.run("06:00")
    assert air.entry("som").reason.endswith("[quiet-hours]")
    assert air.entry("khan").outcome is Outcome.AIRED


def test_a_late_join_enters_its_time_line(air: Air) -> None:
    """A slot that joins late begins in the middle, and the parts before are not in the log."""
    late = occurrence("sang", "04:54", late=LateAction.JOIN)
    air.planned = [late]
    air.run("05:30")
    entry = air.entry("sang")
    assert entry.starts[0] > at("05:00")
    assert [s.title for s in entry.segments] == ["sang 1"]
    assert entry.ended_at == at("05:04")


def test_a_join_after_the_end_is_missed(air: Air) -> None:
    """Nothing of the programme is left to join: missed, not a start without sound."""
    air.planned = [occurrence("sang", "04:54", late=LateAction.JOIN)]
    air.shelf.own["sang"] = programme("sang", minutes=3)
    air.run("05:30")
    assert air.entry("sang").reason == str(reasons.over_already())
    assert air.output.plays == []


def test_too_long_a_programme_is_cut(air: Air) -> None:
    """The slot's longest duration holds."""
    air.planned = [occurrence("sang", "05:30", max_min=4)]
    air.run("06:00")
    assert air.entry("sang").reason.endswith("[max-over]")
    assert heard_ms(air.entry("sang")) == 4 * 60_000


def test_the_desk_forgets_what_is_long_over(air: Air) -> None:
    """After a year the desk remembers some days only; the log remembers all."""
    for day in range(30):
        start = DAY + timedelta(days=day, hours=6)
        air.planned = [occurrence("sang", start)]
        air.run(start + 15 * MINUTE)
    assert len(air.desk.console.state.ledger) <= 4
    assert len(air.log.entries()) == 30


_MINUTES = st.integers(0, 120)


@st.composite
def _weeks(draw):
    """Some starts within two hours, and programmes of any length for them."""
    minutes = draw(st.lists(_MINUTES, min_size=1, max_size=6, unique=True))
    planned = [
        occurrence(
            f"k{number}",
            at("05:30") + minute * MINUTE,
            hard=draw(st.booleans()),
            priority=draw(st.sampled_from([Priority.ROUTINE, Priority.PRIORITY])),
            late=draw(st.sampled_from(LateAction)),
            max_min=draw(st.sampled_from([5, 60])),
        )
        for number, minute in enumerate(sorted(minutes))
    ]
    lengths = {o.slot.id: draw(st.sampled_from([None, 0.5, 7, 45])) for o in planned}
    return planned, lengths


@given(
    _weeks(),
    st.lists(st.tuples(_MINUTES, st.sampled_from(["card", "disk", "stop", "skip"])), max_size=5),
)
@settings(max_examples=40)
def test_each_occurrence_is_started_or_missed_with_a_reason(week, trouble) -> None:
    """Whatever the week and whatever goes wrong in it: each occurrence has one story, which was
    heard or has a reason, and the parts in the log lie in what was heard."""
    planned, lengths = week
    with tempfile.TemporaryDirectory() as folder:
        air = Air(Path(folder))
        air.planned = planned
        air.shelf.own = {n: programme(n, minutes=m) if m else None for n, m in lengths.items()}
        for minute, what in sorted(trouble):
            air.run(at("05:30") + minute * MINUTE)
            _trouble(air, what)
            air.run(air.clock.now() + 70 * SECOND)
            air.store.full, air.output.trouble = False, ""
        air.run("10:00")
        entries = air.log.entries()
        assert sorted(e.occurrence for e in entries) == sorted(o.id for o in planned)
        for entry in entries:
            assert entry.outcome is not Outcome.ON_AIR
            assert bool(entry.starts) == bool(entry.segments)
            assert entry.reason or entry.outcome is Outcome.AIRED
            assert all(entry.starts[0] <= s.started_at for s in entry.segments)
            assert all(s.ended_at <= entry.ended_at for s in entry.segments)
        assert _one_at_a_time(entries)
        assert air.log.verify() == []
        air.close()


def _trouble(air: Air, what: str) -> None:
    match what:
        case "card":
            air.output.trouble = "the card is gone"
        case "disk":
            air.store.full = True
        case "stop":
            air.desk.stop_all(reasons.stopped())
        case "skip":
            air.desk.skip_next(reasons.skipped())


def _one_at_a_time(entries: list[AsRunEntry]) -> bool:
    parts = sorted((s.started_at, s.ended_at) for e in entries for s in e.segments)
    return all(end <= begin for (_, end), (begin, _) in itertools.pairwise(parts))
