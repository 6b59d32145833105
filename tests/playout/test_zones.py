"""Several outputs at one time: one story of all, and none disturbs another."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fragile import FragileOutput
from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import at

from broadcaster.clock import SimulatedClock
from broadcaster.model import PreparedProgramme
from broadcaster.playout import Ended, Event, Failed, Resumed, Started, Zone, Zones

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

SECOND = timedelta(seconds=1)
TEN_MINUTES = 600_000


def programme(name: str = "sang", *, minutes: float = 10) -> PreparedProgramme:
    return PreparedProgramme(
        programme_id=name, title=name, duration_ms=round(minutes * 60_000), audio_sha256=name
    )


class Bench:
    """Outputs by name under a clock that jumps."""

    def __init__(self, *names: str, start: str = "05:29:59", **delays: int) -> None:
        self.clock = SimulatedClock(at(start))
        self.outputs = {name: FragileOutput(self.clock, name=name) for name in names}
        self.delays = delays
        self.own: Mapping[str, PreparedProgramme] = {}

    def arm(self, **values) -> Zones:
        zones = Zones(
            [
                Zone(
                    output=output,
                    programme=self.own.get(name, programme()),
                    name=name,
                    delay_ms=self.delays.get(name, 0),
                )
                for name, output in self.outputs.items()
            ],
            self.clock,
            label="sang@05:30",
        )
        zones.arm(at=at("05:30"), **values)
        return zones

    def run(self, zones: Zones, until: str) -> list[Event]:
        events = zones.tick()
        end = at(until)
        while (next_at := zones.next_at) and next_at <= end:
            self.clock.wait_until(next_at)
            events += zones.tick()
        self.clock.wait_until(end)
        return events + zones.tick()

    def mend(self, name: str) -> None:
        self.outputs[name].trouble = ""


def test_two_outputs_are_one_programme() -> None:
    """Both sound: it starts once, ends once, and both are named."""
    bench = Bench("a", "b")
    zones = bench.arm()
    assert zones.output_name == "a, b"
    assert bench.run(zones, "06:00") == [Started(at("05:30")), Ended(at("05:40"))]
    assert zones.is_idle
    assert zones.next_at is None
    assert (zones.sounded, zones.trouble) == ("a, b", "")


def test_one_that_never_sounds_is_named_and_disturbs_nobody() -> None:
    """One of two fails from the beginning to the end: the programme is broadcast, on the other."""
    bench = Bench("a", "b")
    bench.outputs["b"].trouble = "the password is wrong"
    zones = bench.arm()
    assert bench.run(zones, "06:00") == [Started(at("05:30")), Ended(at("05:40"))]
    assert len(bench.outputs["a"].opened) == 1
    assert zones.sounded == "a"
    assert zones.trouble == "“b” did not sound: the password is wrong [output-silent]"


def test_one_that_breaks_is_opened_again_alone(caplog: pytest.LogCaptureFixture) -> None:
    """One of two is out for six seconds: it is opened again on its own, and the log says it."""
    bench = Bench("a", "b")
    zones = bench.arm()
    with caplog.at_level(logging.INFO, logger="broadcaster"):
        events = bench.run(zones, "05:31")
        bench.outputs["a"].pull_out()
        events += bench.run(zones, "05:31:05.5")
        bench.mend("a")
        events += bench.run(zones, "06:00")
    assert events == [Started(at("05:30")), Ended(at("05:40"))]
    assert len(bench.outputs["b"].opened) == 1
    assert bench.outputs["a"].opened[-1] == (at("05:31:06.3"), 66_300)
    assert zones.sounded == "a, b"
    assert zones.trouble == "“a” was silent for 6 seconds: no loudspeaker [output-broke]"
    assert "sang@05:30: a is silent: no loudspeaker" in caplog.text
    assert "sang@05:30: a sounds again" in caplog.text


def test_silence_is_when_none_sounds() -> None:
    """Both break, one after the other: the sound is gone with the second, back with the first."""
    bench = Bench("a", "b")
    zones = bench.arm()
    events = bench.run(zones, "05:31")
    bench.outputs["a"].pull_out()
    events += bench.run(zones, "05:32")
    assert events == [Started(at("05:30"))]
    bench.outputs["b"].pull_out()
    events += bench.run(zones, "05:33")
    assert events[1:] == [Failed(at("05:32"), "a: no loudspeaker; b: no loudspeaker")]
    bench.mend("b")
    events += bench.run(zones, "06:00")
    assert [type(event) for event in events] == [Started, Failed, Resumed, Ended]
    assert events[-1] == Ended(at("05:40"))
    assert zones.tracks[0].spans == [(at("05:30"), at("05:31"))]
    assert len(zones.tracks[1].spans) == 2


def test_the_first_to_sound_begins_it() -> None:
    """The first output cannot start, the second can: it started, and nothing failed."""
    bench = Bench("a", "b")
    bench.outputs["a"].trouble = "no card"
    zones = bench.arm()
    events = bench.run(zones, "05:30:30")
    bench.mend("a")
    events += bench.run(zones, "06:00")
    assert events == [Started(at("05:30")), Ended(at("05:40"))]
    assert "was silent for 3" in zones.trouble


def test_none_could_be_heard() -> None:
    """No output sounds at all: failed once, ended with all the reasons."""
    bench = Bench("a", "b")
    for name, output in bench.outputs.items():
        output.trouble = f"no card {name}"
    zones = bench.arm()
    reason = "a: no card a; b: no card b"
    events = bench.run(zones, "06:00")
    assert events[0] == Failed(at("05:29:59"), reason)
    assert events[-1] == Ended(at("05:40"), reason)
    assert {type(event) for event in events} == {Failed, Ended}
    assert zones.sounded == ""


def test_a_delay_belongs_to_one_output() -> None:
    """An output with a delay sounds later, and the programme lasts until it has ended."""
    bench = Bench("a", "b", b=500)
    zones = bench.arm()
    assert bench.run(zones, "06:00") == [Started(at("05:30")), Ended(at("05:40:00.5"))]
    assert bench.outputs["a"].opened == [(at("05:30"), 0)]
    assert bench.outputs["b"].opened == [(at("05:30:00.5"), 0)]
    assert zones.begins_after == timedelta()
    assert zones.length_ms == TEN_MINUTES + 500


def test_where_all_are_late_so_is_the_start() -> None:
    """With the only output half a second behind, the start is half a second late."""
    bench = Bench("a", a=500)
    zones = bench.arm()
    assert zones.begins_after == timedelta(milliseconds=500)
    assert bench.run(zones, "06:00")[0] == Started(at("05:30:00.5"))


def test_a_shorter_programme_of_its_own() -> None:
    """An output airs a programme of its own; the start is one, the end that of the longest."""
    bench = Bench("a", "b")
    bench.own = {"b": programme("raglai", minutes=4)}
    zones = bench.arm()
    assert zones.programme == programme()
    assert zones.own == {"b": programme("raglai", minutes=4)}
    assert bench.run(zones, "06:00") == [Started(at("05:30")), Ended(at("05:40"))]
    assert zones.tracks[1].spans == [(at("05:30"), at("05:34"))]


def test_after_the_short_one_ended_a_failing_one_is_silence() -> None:
    """One is over and the other broken: nothing sounds, and the desk is told."""
    bench = Bench("a", "b")
    bench.own = {"a": programme("ngan", minutes=4)}
    zones = bench.arm()
    events = bench.run(zones, "05:33")
    bench.outputs["b"].pull_out()
    events += bench.run(zones, "06:00")
    assert events[1] == Failed(at("05:34"), "b: no loudspeaker")
    assert events[-1] == Ended(at("05:34"))


def test_a_late_join_is_late_on_each() -> None:
    """Joined at minute five, an output whose own programme is over by then stays silent."""
    bench = Bench("a", "b", start="05:30")
    bench.own = {"b": programme("raglai", minutes=4)}
    zones = bench.arm(from_ms=300_000)
    assert bench.run(zones, "06:00")[-1] == Ended(at("05:35"))
    assert bench.outputs["b"].opened == []
    assert zones.trouble == ""


def test_a_stop_is_silence_everywhere() -> None:
    """After a stop no output sounds, and what was heard until then is known."""
    bench = Bench("a", "b")
    zones = bench.arm()
    bench.run(zones, "05:31")
    zones.stop()
    assert zones.is_idle
    assert [track.spans for track in zones.tracks] == [[(at("05:30"), at("05:31"))]] * 2
    assert bench.run(zones, "06:00") == []


def test_a_remark_of_an_output_is_told() -> None:
    """What was wrong with a card that sounded all the same is told at the end."""
    clock = SimulatedClock(at("05:29:59"))
    zone = Zone(
        output=FragileOutput(clock), programme=programme(), note="đổi", remark=lambda: "tắt tiếng"
    )
    assert Zones([zone], clock).trouble == "đổi; tắt tiếng"


_BREAKS = st.lists(
    st.tuples(st.sampled_from("ab"), st.booleans(), st.integers(1, 40_000)), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(_BREAKS)
def test_whatever_breaks_one_story_is_told(breaks: list[tuple[str, bool, int]]) -> None:
    """However outputs break and come back: one start at most, silence only between sounds, one
    end, and the spans of each output lie in order within the programme."""
    bench = Bench("a", "b")
    zones = bench.arm()
    events = zones.tick()
    now: datetime = at("05:29:59")
    for name, is_broken, wait_ms in breaks:
        output = bench.outputs[name]
        if is_broken:
            output.pull_out()
        else:
            output.trouble = ""
        now += timedelta(milliseconds=wait_ms)
        events += bench.run(zones, f"{now:%H:%M:%S.%f}")
    events += bench.run(zones, "05:50")
    kinds = [type(event) for event in events]
    assert kinds.count(Ended) == 1
    assert kinds[-1] is Ended
    assert kinds.count(Started) <= 1
    assert Resumed not in kinds[: kinds.index(Started)] if Started in kinds else True
    sounding = False
    for kind in kinds:
        assert not (kind in {Started, Resumed} and sounding)
        sounding = kind in {Started, Resumed} or (sounding and kind is not Failed)
    for track in zones.tracks:
        instants = [instant for span in track.spans for instant in span]
        assert instants == sorted(instants)
        assert all(at("05:30") <= instant <= at("05:40") for instant in instants)
