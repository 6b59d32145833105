"""Bulletins that people have recorded, from the folder of sounds to the programme."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from small_station import WEEK, bulletin, occurrence_of, schedule, small_station, worker

from broadcaster.model import SegmentKind
from broadcaster.station.check.check import check_station, look_at_station

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Programme
    from broadcaster.station.folder import StationFolder

RAGLAI = WEEK.replace("most: 3", "most: 3, language: Ra-glai")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return small_station(tmp_path / "dai")


def record(folder: StationFolder, name: str, *, seconds: float = 2.0) -> None:
    time = np.arange(int(16_000 * seconds)) / 16_000
    soundfile.write(folder.sounds / name, 0.2 * np.sin(2 * np.pi * 300 * time), 16_000)


def programme(folder: StationFolder, slot: str) -> tuple[Programme, tuple[str, ...]]:
    maker = worker(folder)
    assembled = maker.assembler.assemble(occurrence_of(maker, slot))
    return assembled.programme, assembled.left_out


def test_a_programme_chooses_recordings_by_their_language(folder: StationFolder) -> None:
    """A Raglai programme takes the bulletins with a Raglai recording, however that is spelled."""
    record(folder, "01-mot.raglai.ogg")
    record(folder, "03-ba.raglai.wav", seconds=3)
    schedule(folder, RAGLAI)
    made, left_out = programme(folder, "sang")
    heard = {s.bulletin_id: s for s in made.segments if s.bulletin_id}
    assert [*heard] == ["01-mot.raglai", "03-ba.raglai"]
    assert {s.kind for s in heard.values()} == {SegmentKind.RECORDING}
    assert heard["03-ba.raglai"].clips[0].duration_ms == pytest.approx(3_000, abs=20)
    assert left_out == ()


def test_a_vietnamese_programme_takes_no_other_language(folder: StationFolder) -> None:
    """Recordings in other languages do not get into a programme that asks for none."""
    record(folder, "01-mot.raglai.ogg")
    made, _left_out = programme(folder, "sang")
    assert {s.bulletin_id for s in made.segments} == {"", "01-mot", "02-hai", "03-ba"}


def test_a_person_is_heard_instead_of_a_voice(folder: StationFolder) -> None:
    """With 02-hai.vi.wav in the folder, bulletin 02-hai is that recording."""
    record(folder, "02-hai.vi.wav")
    (segment,) = programme(folder, "trua")[0].segments
    assert (segment.kind, segment.voice) == (SegmentKind.RECORDING, "recording")


@pytest.mark.parametrize("bad", ["empty", "picture", "silence", "folder", "pipe"])
def test_a_bad_recording_falls_back_to_a_voice(folder: StationFolder, bad: str) -> None:
    """Where the recording of a Vietnamese bulletin cannot be used, a voice reads its text."""
    path = folder.sounds / "02-hai.vi.wav"
    match bad:
        case "empty":
            path.touch()
        case "picture":
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        case "silence":
            soundfile.write(path, np.zeros(16_000), 16_000)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    (segment,) = programme(folder, "trua")[0].segments
    assert (segment.kind, segment.voice) == (SegmentKind.SPEECH, "tone:vi")
    (problem,) = [p for p in check_station(folder) if p.code == "asset-unreadable"]
    assert "02-hai.vi.wav" in problem.message


def test_a_bad_recording_is_told_once(
    folder: StationFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """However many programmes it is in, one line of the log says who reads instead, and why."""
    (folder.sounds / "02-hai.vi.wav").touch()
    maker = worker(folder)
    for _programme in range(3):
        maker.assembler.assemble(occurrence_of(maker, "sang"))
    assert len([r for r in caplog.records if "02-hai.vi.wav is empty" in r.getMessage()]) == 1


def test_a_bad_recording_in_another_language_is_left_out(folder: StationFolder) -> None:
    """No voice reads Vietnamese words to those who were promised Raglai; the rest airs."""
    record(folder, "01-mot.raglai.ogg")
    (folder.sounds / "03-ba.raglai.mp3").touch()
    schedule(folder, RAGLAI)
    made, left_out = programme(folder, "sang")
    assert {s.bulletin_id for s in made.segments} == {"", "01-mot.raglai"}
    (sentence,) = left_out
    assert "is empty" in sentence


def test_a_bulletin_in_another_language_may_be_named(folder: StationFolder) -> None:
    """A line of a programme may name the recording as ID.LANGUAGE, and the check knows it."""
    record(folder, "02-hai.ede.wav")
    schedule(folder, WEEK.replace("{bulletin: 02-hai}", "{bulletin: 02-hai.ede}"))
    assert not [p for p in check_station(folder) if "02-hai.ede" in p.message]
    (segment,) = programme(folder, "trua")[0].segments
    assert segment.bulletin_id == "02-hai.ede"


def test_a_text_in_another_language_is_told_how_to_get_its_sound(folder: StationFolder) -> None:
    """A text that no voice can read is told under which name its recording is looked for."""
    bulletin(folder, "04-bon", "---\nlanguage: jrai\n---\nHơi plei.\n")
    (problem,) = [p for p in check_station(folder) if p.code == "needs-recording"]
    assert "04-bon.jrai" in problem.hint
    record(folder, "04-bon.jrai.flac")
    assert [p for p in check_station(folder) if p.code == "needs-recording"] == []


def test_the_check_tells_how_long_each_recording_is(folder: StationFolder) -> None:
    """Every recorded bulletin is listed with its file and length; nothing is written for it."""
    record(folder, "01-mot.raglai.ogg", seconds=4)
    (folder.sounds / "02-hai.vi.mp3").touch()
    recordings = look_at_station(folder).recordings
    assert [(r.bulletin_id, r.language, r.file) for r in recordings] == [
        ("01-mot.raglai", "raglai", "01-mot.raglai.ogg"),
        ("02-hai", "vi", "02-hai.vi.mp3"),
    ]
    assert [r.duration_ms for r in recordings] == [pytest.approx(4_000, abs=5), 0]
    assert not [*folder.sound_cache.glob("*")]
