"""The desk with several outputs: one start, several sounds, and the log names who was heard."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from air import Air, Loudspeaker, programme
from occurrences import at, occurrence

from broadcaster.model import Outcome, SlotOutput
from broadcaster.playout import Zone, Zones
from broadcaster.station.air.ordered_air import AsAired
from broadcaster.station.air.recover import recover
from broadcaster.station.air.zoning import Zoning
from broadcaster.station.settings.outputs import OutputSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def air(tmp_path: Path) -> Iterator[Air]:
    air = Air(tmp_path)
    yield air
    air.close()


def two_outputs(air: Air, *, own: str = "", delay_ms: int = 0) -> dict[str, Loudspeaker]:
    """“san” and “ip”; ``own`` is what “ip” airs instead."""
    speakers = {name: Loudspeaker(air.clock, name=name) for name in ("san", "ip")}

    def zones_for(_occurrence, common) -> Zones:
        return Zones(
            [
                Zone(output=speakers["san"], programme=common, name="san"),
                Zone(
                    output=speakers["ip"],
                    programme=programme(own, minutes=5) if own else common,
                    name="ip",
                    delay_ms=delay_ms,
                ),
            ],
            air.clock,
        )

    air.zoning = zones_for
    air.planned = [occurrence("sang", "05:30")]
    return speakers


def heard(air: Air) -> list[tuple[str, str]]:
    return [(segment.title, segment.output) for segment in air.entry("sang").segments]


def test_one_start_on_two_outputs(air: Air) -> None:
    """Both sound: one row of the log, one start, and each part names both."""
    two_outputs(air)
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.starts, entry.reason) == (Outcome.AIRED, (at("05:30"),), "")
    assert entry.output == "san, ip"
    assert heard(air) == [("sang 0", "san, ip"), ("sang 1", "san, ip")]


def test_only_those_that_sounded_are_named(air: Air) -> None:
    """One of two stays silent: broadcast, on the other, and the reason names the silent one."""
    two_outputs(air)["ip"].refuses = True
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.output) == (Outcome.AIRED, "san")
    assert entry.reason == "“ip” did not sound: no sound card [output-silent]"
    assert heard(air) == [("sang 0", "san"), ("sang 1", "san")]
    assert air.log.verify() == []


def test_one_that_goes_in_mid_programme_costs_the_other_nothing(air: Air) -> None:
    """The first goes at minute four: the rest was heard on the second alone, without a break."""
    speakers = two_outputs(air)
    air.run("05:34")
    speakers["san"].trouble = "the card is gone"
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, len(entry.starts)) == (Outcome.AIRED, 1)
    assert "“san” was silent for 36" in entry.reason
    assert heard(air) == [("sang 0", "san, ip"), ("sang 1", "ip")]
    assert len(speakers["ip"].plays) == 1


def test_failed_is_when_none_was_heard(air: Air) -> None:
    """No output sounds: failed, and every reason is told."""
    for speaker in two_outputs(air).values():
        speaker.refuses = True
    air.run("06:00")
    entry = air.entry("sang")
    assert (entry.outcome, entry.output, entry.segments) == (Outcome.FAILED, "", ())
    assert "san: no sound card" in entry.reason
    assert "ip: no sound card" in entry.reason


def test_each_part_stands_under_the_output_that_aired_it(air: Air) -> None:
    """An output with a programme of its own: its parts are named there, and nowhere else."""
    two_outputs(air, own="raglai", delay_ms=500)
    air.run("06:00")
    assert heard(air) == [
        ("sang 0", "san"),
        ("raglai 0", "ip"),
        ("raglai 1", "ip"),
        ("sang 1", "san"),
    ]
    segments = air.entry("sang").segments
    assert segments[1].started_at == at("05:30:00.5")
    rows = air.store.read("SELECT details FROM asrun WHERE event = 'started'")
    own = {"audio_sha256": "sound of raglai", "mp3_sha256": "", "programme": "raglai"}
    assert json.loads(rows[0][0])["outputs"] == {"ip": own}


def test_a_stop_counts_on_each_output(air: Air) -> None:
    """Cut at minute two: both were heard until then."""
    two_outputs(air)
    air.run("05:32")
    from broadcaster.station import reasons  # noqa: PLC0415

    assert air.desk.stop_all(reasons.stopped(), operator="Lan") == 1
    entry = air.entry("sang")
    assert (entry.outcome, entry.output) == (Outcome.CUT, "san, ip")
    assert [(s.title, s.ended_at, s.output) for s in entry.segments] == [
        ("sang 0", at("05:32"), "san, ip")
    ]


def test_after_a_crash_both_go_on(air: Air) -> None:
    """The daemon dies at minute two and comes back at minute three: both go on in their place."""
    speakers = two_outputs(air)
    air.run("05:32")
    air.clock.wait_until(at("05:33"))
    found = recover(air.log, air.shelf, air.planned, beat=None, now=air.clock.now())
    air.sit_down(state=found.state, left=found.left)
    air.run("06:00")
    assert [play[1] for play in speakers["ip"].plays] == [0, 180_300]
    entry = air.entry("sang")
    assert (entry.outcome, len(entry.starts), entry.output) == (Outcome.AIRED, 2, "san, ip")


# -- which outputs, and what they air ----------------------------------------------------------


SAN = OutputSettings(name="san", to="null", delay_ms=200)
IP = OutputSettings(name="ip", to="null")


def zoning(air: Air, *settings: OutputSettings) -> Zoning:
    opened = {s.name: Loudspeaker(air.clock, name=s.name) for s in settings}
    return Zoning(settings, opened, air.shelf, air.clock)


def slot_on(*outputs: SlotOutput, own: str = ""):
    planned = occurrence("sang", "05:30")
    plans = (replace(planned.programme, id=own),) if own else ()
    return replace(planned, slot=replace(planned.slot, outputs=outputs), own=plans)


def names(zones: Zones | None) -> list[tuple[str, str, int]]:
    return [(t.zone.name, t.zone.programme.programme_id, t.zone.delay_ms) for t in zones.tracks]


def test_a_slot_that_names_no_output_airs_on_all(air: Air) -> None:
    """Every output of the station, each with its own delay."""
    zones = zoning(air, SAN, IP).zones_for(slot_on(), programme("sang"))
    assert names(zones) == [("san", "sang", 200), ("ip", "sang", 0)]


def test_a_slot_airs_on_those_that_it_names(air: Air) -> None:
    """One output named, with another delay: it alone sounds."""
    slot = slot_on(SlotOutput(name="san", delay_ms=0))
    assert names(zoning(air, SAN, IP).zones_for(slot, programme("sang"))) == [("san", "sang", 0)]


def test_a_slot_that_names_only_strangers_airs_on_all(air: Air) -> None:
    """A slip in the name of an output silences nothing."""
    slot = slot_on(SlotOutput(name="sna"))
    assert len(zoning(air, SAN, IP).zones_for(slot, programme("sang")).tracks) == 2


def test_an_output_airs_its_own_programme(air: Air) -> None:
    """What lies ready for one output is what it airs."""
    slot = slot_on(SlotOutput(name="san"), SlotOutput(name="ip", programme_id="rg"), own="rg")
    air.shelf.own["sang+rg"] = programme("rg")
    zones = zoning(air, SAN, IP).zones_for(slot, programme("sang"))
    assert names(zones) == [("san", "sang", 200), ("ip", "rg", 0)]


def test_what_is_not_ready_is_replaced_by_the_common_one_and_told(air: Air) -> None:
    """The programme of one output is not ready: it airs the common one, and the log says so."""
    slot = slot_on(SlotOutput(name="san"), SlotOutput(name="ip", programme_id="rg"), own="rg")
    air.shelf.own["sang+rg"] = None
    zones = zoning(air, SAN, IP).zones_for(slot, programme("sang"))
    assert names(zones) == [("san", "sang", 200), ("ip", "sang", 0)]
    assert "“ip” was not ready" in zones.trouble


def test_the_own_programme_airs_where_the_common_one_is_missing(air: Air) -> None:
    """Nothing common lies ready: the output with a programme of its own sounds all the same."""
    slot = slot_on(SlotOutput(name="san"), SlotOutput(name="ip", programme_id="rg"), own="rg")
    air.shelf.own["sang+rg"] = programme("rg")
    zoned = zoning(air, SAN, IP)
    assert names(zoned.zones_for(slot, None)) == [("ip", "rg", 0)]
    air.shelf.own["sang+rg"] = None
    assert zoned.zones_for(slot, None) is None


def test_the_log_knows_the_common_programme(air: Air) -> None:
    """The first output airs its own: the row of the start has the common one all the same, and a
    crash finds it again; where every output has its own, that of the first."""
    slot = slot_on(SlotOutput(name="san", programme_id="rg"), SlotOutput(name="ip"), own="rg")
    air.shelf.own["sang+rg"] = programme("rg")
    aired = AsAired(air.shelf, zoning(air, SAN, IP))
    assert aired.get(slot).programme_id == "sang"
    assert AsAired(air.shelf, zoning(air, SAN)).get(slot).programme_id == "rg"
    air.shelf.own = {"sang+rg": None, "sang": None}
    assert aired.get(slot) is None


def test_a_profile_of_an_output_is_a_sound_of_its_own(air: Air) -> None:
    """An output with another profile airs the same programme, made for it."""
    air.shelf.own["sang~flat"] = programme("sang", sound="made flat")
    zones = zoning(air, SAN, replace(IP, profile="flat")).zones_for(slot_on(), programme("sang"))
    assert zones.tracks[1].zone.programme.audio_sha256 == "made flat"
