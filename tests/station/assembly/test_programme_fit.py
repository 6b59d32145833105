"""A programme that ends on time, from the week's file to the sheet of its sound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from known_sounds import known_sound
from occurrences import at
from small_station import bulletin, occurrence_of, schedule, small_station, worker

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import Clip, Outcome, SegmentKind
from broadcaster.programme import cue_sheet
from broadcaster.sound.wav import HOUSE_RATE, sample_count
from broadcaster.station.air.simulate import simulate
from broadcaster.station.assembly.estimate import EstimatingSpeaker, estimate_programme
from broadcaster.station.assembly.left_out import LeftOutError

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.assembly.describe import Assembled
    from broadcaster.station.folder import StationFolder

WEEK = """
programmes:
  p:
    title: Tin
{length}
    segments:
      - ident: nhac-hieu
      - headlines: Tin chính.
      - bulletins: {{most: 3, between: chuong, voices: [tone:a, tone:b]}}
{fill}
      - closing: Bài của {{authors}}.
slots:
  - {{id: sang, days: hằng ngày, at: 05:30, programme: p, max: {most}}}
"""
LONG = "Một câu dài vừa phải để có thời gian. " * 12


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """Three bulletins of about half a minute; the second is the most important."""
    folder = small_station(tmp_path / "dai")
    for name, priority in (("01-mot", "routine"), ("02-hai", "priority"), ("03-ba", "routine")):
        word = name[3:]
        matter = f"title: Tin {word}\nauthor: tổ {word}\npriority: {priority}\n"
        bulletin(folder, name, f"---\n{matter}---\n{LONG}\n")
    return folder


def week(folder: StationFolder, *, length: str = "", fill: str = "", most: str = "1h") -> None:
    schedule(
        folder,
        WEEK.format(
            length=f"    length: {length}" if length else "",
            fill=f"      - fill: {fill}" if fill else "",
            most=most,
        ),
    )


def assembled(folder: StationFolder, **keys: str) -> Assembled:
    week(folder, **keys)
    maker = worker(folder)
    assembler = replace(maker.assembler, speaker=EstimatingSpeaker(), find_asset=known_sound)
    return assembler.assemble(occurrence_of(maker, "sang"))


def bulletins(found: Assembled) -> list[str]:
    return [s.bulletin_id for s in found.programme.segments if s.bulletin_id]


def length(found: Assembled) -> int:
    return cue_sheet(found.programme).duration_ms


def test_what_fits_is_all_there(folder: StationFolder) -> None:
    """Nothing is left out of a programme that has time enough."""
    found = assembled(folder, length="15m")
    assert bulletins(found) == ["02-hai", "01-mot", "03-ba"]
    assert found.left_out == ()


def test_the_last_in_importance_is_left_out_whole(folder: StationFolder) -> None:
    """With room for two of three, the one that matters least goes, and the log says why."""
    whole = length(assembled(folder))
    found = assembled(folder, length=f"{whole // 1000 - 5}s")
    assert bulletins(found) == ["02-hai", "01-mot"]
    (reason,) = found.left_out
    assert "Tin ba" in reason
    assert reason.endswith("[no-room]")


def test_a_slot_counts_where_there_is_no_length(folder: StationFolder) -> None:
    """A programme longer than its slot is fitted, never cut in mid-sentence."""
    whole = length(assembled(folder))
    found = assembled(folder, most=f"{whole // 1000 - 5}s")
    assert len(bulletins(found)) == 2
    assert length(found) <= whole - 5_000


def test_what_speaks_of_it_is_right_again(folder: StationFolder) -> None:
    """A bulletin that was left out has no headline, its author no thanks, and voices take turns."""
    found = assembled(folder, length="60s")
    assert bulletins(found) == ["02-hai"]
    heard = " ".join(clip.text for s in found.programme.segments for clip in s.clips)
    assert "Tin mot" not in heard
    assert "tổ mot" not in heard
    assert "tổ hai" in heard
    assert SegmentKind.JINGLE not in {s.kind for s in found.programme.segments}


@pytest.mark.parametrize("minutes", [1, 2, 3, 7])
def test_music_fills_to_the_millisecond(folder: StationFolder, minutes: int) -> None:
    """However much there is to say, the programme lasts exactly as long as it should."""
    found = assembled(folder, length=f"{minutes}m", fill="nhac-nen")
    assert length(found) == minutes * 60_000


def test_a_length_over_the_slots_ends_with_the_slot(folder: StationFolder) -> None:
    """Seven minutes in a slot of three are three."""
    assert length(assembled(folder, length="7m", fill="nhac-nen", most="3m")) == 180_000


def test_slogans_fill_whole_and_music_the_rest(folder: StationFolder) -> None:
    """Slogans are read where there is time for all of one; music does the rest."""
    for name in ("khau-hieu-1", "khau-hieu-2"):
        bulletin(folder, name, "---\nkind: khẩu hiệu\n---\nLàm ngay, làm đúng hẹn!\n")
    lines = "{music: nhac-nen, bulletins: {kind: [khẩu hiệu]}}"
    week(folder)
    text = (folder.schedules / "tuan.yaml").read_text(encoding="utf-8")
    assert "khẩu hiệu" not in text
    found = assembled(folder, length="10m", fill=lines)
    assert length(found) == 600_000
    assert bulletins(found)[-2:] == ["khau-hieu-1", "khau-hieu-2"]
    tight = assembled(folder, length="30s", fill=lines)
    assert not [reason for reason in tight.left_out if "khau-hieu" in reason]


def test_missing_music_is_told_and_costs_only_itself(folder: StationFolder) -> None:
    """Without the music the programme ends early, and the log says what is missing."""
    found = assembled(folder, length="10m", fill="khong-co")
    assert length(found) < 600_000
    assert [reason.endswith("[missing-asset]") for reason in found.left_out] == [True]


def test_a_recording_of_three_hours_in_a_quarter_of_an_hour(folder: StationFolder) -> None:
    """It is left out whole and named; the other bulletins air."""
    bulletin(folder, "02-hai", "---\ntitle: Cuộc họp\nrecording: hop.mp3\n---\n")
    week(folder, most="15m")
    maker = worker(folder)
    (folder.sounds / "hop.mp3").write_bytes(b"ID3")
    meeting = Clip(folder.sounds / "hop.mp3", 3 * 3_600_000)

    def find(name: str) -> Clip:
        return meeting if name == "hop.mp3" else known_sound(name)

    assembler = replace(maker.assembler, speaker=EstimatingSpeaker(), find_asset=find)
    found = assembler.assemble(occurrence_of(maker, "sang"))
    assert bulletins(found) == ["01-mot", "03-ba"]
    assert any("Cuộc họp" in reason and "no-room" in reason for reason in found.left_out)


def test_a_slot_shorter_than_its_ident(folder: StationFolder) -> None:
    """Where the ident alone is too long it is left out, and what is said of it names it."""
    found = assembled(folder, most="9s")
    assert SegmentKind.IDENT not in {s.kind for s in found.programme.segments}
    assert any("nhac-hieu" in reason for reason in found.left_out)
    assert length(found) <= 9_000


def test_a_slot_in_which_nothing_fits(folder: StationFolder) -> None:
    """In a slot of a second nothing is made, and the fallback programme has its turn."""
    with pytest.raises(LeftOutError, match="too short"):
        assembled(folder, most="1s")


def test_the_file_ends_with_the_slot(folder: StationFolder) -> None:
    """The sound file that goes on air is as long as the programme should be, to the sample."""
    week(folder, length="30s", fill="chuong")
    text = (folder.schedules / "tuan.yaml").read_text(encoding="utf-8")
    schedule(folder, text.replace("ident: nhac-hieu", "jingle: chuong"))
    maker = worker(folder)
    prepared = maker.prepare(occurrence_of(maker, "sang"))
    assert prepared.duration_ms == 30_000
    assert prepared.audio is not None
    assert sample_count(prepared.audio) == 30 * HOUSE_RATE


def test_the_simulation_fits_too(folder: StationFolder) -> None:
    """What the estimate says of a programme with a length is that length."""
    week(folder, length="3m", fill="nhac-nen")
    maker = worker(folder)
    assembler = replace(maker.assembler, speaker=EstimatingSpeaker(), find_asset=known_sound)
    assert estimate_programme(assembler, occurrence_of(maker, "sang")).duration_ms == 180_000


def test_on_air_it_ends_with_its_slot(folder: StationFolder) -> None:
    """A programme as long as its slot is heard to its end, and is not cut there."""
    week(folder, length="3m", fill="nhac-nen", most="3m")
    simulate(folder, start=at("05:00"), until=at("06:00"))
    with Store.open(folder.simulated_database, clock=SimulatedClock(at("06:00"))) as store:
        (entry,) = AsRunLog(store).entries()
    assert (entry.outcome, entry.ended_at) == (Outcome.AIRED, at("05:33"))


def test_a_slot_in_which_nothing_fits_has_the_fallback(folder: StationFolder) -> None:
    """The fallback programme is heard in its place, and the log says so."""
    week(folder, most="1s")
    text = (folder.schedules / "tuan.yaml").read_text(encoding="utf-8")
    fallback = "  du-phong: {title: Dự phòng, segments: [{jingle: chuong}]}\nslots:"
    schedule(folder, text.replace("slots:", fallback))
    simulate(folder, start=at("05:00"), until=at("06:00"))
    with Store.open(folder.simulated_database, clock=SimulatedClock(at("06:00"))) as store:
        (entry,) = AsRunLog(store).entries()
    assert "[fallback-aired]" in entry.reason
