"""When the amplifier is on: a while before the sound, a while after it, and not in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from occurrences import at

from broadcaster.station.air.amplifier import Amplifier
from broadcaster.station.settings.outputs import AmplifierSettings

SETTINGS = AmplifierSettings(on=("on",), off=("off",), before_ms=10_000, after_ms=5_000)
TICK = timedelta(milliseconds=250)


@dataclass
class Relay:
    """A switch that obeys at once, fails, or is busy."""

    state: str = ""
    turned: list[str] = field(default_factory=list)
    fails: bool = False
    is_busy: bool = False

    def turn(self, state: str) -> None:
        self.turned.append(state)
        self.state = "" if self.fails else state

    def settled(self) -> str:
        return self.state


def run(
    amplifier: Amplifier, begin: datetime, end: datetime, *sounds: tuple[datetime, datetime]
) -> list[tuple[datetime, str]]:
    """Tick through a time with programmes from (start) to (end); what was switched, and when."""
    switched = []
    now = begin
    while now < end:
        before = len(amplifier.switch.turned)
        sounding = any(a <= now < b for a, b in sounds)
        coming = min((a for a, _b in sounds if a > now), default=None)
        amplifier.tick(now, sounds=sounding, next_start=coming)
        switched += [(now, state) for state in amplifier.switch.turned[before:]]
        now += TICK
    return switched


def test_on_before_and_off_after() -> None:
    """Ten seconds before the slot it is switched on, five after the last look at its sound off;
    before that it is off for sure."""
    switched = run(
        Amplifier(SETTINGS, Relay()), at("05:00"), at("06:00"), (at("05:30"), at("05:40"))
    )
    assert switched == [
        (at("05:00"), "off"),
        (at("05:29:50"), "on"),
        (at("05:40:05") - TICK, "off"),
    ]


def test_it_stays_on_for_a_slot_that_follows() -> None:
    """The next slot begins fourteen seconds later, before it would be on again: it stays on."""
    sounds = (at("05:30"), at("05:40")), (at("05:40:14"), at("05:50"))
    switched = run(Amplifier(SETTINGS, Relay()), at("05:29"), at("06:00"), *sounds)
    assert [state for _at, state in switched] == ["off", "on", "off"]


def test_it_goes_off_for_a_longer_pause() -> None:
    """Between two slots that lie minutes apart it is switched off."""
    sounds = (at("05:30"), at("05:40")), (at("05:45"), at("05:50"))
    switched = run(Amplifier(SETTINGS, Relay()), at("05:29"), at("06:00"), *sounds)
    assert [state for _at, state in switched] == ["off", "on", "off", "on", "off"]


def test_a_resumed_programme_finds_it_on() -> None:
    """After a crash something sounds at once: it is switched on at once, never off."""
    switched = run(
        Amplifier(SETTINGS, Relay()), at("05:35"), at("05:36"), (at("05:30"), at("06:00"))
    )
    assert switched == [(at("05:35"), "on")]


def test_a_switch_that_fails_is_tried_again_each_five_seconds() -> None:
    """The relay does not obey: tried again while the sound is there, not at every glance."""
    relay = Relay(fails=True)
    run(Amplifier(SETTINGS, relay), at("05:30"), at("05:30:21"), (at("05:30"), at("05:40")))
    assert relay.turned == ["on"] * 5


def test_a_busy_switch_is_left_alone() -> None:
    """A command that still runs is not given again."""
    relay = Relay(is_busy=True)
    run(Amplifier(SETTINGS, relay), at("05:30"), at("05:31"), (at("05:30"), at("05:40")))
    assert relay.turned == []


def test_an_order_waits_until_it_is_warm() -> None:
    """A programme that is ordered now begins when the amplifier is warm; on a warm one, now."""
    amplifier = Amplifier(SETTINGS, Relay())
    now = at("05:30")
    assert amplifier.ready_at(now) == at("05:30:10")
    assert amplifier.switch.turned == ["on"]
    run(amplifier, now, at("05:30:10"))
    assert amplifier.switch.turned == ["on"]
    assert amplifier.ready_at(at("05:30:10")) == at("05:30:10")


def test_an_order_that_does_not_come_lets_it_go_off_again() -> None:
    """The ordered programme was stopped before it began: it is switched off again."""
    amplifier = Amplifier(SETTINGS, Relay())
    amplifier.ready_at(at("05:30"))
    run(amplifier, at("05:30"), at("05:31"))
    assert amplifier.switch.turned == ["on", "off"]


def test_a_clock_that_is_set_back_does_not_stop_it() -> None:
    """Somebody sets the clock back by an hour: it is looked after all the same."""
    amplifier = Amplifier(SETTINGS, Relay())
    run(amplifier, at("05:30"), at("05:31"))
    switched = run(amplifier, at("04:30"), at("04:31"), (at("04:30:30"), at("04:31")))
    assert [state for _at, state in switched] == ["on"]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120)), max_size=6))
def test_whatever_sounds_it_is_on(slots: list[tuple[int, int]]) -> None:
    """However slots lie: whenever something sounds it is on, and at the end off."""
    zero = at("05:00")
    sounds = [
        (zero + timedelta(seconds=20 + a), zero + timedelta(seconds=20 + a + b)) for a, b in slots
    ]
    amplifier = Amplifier(SETTINGS, Relay())
    now = zero
    while now < zero + timedelta(seconds=460):
        sounding = any(a <= now < b for a, b in sounds)
        coming = min((a for a, _b in sounds if a > now), default=None)
        amplifier.tick(now, sounds=sounding, next_start=coming)
        assert not sounding or amplifier.switch.settled() == "on"
        now += TICK
    assert amplifier.switch.settled() == "off"
