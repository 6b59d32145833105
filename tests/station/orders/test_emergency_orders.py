"""Orders of emergencies and the microphone, from the row in the store to the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from duty import Duty
from occurrences import at, occurrence
from small_station import bulletin, small_station, worker

from broadcaster.asrun import CommandKind, CommandQueue
from broadcaster.clock import SimulatedClock
from broadcaster.errors import ContentError
from broadcaster.model import Priority
from broadcaster.playout import QuietHours
from broadcaster.station.air.amplifier import Amplifier
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.check.warnings import warning_findings
from broadcaster.station.content.content import load_content
from broadcaster.station.orders.control import Control
from broadcaster.station.orders.emergency import Wish
from broadcaster.station.orders.hotline import Hotline, call
from broadcaster.station.orders.orders import Orders
from broadcaster.station.orders.standing import StandingOrders
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.emergency_sound import templates, typed
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.station.preparing.ready_warning import lies_ready
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.outputs import AmplifierSettings
from broadcaster.station.upkeep.chores import Chores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORM = "---\ntitle: Bão\npriority: khẩn cấp\n---\nBão sắp vào bờ. Bà con ở trong nhà.\n"


class Relay:
    """A switch that obeys at once."""

    state = ""
    is_busy = False

    def turn(self, state: str) -> None:
        self.state = state

    def settled(self) -> str:
        return self.state


class Station(Duty):
    """A desk on duty with a folder, a queue and a hotline."""

    def open(self) -> Station:
        self.station = small_station(self.folder / "dai")
        bulletin(self.station, "bao", STORM)
        self.queue = CommandQueue(self.store)
        week = LiveWeek([], since=self.start)
        chores = Chores(self.station, StationConfig(name="Đài"), week, clock=self.clock)
        self.orders = Orders(self.station, self.desk, chores, None, self.standing)
        self.hotline = Hotline(self.station.hotline, self.clock)
        self.control = Control(
            self.queue,
            self.orders.handlers(),
            calls=self.hotline.heard,
            write_later=self.desk.write_later,
        )
        return self

    def prepare(self) -> None:
        """Make the sound of the template, as the preparer does."""
        maker = worker(self.station)
        for warning in templates(maker.assembler.content, self.clock.now()):
            maker.prepare(warning)

    def order(self, kind: str, argument: str = "") -> tuple[str, str]:
        """(state, answer) of an order, carried out at once."""
        number = self.queue.order(kind, argument, by="Lan")
        self.control.poll()
        command = self.queue.get(number)
        return str(command.state), command.outcome

    def wish(self, name: str = "bao", *, minutes: float = 30, **more) -> str:
        until = self.clock.now() + timedelta(minutes=minutes)
        return Wish(name=name, until=until, **more).as_text()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path).open()
    station.planned = [occurrence("sang", "05:30")]
    yield station
    station.hotline.close()
    station.close()


def test_a_template_lies_ready_until_its_text_changes(station: Station) -> None:
    """A bulletin that is khẩn cấp has its sound ahead of time; a changed text needs a new one."""
    assert not lies_ready(station.station, "bao")
    station.prepare()
    assert lies_ready(station.station, "bao")
    found, _key = manifest.load(manifest.files_of_emergency(station.station, "bao").manifest)
    assert [segment.title for segment in found.segments] == ["bao-dong", "Bão"]
    assert len(found.marks_ms) == 3  # the chime, and two sentences
    bulletin(station.station, "bao", STORM.replace("nhà", "nhà văn hoá"))
    assert not lies_ready(station.station, "bao")


def test_half_a_warning_is_none(station: Station) -> None:
    """Where the text cannot be spoken, no chime without words is prepared."""
    maker = worker(station.station)
    [warning] = templates(maker.assembler.content, station.clock.now())
    bulletins = {k: v for k, v in maker.assembler.content.bulletins.items() if k != "bao"}
    content = replace(maker.assembler.content, bulletins=bulletins)
    broken = replace(maker, assembler=replace(maker.assembler, content=content))
    with pytest.raises(ContentError, match="bao"):
        broken.prepare(warning)
    assert manifest.load(manifest.files_of_emergency(station.station, "bao").manifest) is None


def test_only_what_is_prepared_can_be_ordered(station: Station) -> None:
    """An order without a sound is refused with the name, and one whose time is over too."""
    assert station.order(CommandKind.EMERGENCY, station.wish())[0] == "refused"
    assert station.order(CommandKind.EMERGENCY, "?")[0] == "refused"
    assert station.order(CommandKind.EMERGENCY, station.wish("../bao"))[0] == "refused"
    station.prepare()
    assert station.order(CommandKind.EMERGENCY, station.wish(minutes=-1))[0] == "refused"
    state, answer = station.order(CommandKind.EMERGENCY, station.wish())
    assert (state, "Bão" in answer) == ("done", True)


def test_orders_are_recalled_until_somebody_ends_them(station: Station) -> None:
    """A new daemon knows what is in force; after a stop nothing is."""
    station.prepare()
    station.order(CommandKind.EMERGENCY, station.wish(repeat=3, why="bão"))
    station.order(CommandKind.MIC_ON, "10|họp dân")

    def recalled() -> StandingOrders:
        standing = StandingOrders()
        standing.recall(station.station, station.queue.done_since(at("04:00")))
        return standing

    assert recalled().emergencies == station.standing.emergencies
    assert recalled().mic == station.standing.mic
    assert len(recalled().around(station.clock.now())) == 4
    station.order(CommandKind.MIC_OFF)
    station.order(CommandKind.EMERGENCY_STOP)
    assert recalled() == StandingOrders()
    station.order(CommandKind.EMERGENCY, station.wish())
    station.order(CommandKind.STOP)
    assert recalled() == StandingOrders()


def test_an_emergency_waits_for_nothing_but_the_amplifier(station: Station) -> None:
    """In quiet hours too it is heard at once; where the amplifier is off, once that is warm."""
    station.prepare()
    station.desk.gate = QuietHours(at("04:00").time(), at("05:20").time())
    settings = AmplifierSettings(on=("on",), off=("off",), before_ms=8_000)
    station.orders = replace(station.orders, amplifier=Amplifier(settings, Relay()))
    station.control = Control(station.queue, station.orders.handlers())
    _state, answer = station.order(CommandKind.EMERGENCY, station.wish())
    assert "8" in answer
    station.desk.console.prepared = replace(
        station.desk.console.prepared, own=PreparedFiles(station.station)
    )
    station.run("05:00:07")
    assert not station.desk.console.sounding
    station.run("05:00:09")
    assert station.desk.is_on_air(Priority.EMERGENCY)


def test_the_microphone_has_limits(station: Station) -> None:
    """It is refused for longer than station.yaml allows, in quiet hours, and without a number."""
    assert station.order(CommandKind.MIC_ON, "121|")[0] == "refused"
    assert station.order(CommandKind.MIC_ON, "|")[0] == "refused"
    station.desk.gate = QuietHours(at("04:00").time(), at("05:20").time())
    assert station.order(CommandKind.MIC_ON, "5|")[0] == "refused"
    station.desk.gate = None
    assert station.order(CommandKind.MIC_ON, "5|") == (
        "done",
        "the microphone has the air until 05:05:00",
    )
    station.run("05:01")
    assert station.order(CommandKind.MIC_OFF)[1] == "the microphone is off"
    assert station.order(CommandKind.MIC_OFF)[1] == "the microphone was not on"
    assert not station.desk.console.sounding


def test_the_hotline_reaches_the_desk_when_no_row_can_be_written(station: Station) -> None:
    """On a full disk an emergency and a stop arrive all the same; their rows follow later."""
    station.prepare()
    station.desk.console.prepared = replace(
        station.desk.console.prepared, own=PreparedFiles(station.station)
    )
    station.store.full = True
    now = station.clock.now()
    call(station.station.hotline, "emergency", station.wish(), by="Lan", at=now)
    assert station.control.poll() == 1
    station.run("05:00:02")
    assert station.desk.is_on_air(Priority.EMERGENCY)
    call(station.station.hotline, "stop", "", by="Lan", at=station.clock.now())
    station.control.poll()
    assert not station.desk.console.sounding
    station.store.full = False
    station.run("05:10")
    done = station.queue.done_since(at("04:00"))
    assert [command.kind for command in done] == ["emergency", "stop"]
    [reading] = station.readings("bao")
    assert reading.operator == "Lan"


def test_the_hotline_is_not_answered_for_nobody(tmp_path: Path) -> None:
    """Without a daemon the order is refused; nonsense and old orders are not carried out."""
    path = tmp_path / "hotline"
    clock = SimulatedClock(at("05:00"))
    with pytest.raises(ContentError):
        call(path, "stop", "", by="Lan", at=clock.now())
    with Hotline(path, clock) as hotline:
        with path.open("wb", buffering=0) as pipe:
            pipe.write(b"what?\n[1]\n" + json.dumps({"kind": "stop"}).encode() + b"\n")
        call(path, "stop", "", by="Lan", at=at("04:58"))
        assert hotline.heard() == []
        with pytest.raises(ContentError):
            call(path, "play", "x" * 5000, by="Lan", at=clock.now())
        call(path, "stop", "", by="Lan", at=clock.now())
        assert [command.kind for command in hotline.heard()] == ["stop"]
        assert hotline.heard() == []
    with pytest.raises(ContentError):
        call(path, "stop", "", by="Lan", at=clock.now())


def test_what_is_typed_is_a_bulletin_of_its_own(station: Station) -> None:
    """Its first words are its title in the log, and no network is told of it."""
    text = "Nước sông đang lên rất nhanh, bà con thôn Hạ lên nhà văn hoá."
    found = typed(text, at("05:00:07"))
    assert (found.id, found.online) == ("loi-050007", False)
    assert found.title == "Nước sông đang lên rất nhanh, bà con …"
    content = load_content(station.station, StationConfig(name="Đài", approval=True))
    assert found.id not in content.bulletins


def test_after_the_item_that_sounds(station: Station) -> None:
    """An order with --after-item begins when the part that sounds now is over."""
    station.run("05:33")
    assert station.desk.item_ends_at() == at("05:35")
    station.desk.order(
        occurrence("phat-tin", "05:33", priority=Priority.OVERRIDE),
        not_before=at("05:35") - timedelta(milliseconds=300),
    )
    station.run("06:00")
    assert station.entry("phat-tin").starts[0] == at("05:35")
    assert [s.title for s in station.entry("sang").segments] == ["sang 0", "sang 1"]


def test_the_self_check_tells_which_warnings_lie_ready(station: Station) -> None:
    """An operator learns in quiet times that a warning has no sound yet."""
    [missing] = warning_findings(station.station)
    assert (missing.area, missing.ok, "bao" in missing.message) == ("emergency", None, True)
    station.prepare()
    [ready] = warning_findings(station.station)
    assert ready.ok
