"""Preparation and the ladder of what stands in: own programme, fallback, nothing."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from air import Shelf, programme, week
from occurrences import occurrence
from small_station import SETTINGS, bulletin, occurrence_of, schedule, small_station, worker

from broadcaster.errors import SoundError
from broadcaster.model import PreparedProgramme, ProgrammePlan
from broadcaster.station import reasons
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.prepared import PreparedFiles, WithFallback, fallback_on

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def prepare(folder: StationFolder, slot: str = "trua", **values) -> PreparedProgramme:
    maker = worker(folder)
    return maker.prepare(occurrence_of(maker, slot), **values)


def test_what_was_prepared_is_found(folder: StationFolder) -> None:
    """The preparer's file is what goes on air, with its MP3 beside, and nothing in the archive."""
    prepared = prepare(folder)
    found = PreparedFiles(folder).get(occurrence_of(worker(folder), "trua"))
    assert found == prepared
    assert found.audio.stat().st_size == 44 + 2 * 48 * found.duration_ms
    assert [s.bulletin_id for s in found.segments] == ["02-hai"]
    mp3 = found.audio.with_suffix(".mp3").read_bytes()
    assert hashlib.sha256(mp3).hexdigest() == found.mp3_sha256
    assert list(folder.archive.rglob("*.mp3")) == []


def test_nothing_is_made_twice(folder: StationFolder) -> None:
    """A second pass over an unchanged week mixes nothing and writes nothing."""
    first = prepare(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.programmes.rglob("*")}
    assert prepare(folder) == first
    assert {path: path.stat().st_mtime_ns for path in folder.programmes.rglob("*")} == before


def test_it_is_made_anew_when_asked_or_changed(folder: StationFolder) -> None:
    """A changed text is another sound; `--force` makes the same again."""
    first = prepare(folder)
    stamp = first.audio.stat().st_mtime_ns
    assert prepare(folder, force=True).audio_sha256 == first.audio_sha256
    assert first.audio.stat().st_mtime_ns > stamp
    bulletin(folder, "02-hai", "Bản tin hai.\n\nMột nội dung khác hẳn.\n")
    assert prepare(folder).audio_sha256 != first.audio_sha256


def test_what_is_said_of_it_is_always_new(folder: StationFolder) -> None:
    """An edit that leaves the sound as it is (who approved it) reaches the log all the same."""
    first = prepare(folder)
    stamp = first.audio.stat().st_mtime_ns
    text = (folder.scripts / "02-hai.txt").read_text(encoding="utf-8")
    bulletin(folder, "02-hai", f"---\napproved_by: Chủ tịch\n---\n{text}")
    prepare(folder)
    found = PreparedFiles(folder).get(occurrence_of(worker(folder), "trua"))
    assert found.segments[0].script_sha256 != first.segments[0].script_sha256
    assert found.audio.stat().st_mtime_ns == stamp


def test_what_is_left_out_reaches_the_log(folder: StationFolder) -> None:
    """The reason lies with the sound: the playout need not know why."""
    (folder.scripts / "02-hai.txt").unlink()
    prepare(folder, "sang")
    maker = worker(folder)
    week_with = maker.assembler.content.plans[0].programmes
    plan = replace(
        week_with["tin"], segments=(*week_with["tin"].segments, *week_with["mot"].segments)
    )
    planned = replace(occurrence_of(maker, "sang"), programme=plan)
    maker.prepare(planned)
    found = PreparedFiles(folder).get(planned)
    assert found.left_out[0].endswith("[missing-bulletin]")


def test_what_was_taken_back_does_not_air(folder: StationFolder) -> None:
    """The only bulletin of a programme is withdrawn: an error, and the old sound airs no more."""
    prepare(folder)
    (folder.scripts / "02-hai.txt").unlink()
    with pytest.raises(SoundError, match="no sound"):
        prepare(folder)
    assert PreparedFiles(folder).get(occurrence_of(worker(folder), "trua")) is None


class _Failing:
    """A mixing that ends like one on a disk that has run full, or of an unfit programme."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self, *_args, **_more):
        raise SoundError(self.reason)


def test_what_cannot_be_mixed_leaves_the_last_good_sound(folder: StationFolder) -> None:
    """An unfit programme never replaces a good one: that airs, and the log says why."""
    first = prepare(folder)
    bulletin(folder, "02-hai", "Bản tin hai.\n\nMột nội dung khác hẳn.\n")
    for reason in ("rè từ phút 2", "đĩa đầy"):
        maker = replace(worker(folder), mix=_Failing(reason))
        with pytest.raises(SoundError, match=reason):
            maker.prepare(occurrence_of(maker, "trua"))
        kept = replace(first, left_out=(f"what was made before is aired: {reason}",))
        assert PreparedFiles(folder).get(occurrence_of(maker, "trua")) == kept
    mended = prepare(folder)
    assert mended.left_out == ()
    assert mended.audio_sha256 != first.audio_sha256


def test_what_cannot_be_mixed_the_first_time_is_an_error(folder: StationFolder) -> None:
    """With nothing made before, the fallback has to stand in, and the error is told."""
    maker = replace(worker(folder), mix=_Failing("rè"))
    with pytest.raises(SoundError, match="rè"):
        maker.prepare(occurrence_of(maker, "trua"))
    assert PreparedFiles(folder).get(occurrence_of(maker, "trua")) is None


def test_another_profile_is_another_sound(folder: StationFolder) -> None:
    """`profile: loa` in station.yaml makes every programme anew, at its own loudness."""
    flat = prepare(folder)
    folder.config.write_text(SETTINGS + "profile: loa\n", encoding="utf-8")
    horn = prepare(folder)
    assert horn.audio_sha256 != flat.audio_sha256
    assert (flat.lufs, horn.lufs) == (pytest.approx(-16, abs=0.5), pytest.approx(-14, abs=0.5))
    folder.config.write_text(SETTINGS + "profile: loa\nloudness: -18\n", encoding="utf-8")
    assert prepare(folder).lufs == pytest.approx(-18, abs=0.5)


def test_a_damaged_file_is_not_aired(folder: StationFolder) -> None:
    """Cut short on the disk: the fallback stands in until it is made anew."""
    prepared = prepare(folder)
    with prepared.audio.open("r+b") as file:
        file.truncate(5_000)
    assert PreparedFiles(folder).get(occurrence_of(worker(folder), "trua")) is None
    assert prepare(folder).audio_sha256 == prepared.audio_sha256


def test_a_sound_that_was_exchanged_is_made_anew(folder: StationFolder) -> None:
    """Another sound of the same size and time lies there: the next pass makes the right one."""
    prepared = prepare(folder)
    exchange(prepared.audio, b"x" * prepared.audio.stat().st_size)
    assert prepare(folder) == prepared
    assert hashlib.sha256(prepared.audio.read_bytes()).hexdigest() == prepared.audio_sha256


def test_a_folder_that_was_copied_keeps_its_sounds(folder: StationFolder) -> None:
    """The same sound with another time of its last change: looked into once, and not made."""
    prepared = prepare(folder)
    exchange(prepared.audio, prepared.audio.read_bytes())
    written = prepared.audio.stat().st_ctime_ns
    assert prepare(folder) == prepared
    assert prepared.audio.stat().st_ctime_ns == written
    manifest_file = prepared.audio.with_suffix(".json")
    stamped = manifest_file.stat().st_ctime_ns
    assert prepare(folder) == prepared
    assert manifest_file.stat().st_ctime_ns == stamped


def exchange(audio: Path, data: bytes) -> None:
    """Put ``data`` there with the old time of writing, a moment later."""
    before = audio.stat()
    while audio.stat().st_ctime_ns == before.st_ctime_ns:  # a file system's clock ticks coarsely
        audio.write_bytes(data)
        os.utime(audio, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_slot_that_changed_its_programme_does_not_air_the_old_one(folder: StationFolder) -> None:
    """Replaced by an exception a minute ago: the sound of the replaced programme stays silent."""
    prepare(folder)
    planned = occurrence_of(worker(folder), "trua")
    other = replace(planned, programme=ProgrammePlan("tang-le", "Lễ tang", ()))
    assert PreparedFiles(folder).get(other) is None


def test_a_single_bulletin_can_be_listened_to(folder: StationFolder) -> None:
    """One bulletin as a file under its name."""
    maker = worker(folder)
    prepared = maker.prepare_bulletin(maker.assembler.content.bulletins["01-mot"])
    assert prepared.audio == folder.audio_out / "bulletins" / "01-mot.wav"
    assert prepared.audio.is_file()


def test_the_ladder() -> None:
    """Own programme, else the fallback of the day with the reason, else nothing."""
    sang = occurrence("sang", "05:30")
    plans = [week(sang.slot, programmes=["du-phong"])]
    shelf = Shelf({"sang": programme("sang"), "du-phong": programme("du-phong")})
    ladder = WithFallback(shelf, lambda: plans, "du-phong")
    assert ladder.get(sang).programme_id == "sang"
    shelf.own["sang"] = None
    found = ladder.get(sang)
    assert found.programme_id == "du-phong"
    assert found.left_out == (str(reasons.fallback_aired()),)
    shelf.own["du-phong"] = None
    assert ladder.get(sang) is None
    assert WithFallback(shelf, lambda: plans, "").get(sang) is None


def test_the_fallback_is_one_of_the_week(folder: StationFolder) -> None:
    """It is prepared for each day under a name of its own, though no slot airs it."""
    maker = worker(folder)
    day = occurrence_of(maker, "sang").starts_at.date()
    fallback = fallback_on(maker.assembler.content.plans, "du-phong", day)
    maker.prepare(fallback)
    assert manifest.files_for(folder, fallback).audio.name == "0000-du-phong.wav"
    ladder = WithFallback(PreparedFiles(folder), lambda: maker.assembler.content.plans, "du-phong")
    assert ladder.get(occurrence_of(maker, "sang")).title == "Dự phòng"


def test_a_week_without_the_slot_any_more(folder: StationFolder) -> None:
    """A fallback that the week no longer has is no fallback."""
    schedule(folder, "programmes: {tin: {segments: [{jingle: chuong}]}}\nslots: []\n")
    maker = worker(folder)
    assert fallback_on(maker.assembler.content.plans, "du-phong", None) is None
