"""Alarms: each cause is told once, on every way, sooner or later, and when it is over."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from occurrences import at

from broadcaster.clock import SimulatedClock
from broadcaster.station.alarms import Alarms
from broadcaster.station.alarms.outbox import Outbox
from broadcaster.station.alarms.ways import WayError
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.alarm import AlarmSettings
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.watch import Cause

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadcaster.station.alarms.message import Message

MUTED = Cause("card-muted loa", "card-muted", "the card of loa is muted")
MISSED = Cause("slot-not-heard sang", "slot-not-heard", "it was not heard", is_event=True)


@dataclass
class Post:
    """A way that works when ``trouble`` is empty; ``letters`` are what arrived."""

    trouble: str = ""
    letters: list[list[Message]] = field(default_factory=list)
    tries: int = 0
    name: str = "post"

    def send(self, _station: str, messages: list[Message]) -> None:
        self.tries += 1
        if self.trouble:
            raise WayError(self.trouble)
        self.letters.append(messages)

    def lines(self) -> list[tuple[str, str]]:
        return [(m.state, m.code) for letter in self.letters for m in letter]


@dataclass
class Station:
    """Alarms with one way, and a time that a test moves on."""

    root: Path
    post: Post = field(default_factory=Post)
    passed_s: float = 0.0

    def __post_init__(self) -> None:
        self.folder = StationFolder(self.root)
        self.clock = SimulatedClock(at("05:30"))
        self.restart()

    def restart(self) -> None:
        config = replace(StationConfig(name="Đài"), alarm=AlarmSettings())
        self.alarms = Alarms(
            self.folder, config, clock=self.clock, monotonic_s=lambda: self.passed_s
        )
        path = self.folder.alarms / "post.json"
        outbox = Outbox(self.post, "Đài", path, lambda: self.passed_s)
        self.alarms.outboxes.append(outbox)

    def see(self, *causes: Cause, seconds: int = 2) -> None:
        """The same causes at each look, for so long."""
        for _look in range(seconds // 2):
            self.alarms.see(causes)
            for outbox in self.alarms.outboxes:
                outbox.tick()
            self.clock.wait_until(self.clock.now() + timedelta(seconds=2))
            self.passed_s += 2

    def opened(self) -> list[str]:
        return [alarm["code"] for alarm in self.alarms.open()]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_a_cause_is_told_once_and_when_it_is_over(station: Station) -> None:
    """Ten minutes of a muted card are two letters: it began, and a minute of quiet later it is
    over."""
    station.see(MUTED, seconds=600)
    assert station.post.lines() == [("begun", "card-muted")]
    assert station.opened() == ["card-muted"]
    station.see(seconds=50)
    assert station.opened() == ["card-muted"]
    station.see(seconds=20)
    assert station.post.lines() == [("begun", "card-muted"), ("over", "card-muted")]
    assert station.opened() == []


def test_a_loose_plug_is_one_alarm(station: Station) -> None:
    """What comes and goes each half minute is not told each time."""
    for _turn in range(10):
        station.see(MUTED, seconds=10)
        station.see(seconds=30)
    assert station.post.lines() == [("begun", "card-muted")]


def test_an_event_is_told_once_and_is_never_over(station: Station) -> None:
    """A slot that was missed stays missed: one letter, none that says it is over."""
    station.see(MISSED, seconds=100)
    station.see(seconds=200)
    assert station.post.lines() == [("begun", "slot-not-heard")]
    assert station.opened() == []


def test_a_restart_tells_nothing_twice(station: Station) -> None:
    """After a restart of the daemon, what people know already is not told again; what ended in
    between is told to be over."""
    station.see(MUTED, MISSED)
    station.restart()
    station.see(MUTED, MISSED, seconds=60)
    assert len(station.post.lines()) == 2
    station.restart()
    station.see(seconds=70)
    assert station.post.lines()[2:] == [("over", "card-muted")]


def test_what_happened_without_a_network_arrives_later_in_one_letter(station: Station) -> None:
    """Eight hours without a network, and a restart: one letter tells all, in order."""
    station.post.trouble = "no network"
    station.see(MISSED)
    for number in range(5):
        station.see(replace(MUTED, key=str(number)), seconds=4)
        station.see(seconds=70)
    station.see(seconds=8 * 3600)
    tries = station.post.tries
    assert tries < 60
    station.restart()
    station.post.trouble = ""
    station.see(seconds=1000)
    (letter,) = station.post.letters
    assert [m.state for m in letter] == ["begun", *["begun", "over"] * 5]
    assert [m.at for m in letter] == sorted(m.at for m in letter)


def test_a_flood_is_a_few_letters(station: Station) -> None:
    """A hundred causes in an hour leave in at most a dozen letters, none of them lost."""
    for number in range(100):
        station.see(replace(MISSED, key=str(number)), seconds=36)
    station.see(seconds=1000)
    assert len(station.post.lines()) == 100
    assert len(station.post.letters) <= 14


@settings(max_examples=30)
@given(st.lists(st.sampled_from([(), (MUTED,), (MISSED,), (MUTED, MISSED), "restart"])))
def test_whatever_happens_begun_and_over_take_turns(
    tmp_path_factory: pytest.TempPathFactory, story: Sequence
) -> None:
    """In any story with any restarts, an alarm is never told twice without its end between."""
    station = Station(tmp_path_factory.mktemp("dai"))
    for step in story:
        if step == "restart":
            station.restart()
        else:
            station.see(*step, seconds=40)
    states = [state for state, code in station.post.lines() if code == "card-muted"]
    assert states == ["begun", "over"] * (len(states) // 2) + ["begun"] * (len(states) % 2)
    assert station.post.lines().count(("begun", "slot-not-heard")) <= 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"code": 1}}', "[1, {}]"])
def test_a_damaged_memory_begins_anew(tmp_path: Path, text: str) -> None:
    """Files of the alarms that a power cut has spoiled cost their content, not the watch."""
    folder = StationFolder(tmp_path)
    folder.alarms.mkdir(parents=True)
    (folder.alarms / "open.json").write_text(text)
    (folder.alarms / "post.json").write_text(text)
    station = Station(tmp_path)
    station.see(MUTED)
    assert station.post.lines() == [("begun", "card-muted")]


def test_a_disk_that_takes_nothing_keeps_no_alarm_back(tmp_path: Path) -> None:
    """Where the outbox cannot be written, the alarm leaves all the same."""
    (tmp_path / ".broadcaster").mkdir()
    (tmp_path / ".broadcaster/alarms").write_text("a file where the folder should be")
    station = Station(tmp_path)
    station.see(MUTED)
    assert station.post.lines() == [("begun", "card-muted")]


def test_what_waits_is_on_the_disk_and_has_an_end(station: Station) -> None:
    """A queue that nobody empties for years keeps the newest two hundred."""
    station.post.trouble = "no network"
    for number in range(203):
        station.see(replace(MISSED, key=str(number), text=str(number)))
    waiting = json.loads((station.folder.alarms / "post.json").read_text())
    assert [m["text"] for m in waiting] == [str(number) for number in range(3, 203)]
