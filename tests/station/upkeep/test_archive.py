"""The archive: what aired is there, unaltered, and nothing else is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from air import programme
from occurrences import at, occurrence

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SimulatedClock
from broadcaster.model import Outcome
from broadcaster.station.air.live import LiveWeek
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing import manifest
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.upkeep.archive import Keeper, archived, look_through
from broadcaster.station.upkeep.chores import Chores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.model import AsRunEntry, Occurrence, PreparedProgramme

SANG = occurrence("sang", "05:30")
LATER = at("06:30")


class Station:
    """A station whose programmes are prepared and logged by hand."""

    def __init__(self, root: Path, store: Store) -> None:
        self.folder = StationFolder(root)
        self.folder.ensure()
        self.log = AsRunLog(store)

    def prepared(self, planned: Occurrence, sound: bytes = b"sound") -> PreparedProgramme:
        files = manifest.files_for(self.folder, planned)
        files.audio.parent.mkdir(parents=True, exist_ok=True)
        for path in (files.audio, files.mp3):
            part = path.with_suffix(".new")
            part.write_bytes(sound)
            part.replace(path)
        made = replace(
            programme(planned.slot.id, sound=f"wav {sound!r}"),
            audio=files.audio,
            mp3_sha256=hashlib.sha256(sound).hexdigest(),
        )
        manifest.save(files.manifest, made, key="k")
        return made

    def started(self, planned: Occurrence, made: PreparedProgramme, **more) -> None:
        self.log.started(planned, made, at=planned.starts_at, output="loa", **more)

    def ended(self, planned: Occurrence, outcome: Outcome = Outcome.AIRED) -> None:
        until = planned.starts_at + timedelta(minutes=10)
        self.log.ended(planned.id, at=until, outcome=outcome)

    def aired(self, planned: Occurrence, sound: bytes = b"sound", **more) -> None:
        self.started(planned, self.prepared(planned, sound), **more)
        self.ended(planned)

    @property
    def entries(self) -> list[AsRunEntry]:
        return self.log.entries()

    def keep(self) -> None:
        Keeper(self.folder).keep(self.entries, now=LATER)

    def kept(self) -> dict[str, bytes]:
        root = self.folder.archive
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }

    def problems(self, **more) -> list[str]:
        return [p.code for p in look_through(self.folder, self.entries, **more)]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with Store.open(tmp_path / "s.db", clock=SimulatedClock(LATER)) as store:
        yield Station(tmp_path / "dai", store)


@pytest.mark.parametrize("outcome", [Outcome.AIRED, Outcome.CUT, None])
def test_what_was_heard_is_kept(station: Station, outcome: Outcome | None) -> None:
    """Whole, cut short, or on air now: its MP3 lies under day, hour and slot."""
    station.started(SANG, station.prepared(SANG))
    if outcome:
        station.ended(SANG, outcome)
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"sound"}
    assert station.problems() == []


def test_what_was_never_heard_is_not_kept(station: Station) -> None:
    """A missed slot, and a start that was taken back, leave nothing in the archive."""
    station.prepared(SANG)
    station.log.missed(SANG, reason="no current")
    other = occurrence("trua", "11:00")
    station.started(other, station.prepared(other))
    station.log.retract_start(other.id, reason="no card")
    station.log.ended(other.id, at=LATER, outcome=Outcome.FAILED)
    station.keep()
    assert station.kept() == {}


def test_a_start_is_kept_only_when_it_stands(station: Station) -> None:
    """In its first seconds a start may still be taken back."""
    station.started(SANG, station.prepared(SANG))
    Keeper(station.folder).keep(station.entries, now=SANG.starts_at + timedelta(seconds=9))
    assert station.kept() == {}


def test_what_is_made_again_does_not_touch_the_archive(station: Station) -> None:
    """A programme that is rendered again after its air stays in the archive as it was heard."""
    station.aired(SANG)
    station.keep()
    station.prepared(SANG, b"another sound")
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"sound"}


def test_what_aired_is_not_mixed_up(station: Station) -> None:
    """Rendered again before housekeeping came: the new sound is not passed off as the old one."""
    station.aired(SANG)
    station.prepared(SANG, b"another sound")
    station.keep()
    assert station.kept() == {}


def test_the_fallback_is_kept_under_the_slot_that_it_filled(station: Station) -> None:
    """What was heard at 5:30 is found at 5:30, whatever it had been made for."""
    made = station.prepared(occurrence("du-phong", "00:00"), b"fallback")
    station.started(SANG, made)
    station.ended(SANG)
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"fallback"}


def test_outputs_with_a_programme_of_their_own_have_a_file_of_their_own(station: Station) -> None:
    """The zone that spoke Raglai is in the archive beside the common sound."""
    own = station.prepared(occurrence("sang+raglai", "05:30"), b"raglai")
    station.aired(SANG, own={"thon-1": own, "thon-2": own})
    station.keep()
    assert station.kept() == {
        "2026-11/23-0530-sang+thon-1.mp3": b"raglai",
        "2026-11/23-0530-sang.mp3": b"sound",
    }
    assert [a.outputs for a in archived(station.folder, station.entries[0])] == [
        (),
        ("thon-1", "thon-2"),
    ]


def test_both_sounds_of_a_broken_broadcast_are_kept(station: Station) -> None:
    """After a crash the rest came from a new file: both are there."""
    station.started(SANG, station.prepared(SANG))
    station.keep()
    again = station.prepared(SANG, b"made again")
    station.log.resumed(SANG.id, again, at=SANG.starts_at + timedelta(minutes=2), output="loa")
    station.ended(SANG)
    station.keep()
    assert list(station.kept()) == ["2026-11/23-0530-sang-2.mp3", "2026-11/23-0530-sang.mp3"]


def test_a_changed_file_is_told(station: Station) -> None:
    """One other byte in the archive, and the log does not vouch for it any more."""
    station.aired(SANG)
    station.keep()
    path = station.folder.archive / "2026-11/23-0530-sang.mp3"
    path.write_bytes(b"Sound")
    assert station.problems() == ["archive-changed"]
    assert station.problems(hashed_since=LATER) == []


def test_a_missing_file_is_told_unless_it_was_pruned(station: Station) -> None:
    """What lies between others was deleted by hand; what is older than all was pruned."""
    planned = [occurrence(f"s{hour}", f"0{hour}:00") for hour in (1, 2, 3)]
    for one in planned:
        station.aired(one)
    station.keep()
    first, second, _third = (archived(station.folder, e)[0].path for e in station.entries)
    second.unlink()
    assert station.problems() == []  # it lies among the programmes, and would be taken over again
    shutil.rmtree(station.folder.programmes)
    assert station.problems() == ["archive-missing"]
    first.unlink()
    assert station.problems() == []


def test_another_disk_gets_a_copy(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the archive lies on another disk, the file is copied."""

    def refuse(*_paths: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    station.aired(SANG)
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"sound"}


def test_one_that_cannot_be_kept_does_not_hold_up_the_others(station: Station) -> None:
    """A folder in the place of a file is told, and the next broadcast is archived."""
    station.aired(SANG)
    other = occurrence("som", "05:00")
    station.aired(other)
    (station.folder.archive / "2026-11/23-0500-som.mp3").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        station.keep()
    assert "2026-11/23-0530-sang.mp3" in station.kept()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"mp3_sha256": 1}', "\x00"])
def test_a_damaged_manifest_is_passed_over(station: Station, text: str) -> None:
    """Whatever stands in a file beside the programmes: the others are archived."""
    station.aired(SANG)
    (station.folder.programmes / "2026-11-23/0100-hong.json").write_text(text, encoding="utf-8")
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"sound"}


def test_emergencies_are_kept(station: Station) -> None:
    """Their sounds lie apart, ready at all times, and are archived as any other."""
    made = station.prepared(SANG, b"bao")
    files = manifest.files_of_emergency(station.folder, "bao")
    files.audio.parent.mkdir()
    for source, target in zip(files_of(station, SANG), (files.audio, files.mp3), strict=True):
        source.rename(target)
    manifest.files_for(station.folder, SANG).manifest.unlink()
    manifest.save(files.manifest, replace(made, audio=files.audio), key="k")
    station.started(SANG, made)
    station.ended(SANG)
    station.keep()
    assert station.kept() == {"2026-11/23-0530-sang.mp3": b"bao"}


def test_what_aired_today_is_kept_though_only_tomorrow_lies_ready(station: Station) -> None:
    """The housekeeping of the daemon finds an emergency on a day without programmes."""
    test_emergencies_are_kept(station)
    (path,) = station.folder.archive.rglob("*.mp3")
    path.unlink()
    for day in station.folder.programmes.iterdir():
        day.rename(day.with_name("2026-11-24"))
    station.folder.config.write_text("name: Đài\n", encoding="utf-8")
    week, clock = LiveWeek([], since=LATER), SimulatedClock(LATER)
    Chores(station.folder, StationConfig(name="Đài"), week, clock=clock, log=station.log).archive()
    assert path.exists()


def files_of(station: Station, planned: Occurrence) -> tuple[Path, Path]:
    files = manifest.files_for(station.folder, planned)
    assert files.mp3
    return files.audio, files.mp3


def test_a_log_of_before_has_no_archive(station: Station) -> None:
    """Rows of an older version, which know no MP3, cost nothing."""
    station.started(SANG, programme("sang"))
    station.ended(SANG)
    station.keep()
    assert (station.kept(), station.problems()) == ({}, [])


def test_the_manifest_names_its_mp3(station: Station) -> None:
    """The hash is written before the air, so that the log can hold it."""
    made = station.prepared(SANG)
    files = manifest.files_for(station.folder, SANG)
    assert json.loads(files.manifest.read_text())["mp3_sha256"] == made.mp3_sha256
    assert manifest.mp3s(files.audio.parent) == {made.mp3_sha256: files.mp3}
