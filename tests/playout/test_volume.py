"""The volume of a card is seen to before each sound, and never holds one up."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from fragile import FragileOutput
from occurrences import at

from broadcaster.clock import SimulatedClock
from broadcaster.errors import OutputError
from broadcaster.playout import AtVolume, Level, mixer_of
from broadcaster.playout.mixer import AlsaMixer, AnyMixer, PulseMixer

SOON = timedelta(milliseconds=100)


@dataclass
class Knob:
    """A mixer made of two values; ``stuck`` ones cannot be turned."""

    level: Level = field(default_factory=lambda: Level(50, muted=False))
    trouble: str = ""
    stuck: bool = False
    turned: list[int] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    answers: threading.Event = field(default_factory=threading.Event)
    cure: str = "turn the knob"

    def __post_init__(self) -> None:
        self.answers.set()

    def look(self) -> Level:
        self.asked.set()
        self.answers.wait(5)
        if self.trouble:
            raise OutputError(self.trouble)
        return self.level

    def set(self, volume: int) -> None:
        self.turned.append(volume)
        if not self.stuck:
            self.level = Level(volume, muted=False)


def played(knob: Knob, volume: int = 80) -> AtVolume:
    """An output that was told to play at once; its mixer is done, or waits for its answer."""
    clock = SimulatedClock(at("05:29:59.9"))
    output = AtVolume(FragileOutput(clock, name="loa"), knob, volume, clock=clock)
    output.play(None, at=clock.now() + SOON, duration_ms=1000)
    if knob.answers.is_set():
        join(output)
    return output


def join(output: AtVolume) -> None:
    for thread in threading.enumerate():
        if thread.name == f"volume of {output.name}":
            thread.join(5)


def test_the_volume_is_set() -> None:
    """A card at another volume is turned to that of the slot, and nothing is told."""
    knob = Knob()
    assert played(knob).trouble == ""
    assert knob.turned == [80]


def test_what_is_right_is_left_alone() -> None:
    """A card that is as it should be is not touched."""
    knob = Knob(Level(80, muted=False))
    assert played(knob).trouble == ""
    assert knob.turned == []


def test_a_card_muted_by_hand_sounds_and_is_told() -> None:
    """Somebody muted the card: it is turned on for the slot, and the log says so."""
    knob = Knob(Level(80, muted=True))
    assert played(knob).trouble.endswith("[was-muted]")
    assert knob.level == Level(80, muted=False)


@pytest.mark.parametrize("level", [Level(50, muted=False), Level(80, muted=True)])
def test_a_card_that_does_not_obey_is_told_with_the_cure(level: Level) -> None:
    """Set, and still muted or at another volume: named, with what to type."""
    trouble = played(Knob(level, stuck=True)).trouble
    assert "turn the knob" in trouble
    assert trouble.endswith("[volume-not-kept]")


def test_a_mixer_that_fails_is_told_with_the_cure() -> None:
    """A mixer that cannot be asked is named, with what to type."""
    trouble = played(Knob(trouble="amixer is missing")).trouble
    assert trouble == (
        "the volume of “loa” could not be set: amixer is missing → turn the knob [volume-not-set]"
    )


def test_the_same_trouble_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """An output that is opened again every second does not fill the service log with its mixer."""
    output = played(Knob(trouble="no mixer"))
    output.play(None, at=at("05:30:01"), duration_ms=1000)
    join(output)
    assert len(caplog.records) == 1


def test_a_mixer_that_hangs_holds_up_nothing() -> None:
    """The mixer never answers: the sound was ordered all the same."""
    knob = Knob()
    knob.answers.clear()
    output = played(knob)
    assert knob.asked.wait(5)
    assert output._output.opened == [(at("05:30"), 0)]
    knob.answers.set()
    join(output)


def test_an_output_that_cannot_play_says_so() -> None:
    """What is wrong with the output itself is told by it, not hidden by its volume."""
    clock = SimulatedClock(at("05:30"))
    output = AtVolume(FragileOutput(clock, trouble="no card"), Knob(), 80, clock=clock)
    assert output.check() == "no card"
    with pytest.raises(OutputError, match="no card"):
        output.play(None, at=at("05:30:01"), duration_ms=1000)


@pytest.mark.parametrize(
    "spec, mixer",
    [
        ("pacat", PulseMixer("")),
        ("pacat:loa", PulseMixer("loa")),
        ("aplay:plughw:CARD=USB,DEV=0", AlsaMixer("plughw:CARD=USB,DEV=0")),
        ("aplay", AlsaMixer("")),
        ("auto", AnyMixer((PulseMixer(""), AlsaMixer("")))),
        ("file:a.wav", None),
        ("null", None),
        ("icecast:http://source@127.0.0.1:8000/a.mp3", None),
    ],
)
def test_which_mixer_an_output_has(spec: str, mixer: object) -> None:
    """Sound cards and sound servers have a mixer; files and network speakers have none."""
    assert mixer_of(spec) == mixer
