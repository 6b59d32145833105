"""A simulation: the same decisions under a clock that jumps, in a store of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from air import Loudspeaker, on
from approvers import approve, people_of
from occurrences import at
from small_station import APPROVED, SETTINGS, WEEK, schedule, small_station, worker

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock
from broadcaster.errors import ConfigError, OutputError
from broadcaster.model import Outcome
from broadcaster.playout import QuietHours
from broadcaster.station.air.console import Console
from broadcaster.station.air.desk import Desk
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.air.simulate import simulate
from broadcaster.station.assembly.estimate import EstimatedProgrammes, EstimatingSpeaker
from broadcaster.station.preparing.prepared import PreparedFiles

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import AsRunEntry
    from broadcaster.station.folder import StationFolder


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def rows(folder: StationFolder) -> list[AsRunEntry]:
    clock = SimulatedClock(at("00:00"))
    with Store.open(folder.simulated_database, clock=clock) as store:
        assert AsRunLog(store).verify() == []
        return AsRunLog(store).entries()


def names(folder: StationFolder) -> list[str]:
    return [entry.occurrence.partition("+")[0] for entry in rows(folder)]


def console(clock: SimulatedClock, log: AsRunLog, folder: StationFolder, assembler) -> Console:
    """One loudspeaker, and what would be prepared."""
    return Console(
        clock=clock,
        log=log,
        prepared=EstimatedProgrammes(PreparedFiles(folder), assembler),
        zones_for=on(Loudspeaker(clock), clock),
    )


def test_a_day_is_over_at_once(folder: StationFolder) -> None:
    """Every slot of the day has aired, none before the day and none after."""
    summary = simulate(folder, start=at("00:00"), until=at("23:59"))
    assert names(folder) == ["sang@2026-11-23T05:30", "trua@2026-11-23T11:00"]
    assert summary.outcomes[Outcome.AIRED] == 2
    assert str(summary).startswith("23/11/2026 00:00 – 23/11/2026 23:59: 2 broadcast")


def test_both_ends_are_included(folder: StationFolder) -> None:
    """A slot exactly at the first and one exactly at the last minute are heard, to their end."""
    simulate(folder, start=at("05:30"), until=at("11:00"))
    entries = rows(folder)
    assert [entry.outcome for entry in entries] == [Outcome.AIRED, Outcome.AIRED]
    assert entries[0].starts == (at("05:30"),)
    simulate(folder, start=at("11:00"), until=at("11:00"))
    assert names(folder) == ["trua@2026-11-23T11:00"]
    simulate(folder, start=at("05:31"), until=at("10:59"))
    assert names(folder) == []


def test_nothing_simulated_enters_the_log(folder: StationFolder) -> None:
    """The log of what was broadcast is not even opened."""
    simulate(folder, start=at("00:00"), until=at("23:59"))
    assert not folder.database.exists()


def test_it_begins_anew_or_goes_on(folder: StationFolder) -> None:
    """Each simulation starts empty; a continued one goes on where the last one ended, and
    nothing airs twice."""
    simulate(folder, start=at("00:00"), until=at("06:00"))
    simulate(folder, start=None, until=at("12:00"), resume=True)
    assert names(folder) == ["sang@2026-11-23T05:30", "trua@2026-11-23T11:00"]
    simulate(folder, start=at("10:00"), until=at("12:00"))
    assert names(folder) == ["trua@2026-11-23T11:00"]


def test_a_simulation_that_was_broken_off_goes_on(folder: StationFolder) -> None:
    """Interrupted in the middle of a programme: continued, it ends, with one story."""
    clock = SimulatedClock(at("05:30"))
    planned = worker(folder)
    with Store.open(folder.simulated_database, clock=clock) as store:
        assembler = planned.assembler
        assembler.speaker = EstimatingSpeaker()
        desk = Desk(
            console=console(clock, AsRunLog(store), folder, assembler),
            occurrences=LiveWeek(assembler.content.plans, since=at("05:30")).around,
        )
        desk.tick()
    simulate(folder, start=None, until=at("06:00"), resume=True)
    (entry,) = rows(folder)
    assert entry.outcome is Outcome.AIRED
    assert entry.starts[0] == at("05:30")


def test_the_same_decisions_as_on_air(folder: StationFolder) -> None:
    """The loop of the daemon, which looks every 40 ms, comes to the same log."""
    week = WEEK.replace("11:00", "05:31").replace("programme: tin}", "programme: tin, start: soft}")
    schedule(folder, week)
    simulate(folder, start=at("05:29:50"), until=at("05:33"))
    assembler = worker(folder).assembler
    assembler.speaker = EstimatingSpeaker()
    clock = SimulatedClock(at("05:29:50"))
    with Store.open(folder.state / "fine.db", clock=clock) as store:
        log = AsRunLog(store)
        live = LiveWeek(assembler.content.plans, since=clock.now())
        desk = Desk(
            console=console(clock, log, folder, assembler),
            occurrences=live.around,
            gate=QuietHours(at("21:00").time(), at("05:00").time()),
        )
        while clock.now() < at("05:33"):
            desk.tick()
            clock.wait_until(clock.now() + (at("05:30:00.040") - at("05:30")))
        fine = [(e.occurrence, e.outcome, e.starts, e.reason) for e in log.entries()]
    assert fine == [(e.occurrence, e.outcome, e.starts, e.reason) for e in rows(folder)]
    assert len(fine) == 2


def test_the_fallback_stands_in_as_on_air(folder: StationFolder) -> None:
    """A programme in which nothing would sound: the fallback airs, and the log says so."""
    schedule(folder, WEEK.replace("programme: mot", "programme: rong"))
    simulate(folder, start=at("10:00"), until=at("12:00"))
    (entry,) = rows(folder)
    assert (entry.outcome, entry.title) == (Outcome.AIRED, "Dự phòng")
    assert entry.reason.endswith("[fallback-aired]")


def test_a_file_that_cannot_be_read_costs_itself(folder: StationFolder) -> None:
    """A binary file among the weeks leaves the others in force."""
    (folder.schedules / "anh.yaml").write_bytes(bytes(range(256)))
    simulate(folder, start=at("00:00"), until=at("23:59"))
    assert len(rows(folder)) == 2


def test_no_week_at_all_is_an_error(folder: StationFolder) -> None:
    """Without any readable week there is nothing to simulate, and the reason is told."""
    (folder.schedules / "tuan.yaml").write_bytes(bytes(range(256)))
    with pytest.raises(ConfigError):
        simulate(folder, start=at("00:00"), until=at("23:59"))


def test_a_recording_that_cannot_be_written(folder: StationFolder, tmp_path: Path) -> None:
    """It is told at once, before anything is spoken."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError):
        simulate(
            folder, start=at("00:00"), until=at("23:00"), record=tmp_path / "file" / "ngay.wav"
        )


def test_several_outputs_in_a_simulation(tmp_path: Path) -> None:
    """A simulated day tells which output would have aired which part; a recording has what is
    common to them."""
    settings = SETTINGS.replace('output: "null"', "outputs: {san: auto, ip: pacat}")
    week = WEEK.replace(
        "programme: tin}", "programme: tin, outputs: {san: , ip: {programme: mot}}}"
    )
    folder = small_station(tmp_path / "dai", settings=settings, week=week)
    simulate(folder, start=at("05:00"), until=at("06:00"))
    (entry,) = rows(folder)
    assert (entry.outcome, entry.output) == (Outcome.AIRED, "san, ip")
    assert {(s.bulletin_id, s.output) for s in entry.segments if s.bulletin_id == "02-hai"} == {
        ("02-hai", "san"),
        ("02-hai", "ip"),
    }


def test_a_simulation_goes_through_the_last_door_too(folder: StationFolder) -> None:
    """What nobody approved is as silent in a trial as on air, and the log names the approvals."""
    folder.config.write_text(APPROVED.replace("[tone]", "[espeak]"), encoding="utf-8")
    people_of(folder, at("00:00"))
    approve(folder, at("00:00"), "02-hai")
    simulate(folder, start=at("00:00"), until=at("23:00"))
    with Store.open(folder.simulated_database, clock=SimulatedClock(at("23:00"))) as store:
        parts = [p for entry in AsRunLog(store).entries() for p in entry.segments]
    assert {p.bulletin_id for p in parts if p.bulletin_id} == {"02-hai"}
    assert {p.approval for p in parts if not p.bulletin_id} == {"class"}
    assert all(p.approval.isdigit() for p in parts if p.bulletin_id)
